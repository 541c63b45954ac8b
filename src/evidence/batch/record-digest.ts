// Takes a batch's digest while its rows stand in memory, and writes it down in the transaction that marks the batch as done:
// there is no stored batch without its entry, and no entry without its batch.

import { sql, trusted } from '../../store/index.ts'
import type { EngineLane, RecordsTransaction, Sql } from '../../store/index.ts'
import { batchDigests } from './digest-sql.ts'
import { encodeEntry } from './entry.ts'
import type { BatchEntry } from './entry.ts'

export type BatchDigest = {
  readonly entry: BatchEntry
  /** Hashes of its chunks, one behind the other. */
  readonly chunks: Buffer
  /** Which chunks those are. */
  readonly numbers: readonly number[]
}

type Row = {
  batch: string
  lines: string
  first: string
  last: string
  root: string
  chunks: string
  numbers: number[]
}

export async function digestsOf(
  lane: EngineLane,
  from: Sql,
  settings: Readonly<Record<string, string | number>> = {},
): Promise<readonly BatchDigest[]> {
  const { rows } = await lane.query<Row>(batchDigests(from), { settings })
  return rows.map(({ batch, lines, first, last, root, chunks, numbers }) => ({
    entry: {
      type: 'batch',
      batch,
      lines: Number(lines),
      first: Number(first),
      last: Number(last),
      root: root.toLowerCase(),
    },
    chunks: Buffer.from(chunks, 'hex'),
    numbers: numbers.map(Number),
  }))
}

/** For the way in, beside those who look for something in the batch. */
export async function recordDigest({
  lane,
  table,
  batch,
}: {
  readonly lane: EngineLane
  readonly table: string
  readonly batch: string
}) {
  const from = sql`FROM ${trusted(table)} WHERE batch = ${batch}`
  const [digest] = await digestsOf(lane, from, { max_threads: 1 })
  return {
    findings: 0,
    record: async (transaction: RecordsTransaction) => {
      if (digest === undefined) return
      await transaction
        .insertInto('evidence_entries')
        .values({
          id: `batch:${batch}`,
          kind: 'batch',
          at: null,
          entry: encodeEntry(digest.entry),
          chunks: digest.chunks,
          made: new Date(digest.entry.last),
        })
        .execute()
    },
  }
}
