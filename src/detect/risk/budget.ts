// Which hours are rare enough to be told: as many a day as people have asked for, whatever the weights are. The threshold
// needs no labels: each hour is held against all hours of the days before (conformal prediction, one day at a time), weighed
// alike, so that what comes every fourth hour is as usual today as it was.

import { besideOf } from './episodes.ts'
import { ALIKE, counterOf, prevalenceOf, totalOf, weigh } from './weigh.ts'
import type { Contribution, EntityHour, Prevalence, Standing } from './weigh.ts'
import { worthOf } from './worth.ts'

export type RareHour = EntityHour & {
  readonly score: number
  /** Heaviest first. */
  readonly contributions: readonly Contribution[]
  /** Further rules that found something on the entity within an episode's length, before or after. */
  readonly beside: readonly string[]
  /** Share of the earlier hours that weigh as much, this one counted among them: at least 1 / (calibration + 1). */
  readonly p: number
  /** Hours of earlier days it was held against. */
  readonly calibration: number
}

export type Budget = {
  readonly hoursADay: number
  /** Days that ended before this hour only teach. */
  readonly sinceHour?: number
  /**
   * What others have seen, in place of the own past: an attack older than that past would have worn itself out there.
   */
  readonly elsewhere?: Prevalence
  readonly standing?: Standing
  /** Since when the place is watched, as far as what is known goes back; without it, since the first of the hours. */
  readonly watchedSinceHour?: number
}

const HOURS_A_DAY = 24

/** Hours to tell. The first day only teaches what is usual. */
export function rareHours(hours: readonly EntityHour[], budget: Budget): readonly RareHour[] {
  const { sinceHour = 0, watchedSinceHour = Infinity } = budget
  const byEntity = Map.groupBy(hours, ({ entity }) => entity)
  const days = [...Map.groupBy(hours, dayOf)].toSorted(([a], [b]) => a - b)
  const firstDay = Math.min(Math.floor(watchedSinceHour / HOURS_A_DAY), days[0]?.[0] ?? Infinity)
  return days.flatMap(([day, today], at) => {
    // Days on which nothing was found are days all the same.
    const daysBefore = day - firstDay
    if (daysBefore === 0 || (day + 1) * HOURS_A_DAY <= sinceHour) return []
    const earlier = days.slice(0, at).flatMap(([, some]) => some)
    return rareToday(today, { earlier, daysBefore, byEntity, budget })
  })
}

type Past = {
  readonly earlier: readonly EntityHour[]
  readonly daysBefore: number
  readonly byEntity: ReadonlyMap<string, readonly EntityHour[]>
  readonly budget: Budget
}

function rareToday(
  today: readonly EntityHour[],
  { earlier, daysBefore, byEntity, budget }: Past,
): readonly RareHour[] {
  const { elsewhere, standing = ALIKE, hoursADay } = budget
  const known = elsewhere ?? prevalenceOf(earlier)
  const scores = earlier
    .map((hour) => totalOf(weigh(hour, known, standing)))
    .toSorted((a, b) => a - b)
  const most = hoursADay / (earlier.length / daysBefore)
  const isWorthIt = worthOf({ earlier, daysBefore, standing })
  const byHour = [...Map.groupBy(today, ({ hour }) => hour)].toSorted(([a], [b]) => a - b)
  const sofar = counterOf(known)
  return byHour.flatMap(([, together]) => {
    const rare = together
      .map((hour) => judged(hour, { known, sofar: sofar.known, scores, standing }))
      .filter(({ p, score }) => p <= most && (score > 0 || earlier.length === 0))
      .map((hour) => ({ ...hour, beside: besideOf(hour, byEntity.get(hour.entity) ?? []) }))
      .filter(isWorthIt)
    // What began today is less news with every hour it goes on.
    if (elsewhere === undefined) sofar.add(together)
    return rare
  })
}

type Judging = {
  readonly known: Prevalence
  readonly sofar: Prevalence
  readonly scores: readonly number[]
  readonly standing: Standing
}

function judged(hour: EntityHour, { known, sofar, scores, standing }: Judging) {
  const contributions = lighter(weigh(hour, known, standing), weigh(hour, sofar, standing))
  const score = totalOf(contributions)
  const p = (1 + countAtLeast(scores, score)) / (scores.length + 1)
  return { ...hour, score, contributions, p, calibration: scores.length }
}

/** The day so far makes a rule lighter, never heavier than it was for the hours it is held against. */
function lighter(
  before: readonly Contribution[],
  now: readonly Contribution[],
): readonly Contribution[] {
  const weights = new Map(now.map(({ rule, weight }) => [rule, weight]))
  return before
    .map(({ rule, weight }) => ({ rule, weight: Math.min(weight, weights.get(rule) ?? weight) }))
    .toSorted((a, b) => b.weight - a.weight)
}

function dayOf({ hour }: EntityHour): number {
  return Math.floor(hour / HOURS_A_DAY)
}

/** Sums of logarithms differ in their last digits with the order they are added in. */
const SAME = 1e-9

/** Of ascending scores, how many are at least as large. */
function countAtLeast(scores: readonly number[], score: number): number {
  let low = 0
  let high = scores.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((scores[middle] ?? 0) < score - SAME) low = middle + 1
    else high = middle
  }
  return scores.length - low
}
