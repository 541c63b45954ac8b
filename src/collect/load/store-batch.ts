// One segment from the spool becomes stored rows, findings and one ledger entry: all of it once, whatever crashes when.

import { timeOfId } from '../../core/index.ts'
import { STORED_COLUMNS } from '../../model/index.ts'
import { insertOnce, sql, trusted } from '../../store/index.ts'
import type { EngineLane, Records, RecordsTransaction } from '../../store/index.ts'
import { recordMarks } from '../record-positions.ts'
import type { ClosedSegment } from '../spool/segment-file.ts'
import { ONE_BLOCK, readSegment } from './read-batch.ts'
import type { ReadBatch } from './read-batch.ts'
import { recordSources, sourcesOf } from './source-counts.ts'
import type { SourceCount } from './source-counts.ts'

/** What another room makes of a batch's rows while they stand in memory. */
export type BatchReader = (rows: {
  readonly lane: EngineLane
  readonly table: string
  readonly batch: string
  /** An earlier try may have got anywhere. */
  readonly again: boolean
}) => Promise<BatchEffects>

export type BatchEffects = {
  readonly findings: number
  /** Records what was found, inside the transaction that marks the batch as done. */
  readonly record: (transaction: RecordsTransaction) => Promise<void>
}

export type StoreBatch = Omit<ReadBatch, 'batch'> & {
  readonly records: Records
  readonly readers: readonly BatchReader[]
  readonly nowMs: () => number
  /** An earlier try, in this run or before a crash, may have got anywhere. */
  readonly again: boolean
}

export type StoredBatch = {
  readonly id: string
  readonly lines: number
  readonly parsers: Readonly<Record<string, number>>
  readonly sources: readonly SourceCount[]
  readonly findings: number
}

/** Why there is no batch: an earlier try got through, or the segment holds only how far files were read. */
export type NotStored = 'already stored' | 'no lines'

const COLUMNS = STORED_COLUMNS.map(({ name }) => name).join(', ')

/**
 * Stores a segment. Repeating it after a crash stores what is missing and no row twice; the ledger entry, the counts and
 * the findings are written in one transaction, with how far the files were read that the lines came from.
 */
export async function storeBatch(
  request: StoreBatch,
  segment: ClosedSegment,
): Promise<StoredBatch | NotStored> {
  const { lane, tables, records, again, nowMs } = request
  if (segment.records === 0) {
    await recordMarks(records, segment.marks, nowMs())
    return 'no lines'
  }
  const known = await records
    .selectFrom('batches')
    .select('id')
    .where('id', '=', segment.id)
    .executeTakeFirst()
  if (known !== undefined) return 'already stored'
  const { parsers } = await readSegment({ ...request, batch: segment.id }, segment.file)
  await insertRows(request, segment.id)
  const effects = await Promise.all(
    request.readers.map((read) => read({ lane, table: tables.rows, batch: segment.id, again })),
  )
  const sources = await sourcesOf(lane, tables.rows)
  const findings = effects.reduce((sum, effect) => sum + effect.findings, 0)
  const batch = { id: segment.id, lines: segment.records, parsers, sources, findings }
  await records.transaction().execute(async (transaction) => {
    await recordBatch(transaction, segment, batch, nowMs())
    await recordMarks(transaction, segment.marks, nowMs())
    await recordSources(transaction, sources)
    for (const effect of effects) await effect.record(transaction)
  })
  return batch
}

async function insertRows({ lane, tables, again }: StoreBatch, batch: string): Promise<void> {
  await insertOnce(lane, {
    insert: trusted(`INSERT INTO events (${COLUMNS}) SELECT ${COLUMNS}`),
    from: trusted(`FROM ${tables.rows}`),
    token: batch,
    missing: sql`line NOT IN (SELECT line FROM events WHERE batch = ${batch})`,
    again,
    settings: ONE_BLOCK,
  })
}

async function recordBatch(
  transaction: RecordsTransaction,
  segment: ClosedSegment,
  batch: StoredBatch,
  nowMs: number,
): Promise<void> {
  await transaction
    .insertInto('batches')
    .values({
      id: segment.id,
      received: timeOfId(segment.id),
      lines: segment.records,
      bytes: segment.bytes,
      sha256: segment.sha256,
      parsers: JSON.stringify(batch.parsers),
      findings: batch.findings,
      stored: new Date(nowMs),
    })
    .execute()
}

/** Rows of a batch, for tests and for reading one event again. */
export async function countBatch(lane: EngineLane, batch: string): Promise<number> {
  const answer = await lane.query<{ n: string }>(
    sql`SELECT count() AS n FROM events WHERE batch = ${batch}`,
  )
  return Number(answer.rows[0]?.n ?? 0)
}
