// What the records know of correlations: hits that wait to be looked at, and up to when each is decided.

import { sql } from 'kysely'
import type { Records, RecordsTransaction } from '../../store/index.ts'
import type { CorrelationPlans } from '../sigma/index.ts'
import type { FeedCount, NewFeeds } from './touched.ts'
import { waitsForAbsence } from './waits.ts'

/** Feeds looked at together. */
const FEEDS_PER_SWEEP = 1000

export async function newFeeds(records: Records): Promise<NewFeeds> {
  const rows = await records
    .selectFrom('correlation_feeds')
    .selectAll()
    .orderBy('judged')
    .orderBy('feed')
    .limit(FEEDS_PER_SWEEP)
    .execute()
  return {
    ids: rows.map(({ feed }) => feed),
    judgedMs: rows[0]?.judged.getTime() ?? 0,
  }
}

/** What is known of a correlation, since its definition last changed. */
export type CorrelationState = {
  /** What must be absent is decided up to here. */
  readonly decidedMs: number
  /** Hits that lack a value they are grouped or measured by. */
  readonly ungrouped: number
  /** Why it is not decided in full. */
  readonly problem: string | null
}

/** By the key of its plan. */
export async function statesOf(records: Records): Promise<ReadonlyMap<string, CorrelationState>> {
  const rows = await records.selectFrom('correlation_states').selectAll().execute()
  return new Map(
    rows.map(({ correlation, decided, ungrouped, problem }) => [
      correlation,
      { decidedMs: decided.getTime(), ungrouped: Number(ungrouped), problem },
    ]),
  )
}

export type Looked = {
  readonly feeds: NewFeeds
  readonly counts: readonly FeedCount[]
  readonly correlations: CorrelationPlans
  /** Why some are not decided in full, by the keys of their plans. */
  readonly problems: ReadonlyMap<string, string>
  readonly decidedMs: number
  readonly nowMs: number
}

/** Strikes off what was looked at, inside the caller's transaction. */
export async function recordSweep(
  transaction: RecordsTransaction,
  { feeds, counts, correlations, problems, decidedMs, nowMs }: Looked,
): Promise<void> {
  if (feeds.ids.length > 0)
    await transaction.deleteFrom('correlation_feeds').where('feed', 'in', feeds.ids).execute()
  const ungrouped = new Map(counts.map((count) => [count.correlation, count.ungrouped]))
  const rows = correlations.plans
    .filter((plan) => ungrouped.has(plan.key) || waitsForAbsence(plan))
    .map(({ key, correlation }) => ({
      correlation: key,
      rule: correlation.id,
      decided: new Date(decidedMs),
      ungrouped: ungrouped.get(key) ?? 0,
      problem: problems.get(key) ?? null,
      updated: new Date(nowMs),
    }))
  if (rows.length === 0) return
  await transaction
    .insertInto('correlation_states')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('correlation').doUpdateSet({
        decided: sql`greatest(correlation_states.decided, excluded.decided)`,
        ungrouped: sql`correlation_states.ungrouped + excluded.ungrouped`,
        problem: sql`excluded.problem`,
        updated: sql`excluded.updated`,
      }),
    )
    .execute()
}
