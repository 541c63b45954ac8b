// What a member may have of a hub's indicators, as a MISP feed: events by day and marking, a manifest, hashes. Each object goes
// through the one policy function, each time; nothing of what is withheld is in an event, a count, a name or a time.

import { createHash } from 'node:crypto'
import { sql as kysely } from 'kysely'
import type { Marking, MispEvent, MispFeed, MispPreview } from '../../model/index.ts'
import { MARKINGS } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { judgeFor } from '../hub/hub-context.ts'
import type { Hub, Judge } from '../hub/hub-context.ts'
import { HUB_ROOT, stableUuid } from '../hub/places.ts'
import type { PeerRow } from '../peer/peers.ts'
import { readSelf } from '../peer/self.ts'
import type { JsonObject } from '../stix/problem.ts'
import { labelOfMarking } from '../stix/tlp.ts'
import { TLP_TAGS, attributesOf } from './attributes.ts'

/** Indicators of one feed, newest first, and attributes of one event. */
const MOST_INDICATORS = 50_000
const MOST_OF_EVENT = 5000

export type Allowed = {
  readonly object: JsonObject
  readonly marking: Exclude<Marking, ''>
  readonly collection: string
  readonly seq: number
  readonly added: number
}

export type MemberFeed = {
  readonly events: readonly MispEvent[]
  /** What the events were made of, by their id. */
  readonly madeOf: ReadonlyMap<string, readonly Allowed[]>
  readonly withheld: ReadonlyMap<string, number>
  readonly isCut: boolean
}

/** `day`: of that day alone, where one event is asked for. */
export async function feedFor(
  hub: Hub,
  row: PeerRow,
  { nowMs, day }: { readonly nowMs: number; readonly day?: string },
): Promise<MemberFeed> {
  const judge = await judgeFor(hub, row, { nowMs })
  const { allowed, withheld, isCut } = await allowedFor(hub, judge, day)
  const maker = await makerFor(hub, row)
  const made = groups(allowed).flatMap((group) => {
    const event = eventOf(group, maker)
    return event === undefined ? [] : [{ event, of: group.members }]
  })
  return {
    events: made.map(({ event }) => event),
    madeOf: new Map(made.map(({ event, of }) => [event.uuid, of])),
    withheld,
    isCut,
  }
}

async function makerFor({ records }: Hub, row: PeerRow): Promise<Maker> {
  const { organisation, identity } = await readSelf(records)
  return { organisation, identity, peer: row.identity ?? '' }
}

/** When an object was made, of a body as it is stored. */
const MADE_ON = kysely<string>`substring(object.body from '"created": ?"([0-9]{4}-[0-9]{2}-[0-9]{2})T')`

async function allowedFor({ records }: Hub, judge: Judge, day: string | undefined) {
  let found = indicators(records)
    .select(['object.body', 'object.collection', 'object.seq', 'object.added'])
    .orderBy('object.added', 'desc')
    .limit(MOST_INDICATORS + 1)
  if (day !== undefined) found = found.where(MADE_ON, '=', day)
  const rows = await found.execute()
  const allowed: Allowed[] = []
  const withheld = new Map<string, number>()
  for (const { body, collection, seq, added } of rows.slice(0, MOST_INDICATORS)) {
    const object: JsonObject = JSON.parse(body)
    const { verdict, reasons } = judge(object, collection)
    const marking = markingOf(object)
    // MISP marks no parts: an object with a marked part is the whole of it or nothing, and here it is nothing.
    if (verdict === 'send' && marking !== undefined)
      allowed.push({ object, marking, collection, seq: Number(seq), added: Number(added) })
    else {
      const rule = reasons[0]?.rule ?? 'parts are marked'
      withheld.set(rule, (withheld.get(rule) ?? 0) + 1)
    }
  }
  return { allowed, withheld, isCut: rows.length > MOST_INDICATORS }
}

function indicators(records: Records) {
  return records
    .selectFrom('taxii_objects as object')
    .innerJoin('taxii_collections as place', (on) =>
      on.onRef('place.root', '=', 'object.root').onRef('place.id', '=', 'object.collection'),
    )
    .where('object.root', '=', HUB_ROOT)
    .where('place.can_read', '=', true)
    .where('object.type', '=', 'indicator')
    .where('object.is_last', '=', true)
}

/** The day of an event by its id, found without deciding on all there is. It says nothing of whether this member has such an event. */
export async function dayOfEvent(
  hub: Hub,
  row: PeerRow,
  uuid: string,
): Promise<string | undefined> {
  const maker = await makerFor(hub, row)
  const rows = await indicators(hub.records).select(MADE_ON.as('day')).distinct().execute()
  const parts = Array.from({ length: 2 ** Math.ceil(Math.log2(MOST_INDICATORS / MOST_OF_EVENT)) })
  return rows.find(({ day }) =>
    MARKINGS.some((marking) =>
      parts.some((_, part) => eventId(maker, { day, marking, part }) === uuid),
    ),
  )?.day
}

