// The newest verdicts as they are kept, and what changes opened beside the changes.

import type { Records, RecordsTransaction } from '../../store/index.ts'
import type { Round } from './judge-round.ts'

export type KeptRound = {
  readonly inputs: string
  readonly zones: number
  readonly madeMs: number
  readonly tookMs: number
  /** `null`: it could not be done. */
  readonly result: Omit<Round, 'openings'> | null
  readonly problem: string
}

export async function newestRound(records: Records): Promise<KeptRound | null> {
  const row = await records.selectFrom('segment_rounds').selectAll().executeTakeFirst()
  if (row === undefined) return null
  const { inputs, zones, made, took_ms, result, problem } = row
  return {
    inputs,
    zones: Number(zones),
    madeMs: made.getTime(),
    tookMs: took_ms,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by keepRound alone
    result: result as KeptRound['result'],
    problem,
  }
}

type Kept = {
  readonly inputs: string
  readonly zones: number
  readonly nowMs: number
  readonly tookMs: number
}

export async function keepRound(
  transaction: RecordsTransaction,
  { openings, ...round }: Round,
  kept: Kept,
): Promise<void> {
  await write(transaction, kept, { result: JSON.stringify(round), problem: '' })
  for (const { diff, openings: own } of openings) {
    const values = {
      looked: new Date(kept.nowMs),
      zones: kept.zones,
      openings: JSON.stringify(own),
    }
    await transaction
      .insertInto('segment_openings')
      .values({ diff, ...values })
      .onConflict((conflict) => conflict.column('diff').doNothing())
      .execute()
  }
}

/** Not tried again before something changes. */
export async function keepFailure(records: Records, problem: string, kept: Kept): Promise<void> {
  await write(records, kept, { result: 'null', problem })
}

async function write(
  records: Records | RecordsTransaction,
  { inputs, zones, nowMs, tookMs }: Kept,
  { result, problem }: { readonly result: string; readonly problem: string },
): Promise<void> {
  const values = { inputs, zones, made: new Date(nowMs), took_ms: tookMs, result, problem }
  await records
    .insertInto('segment_rounds')
    .values(values)
    .onConflict((conflict) => conflict.column('one').doUpdateSet(values))
    .execute()
}
