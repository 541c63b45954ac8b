// One campaign as people read it: how many, which sectors and regions, since when, who has not looked, what may be the same. For
// others than the hub's operator, figures under the floor are not shown, nor who stands behind any.

import { VigieError } from '../../core/index.ts'
import { CAMPAIGN_REPORT_SOURCES } from '../../model/index.ts'
import type { CampaignDetail, LinkReason } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { namesOf } from '../notices/notice-records.ts'
import type { Standing } from './assign.ts'
import {
  Features,
  Reasons,
  commonFeatures,
  listCampaigns,
  readStanding,
} from './campaign-records.ts'
import type { CommonPlaces } from './campaign-records.ts'
import { scopeOf } from './survey.ts'
import type { ReportRow } from './survey.ts'
import { featureKey, neighboursOf, weighing, weightOf } from './weigh.ts'
import type { Weighing } from './weigh.ts'

export type Viewing = {
  readonly records: Records
  readonly common: CommonPlaces
  /** null = the hub's operator, who sees all. */
  readonly floor: number | null
  readonly nowMs: number
}

/** Throws NOT_FOUND. */
export async function campaignDetail(viewing: Viewing, id: string): Promise<CampaignDetail> {
  const { records, floor, nowMs } = viewing
  const campaign = (await listCampaigns(records)).find((one) => one.id === id)
  if (campaign === undefined) throw new VigieError('NOT_FOUND', { what: id })
  const rows = await records
    .selectFrom('campaign_reports')
    .selectAll()
    .where('campaign', '=', id)
    .orderBy('first_seen')
    .execute()
  const scope = await scopeOf(records, rows, floor)
  const isOpen = floor === null || campaign.organisations >= floor
  const standing = await weighed(viewing)
  const lists = rows.map(({ features }) => Features.parse(features))
  return {
    ...campaign,
    asOf: new Date(nowMs).toISOString(),
    // Each report is of one organisation: their number says as much as that of the organisations.
    organisations: isOpen ? campaign.organisations : 0,
    reports: floor === null ? campaign.reports : 0,
    floor,
    scope,
    shared: isOpen ? sharedIn(standing, lists) : [],
    ...(floor === null
      ? {
          members: await membersIn(records, rows),
          similar: await similarTo(records, standing, id),
          acts: await actsOn(records, id),
        }
      : { members: [], similar: [], acts: [] }),
  }
}

type StoredReport = ReportRow & {
  readonly id: string
  readonly first_seen: Date
  readonly last_seen: Date
  readonly why: unknown
}

async function membersIn(
  records: Records,
  rows: readonly StoredReport[],
): Promise<CampaignDetail['members']> {
  const names = await namesOf(records)
  return rows.map((row) => ({
    report: row.id,
    organisation: row.organisation,
    name: names.get(row.organisation) ?? row.organisation,
    source: CAMPAIGN_REPORT_SOURCES.find((one) => one === row.source) ?? 'report',
    first: row.first_seen.toISOString(),
    last: row.last_seen.toISOString(),
    note: row.note,
    why: Reasons.parse(row.why),
  }))
}

async function actsOn(records: Records, campaign: string): Promise<CampaignDetail['acts']> {
  const rows = await records
    .selectFrom('campaign_acts')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return rows
    .filter(({ campaigns }) => Array.isArray(campaigns) && campaigns.includes(campaign))
    .map(({ id, at, who, act, undone }) => ({
      id,
      at: at.toISOString(),
      who,
      act,
      undone: undone !== null,
    }))
}

type Weighed = { readonly all: readonly Standing[]; readonly weigh: Weighing }

/** All reports of the year, with what their values weigh. */
async function weighed({ records, common, nowMs }: Viewing): Promise<Weighed> {
  const all = await readStanding(records, nowMs)
  return { all, weigh: weighing(all, await commonFeatures(all, common)) }
}

const MOST_SHARED = 20

/** What more than one of its reports show, with what it weighs. */
function sharedIn(
  { weigh }: Weighed,
  lists: readonly (readonly CampaignFeature[])[],
): LinkReason[] {
  const counts = new Map<string, { feature: CampaignFeature; count: number }>()
  for (const list of lists)
    for (const feature of new Map(list.map((one) => [featureKey(one), one])).values()) {
      const one = counts.get(featureKey(feature))
      counts.set(featureKey(feature), { feature, count: (one?.count ?? 0) + 1 })
    }
  return [...counts.values()]
    .filter(({ count }) => count > 1)
    .map(({ feature }) => weightOf(weigh, feature))
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, MOST_SHARED)
}

type CampaignFeature = ReturnType<typeof Features.parse>[number]

async function similarTo(
  records: Records,
  { all, weigh }: Weighed,
  id: string,
): Promise<CampaignDetail['similar']> {
  const campaignOf = new Map(all.map(({ id: report, campaign }) => [report, campaign]))
  const found = new Map<string, readonly LinkReason[]>()
  for (const report of all.filter(({ campaign }) => campaign === id))
    for (const { report: other, link } of neighboursOf(weigh, report)) {
      const theirs = campaignOf.get(other.id)
      if (theirs !== null && theirs !== undefined && theirs !== id && !found.has(theirs))
        found.set(theirs, link.why)
    }
  return (await listCampaigns(records))
    .filter((one) => one.state !== 'dismissed' && found.has(one.id))
    .map((one) => ({ id: one.id, name: one.name, why: [...(found.get(one.id) ?? [])] }))
}
