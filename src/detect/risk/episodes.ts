// Hours of one entity that follow one another are one thing for a person to look at.

import type { EntityHour } from './weigh.ts'

/** One entity's rare hours that follow one another: one thing for a person to look at. */
export type Episode<T extends Placed> = {
  readonly entity: string
  readonly hours: readonly [T, ...T[]]
}

type Placed = Pick<EntityHour, 'entity' | 'hour'>

/** Rare hours of an entity this close belong together: what an intruder does rarely fits one clock hour. */
export const SAME_EPISODE_HOURS = 3

/** Rules that found something on the hour's entity within an episode's length of it, and not in it. */
export function besideOf(
  { hour, rules }: EntityHour,
  ofEntity: readonly EntityHour[],
): readonly string[] {
  const near = ofEntity.filter((one) => Math.abs(hour - one.hour) <= SAME_EPISODE_HOURS)
  const own = new Set(rules)
  return [...new Set(near.flatMap((one) => one.rules))].filter((rule) => !own.has(rule))
}

/** Rare hours as episodes, in the order in which they begin. */
export function episodesOf<T extends Placed>(rare: readonly T[]): readonly Episode<T>[] {
  const open = new Map<string, [T, ...T[]]>()
  const all: { entity: string; hours: [T, ...T[]] }[] = []
  for (const hour of rare.toSorted((a, b) => a.hour - b.hour)) {
    const known = open.get(hour.entity)
    const last = known?.at(-1)
    if (known !== undefined && last !== undefined && hour.hour - last.hour <= SAME_EPISODE_HOURS) {
      known.push(hour)
      continue
    }
    const hours: [T, ...T[]] = [hour]
    open.set(hour.entity, hours)
    all.push({ entity: hour.entity, hours })
  }
  return all
}
