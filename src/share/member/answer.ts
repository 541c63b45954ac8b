// What came from a hub is looked for at once, in what arrives and in what is stored, and answered: seen so often, or looked for
// and not seen. What cannot be looked for is not answered, and says why.

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import { HOUR_MS } from '../../core/index.ts'
import type { Records, ShareReceivedTable } from '../../store/index.ts'
import type { ContentDesk } from '../content/content-desk.ts'
import { contentRound } from '../content/content-round.ts'
import type { PeerRow } from '../peer/peers.ts'
import { readSelf } from '../peer/self.ts'
import type { JsonObject } from '../stix/problem.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { judgeUp, putOut } from './outbox.ts'

export type Sightings = {
  readonly count: number
  readonly firstMs: number
  readonly lastMs: number
}

/** What a station can do with indicators; filled by whoever wires the rooms. */
export type Watch = {
  /** Takes them into what is looked for, in place of their former versions, and searches stored events. Again is no error. */
  readonly take: (
    peer: string,
    indicators: readonly JsonObject[],
  ) => Promise<{
    readonly search: string | null
    /** Those that were asked of stored events already, as their patterns say more than a list can hold; what of them was met. */
    readonly hunted: ReadonlyMap<string, Sightings | undefined>
    /** Why an indicator cannot be looked for, by its id. */
    readonly unwatched: ReadonlyMap<string, string>
  }>
  readonly searchState: (search: string) => Promise<'running' | 'done' | 'failed'>
  /** What of them was met, by id; those that were not are absent. A reason where one is not looked for after all. */
  readonly met: (
    peer: string,
    indicators: readonly JsonObject[] | 'all',
  ) => Promise<{
    readonly sightings: ReadonlyMap<string, Sightings>
    readonly unwatched: ReadonlyMap<string, string>
  }>
  /** From when to when events are stored; undefined without any. */
  readonly span: () => Promise<{ readonly fromMs: number; readonly toMs: number } | undefined>
}

export type Answering = {
  readonly records: Records
  readonly watch: Watch
  /** Undefined where nothing of the kind is put to use. */
  readonly desk?: ContentDesk | undefined
  readonly peer: PeerRow
  readonly nowMs: number
}

export type Row = Selectable<ShareReceivedTable>
const PER_STEP = 5000
/** How often a sighting that grows is said again. */
const TELL_AGAIN_MS = HOUR_MS

/** One round: takes what came, answers what was searched, says what grew. Whether there is more to do soon. */
export async function answerRound(answering: Answering): Promise<boolean> {
  const took = await takeIn(answering)
  const isSearching = await answerSearched(answering)
  const isAtContent = await contentRound(answering)
  await tellGrown(answering)
  return took || isSearching || isAtContent
}

async function rowsIn({ records, peer }: Answering, state: string): Promise<readonly Row[]> {
  return (
    records
      .selectFrom('share_received')
      .selectAll()
      .where('peer', '=', peer.name)
      .where('state', '=', state)
      // Rules, analytics and checks go another way.
      .where('content', 'is', null)
      .orderBy('is_urgent', 'desc')
      .orderBy('received')
      .orderBy('id')
      .limit(PER_STEP)
      .execute()
  )
}

function objectOf({ body }: Row): JsonObject {
  const object: JsonObject = JSON.parse(body)
  return object
}

async function takeIn(answering: Answering): Promise<boolean> {
  const rows = await rowsIn(answering, 'taken')
  if (rows.length === 0) return false
  const { watch, peer } = answering
  const { search, hunted, unwatched } = await watch.take(peer.name, rows.map(objectOf))
  const met = new Map(
    [...hunted].flatMap(([id, sightings]) => (sightings === undefined ? [] : [[id, sightings]])),
  )
  const isHunted = ({ id }: Row) => hunted.has(id)
  await tell(answering, rows.filter(isHunted), { met, reason: 'hunted once' })
  const rest = rows.filter((row) => !isHunted(row))
  await moveAll(
    answering,
    rest.map((row) => [row, { ...takenState(row, unwatched, search), search }]),
  )
  return true
}

function takenState(
  row: Row,
  unwatched: ReadonlyMap<string, string>,
  search: string | null,
): Pick<Move, 'state' | 'reason'> {
  const reason = unwatched.get(row.id) ?? null
  if (objectOf(row)['revoked'] === true) return { state: 'withdrawn', reason }
  return { state: reason === null && search !== null ? 'searching' : 'not watched', reason }
}

type Move = {
  readonly state: string
  readonly reason?: string | null
  readonly search?: string | null
  readonly sighting?: string
  readonly told_count?: number
  readonly told?: Date
}

type Moves = readonly (readonly [Row, Move])[]

/** In one statement. Not where a newer version came meanwhile. */
async function moveAll({ records, peer }: Answering, moves: Moves): Promise<void> {
  if (moves.length === 0) return
  const rows = moves.map(
    ([{ id, version, reason, search, sighting, told_count, told }, change]) => ({
      id,
      version,
      reason,
      search,
      sighting,
      told_count,
      told,
      ...change,
    }),
  )
  await sql`UPDATE share_received AS r SET state = c.state, reason = c.reason, search = c.search, sighting = c.sighting,
    told_count = c.told_count, told = c.told
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS c (id text, version text, state text, reason text, search text,
      sighting text, told_count bigint, told timestamptz)
    WHERE r.peer = ${peer.name} AND r.id = c.id AND r.version = c.version`.execute(records)
}

