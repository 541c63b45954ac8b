// A report from a station to a hub over real sockets: only what was approved, only where it may go, once, and what came back is kept.

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonicalJson, systemClock } from '../../core/index.ts'
import { IncidentReportSchema } from '../../model/index.ts'
import type { IncidentReport, ReportUp } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { PLAIN_SEAL } from '../blind/blind.test-helper.ts'
import { openHub } from '../hub/open-hub.ts'
import type { RunningHub } from '../hub/open-hub.ts'
import { hubLink } from '../member/hub-link.ts'
import type { HubLink } from '../member/hub-link.ts'
import { joinHub } from '../member/join-hub.ts'
import { draftAgreement } from '../peer/agreement.ts'
import { recordConsent } from '../peer/consents.ts'
import { encodeHubCode } from '../peer/hub-code.ts'
import { endPeer, findPeer, invite } from '../peer/peers.ts'
import { changeSelf, openSelf, readSelf } from '../peer/self.ts'
import { openStationKey } from '../peer/station-key.ts'
import { REPORT_PATHS, acknowledgeReport, listReportsReceived } from './reports-at-hub.ts'
import type { TakenReport } from './reports-at-hub.ts'
import { hubsOfReport, sendReport, tellReports } from './send-report.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-report-up-'))
const nowMs = Date.now()
let hub: RunningHub
let hubRecords: Records
let records: Records
let link: HubLink
const shown: TakenReport[] = []
const inCase: unknown[] = []

beforeAll(async () => {
  hubRecords = await openTemporaryRecords()
  records = await openTemporaryRecords()
  const self = await openSelf(hubRecords, 'Centre', nowMs)
  await openSelf(records, 'Town', nowMs)
  await changeSelf(records, { organisation: 'Town' })
  const hubKey = await openStationKey(join(folder, 'hub'), systemClock)
  const key = await openStationKey(join(folder, 'own'), systemClock)
  hub = await openHub({
    records: hubRecords,
    clock: systemClock,
    key: hubKey,
    seal: PLAIN_SEAL,
    host: '127.0.0.1',
    port: 0,
    cohortFloor: 2,
    onReport: (taken) => void shown.push(taken),
    onTrouble: (cause) => {
      throw cause
    },
  })
  const terms = { relation: 'client', approval: 'each', onward: false, days: 30 } as const
  const agreement = draftAgreement({ hub: self, terms, cohortFloor: 2, nowMs })
  const { secret } = await invite(hubRecords, { name: 'town', agreement, nowMs })
  const address = `127.0.0.1:${hub.port}`
  const code = encodeHubCode({ address, pin: hubKey.pin, secret })
  const { digest } = await joinHub({ records, key, nowMs }, { code })
  await joinHub({ records, key, nowMs }, { code, accept: digest, by: 'Ann' })
  link = hubLink({ address, pin: hubKey.pin }, key)
}, 60_000)
afterAll(async () => {
  link.close()
  await hub.close()
  await records.destroy()
  await hubRecords.destroy()
  rmSync(folder, { recursive: true, force: true })
})

function reportOf(change: Readonly<Record<string, unknown>> = {}): IncidentReport {
  return IncidentReportSchema.parse({
    reporter: { name: 'Ann Clerk', phone: '+1 867 555 0100' },
    organization: { name: 'Town' },
    consent: { sharing: 'amber' },
    impact: {},
    vector: {},
    case: 7,
    title: 'Somebody logged in to the firewall',
    narrative: 'At night, through CVE-2023-27997.',
    occurred: null,
    detected: '2026-11-20T03:00:00.000Z',
    state: 'contained',
    timeline: [],
    indicators: [
      { kind: 'address', value: '45.9.148.77', firstSeen: null, lastSeen: null, context: '' },
    ],
    techniques: ['T1078'],
    artifacts: [],
    actions: [],
    othersTold: [],
    ...change,
  })
}

function approvedOf(report: IncidentReport): ReportUp {
  const digest = createHash('sha256').update(canonicalJson(report)).digest('hex')
  return { report, digest, approved: { by: 'Ann Clerk', at: new Date(nowMs).toISOString() } }
}

