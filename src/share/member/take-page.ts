// Objects that a hub sends, on their way into the records: each is checked beside what is here, kept or refused with a reason,
// and the place to go on from is written down in the same step. Whatever crashes when, a page is there whole or not at all.

import { MINUTE_MS } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import { contentOf } from '../content/content-object.ts'
import { checkObject } from '../stix/check-object.ts'
import { asText, isIdentifier } from '../stix/formats.ts'
import { isObject, pathText } from '../stix/problem.ts'
import type { JsonObject } from '../stix/problem.ts'
import { arrivalOf, versionOf } from '../stix/versions.ts'
import type { RemotePage } from '../taxii/client.ts'
import { parseMicros } from '../taxii/micro-time.ts'
import { PeerFault } from './hub-link.ts'

export type PageTaking = {
  readonly records: Records
  readonly peer: string
  readonly collection: string
  readonly isUrgent: boolean
  /** Objects of this hub that are here already. */
  readonly kept: number
  readonly nowMs: number
}

/** How far a hub's clock may be ahead. */
const MOST_AHEAD_MS = 10 * MINUTE_MS
const MOST_OBJECTS = 10_000
const MOST_OBJECT_CHARACTERS = 256 * 1024
/** Of one hub. */
const MOST_KEPT = 2_000_000

/** How many objects are new. Throws PeerFault for what a sound hub does not do; nothing of the page is then kept. */
export async function takePage(taking: PageTaking, page: RemotePage): Promise<number> {
  const { records, peer, collection, nowMs } = taking
  refuseFault(page, nowMs)
  const objects = page.objects.filter(isObject)
  return records.transaction().execute(async (transaction) => {
    const here = await bodiesHere(transaction, peer, objects)
    const rows = new Map<string, ReturnType<typeof rowOf>>()
    for (const object of objects) {
      const { id } = object
      if (typeof id !== 'string' || !isIdentifier(id)) continue
      const before = here.get(id)
      const judged = judge(object, before, nowMs)
      if (judged === 'known') continue
      // What is refused does not take the place of what is good.
      if (judged.state === 'refused' && before !== undefined) continue
      rows.set(id, rowOf(object, judged, taking))
      if (judged.state !== 'refused') here.set(id, object)
    }
    if (taking.kept + rows.size > MOST_KEPT)
      throw new PeerFault('flood', `more than ${MOST_KEPT} objects of this hub`)
    if (rows.size > 0) await keep(transaction, [...rows.values()])
    if (page.addedLast !== undefined)
      await transaction
        .updateTable('share_sync')
        .set({ added_after: page.addedLast })
        .where('peer', '=', peer)
        .where('collection', '=', collection)
        .execute()
    return rows.size
  })
}

function refuseFault({ objects, addedLast }: RemotePage, nowMs: number): void {
  if (objects.length > MOST_OBJECTS)
    throw new PeerFault('flood', `${objects.length} objects in one page, at most ${MOST_OBJECTS}`)
  if (addedLast === undefined) return
  const micros = parseMicros(addedLast)
  if (micros === undefined || micros / 1000 > nowMs + MOST_AHEAD_MS)
    throw new PeerFault('time travel', `X-TAXII-Date-Added-Last: ${addedLast.slice(0, 60)}`)
}

/** Asked once a round: pages are counted on. */
export async function keptOf(records: Records, peer: string): Promise<number> {
  const { kept } = await records
    .selectFrom('share_received')
    .select((by) => by.fn.countAll<string>().as('kept'))
    .where('peer', '=', peer)
    .executeTakeFirstOrThrow()
  return Number(kept)
}

type Judged = { readonly state: 'taken' | 'kept' | 'refused'; readonly reason: string | null }

function judge(
  object: JsonObject,
  before: JsonObject | undefined,
  nowMs: number,
): Judged | 'known' {
  const refused = (reason: string): Judged => ({
    state: 'refused',
    reason: asText(reason.slice(0, 500)),
  })
  if (JSON.stringify(object).length > MOST_OBJECT_CHARACTERS)
    return refused(`more than ${MOST_OBJECT_CHARACTERS} characters`)
  const error = checkObject(object).find(({ severity }) => severity === 'error')
  if (error !== undefined) return refused(`${pathText(error.path)}: ${error.sentence}`)
  const late = ['created', 'modified'].find(
    (name) => Date.parse(String(object[name])) > nowMs + MOST_AHEAD_MS,
  )
  if (late !== undefined) return refused(`${late}: ${String(object[late])} is in the future`)
  const arrival = arrivalOf(object, before === undefined ? [] : [before])
  if (arrival === 'known' || arrival === 'older') return 'known'
  if (arrival !== 'new') return refused(arrival)
  return { state: object['type'] === 'indicator' ? 'taken' : 'kept', reason: null }
}

function rowOf(object: JsonObject, { state, reason }: Judged, taking: PageTaking) {
  const text = JSON.stringify(object)
  return {
    peer: taking.peer,
    id: String(object['id']),
    version: asText(versionOf(object).slice(0, 60)),
    type: asText(String(object['type']).slice(0, 250)),
    // Of what is refused, enough to say what it was.
    body: state === 'refused' ? '{}' : text,
    state,
    reason,
    received: new Date(taking.nowMs).toISOString(),
    is_urgent: taking.isUrgent,
    content: contentOf(object)?.kind ?? null,
  }
}

async function bodiesHere(
  records: Records,
  peer: string,
  objects: readonly JsonObject[],
): Promise<Map<string, JsonObject>> {
  const ids = objects.flatMap(({ id }) => (typeof id === 'string' ? [id.slice(0, 300)] : []))
  const here = new Map<string, JsonObject>()
  for (let at = 0; at < ids.length; at += 1000) {
    const rows = await records
      .selectFrom('share_received')
      .select(['id', 'body'])
      .where('peer', '=', peer)
      .where('state', '!=', 'refused')
      .where('id', 'in', ids.slice(at, at + 1000))
      .execute()
    for (const { id, body } of rows) {
      const object: JsonObject = JSON.parse(body)
      here.set(id, object)
    }
  }
  return here
}

type Rows = readonly ReturnType<typeof rowOf>[]

async function keep(records: Records, rows: Rows): Promise<void> {
  for (let at = 0; at < rows.length; at += 500) {
    await records
      .insertInto('share_received')
      .values(rows.slice(at, at + 500))
      .onConflict((conflict) =>
        conflict.columns(['peer', 'id']).doUpdateSet((by) => ({
          version: by.ref('excluded.version'),
          type: by.ref('excluded.type'),
          body: by.ref('excluded.body'),
          state: by.ref('excluded.state'),
          reason: by.ref('excluded.reason'),
          received: by.ref('excluded.received'),
          is_urgent: by.ref('excluded.is_urgent'),
          content: by.ref('excluded.content'),
          search: null,
          // A changed indicator is another question: what was told of the former is said anew.
          told_count: null,
          told: null,
          sighting: null,
          is_relayed: false,
        })),
      )
      .execute()
  }
}