async function answerSearched(answering: Answering): Promise<boolean> {
  const rows = await rowsIn(answering, 'searching')
  if (rows.length === 0) return false
  const { watch, peer } = answering
  const states = new Map<string, 'running' | 'done' | 'failed'>()
  for (const search of new Set(rows.map((row) => row.search ?? '')))
    states.set(search, await watch.searchState(search))
  const failed = rows.filter(({ search }) => states.get(search ?? '') === 'failed')
  // A search that failed found nothing out: the object is taken in again.
  await moveAll(
    answering,
    failed.map((row) => [row, { state: 'taken', search: null }]),
  )
  const done = rows.filter(({ search }) => states.get(search ?? '') === 'done')
  if (done.length > 0) {
    const { sightings, unwatched } = await watch.met(peer.name, done.map(objectOf))
    await moveAll(
      answering,
      done.flatMap((row): Moves => {
        const reason = unwatched.get(row.id)
        return reason === undefined ? [] : [[row, { state: 'not watched', reason }]]
      }),
    )
    await tell(
      answering,
      done.filter(({ id }) => !unwatched.has(id)),
      { met: sightings, reason: null },
    )
  }
  return true
}

type Span = Awaited<ReturnType<Watch['span']>>

type Told = {
  readonly met: ReadonlyMap<string, Sightings>
  /** What is to be known of how it was looked for. */
  readonly reason: string | null
  /** What was looked through; all that is stored where absent. */
  readonly through?: { readonly span: Span }
}

/** Sightings and the state that they were told go into the records in one step. */
export async function tell(
  answering: Answering,
  rows: readonly Row[],
  { met, reason, through }: Told,
): Promise<void> {
  if (rows.length === 0) return
  const { records, watch, peer, nowMs } = answering
  const { span } = through ?? { span: await watch.span() }
  const self = await readSelf(records)
  const judge = await judgeUp(records, peer, nowMs)
  await records.transaction().execute(async (transaction) => {
    const objects: JsonObject[] = []
    const moves: [Row, Move][] = []
    for (const row of rows) {
      const seen = met.get(row.id)
      const sighting = row.sighting ?? `sighting--${randomUUID()}`
      // Nothing is stored yet: that it was not seen would say something that is not so.
      const isSaid = seen !== undefined || span !== undefined
      if (isSaid)
        objects.push(sightingOf({ row, sighting, seen, span, identity: self.identity, nowMs }))
      const change = isSaid
        ? { sighting, told_count: seen?.count ?? 0, told: new Date(nowMs), reason }
        : { reason: 'nothing stored' }
      moves.push([row, { state: 'answered', ...change }])
    }
    await moveAll({ ...answering, records: transaction }, moves)
    await putOut(transaction, { peer: peer.name, objects, judge, nowMs })
  })
}

type Made = {
  readonly row: Row
  readonly sighting: string
  readonly seen: Sightings | undefined
  readonly span: Span
  readonly identity: string
  readonly nowMs: number
}

/** STIX 2.1 section 5.2: a count of 0 says that it was looked for between these times and not seen. */
function sightingOf({ row, sighting, seen, span, identity, nowMs }: Made): JsonObject {
  const iso = (ms: number) => new Date(Math.min(ms, nowMs)).toISOString()
  const firstMs = seen?.firstMs ?? span?.fromMs ?? nowMs
  const lastMs = Math.max(firstMs, seen?.lastMs ?? span?.toMs ?? nowMs)
  const before = row.told?.getTime() ?? 0
  const modified = new Date(Math.max(nowMs, before + 1)).toISOString()
  return {
    type: 'sighting',
    spec_version: '2.1',
    id: sighting,
    created_by_ref: identity,
    // The same for each version: it is when the object it answers came.
    created: new Date(Math.min(row.received.getTime(), nowMs)).toISOString(),
    modified,
    first_seen: iso(firstMs),
    last_seen: iso(lastMs),
    count: Math.min(seen?.count ?? 0, 999_999_999),
    sighting_of_ref: row.id,
    where_sighted_refs: [identity],
    object_marking_refs: [markingOfLabel('amber')],
  }
}

/** What was met since it was last said: the first time at once, then at most once an hour. */
async function tellGrown(answering: Answering): Promise<void> {
  const { records, watch, desk, peer, nowMs } = answering
  const { sightings: ofValues } = await watch.met(peer.name, 'all')
  const sightings = new Map([...ofValues, ...((await desk?.met(peer.name)) ?? [])])
  const ids = [...sightings.keys()]
  for (let at = 0; at < ids.length; at += PER_STEP) {
    const rows = await records
      .selectFrom('share_received')
      .selectAll()
      .where('peer', '=', peer.name)
      .where('state', '=', 'answered')
      .where('id', 'in', ids.slice(at, at + PER_STEP))
      .execute()
    const grown = rows.filter(({ id, told_count: before, told }) => {
      const isNew = Number(before ?? 0) === 0
      const isDue = (told?.getTime() ?? 0) < nowMs - TELL_AGAIN_MS
      return (sightings.get(id)?.count ?? 0) > Number(before ?? 0) && (isNew || isDue)
    })
    await tell(answering, grown, { met: sightings, reason: null })
  }
}
