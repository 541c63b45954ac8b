// Campaigns as they stand in the records: reports with their places, and the machine's joining of new ones.

import { z } from 'zod'
import { DAY_MS, timeOrderedId } from '../../core/index.ts'
import { CAMPAIGN_STATES, FeatureSchema, LinkReasonSchema } from '../../model/index.ts'
import type { Campaign, Feature } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { assign } from './assign.ts'
import type { Standing } from './assign.ts'

/** What is older is history: it joins nothing new. */
const LOOKED_BACK_MS = 365 * DAY_MS
const MOST_REPORTS = 20_000
export const Features = z.array(FeatureSchema)
export const Reasons = z.array(LinkReasonSchema)

/** Which addresses many share for good reasons: VPN, content delivery, large hosting. */
export type CommonPlaces = (addresses: readonly string[]) => Promise<ReadonlySet<string>>

export async function readStanding(records: Records, nowMs: number): Promise<readonly Standing[]> {
  const rows = await records
    .selectFrom('campaign_reports')
    .selectAll()
    .where('last_seen', '>', new Date(nowMs - LOOKED_BACK_MS))
    .orderBy('last_seen', 'desc')
    .limit(MOST_REPORTS)
    .execute()
  return rows.map(
    ({ id, organisation, first_seen: first, last_seen: last, features, campaign }) => ({
      id,
      organisation,
      firstMs: first.getTime(),
      lastMs: last.getTime(),
      features: Features.parse(features),
      campaign,
    }),
  )
}

export async function commonFeatures(
  reports: readonly Standing[],
  common: CommonPlaces,
): Promise<(feature: Feature) => boolean> {
  const addresses = reports.flatMap(({ features }) =>
    features.flatMap(({ kind, value, vouched }) => (kind === 'address' && !vouched ? [value] : [])),
  )
  const shared = await common([...new Set(addresses)])
  return ({ kind, value, vouched }) => kind === 'address' && !vouched && shared.has(value)
}

/** Places what belongs nowhere yet. How many reports were placed. */
export async function joinNew(
  records: Records,
  common: CommonPlaces,
  nowMs: number,
): Promise<number> {
  const reports = await readStanding(records, nowMs)
  if (reports.every(({ campaign }) => campaign !== null)) return 0
  const closed = await records
    .selectFrom('campaigns')
    .select('id')
    .where('state', 'in', ['dismissed', 'merged'])
    .execute()
  const assigned = assign(
    reports,
    new Set(closed.map(({ id }) => id)),
    await commonFeatures(reports, common),
  )
  if (assigned.length === 0) return 0
  await records.transaction().execute(async (step) => {
    const made = new Map<string, string>()
    for (const { report, campaign, why } of assigned) {
      let id = campaign.kind === 'here' ? campaign.id : made.get(campaign.of)
      if (id === undefined) {
        id = timeOrderedId(nowMs)
        if (campaign.kind === 'new') made.set(campaign.of, id)
        const now = new Date(nowMs)
        const name = why[0] === undefined ? id : `${why[0].kind} ${shortened(why[0].value)}`
        await step
          .insertInto('campaigns')
          .values({ id, name, state: 'proposed', made: now, changed: now, changed_by: 'vigie' })
          .execute()
      }
      await step
        .updateTable('campaign_reports')
        .set({ campaign: id, why: JSON.stringify(why), by_whom: 'vigie' })
        .where('id', '=', report)
        .where('campaign', 'is', null)
        .execute()
    }
  })
  return assigned.length
}

export async function listCampaigns(records: Records): Promise<readonly Campaign[]> {
  const rows = await records
    .selectFrom('campaigns as campaign')
    .leftJoin('campaign_reports as report', 'report.campaign', 'campaign.id')
    .select((by) => [
      'campaign.id',
      'campaign.name',
      'campaign.state',
      'campaign.made',
      by.fn.min('report.first_seen').as('first'),
      by.fn.max('report.last_seen').as('last'),
      by.fn.count('report.organisation').distinct().as('organisations'),
      by.fn.count('report.id').as('reports'),
    ])
    .where('campaign.state', '!=', 'merged')
    .groupBy(['campaign.id', 'campaign.name', 'campaign.state', 'campaign.made'])
    .orderBy('last', 'desc')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    state: CAMPAIGN_STATES.find((one) => one === row.state) ?? 'proposed',
    made: row.made.toISOString(),
    // Of a campaign without reports there are none.
    first: dateOf(row.first),
    last: dateOf(row.last),
    organisations: Number(row.organisations),
    reports: Number(row.reports),
  }))
}

function dateOf(value: Date | null): string | null {
  return value === null ? null : new Date(value).toISOString()
}

/** A digest is known by its beginning. */
function shortened(value: string): string {
  return value.length > MOST_OF_A_NAME ? `${value.slice(0, MOST_OF_A_NAME)}…` : value
}

const MOST_OF_A_NAME = 40
