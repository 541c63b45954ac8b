// Whether an hour is worth anybody's time, however few hours a day has: an allowance is no reason to spend it. A quiet place
// finds so little that its rarest hour of the day is still nothing.

import type { EntityHour, Standing } from './weigh.ts'

/** Days on which a station only learns what is usual before one rule alone is told. */
export const LEARNING_DAYS = 5
/** What comes oftener than once in this many days is usual. */
const USUAL_DAYS = 7
/** What by its author's level is worth waking somebody. */
const ALARMING = 1.5

type Days = {
  readonly earlier: readonly EntityHour[]
  readonly daysBefore: number
  readonly standing: Standing
}

type Asked = EntityHour & { readonly beside: readonly string[] }

/**
 * Told is what says enough (one alarming rule, one ordinary rule once the place is known, or two signs of different things within an
 * episode) and did not come together, on this entity's days and on others, more than once a week.
 */
export function worthOf({ earlier, daysBefore, standing }: Days): (hour: Asked) => boolean {
  const isUsual = usualOf(earlier, daysBefore)
  return ({ entity, rules, beside }) => {
    const all = [...rules, ...beside]
    // Two weak signs are what an administrator does on a station's first days.
    const isBorneOut =
      signs(all, standing) >= 2 &&
      (daysBefore >= LEARNING_DAYS || Math.max(...all.map(standing.strengthOf)) >= 1)
    if (isBorneOut && !isUsual(entity, all)) return true
    const strongest = Math.max(...rules.map(standing.strengthOf))
    const isEnough = strongest >= ALARMING || (strongest >= 1 && daysBefore >= LEARNING_DAYS)
    return isEnough && !isUsual(entity, rules)
  }
}

/** Rules of which each is a sign of something that none before it was. */
function signs(rules: readonly string[], { signsOf }: Standing): number {
  const seen = new Set<string>()
  let count = 0
  for (const rule of rules) {
    const own = signsOf(rule)
    if (own.some((sign) => !seen.has(sign))) count += 1
    for (const sign of own) seen.add(sign)
  }
  return count
}

/** On how many days of an entity, and on how many others at all, these rules were found together. */
function usualOf(earlier: readonly EntityHour[], daysBefore: number) {
  const days = new Map<string, { entity: string; rules: Set<string> }>()
  for (const { entity, hour, rules } of earlier) {
    const key = `${Math.floor(hour / 24)} ${entity}`
    const day = days.get(key) ?? { entity, rules: new Set<string>() }
    for (const rule of rules) day.rules.add(rule)
    days.set(key, day)
  }
  const all = [...days.values()]
  return (entity: string, rules: readonly string[]): boolean => {
    const alike = all.filter((day) => rules.every((rule) => day.rules.has(rule)))
    const own = alike.filter((day) => day.entity === entity).length
    const others = new Set(alike.map((day) => day.entity).filter((other) => other !== entity)).size
    return own + others > daysBefore / USUAL_DAYS
  }
}
