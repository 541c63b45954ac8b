// How far a campaign reaches. The headline is the share of those hit among those who looked, stratum by stratum; the interval is
// Wilson's for the weighted share with its effective number of lookers, corrected for a small population. Capture-recapture stands
// beside it as a lower bound: those who are told look, so its lists are not independent.

import { SECTORS } from '../../model/index.ts'
import type { Sector, Stratum } from '../../model/index.ts'

export type Surveyed = {
  readonly id: string
  readonly sector: Sector
  /** It answered for something of the campaign, whatever it met. */
  readonly hasLooked: boolean
  readonly isHit: boolean
}

export function strataOf(surveyed: readonly Surveyed[]): readonly Stratum[] {
  const bySector = Map.groupBy(surveyed, ({ sector }) => sector)
  return SECTORS.flatMap((sector) => {
    const all = bySector.get(sector) ?? []
    const looked = all.filter(({ hasLooked }) => hasLooked)
    return all.length === 0
      ? []
      : [
          {
            sector,
            organisations: all.length,
            looked: looked.length,
            positive: looked.filter(({ isHit }) => isHit).length,
          },
        ]
  })
}

export type Estimate = { readonly least: number; readonly likely: number; readonly most: number }

/** 97.5 % of the normal distribution. */
const Z = 1.96

/** Organisations hit in the strata where somebody looked; undefined where nobody did. Never fewer than were found. */
export function estimateOf(strata: readonly Stratum[]): Estimate | undefined {
  const searched = strata.filter(({ looked }) => looked > 0)
  const population = sum(searched, ({ organisations }) => organisations)
  if (population === 0) return undefined
  const looked = sum(searched, (one) => one.looked)
  const found = sum(searched, ({ positive }) => positive)
  const share = sum(
    searched,
    (one) => (one.organisations / population) * (one.positive / one.looked),
  )
  // A share that a stratum of few lookers shows as 0 or 1 is not that sure: its variance is taken at (k + 1)/(n + 2).
  const variance = sum(searched, ({ organisations, looked: n, positive }) => {
    const smooth = (positive + 1) / (n + 2)
    const left = organisations <= 1 ? 0 : (organisations - n) / (organisations - 1)
    return ((organisations / population) ** 2 * smooth * (1 - smooth) * left) / n
  })
  const pooled = (found + 1) / (looked + 2)
  const least = Math.max(found, 0)
  const most = population - (looked - found)
  if (variance === 0)
    return {
      least,
      likely: Math.max(found, round(share * population)),
      most: Math.min(most, round(share * population)),
    }
  const effective = (pooled * (1 - pooled)) / variance
  const { low, high } = wilson(share, effective)
  return {
    least: Math.max(least, round(low * population)),
    likely: Math.min(most, Math.max(least, round(share * population))),
    most: Math.min(most, round(high * population)),
  }
}

/** Wilson 1927, for a share `p` among `n`. */
export function wilson(p: number, n: number): { readonly low: number; readonly high: number } {
  const centre = (p + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n)
  const half = (Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2))) / (1 + Z ** 2 / n)
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/** Chapman 1951: from two lists and what is in both. */
export function chapman(one: number, other: number, both: number): number {
  return round(((one + 1) * (other + 1)) / (both + 1) - 1)
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** What others than the hub's operator see of a figure: nothing below the floor. */
export function shown(figure: number, floor: number | null): number | null {
  return floor === null || figure === 0 || figure >= floor ? figure : null
}

/**
 * Figures of one whole as others see them. One that is hidden alone, or few that are, could be told from the whole: the smallest of
 * the rest is hidden with them until what is hidden reaches the floor.
 */
export function shownAll(
  figures: readonly number[],
  floor: number | null,
): readonly (number | null)[] {
  if (floor === null) return figures
  const hidden = new Set(
    figures.flatMap((figure, at) => (shown(figure, floor) === null ? [at] : [])),
  )
  const rest = figures
    .map((figure, at) => ({ figure, at }))
    .filter(({ figure, at }) => figure > 0 && !hidden.has(at))
    .toSorted((one, other) => one.figure - other.figure)
  const total = () => [...hidden].reduce((whole, at) => whole + (figures[at] ?? 0), 0)
  while (hidden.size > 0 && (hidden.size === 1 || total() < floor) && rest.length > 0) {
    const next = rest.shift()
    if (next !== undefined) hidden.add(next.at)
  }
  return figures.map((figure, at) => (hidden.has(at) ? null : figure))
}
