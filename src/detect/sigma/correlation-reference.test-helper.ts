// For tests only: a correlation decided by looking at every window, slowly and plainly.

import type { Conjunct } from './conjuncts.ts'
import type { Threshold } from './correlation.ts'
import type { CorrelationPlan, Measure } from './plan-correlations.ts'

export type TestHit = {
  readonly grp: number
  readonly member: number
  readonly ms: number
  readonly value: string
  readonly line: number
}

/** What the times of hits are counted from. */
export const TEST_START_MS = Date.UTC(2026, 2, 1)

/** Group and time of everything found, in that order. */
export function foundIn(
  plan: CorrelationPlan,
  hits: readonly TestHit[],
  knownMs: number,
): readonly (readonly [number, number])[] {
  const groups = [...new Set(hits.map(({ grp }) => grp))].toSorted((a, b) => a - b)
  return groups.flatMap((grp) => {
    const own = hits.filter((hit) => hit.grp === grp)
    const times = [...new Set(own.map(({ ms }) => ms))].toSorted((a, b) => a - b)
    const met = times.filter((ms) => isMet(plan, { own, ms, knownMs }))
    const found: number[] = []
    for (const ms of endsOfShares(met, plan)) {
      const last = found.at(-1)
      if (last === undefined || ms > last + plan.timespanMs) found.push(ms)
    }
    return found.map((ms) => [grp, ms] as const)
  })
}

/** Of windows that end within a 64th of the timespan the first and the last stand for all. */
function endsOfShares(met: readonly number[], { timespanMs }: CorrelationPlan): readonly number[] {
  const width = Math.floor(timespanMs / 64)
  const shares = Map.groupBy(met, (ms) => Math.floor((TEST_START_MS + ms) / width))
  return [...shares.values()].flatMap((share) => [...new Set([share[0] ?? 0, share.at(-1) ?? 0])])
}

type Moment = { readonly own: readonly TestHit[]; readonly ms: number; readonly knownMs: number }

function isMet({ test, timespanMs }: CorrelationPlan, { own, ms, knownMs }: Moment): boolean {
  const within = own.filter((hit) => hit.ms >= ms - timespanMs && hit.ms <= ms)
  switch (test.kind) {
    case 'rules_met':
      return isReached(new Set(within.map(({ member }) => member)).size, test.thresholds)
    case 'together':
      return test.anyOf.some((conjunct) =>
        isTogether(conjunct, { own, ms, knownMs, timespanMs, isOrdered: test.isOrdered }),
      )
    case 'measure':
    default: {
      const endsHere = within.some(
        (hit) => hit.ms === ms && (isCount(test.measure) || isNumber(hit)),
      )
      return endsHere && isReached(measured(test.measure, within, test.percentile), test.thresholds)
    }
  }
}

const isCount = (measure: Measure) => measure === 'event_count' || measure === 'value_count'
const isNumber = ({ value }: TestHit) => /^-?\d+$/.test(value)

function measured(measure: Measure, within: readonly TestHit[], percentile: number): number {
  const events = [...Map.groupBy(within, ({ line }) => line).values()].flatMap((same) =>
    same.toSorted((a, b) => a.member - b.member).slice(0, 1),
  )
  const numbers = events.filter(isNumber).map(({ value }) => Number(value))
  const sum = numbers.reduce((total, number) => total + number, 0)
  if (measure === 'event_count') return events.length
  if (measure === 'value_count') return new Set(within.map(({ value }) => value)).size
  if (measure === 'value_sum') return sum
  if (measure === 'value_avg') return sum / numbers.length
  return quantile(numbers, percentile / 100)
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)] ?? 0
  const high = sorted[Math.ceil(place)] ?? low
  return low + (high - low) * (place - Math.floor(place))
}

function isReached(number: number, thresholds: readonly Threshold[]): boolean {
  return thresholds.every(({ operator, number: limit }) => {
    if (operator === 'gt') return number > limit
    if (operator === 'gte') return number >= limit
    if (operator === 'lt') return number < limit
    if (operator === 'lte') return number <= limit
    return operator === 'eq' ? number === limit : number !== limit
  })
}

type Together = Moment & { readonly timespanMs: number; readonly isOrdered: boolean }

function isTogether({ required, denied }: Conjunct, moment: Together): boolean {
  const { own, ms, knownMs, timespanMs, isOrdered } = moment
  const firstMs = isOrdered
    ? latestStart(own, required, ms)
    : Math.min(...required.map((place) => lastOf(own, place, ms)))
  const enders = isOrdered ? required.slice(-1) : required
  if (!own.some((hit) => hit.ms === ms && enders.includes(hit.member))) return false
  if (firstMs < ms - timespanMs) return false
  if (denied.length === 0) return true
  return (
    firstMs + timespanMs <= knownMs &&
    !own.some(
      (hit) =>
        denied.includes(hit.member) && hit.ms >= ms - timespanMs && hit.ms <= firstMs + timespanMs,
    )
  )
}

function lastOf(own: readonly TestHit[], place: number, untilMs: number): number {
  return Math.max(
    -Infinity,
    ...own.filter((hit) => hit.member === place && hit.ms <= untilMs).map((hit) => hit.ms),
  )
}

/** Over every chain that ends by the time given. */
function latestStart(own: readonly TestHit[], chain: readonly number[], untilMs: number): number {
  const place = chain.at(-1)
  const ends = own.filter((hit) => hit.member === place && hit.ms <= untilMs)
  return Math.max(
    -Infinity,
    ...ends.map((hit) =>
      chain.length === 1 ? hit.ms : latestStart(own, chain.slice(0, -1), hit.ms),
    ),
  )
}