/** Of the member too: two members may know of different parts, and one id never stands for two texts. */
function eventId(
  { identity, peer }: Maker,
  {
    day,
    marking,
    part,
  }: { readonly day: string; readonly marking: Marking; readonly part: number },
): string {
  return stableUuid(`vigie misp event\n${identity}\n${peer}\n${day}\n${marking}\n${part}`)
}

/** The strictest of its markings; undefined for one that has none or one that no tag says, and for marked parts. */
function markingOf(object: JsonObject): Exclude<Marking, ''> | undefined {
  const refs = Array.isArray(object['object_marking_refs']) ? object['object_marking_refs'] : []
  const labels = refs.map((ref) => labelOfMarking(String(ref)))
  if (object['granular_markings'] !== undefined || labels.includes(undefined)) return undefined
  const ranks = labels.map((label) => MARKINGS.indexOf(label ?? ''))
  const strictest = MARKINGS[Math.max(0, ...ranks)]
  return strictest === '' || strictest === undefined || strictest === 'red' ? undefined : strictest
}

type Group = {
  readonly day: string
  readonly marking: Exclude<Marking, ''>
  /** Which part of a day that is larger than an event. */
  readonly part: number
  readonly members: readonly Allowed[]
}

/** By the day on which each was made and its marking: what an object's event is does not change when others come. */
function groups(allowed: readonly Allowed[]): readonly Group[] {
  const byDay = Map.groupBy(allowed, ({ object, marking }) => `${dayOf(object)} ${marking}`)
  return [...byDay.values()].flatMap((ofDay) => {
    const [first] = ofDay
    if (first === undefined) return []
    const parts = 2 ** Math.max(0, Math.ceil(Math.log2(ofDay.length / MOST_OF_EVENT)))
    const byPart = Map.groupBy(ofDay, ({ object }) => partOf(String(object['id']), parts))
    return [...byPart].map(([part, members]) => ({
      day: dayOf(first.object),
      marking: first.marking,
      part,
      members,
    }))
  })
}

function dayOf({ created }: JsonObject): string {
  return new Date(Date.parse(String(created))).toISOString().slice(0, 10)
}

function partOf(id: string, parts: number): number {
  return createHash('sha256').update(id).digest().readUInt32BE() % parts
}

type Maker = {
  readonly organisation: string
  readonly identity: string
  readonly peer: string
}

/** Undefined where nothing of it has a form there. */
function eventOf(group: Group, maker: Maker): MispEvent | undefined {
  const { day, marking, part, members } = group
  const { organisation, identity } = maker
  const attributes = members.flatMap(({ object }) => attributesOf(object, marking))
  if (attributes.length === 0) return undefined
  attributes.sort((one, other) => (one.uuid < other.uuid ? -1 : 1))
  const timestamp = String(Math.max(...attributes.map((one) => Number(one.timestamp))))
  const suffix = part === 0 ? '' : ` (${part + 1})`
  return {
    uuid: eventId(maker, group),
    info: `${organisation}: ${day}, TLP:${marking.toUpperCase()}${suffix}`,
    date: day,
    timestamp,
    publish_timestamp: timestamp,
    published: true,
    threat_level_id: '4',
    analysis: '2',
    distribution: '0',
    Orgc: { name: organisation, uuid: identity.slice('identity--'.length) },
    Tag: [TLP_TAGS[marking]],
    Attribute: attributes,
  }
}

/** The three files of a feed. */
export function feedFiles(events: readonly MispEvent[]): MispFeed {
  return {
    manifest: Object.fromEntries(
      events.map(({ uuid, info, date, timestamp, threat_level_id: level, analysis, Orgc, Tag }) => [
        uuid,
        { info, date, timestamp, threat_level_id: level, analysis, Orgc, Tag },
      ]),
    ),
    hashes: events.flatMap(hashLines).join(''),
    events: events.map((Event) => ({ Event })),
  }
}

/** Of what is for detection; of a value of two parts each part. */
function hashLines({ uuid, Attribute }: MispEvent): readonly string[] {
  return Attribute.filter(({ deleted }) => !deleted).flatMap(({ type, value }) =>
    (type.includes('|') ? value.split('|') : [value]).map(
      (part) => `${createHash('md5').update(part).digest('hex')},${uuid}\n`,
    ),
  )
}

const MOST_PREVIEWED = 100

export function previewFor(peer: string, feed: MemberFeed): MispPreview {
  const attributes = feed.events.flatMap(({ Attribute }) => Attribute)
  return {
    peer,
    events: feed.events.length,
    indicators: [...feed.madeOf.values()].reduce((sum, { length }) => sum + length, 0),
    attributes: attributes.length,
    withheld: [...feed.withheld].map(([rule, count]) => ({ rule, count })),
    first: attributes.slice(0, MOST_PREVIEWED),
    isCut: feed.isCut,
  }
}
