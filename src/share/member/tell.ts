// Sightings of what a hub sent, and the state that it was told, in the records in one step.

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { readSelf } from '../peer/self.ts'
import type { JsonObject } from '../stix/problem.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import type { Answering, Row, Watch } from './answering.ts'
import { judgeUp, putOut } from './outbox.ts'
import type { Sightings } from './sightings.ts'

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

export type Move = {
  readonly state: string
  readonly reason?: string | null
  readonly search?: string | null
  readonly sighting?: string
  readonly told_count?: number
  readonly told?: Date
}

export type Moves = readonly (readonly [Row, Move])[]

/** In one statement. Not where a newer version came meanwhile. */
export async function moveAll({ records, peer }: Answering, moves: Moves): Promise<void> {
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
