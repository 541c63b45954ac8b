// One campaign as people read it: how many, which sectors and regions, since when, who has not looked, what may be the same. For
// others than the hub's operator, figures under the floor are not shown, nor who stands behind any.

import { VigieError } from '../../core/index.ts'
import { CAMPAIGN_REPORT_SOURCES, REGIONS, SECTORS } from '../../model/index.ts'
import type { CampaignDetail, LinkReason, Scope } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { HUB_ROOT, SIGHTINGS_ALIAS } from '../hub/places.ts'
import { namesOf } from '../notices/notice-records.ts'
import {
  Features,
  Reasons,
  commonFeatures,
  listCampaigns,
  readStanding,
} from './campaign-records.ts'
import type { CommonPlaces } from './campaign-records.ts'
import { chapman, estimateOf, shownAll, strataOf } from './scope.ts'
import type { Surveyed } from './scope.ts'
import { featureKey, neighboursOf, weighing, weightOf } from './weigh.ts'

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
  const lists = rows.map(({ features }) => Features.parse(features))
  return {
    ...campaign,
    asOf: new Date(nowMs).toISOString(),
    // Each report is of one organisation: their number says as much as that of the organisations.
    organisations: isOpen ? campaign.organisations : 0,
    reports: floor === null ? campaign.reports : 0,
    floor,
    scope,
    shared: isOpen ? await sharedIn(viewing, lists) : [],
    ...(floor === null
      ? {
          members: await membersIn(records, rows),
          similar: await similarTo(viewing, id),
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

const MOST_SHARED = 20

/** What more than one of its reports show, with what it weighs. */
async function sharedIn(
  { records, common, nowMs }: Viewing,
  lists: readonly (readonly CampaignFeature[])[],
): Promise<LinkReason[]> {
  const counts = new Map<string, { feature: CampaignFeature; count: number }>()
  for (const list of lists)
    for (const feature of new Map(list.map((one) => [featureKey(one), one])).values()) {
      const one = counts.get(featureKey(feature))
      counts.set(featureKey(feature), { feature, count: (one?.count ?? 0) + 1 })
    }
  const all = await readStanding(records, nowMs)
  const weigh = weighing(all, await commonFeatures(all, common))
  return [...counts.values()]
    .filter(({ count }) => count > 1)
    .map(({ feature }) => weightOf(weigh, feature))
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, MOST_SHARED)
}

type CampaignFeature = ReturnType<typeof Features.parse>[number]

async function similarTo(
  { records, common, nowMs }: Viewing,
  id: string,
): Promise<CampaignDetail['similar']> {
  const all = await readStanding(records, nowMs)
  const weigh = weighing(all, await commonFeatures(all, common))
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

type ReportRow = {
  readonly organisation: string
  readonly source: string
  readonly note: string
  readonly known: Date
}

async function scopeOf(
  records: Records,
  rows: readonly ReportRow[],
  floor: number | null,
): Promise<Scope> {
  const hit = new Set(rows.map(({ organisation }) => organisation))
  const indicators = [
    ...new Set(rows.flatMap(({ source, note }) => (source === 'sighting' ? [note] : []))),
  ]
  const looked = await whoLooked(records, indicators)
  const organisations = await surveyed(records, hit, looked)
  const strata = strataOf(organisations)
  const known = floor === null || hit.size >= floor ? hit.size : null
  const figuresOf = <T extends string>(
    names: readonly T[],
    of: (one: (typeof organisations)[number]) => T,
  ) =>
    shownAll(
      names.map((name) => organisations.filter((one) => one.isHit && of(one) === name).length),
      floor,
    ).map((figure, at) => ({ name: names[at], figure }))
  const isShown = floor === null || hit.size >= floor
  return {
    known,
    looked: looked.size,
    organisations: organisations.length,
    estimate: isShown ? (estimateOf(strata) ?? null) : null,
    unsearched: strata
      .filter((one) => one.looked === 0)
      .reduce((sum, one) => sum + one.organisations, 0),
    strata: floor === null ? [...strata] : [],
    recapture: floor === null ? await recapture(records, rows) : null,
    silent:
      floor === null
        ? organisations
            .filter((one) => one.isMember && !one.hasLooked && !one.isHit)
            .map(({ id, name }) => ({ id, name }))
        : [],
    sectors: figuresOf(SECTORS, ({ sector }) => sector).flatMap(({ name, figure }) =>
      name === undefined || figure === 0 ? [] : [{ sector: name, organisations: figure }],
    ),
    regions: figuresOf(REGIONS, ({ region }) => region ?? 'federal').flatMap(({ name, figure }) =>
      name === undefined || figure === 0 ? [] : [{ region: name, organisations: figure }],
    ),
  }
}

/** Whoever answered for one of its indicators, whatever it met. */
async function whoLooked(
  records: Records,
  indicators: readonly string[],
): Promise<ReadonlySet<string>> {
  if (indicators.length === 0) return new Set()
  const rows = await records
    .selectFrom('taxii_objects as object')
    .innerJoin('taxii_collections as place', (on) =>
      on.onRef('place.root', '=', 'object.root').onRef('place.id', '=', 'object.collection'),
    )
    .select((by) =>
      by
        .fn<string>('jsonb_extract_path_text', [
          by.cast('object.body', 'jsonb'),
          by.val('created_by_ref'),
        ])
        .as('member'),
    )
    .distinct()
    .where('object.root', '=', HUB_ROOT)
    .where('place.alias', '=', SIGHTINGS_ALIAS)
    .where('object.type', '=', 'sighting')
    .where('object.is_last', '=', true)
    .where((by) =>
      by(
        by.fn<string>('jsonb_extract_path_text', [
          by.cast('object.body', 'jsonb'),
          by.val('sighting_of_ref'),
        ]),
        'in',
        indicators,
      ),
    )
    .execute()
  return new Set(rows.map(({ member }) => member))
}

type Organisation = Surveyed & {
  readonly name: string
  readonly region: Scope['regions'][number]['region'] | undefined
  readonly isMember: boolean
}

/** Everybody the hub knows of: registered, or joined. */
async function surveyed(
  records: Records,
  hit: ReadonlySet<string>,
  looked: ReadonlySet<string>,
): Promise<readonly Organisation[]> {
  const registered = await records
    .selectFrom('notice_organisations')
    .select(['id', 'sector', 'region'])
    .execute()
  const members = await records
    .selectFrom('share_peers')
    .select('identity')
    .where('role', '=', 'member')
    .where('state', '=', 'joined')
    .execute()
  const names = await namesOf(records)
  const known = new Map(registered.map((one) => [one.id, one]))
  const joined = new Set(members.flatMap(({ identity }) => (identity === null ? [] : [identity])))
  return [...new Set([...known.keys(), ...joined, ...hit])].map((id) => ({
    id,
    name: names.get(id) ?? id,
    sector: SECTORS.find((one) => one === known.get(id)?.sector) ?? 'other',
    region: REGIONS.find((one) => one === known.get(id)?.region),
    isMember: joined.has(id),
    hasLooked: looked.has(id),
    isHit: hit.has(id),
  }))
}

/** By sightings and by incidents. What somebody reported after it was told is no second finding, and is left out. */
async function recapture(
  records: Records,
  rows: readonly ReportRow[],
): Promise<Scope['recapture']> {
  const told = await records
    .selectFrom('notices')
    .select((by) => ['organisation', by.fn.min('told').as('told')])
    .where('told', 'is not', null)
    .groupBy('organisation')
    .execute()
  const toldAt = new Map(
    told.map(({ organisation, told: at }) => [
      organisation,
      at === null ? Infinity : new Date(at).getTime(),
    ]),
  )
  const one = new Set(
    rows.filter(({ source }) => source === 'sighting').map(({ organisation }) => organisation),
  )
  const other = new Set(
    rows
      .filter(
        ({ source, organisation, known }) =>
          source !== 'sighting' && known.getTime() < (toldAt.get(organisation) ?? Infinity),
      )
      .map(({ organisation }) => organisation),
  )
  if (one.size === 0 || other.size === 0) return null
  const both = [...one].filter((id) => other.has(id)).length
  return {
    likely: chapman(one.size, other.size, both),
    bySightings: one.size,
    byReports: other.size,
    byBoth: both,
  }
}
