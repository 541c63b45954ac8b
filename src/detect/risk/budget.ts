// Which hours are rare enough to be told: as many a day as people have asked for, whatever the weights are. The threshold
// needs no labels: each hour is held against all hours of the days before (conformal prediction, one day at a time), weighed
// alike, so that what comes every fourth hour is as usual today as it was. A day is twenty-four hours from the first that is known: where
// logs begin late in the evening, an hour of it would else be taken for what a whole day holds.

import { besideOf } from './episodes.ts'
import { ALIKE, counterOf, prevalenceOf, totalOf, weigh } from './weigh.ts'
import type { Contribution, EntityHour, Prevalence, Standing } from './weigh.ts'
import { LEARNING_DAYS, worthOf } from './worth.ts'

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
   * What others have seen, which counts as much as the own past: an attack older than that past has worn itself out there, and what
   * is new here but common everywhere is no news.
   */
  readonly elsewhere?: Prevalence
  readonly standing?: Standing
  /** Since when the place is watched, as far as what is known goes back; without it, since the first of the hours. */
  readonly watchedSinceHour?: number
}

const HOURS_A_DAY = 24
/** Of the budget, while a place is not known: what is new to the station is not yet rare. */
const WHILE_LEARNING = 2 / 3

/** Hours to tell. The first day only teaches what is usual. */
export function rareHours(hours: readonly EntityHour[], budget: Budget): readonly RareHour[] {
  const { sinceHour = 0, watchedSinceHour = Infinity } = budget
  const byEntity = Map.groupBy(hours, ({ entity }) => entity)
  const beginsHour = hours.reduce((least, { hour }) => Math.min(least, hour), watchedSinceHour)
  const dayOf = ({ hour }: EntityHour) => Math.floor((hour - beginsHour) / HOURS_A_DAY)
  const days = [...Map.groupBy(hours, dayOf)].toSorted(([a], [b]) => a - b)
  return days.flatMap(([day, today], at) => {
    // Days on which nothing was found are days all the same.
    if (day === 0 || beginsHour + (day + 1) * HOURS_A_DAY <= sinceHour) return []
    const earlier = days.slice(0, at).flatMap(([, some]) => some)
    return rareToday(today, { earlier, daysBefore: day, byEntity, budget })
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
  const known = prevalenceOf(earlier)
  const weighed = (hour: EntityHour, own: Prevalence) => {
    const here = weigh(hour, own, standing)
    return elsewhere === undefined ? here : halfway(here, weigh(hour, elsewhere, standing))
  }
  const scores = earlier.map((hour) => totalOf(weighed(hour, known))).toSorted((a, b) => a - b)
  const most = mostOf({ hoursADay, daysBefore, calibration: earlier.length })
  const isWorthIt = worthOf({ earlier, daysBefore, standing })
  const byHour = [...Map.groupBy(today, ({ hour }) => hour)].toSorted(([a], [b]) => a - b)
  const sofar = counterOf(known)
  return byHour.flatMap(([, together]) => {
    const rare = together
      .map((hour) =>
        judged(hour, lighter(weighed(hour, known), weighed(hour, sofar.known)), scores),
      )
      .filter(({ p, score }) => p <= most && (score > 0 || earlier.length === 0))
      .map((hour) => ({ ...hour, beside: besideOf(hour, byEntity.get(hour.entity) ?? []) }))
      .filter(isWorthIt)
    // What began today is less news with every hour it goes on.
    sofar.add(together)
    return rare
  })
}

type Allowing = {
  readonly hoursADay: number
  readonly daysBefore: number
  readonly calibration: number
}

/** The largest p that is told. What outweighs every hour so far always is, as long as the budget has room for one. */
function mostOf({ hoursADay, daysBefore, calibration }: Allowing): number {
  const all = (hoursADay * daysBefore) / calibration
  if (daysBefore >= LEARNING_DAYS) return all
  return Math.min(all, Math.max(all * WHILE_LEARNING, 1 / (calibration + 1)))
}

function judged(
  hour: EntityHour,
  contributions: readonly Contribution[],
  scores: readonly number[],
) {
  const score = totalOf(contributions)
  const p = (1 + countAtLeast(scores, score)) / (scores.length + 1)
  return { ...hour, score, contributions, p, calibration: scores.length }
}

/** Of the same rules, weighed here and elsewhere. */
function halfway(
  here: readonly Contribution[],
  elsewhere: readonly Contribution[],
): readonly Contribution[] {
  return joined(here, elsewhere, (a, b) => (a + b) / 2)
}

/** The day so far makes a rule lighter, never heavier than it was for the hours it is held against. */
function lighter(
  before: readonly Contribution[],
  now: readonly Contribution[],
): readonly Contribution[] {
  return joined(before, now, Math.min)
}

function joined(
  first: readonly Contribution[],
  second: readonly Contribution[],
  join: (a: number, b: number) => number,
): readonly Contribution[] {
  const weights = new Map(second.map(({ rule, weight }) => [rule, weight]))
  return first
    .map(({ rule, weight }) => ({ rule, weight: join(weight, weights.get(rule) ?? weight) }))
    .toSorted((a, b) => b.weight - a.weight)
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
