// How much what two reports share speaks for one campaign. Pure. A value is judged by what it is and by how common it is; every
// value's reports are looked at once (a list for each value), and a value that many unrelated reports show joins nothing.

import { DAY_MS } from '../../core/index.ts'
import type { Feature, FeatureKind, LinkReason } from '../../model/index.ts'

export type CampaignReport = {
  readonly id: string
  readonly organisation: string
  readonly firstMs: number
  readonly lastMs: number
  readonly features: readonly Feature[]
}

/** Of a value that nobody else shows. A technique alone says little: those who live off the land share them all. */
export const RELIABILITY: Readonly<Record<FeatureKind, number>> = {
  certificate: 1,
  file: 1,
  domain: 0.9,
  address: 0.7,
  account: 0.6,
  provider: 0.4,
  device: 0.3,
  // Families are bought, copied and shared.
  malware: 0.3,
  vulnerability: 0.3,
  asn: 0.25,
  technique: 0.1,
}

/** Two reports belong together from here on, and by more than techniques. */
export const TOGETHER = 0.6
/** Reports that may show a value before it counts less: 1/degree from there (facts on correlation: never n²). */
const FULL_UNTIL = 4
/** More reports than these show a common place; it joins nothing by itself, and is said to be common. */
export const MOST_JOINED = 50
/** Networks that many use for good reasons: VPN, content delivery, large hosting. */
const COMMON_FACTOR = 0.1
const HALF_LIFE_MS = 90 * DAY_MS

export type Weighing = {
  readonly reportsOf: ReadonlyMap<string, readonly CampaignReport[]>
  /** Whether a value is one that many share for good reasons. */
  readonly isCommon: (feature: Feature) => boolean
}

export function featureKey({ kind, value }: Pick<Feature, 'kind' | 'value'>): string {
  return `${kind} ${value}`
}

/** Lists of reports by value. */
export function weighing(
  reports: readonly CampaignReport[],
  isCommon: Weighing['isCommon'] = () => false,
): Weighing {
  const reportsOf = new Map<string, CampaignReport[]>()
  for (const report of reports)
    for (const key of new Set(report.features.map(featureKey))) {
      const list = reportsOf.get(key)
      if (list === undefined) reportsOf.set(key, [report])
      else list.push(report)
    }
  return { reportsOf, isCommon }
}

/** What one shared value says, with how many reports show it. What an indicator vouches for is the attacker's, however many met it. */
export function weightOf({ reportsOf, isCommon }: Weighing, feature: Feature): LinkReason {
  const { kind, value, vouched } = feature
  const reports = reportsOf.get(featureKey(feature))?.length ?? 0
  const degree = vouched ? 1 : Math.min(1, FULL_UNTIL / Math.max(1, reports))
  const common = isCommon(feature) ? COMMON_FACTOR : 1
  return { kind, value, reports, weight: round(RELIABILITY[kind] * degree * common) }
}

export type Link = { readonly weight: number; readonly why: readonly LinkReason[] }

/** Between two reports; weights add up as independent signs do, less what time has passed between them. */
export function linkOf(weigh: Weighing, one: CampaignReport, other: CampaignReport): Link {
  const theirs = new Map(other.features.map((feature) => [featureKey(feature), feature]))
  const why = [...new Map(one.features.map((feature) => [featureKey(feature), feature])).values()]
    .flatMap((feature) => {
      const match = theirs.get(featureKey(feature))
      return match === undefined
        ? []
        : [weightOf(weigh, { ...feature, vouched: feature.vouched || match.vouched })]
    })
    .toSorted((a, b) => b.weight - a.weight)
  if (why.every(({ kind }) => kind === 'technique')) return { weight: 0, why }
  const gapMs = Math.max(
    0,
    Math.max(one.firstMs, other.firstMs) - Math.min(one.lastMs, other.lastMs),
  )
  const sum = 1 - why.reduce((rest, { weight }) => rest * (1 - Math.min(weight, 0.999)), 1)
  return { weight: round(sum * 0.5 ** (gapMs / HALF_LIFE_MS)), why }
}

function round(weight: number): number {
  return Math.round(weight * 1000) / 1000
}

export type Neighbour = { readonly report: CampaignReport; readonly link: Link }

/** Reports that belong together with one, strongest first. Values that are too common are not followed. */
export function neighboursOf(weigh: Weighing, report: CampaignReport): readonly Neighbour[] {
  const candidates = new Map<string, CampaignReport>()
  for (const feature of report.features) {
    if (feature.kind === 'technique') continue
    const list = weigh.reportsOf.get(featureKey(feature)) ?? []
    const followed = feature.vouched
      ? list.slice(-MOST_JOINED)
      : list.length > MOST_JOINED
        ? []
        : list
    for (const other of followed) if (other.id !== report.id) candidates.set(other.id, other)
  }
  return [...candidates.values()]
    .map((other) => ({ report: other, link: linkOf(weigh, report, other) }))
    .filter(({ link }) => link.weight >= TOGETHER)
    .toSorted((one, other) => other.link.weight - one.link.weight)
}
