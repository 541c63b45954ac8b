// How many events of a question fell into each stretch of its time range.

import type { z } from 'zod'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../core/index.ts'
import type { Hunt, HuntHistogramSchema } from '../model/index.ts'
import { sql } from '../store/index.ts'
import { askEngine } from './ask-engine.ts'
import type { HuntContext } from './context.ts'
import { huntSettings } from './hunt-limits.ts'
import { inSpan, planFieldHunt } from './hunt-plan.ts'
import type { Span } from './hunt-plan.ts'
import { huntProblem } from './problem.ts'
import type { HuntResult } from './problem.ts'

export type HuntHistogram = z.infer<typeof HuntHistogramSchema>

const MOST_BUCKETS = 100
/** Widths people can name. */
const WIDTHS_MS = [
  1,
  10,
  100,
  SECOND_MS,
  5 * SECOND_MS,
  10 * SECOND_MS,
  30 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  7 * DAY_MS,
  28 * DAY_MS,
  91 * DAY_MS,
  364 * DAY_MS,
]

export async function histogram(
  context: HuntContext,
  request: Hunt,
  signal?: AbortSignal,
): Promise<HuntResult<HuntHistogram>> {
  if (request.sql !== undefined) return { ok: false, problem: huntProblem('sql_no_counts', {}) }
  const hunt = planFieldHunt(request)
  if (!hunt.ok) return hunt
  const { span, condition } = hunt.value
  const bucketMs = bucketWidth(span)
  const answer = await askEngine<{ bucket: string; n: string }>(context, {
    statement: sql`SELECT intDiv(toUnixTimestamp64Milli(time), ${bucketMs}) AS bucket, count() AS n
FROM events WHERE ${inSpan(span)} AND ${condition} GROUP BY bucket`,
    settings: huntSettings(context.limits, {
      seconds: context.limits.seconds,
      rows: MOST_BUCKETS * 2,
    }),
    signal,
  })
  if (!answer.ok) return answer
  const counts = new Map(answer.value.rows.map(({ bucket, n }) => [Number(bucket), Number(n)]))
  return { ok: true, value: { ...filled(span, bucketMs, counts), cost: answer.value.cost } }
}

/** The narrowest width that gives no more than a hundred buckets. */
export function bucketWidth({ fromMs, toMs }: Span): number {
  const least = (toMs - fromMs) / MOST_BUCKETS
  return WIDTHS_MS.find((width) => width >= least) ?? Math.ceil(least / DAY_MS) * DAY_MS
}

/** Every bucket of the range, also the empty ones; buckets begin at round times in UTC. */
function filled({ fromMs, toMs }: Span, bucketMs: number, counts: ReadonlyMap<number, number>) {
  const buckets: { from: string; count: number }[] = []
  let total = 0
  for (let at = Math.floor(fromMs / bucketMs); at * bucketMs < toMs; at++) {
    const count = counts.get(at) ?? 0
    total += count
    buckets.push({ from: new Date(at * bucketMs).toISOString(), count })
  }
  return { total, bucketMs, buckets }
}