const act = { who: 'Ann Clerk', nowMs }
const send = (report: ReportUp) => sendReport(records, { peer: 'centre', case: 7, report }, act)
async function tell(): Promise<void> {
  const peer = await findPeer(records, 'centre')
  if (peer === undefined) throw new Error('not joined')
  const onTaken = async (number: number, taken: object) => void inCase.push({ number, ...taken })
  await tellReports(records, { peer, link, nowMs, onTaken })
}
const standing = (digest: string) => hubsOfReport(records, 7, digest)

test('goes once, is compared with others’, and its reference comes back into the case', async () => {
  const report = approvedOf(reportOf())
  expect(await standing(report.digest)).toMatchObject([{ peer: 'centre', state: 'none' }])
  await send(report)
  await send(report)
  await tell()
  await tell()
  const [received, ...more] = await listReportsReceived(hubRecords)
  expect(more).toEqual([])
  expect(received).toMatchObject({
    organisation: 'Town',
    title: 'Somebody logged in to the firewall',
    approvedBy: 'Ann Clerk',
  })
  const reference = received?.reference ?? ''
  expect(reference).toMatch(/^VR-/)
  expect(inCase).toEqual([{ number: 7, peer: 'centre', reference, who: 'Ann Clerk' }])
  expect(shown).toMatchObject([{ reference, organisation: 'Town' }])
  expect(await standing(report.digest)).toMatchObject([{ state: 'taken', reference }])
  const compared = await hubRecords.selectFrom('campaign_reports').selectAll().execute()
  const { identity } = await readSelf(records)
  expect(compared).toMatchObject([{ organisation: identity, source: 'incident' }])
  expect(JSON.stringify(compared[0]?.features)).toMatch(/45\.9\.148\.77.*CVE-2023-27997.*T1078/s)
})

test('that it was read comes back; a text that changed is another report', async () => {
  const report = approvedOf(reportOf())
  const [received] = await listReportsReceived(hubRecords)
  await acknowledgeReport(hubRecords, received?.reference ?? '', { who: 'Bea', nowMs })
  await tell()
  expect(await standing(report.digest)).toMatchObject([
    { state: 'acknowledged', acknowledgedBy: 'Bea', isEarlier: false },
  ])
  expect(await standing('f'.repeat(64))).toMatchObject([{ isEarlier: true }])
  await expect(
    acknowledgeReport(hubRecords, 'VR-0000-0000-0000', { who: 'Bea', nowMs }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test.each([
  ['red', 'marking forbids (red)'],
  ['amber+strict', 'marking forbids (amber+strict)'],
])('TLP:%s does not leave: %s', async (sharing, reason) => {
  const report = approvedOf(reportOf({ consent: { sharing } }))
  await expect(send(report)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    details: { met: expect.stringContaining(reason) },
  })
  await tell()
  expect(await listReportsReceived(hubRecords)).toHaveLength(1)
})

test('a Nation’s data do not leave without its own consent, whoever sends them', async () => {
  await changeSelf(records, { community: 'Dene Nation' })
  const report = approvedOf(reportOf({ case: 8 }))
  await expect(send(report)).rejects.toMatchObject({
    details: { met: expect.stringContaining('no consent of the community (Dene Nation)') },
  })
  const consent = { by: 'Dene Nation', purpose: 'defence', peers: ['centre'], days: 30 }
  await recordConsent(records, consent, act)
  await send(report)
})

test.each([
  ['another text than was approved', { digest: 'a'.repeat(64) }, 'digest'],
  ['a report without fields', { report: {} }, 'report'],
  ['more than is asked for', { extra: 1 }, 'extra'],
])('refused by the hub with the place: %s', async (_, change, place) => {
  const response = await link.post(REPORT_PATHS.send, { ...approvedOf(reportOf()), ...change })
  expect(response.status).toBe(422)
  expect(JSON.stringify(await response.json())).toContain(place)
})

test('a member whose agreement ended is refused, and the report waits or says so', async () => {
  await endPeer(hubRecords, { name: 'town', by: 'us', isTold: true, nowMs })
  await tell()
  const peers = await records
    .selectFrom('reports_up')
    .select(['state', 'reason'])
    .where('case', '=', 7)
    .execute()
  expect(peers.every(({ state }) => state !== 'ready')).toBe(true)
  expect(await listReportsReceived(hubRecords)).toHaveLength(1)
})
