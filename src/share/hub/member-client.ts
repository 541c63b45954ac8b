// One member as the TAXII server sees it: what it may read and write, what it may know of, what it may add; and a trace of all
// that it was given.

import { z } from 'zod'
import { MINUTE_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import { readContentNote } from '../content/content-note.ts'
import type { PeerRow } from '../peer/peers.ts'
import type { JsonObject } from '../stix/problem.ts'
import type { Given, TaxiiClient } from '../taxii/asked.ts'
import { judgeFor, mayKnow } from './hub-context.ts'
import type { Hub, Judge } from './hub-context.ts'
import { HUB_ROOT, sightingsOf } from './places.ts'

export async function memberClient(hub: Hub, row: PeerRow, clock: Clock): Promise<TaxiiClient> {
  const judge = await judgeFor(hub, row, { nowMs: clock.nowMs() })
  const own = sightingsOf(row.identity ?? '')
  const withheld = new Map<string, number>()
  return {
    name: row.name,
    mayRead: ({ canRead }) => canRead,
    mayWrite: ({ id }) => id === own,
    maySee: (object, { id }) => {
      const { verdict, reasons } = judge(object, id)
      if (verdict === 'send') return mayKnow(hub, judge, { object, collection: id })
      const rule = reasons[0]?.rule ?? 'parts are marked'
      withheld.set(rule, (withheld.get(rule) ?? 0) + 1)
      return false
    },
    onGiven: ({ collection, objects }) =>
      traceGiven(hub, row.name, {
        given: { collection: collection.id, objects },
        withheld,
        nowMs: clock.nowMs(),
      }),
    refuseAdded: (objects) => refusals({ hub, row, judge, nowMs: clock.nowMs() }, objects),
  }
}

type Traced = {
  readonly given: {
    readonly collection: string
    /** In the order in which they came. */
    readonly objects: readonly Pick<Given['objects'][number], 'seq' | 'added'>[]
  }
  readonly withheld: ReadonlyMap<string, number>
  readonly nowMs: number
}

/** Once for each object, however often it is asked for: what a member may fill is bounded by what there is. */
export async function traceGiven(
  hub: Hub,
  peer: string,
  { given, withheld, nowMs }: Traced,
): Promise<void> {
  const { objects, collection } = given
  const told = await toldOf(hub, peer, given)
  const fresh = objects.filter(({ seq }) => !told.has(seq))
  const [first, last] = [fresh[0], fresh.at(-1)]
  if (first === undefined || last === undefined) return
  await hub.records
    .insertInto('share_deliveries')
    .values({
      peer,
      collection,
      made: new Date(nowMs),
      first_added: first.added,
      last_added: last.added,
      places: JSON.stringify(fresh.map(({ seq }) => seq)),
      withheld: JSON.stringify(Object.fromEntries(withheld)),
    })
    .execute()
}

const PlacesSchema = z.array(z.number())

/** Which of them it was given before. */
async function toldOf(
  { records }: Hub,
  peer: string,
  { objects, collection }: Traced['given'],
): Promise<ReadonlySet<number>> {
  const rows = await records
    .selectFrom('share_deliveries')
    .select('places')
    .where('peer', '=', peer)
    .where('collection', '=', collection)
    .where('first_added', '<=', objects.at(-1)?.added ?? 0)
    .where('last_added', '>=', objects[0]?.added ?? 0)
    .execute()
  return new Set(rows.flatMap(({ places }) => PlacesSchema.parse(places)))
}

type Adding = {
  readonly hub: Hub
  readonly row: PeerRow
  readonly judge: Judge
  readonly nowMs: number
}

/** How far a member's clock may be ahead. */
const MOST_AHEAD_MS = 10 * MINUTE_MS
const MOST_OBJECT_CHARACTERS = 64 * 1024
/** Sightings of one member; more is a flood. */
const MOST_KEPT = 500_000

async function refusals(
  adding: Adding,
  objects: readonly JsonObject[],
): Promise<ReadonlyMap<JsonObject, string>> {
  const about = objects.map(aboutOf)
  const here = await visible(adding, [...new Set(about)])
  const kept = await keptOf(adding)
  const refused = new Map<JsonObject, string>()
  for (const [at, object] of objects.entries()) {
    const reason =
      kept + at >= MOST_KEPT
        ? `More than ${MOST_KEPT} objects of one member are not kept; report fewer indicators`
        : refusal(object, adding, here)
    if (reason !== undefined) refused.set(object, reason)
  }
  return refused
}

const ABOUT = { sighting: 'sighting_of_ref', note: 'object_refs' } as const

/** What a sighting, or a note about one thing, is about. */
function aboutOf({ sighting_of_ref: seen, object_refs: refs }: JsonObject): string {
  return String(seen ?? (Array.isArray(refs) && refs.length === 1 ? refs[0] : ''))
}

function refusal(
  object: JsonObject,
  { row, nowMs }: Adding,
  here: ReadonlySet<string>,
): string | undefined {
  const { type, created_by_ref: creator, where_sighted_refs: at } = object
  if (type !== 'sighting' && (type !== 'note' || readContentNote(object) === undefined))
    return `type: ${String(type)} is not taken here; sightings are, and notes of what became of a rule`
  if (creator !== row.identity)
    return `created_by_ref: expected ${row.identity ?? ''}, as this member joined`
  if (at !== undefined && (!Array.isArray(at) || at.some((one) => one !== row.identity)))
    return `where_sighted_refs: a member says what it saw itself, expected ${row.identity ?? ''}`
  if (!here.has(aboutOf(object))) return `${ABOUT[type]}: no indicator of this hub`
  if (JSON.stringify(object).length > MOST_OBJECT_CHARACTERS)
    return `More than ${MOST_OBJECT_CHARACTERS} characters`
  const late = ['created', 'modified', 'first_seen', 'last_seen'].find(
    (name) => Date.parse(String(object[name])) > nowMs + MOST_AHEAD_MS,
  )
  return late === undefined
    ? undefined
    : `${late}: ${String(object[late])} is in the future; mend the station's clock`
}

/** Indicators that this member may know of. What it may not is answered as what is not there. */
async function visible(
  { hub, judge }: Adding,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>()
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await hub.records
      .selectFrom('taxii_objects')
      .select(['id', 'body', 'collection'])
      .where('root', '=', HUB_ROOT)
      .where('type', 'not in', ['sighting', 'note'])
      .where('id', 'in', ids.slice(at, at + 500))
      .execute()
    for (const { id, body, collection } of rows) {
      const object: JsonObject = JSON.parse(body)
      // A member answers also for what was withdrawn or bound since it was given.
      if (judge(object, collection).verdict === 'send') seen.add(id)
    }
  }
  return seen
}

async function keptOf({ hub, row }: Adding): Promise<number> {
  const { kept } = await hub.records
    .selectFrom('taxii_objects')
    .select((by) => by.fn.countAll<string>().as('kept'))
    .where('root', '=', HUB_ROOT)
    .where('collection', '=', sightingsOf(row.identity ?? ''))
    .executeTakeFirstOrThrow()
  return Number(kept)
}
