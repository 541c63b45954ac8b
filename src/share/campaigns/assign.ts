// Which campaign each new report joins. The machine proposes and joins; it never moves what stands, so what people confirmed, split
// or merged stays as they left it.

import type { LinkReason } from '../../model/index.ts'
import { neighboursOf, weighing } from './weigh.ts'
import type { CampaignReport, Weighing } from './weigh.ts'

export type Standing = CampaignReport & { readonly campaign: string | null }
export type Assignment = {
  readonly report: string
  /** Of a campaign that is here, or the first of those that found one together. */
  readonly campaign:
    | { readonly kind: 'here'; readonly id: string }
    | { readonly kind: 'new'; readonly of: string }
  readonly why: readonly LinkReason[]
}

/** For every report that belongs to none yet and belongs together with another organisation's. Dismissed campaigns take nothing in. */
export function assign(
  reports: readonly Standing[],
  closed: ReadonlySet<string>,
  isCommon?: Weighing['isCommon'],
): readonly Assignment[] {
  const weigh = weighing(reports, isCommon)
  const campaignOf = new Map(
    reports.flatMap(({ id, campaign }) => (campaign === null ? [] : [[id, campaign] as const])),
  )
  const founded = new Map<string, string>()
  const made: Assignment[] = []
  for (const report of reports.filter(({ campaign }) => campaign === null).toSorted(byTime)) {
    if (founded.has(report.id)) continue
    const near = neighboursOf(weigh, report).filter(
      ({ report: other }) => !closed.has(campaignOf.get(other.id) ?? ''),
    )
    const home = near.find(({ report: other }) => campaignOf.has(other.id))
    if (home !== undefined) {
      const id = campaignOf.get(home.report.id) ?? ''
      campaignOf.set(report.id, id)
      made.push({ report: report.id, campaign: { kind: 'here', id }, why: home.link.why })
      continue
    }
    const partner = near.find(
      ({ report: other }) => other.organisation !== report.organisation || founded.has(other.id),
    )
    if (partner === undefined) continue
    const of = founded.get(partner.report.id) ?? report.id
    for (const one of [report, partner.report])
      if (!founded.has(one.id)) {
        founded.set(one.id, of)
        made.push({ report: one.id, campaign: { kind: 'new', of }, why: partner.link.why })
      }
  }
  return made
}

function byTime(one: CampaignReport, other: CampaignReport): number {
  return one.firstMs - other.firstMs || (one.id < other.id ? -1 : 1)
}
