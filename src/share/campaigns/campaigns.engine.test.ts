// Campaigns against a records database: reports join, people decide and take it back, others see figures over enough alone.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { IncidentAskSchema, RegistrationSchema } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { enterOrganisation } from '../notices/organisations.ts'
import { actOnCampaign, undoCampaignAct } from './acts.ts'
import { campaignPage } from './campaign-page.ts'
import { joinNew, listCampaigns } from './campaign-records.ts'
import { campaignDetail } from './detail.ts'
import { keepIncident } from './gather.ts'

let records: Records
const nowMs = Date.parse('2026-11-20T08:00:00Z')
let ticks = 0
const actor = () => ({ who: 'Analyst', nowMs: nowMs + (ticks += 1000) })
const common = async () => new Set<string>()
const id = (at: number) => `organisation--00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
const view = (campaign: string, floor: number | null = null) =>
  campaignDetail({ records, common, floor, nowMs }, campaign)
const incident = (at: number, value: string) =>
  keepIncident(
    records,
    IncidentAskSchema.parse({
      organisation: id(at),
      first: '2026-11-10T00:00:00Z',
      last: '2026-11-11T00:00:00Z',
      features: [{ kind: 'certificate', value }],
    }),
    actor(),
  )
const placesOf = async () =>
  (
    await records.selectFrom('campaign_reports').select(['id', 'campaign']).orderBy('id').execute()
  ).map((row) => `${row.id} ${row.campaign ?? ''}`)

beforeAll(async () => {
  records = await openTemporaryRecords()
  for (const [at, region] of (['NT', 'NT', 'NT', 'YT', 'YT', 'ON'] as const).entries())
    await enterOrganisation(records, {
      id: id(at),
      registration: RegistrationSchema.parse({
        name: `Town ${at}`,
        region,
        sector: at < 5 ? 'municipality' : 'health',
        holdings: [],
        contacts: [],
      }),
      source: 'operator',
      who: 'Coordinator',
      nowMs,
    })
})
afterAll(() => records.destroy())

test('two with one certificate found a campaign, more join it, and acts are taken back to where they were', async () => {
  await incident(0, 'aa')
  expect(await joinNew(records, common, nowMs)).toBe(0)
  for (const at of [1, 2, 3]) await incident(at, 'aa')
  for (const at of [4, 5]) await incident(at, 'bb')
  await joinNew(records, common, nowMs)
  const found = await listCampaigns(records)
  expect(found.map(({ organisations, state }) => `${organisations} ${state}`).toSorted()).toEqual([
    '2 proposed',
    '4 proposed',
  ])
  const [big, small] = found
    .toSorted((one, other) => other.organisations - one.organisations)
    .map((one) => one.id) as [string, string]
  const detail = await view(big)
  expect(detail.scope.regions).toEqual([
    { region: 'NT', organisations: 3 },
    { region: 'YT', organisations: 1 },
  ])
  expect(detail.members[0]?.why).toMatchObject([
    { kind: 'certificate', value: 'aa', reports: 4, weight: 1 },
  ])
  const before = await placesOf()
  const split = await actOnCampaign(
    records,
    { act: 'split', campaign: big, reports: [detail.members[3]?.report ?? ''] },
    actor(),
  )
  const merge = await actOnCampaign(
    records,
    { act: 'merge', campaign: small, into: split.campaign },
    actor(),
  )
  expect((await view(split.campaign)).organisations).toBe(3)
  expect(await joinNew(records, common, nowMs)).toBe(0)
  await expect(undoCampaignAct(records, split.act, actor())).rejects.toThrow(/later act/)
  await undoCampaignAct(records, merge.act, actor())
  await undoCampaignAct(records, split.act, actor())
  expect(await placesOf()).toEqual(before)
  expect((await listCampaigns(records)).map((one) => one.id).toSorted()).toEqual(
    [big, small].toSorted(),
  )
  await expect(
    actOnCampaign(records, { act: 'confirm', campaign: 'none' }, actor()),
  ).rejects.toThrow()
})

test('others see figures over enough alone, and nobody’s name', async () => {
  const [big] = (await listCampaigns(records)).filter(({ organisations }) => organisations === 4)
  const shown = await view(big?.id ?? '', 3)
  expect(shown.scope).toMatchObject({ known: 4, silent: [], strata: [], recapture: null })
  // One hidden region could be told from the whole: the other is hidden too.
  expect(shown.scope.regions.map(({ organisations }) => organisations)).toEqual([null, null])
  expect(JSON.stringify(shown)).not.toContain('Town')
  expect((await view(big?.id ?? '', 5)).scope).toMatchObject({ known: null, estimate: null })
  const html = campaignPage(await view(big?.id ?? '', 5), 'fr')
  expect(html).toContain('moins de 5')
  expect(html).not.toMatch(/Town|organisation--/)
})
