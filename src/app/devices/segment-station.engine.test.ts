// Zones in a station: confirmed by a person, judged beside it, what a change opened told with the change, and what was seen
// held against what filters allow.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  getChange,
  judgeRound,
  listChanges,
  readOtServices,
  recordSigner,
  segmentationProof,
} from '../../audit/index.ts'
import { placeZones } from '../../audit/segmentation/place-zones.ts'
import { readZones } from '../../audit/segmentation/zones-file.ts'
import { bordersOf } from '../../audit/zones/borders.ts'
import { seenBetween } from '../../audit/zones/seen-days.ts'
import { searchAlerts } from '../../detect/index.ts'
import { migrateEvents } from '../../store/events-migrations.ts'
import { openEmbeddedEngine, trusted } from '../../store/index.ts'
import type { EventEngine, Records, Store } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { CONTENT } from '../content.ts'
import { openStationAudit, stationTools } from './audit-station.ts'
import { segmentationOf } from './segment-station.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-segments-'))
const HOUR = 3_600_000
const signer = recordSigner(Buffer.alloc(32, 1))
let nowMs = Date.parse('2026-03-20T12:00:00Z')
const clock = { nowMs: () => nowMs }
let events: EventEngine
let records: Records
let zones: ReturnType<typeof segmentationOf>
let beside: ReturnType<typeof segmentationOf>
let audit: ReturnType<typeof openStationAudit>

beforeAll(async () => {
  events = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 2 })
  await migrateEvents(events)
  records = await openTemporaryRecords()
  const tools = stationTools({ data: folder })
  const onRaised = () => {}
  audit = openStationAudit({ records, settings: { data: folder }, clock, onRaised, tools })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it asks the records and the events alone
  const core = { store: { records, events } as Store }
  const services = readOtServices(CONTENT.otServices)
  // One test goes beside the station; the others would only wait for a process to start.
  zones = segmentationOf({
    core,
    tools,
    clock,
    onRaised,
    judge: (ask, seen) => judgeRound(ask, { tools: tools(), services, seen }),
  })
  beside = segmentationOf({ core, tools, clock, onRaised })
})
afterAll(async () => {
  await events.close()
  await records.destroy()
  rmSync(folder, { recursive: true, force: true })
})

const firewall = (...more: readonly string[]) =>
  `version 17.9
hostname fw
interface GigabitEthernet0/0
 description Office
 ip address 10.1.0.1 255.255.255.0
 ip access-group FROM-OFFICE in
interface GigabitEthernet0/1
 description PLC line 1
 ip address 10.3.0.1 255.255.255.0
 ip access-group FROM-PLANT in
ip access-list extended FROM-OFFICE
 10 permit tcp 10.1.0.0 0.0.0.255 host 10.3.0.9 eq 443
${more.map((line) => ` ${line}\n`).join('')} 90 deny ip any any
ip access-list extended FROM-PLANT
 10 permit tcp any any established
end
`
const take = (text: string) => audit.take(Buffer.from(text), { source: 'fw.cfg' })

const PLAN = `zones:
  - { id: office, name: Bureau, kind: it, prefixes: [10.1.0.0/24] }
  - { id: plant, name: Usine, kind: ot, prefixes: [10.3.0.0/24] }
conduits:
  - { from: office, to: plant, allow: [tcp/443] }
`

type Flow = {
  readonly src: string
  readonly sport: number
  readonly dst: string
  readonly port: number
  /** 1 let through, 2 refused, 0 not said. */
  readonly action?: number
  readonly back?: number
}

async function store(flows: readonly Flow[]): Promise<void> {
  const rows = flows.map(
    ({ src, sport, dst, port, action = 0, back = 0 }, at) =>
      `(toDateTime64(${nowMs / 1000 - 60}, 3, 'UTC'), toDateTime64(${nowMs / 1000}, 3, 'UTC'), 'test', ${at}, 4001, toIPv6('::ffff:${src}'), ${sport}, toIPv6('::ffff:${dst}'), ${port}, 6, ${action}, ${back})`,
  )
  const [lane] = events.intake
  await lane?.command(
    trusted(
      `INSERT INTO events (time, received, batch, line, class_uid, src_ip, src_port, dst_ip, dst_port, proto_num, action_id, bytes_in) VALUES ${rows.join(', ')}`,
    ),
  )
}

const anHourLater = () => (nowMs += HOUR)

test('nothing is judged before somebody confirmed zones; the devices propose some', async () => {
  await take(firewall())
  expect(await zones.look()).toBe(false)
  expect((await zones.view()).state).toBe('no_zones')
  const proposal = await zones.proposal('fr')
  expect(proposal.stands).toBeNull()
  expect(proposal.zones).toMatchObject([
    { id: 'office', kind: 'it', suggestedBy: 'Office', prefixes: ['10.1.0.0/24'] },
    { kind: 'ot', prefixes: ['10.3.0.0/24'] },
  ])
})

test('what is confirmed stands under a name; what was made from an older one is not put over it', async () => {
  const refused = zones.keep({ text: 'zones:\n  - { id: a, kind: plain }\n', from: null }, 'Ada')
  await expect(refused).rejects.toMatchObject({ code: 'ZONES_REFUSED' })
  const { zones: entries, conduits } = await zones.proposal('en')
  const first = await zones.keep({ plan: { zones: entries, conduits }, from: null }, 'Ada')
  expect(first.stands).toMatchObject({ keptBy: 'Ada' })
  const version = first.stands?.version ?? 0
  await zones.keep({ text: PLAN, from: version, note: 'with the plant' }, 'Béa')
  await expect(zones.keep({ text: PLAN, from: version }, 'Ada')).rejects.toMatchObject({
    code: 'ZONES_MOVED',
    details: { who: 'Béa' },
  })
  const stands = await zones.zones()
  expect(stands.versions.map(({ keptBy, note }) => [keptBy, note])).toEqual([
    ['Béa', 'with the plant'],
    ['Ada', ''],
  ])
  expect((await zones.zones(version)).zones.map(({ name }) => name)).toContain('Office')
})

test('the network is judged in a process of its own, once', async () => {
  expect(await beside.look()).toBe(true)
  expect(await zones.look()).toBe(false)
  const view = await zones.view()
  expect(view).toMatchObject({ state: 'judged', isOld: false, problem: null })
  expect(view.pairs).toMatchObject([
    { from: 'office', to: 'plant', all: 'open', beyond: 'blocked' },
    { from: 'plant', to: 'office', all: 'blocked', beyond: 'blocked' },
  ])
  expect(await segmentationProof(records)).toMatchObject({ state: 'met', ways: 1, blocked: 1 })
})

test('a change that opens OT is told with the change, with its packet and its line, and rings', async () => {
  anHourLater()
  await take(firewall('20 permit tcp 10.1.0.0 0.0.0.255 10.3.0.0 0.0.0.255 eq 502'))
  expect((await zones.view()).isOld).toBe(true)
  expect(await zones.look()).toBe(true)
  const [change] = await listChanges(records, { limit: 10 }, signer)
  expect(change).toMatchObject({
    opened: [{ from: 'office', to: 'plant' }],
    severity: 'critical',
    findings: 1,
  })
  const { findings } = await getChange(records, change?.id ?? '', signer)
  expect(findings).toMatchObject([
    {
      check: 'segment-opened',
      places: [{ first: 13, path: expect.stringContaining('eq 502'), what: 'office → plant' }],
    },
  ])
  const { alerts } = await searchAlerts(records, { state: ['new'], limit: 10 })
  expect(alerts).toMatchObject([
    { rule: 'audit-segment-opened', severity: 'critical', entity: 'fw' },
  ])
  expect(alerts[0]?.why.fr).toMatch(/de Bureau à Usine \(10\.1\.0\.\d+ → 10\.3\.0\.\d+ tcp\/502\)/)
  expect((await segmentationProof(records))?.state).toBe('not_met')
})

test('a change that moves lines and opens nothing is looked at and told of nothing', async () => {
  anHourLater()
  await take(
    `! a comment\n${firewall('15 remark pumps', '20 permit tcp 10.1.0.0 0.0.0.255 10.3.0.0 0.0.0.255 eq 502')}`,
  )
  await zones.look()
  const changes = await listChanges(records, { limit: 10 }, signer)
  expect(changes.map(({ opened }) => opened.length)).toEqual([1, 0])
})

test('what filters never let pass and got through is told apart from answers, tries and what is allowed', async () => {
  anHourLater()
  await store([
    { src: '10.1.0.7', sport: 50_000, dst: '10.3.0.9', port: 443, action: 1 },
    { src: '10.1.0.7', sport: 50_001, dst: '10.3.0.4', port: 502, back: 900 },
    // Both ways of one connection, as exporters tell it; the port of the service is the higher one.
    { src: '10.1.0.8', sport: 40_000, dst: '10.3.0.4', port: 44_818 },
    { src: '10.3.0.4', sport: 44_818, dst: '10.1.0.8', port: 40_000 },
    // Tried, and answered by nobody.
    { src: '10.1.0.7', sport: 50_003, dst: '10.3.0.4', port: 22 },
    { src: '10.1.0.7', sport: 50_004, dst: '10.3.0.4', port: 23, action: 2 },
    { src: '192.168.9.9', sport: 50_005, dst: '10.3.0.4', port: 502, action: 1 },
  ])
  anHourLater()
  await zones.look()
  const { flows, span, unused } = await zones.flows()
  const told = flows
    .toSorted((a, b) => (a.service < b.service ? -1 : 1))
    .map(({ service, state, passed, refused }) => [service, state, passed, refused])
  expect(told).toEqual([
    ['tcp/22', 'unknown', 0, 0],
    ['tcp/23', 'unknown', 0, 1],
    ['tcp/443', 'allowed', 1, 0],
    ['tcp/44818', 'never', 1, 0],
    ['tcp/502', 'beyond', 1, 0],
  ])
  expect(flows.find(({ state }) => state === 'never')).toMatchObject({
    name: 'enip',
    source: '10.1.0.8',
    destination: '10.3.0.4',
  })
  expect(span).toMatchObject({ days: 30, daysWithFlows: 1 })
  expect(unused).toEqual([])
  const { alerts } = await searchAlerts(records, { state: ['new'], limit: 10 })
  expect(alerts.map(({ rule, entity }) => [rule, entity])).toContainEqual([
    'segment-seen-office-plant',
    '10.1.0.8',
  ])
  const pair = await zones.pair('office', 'plant')
  expect(pair.flows).toHaveLength(5)
  expect(pair.findings.map(({ kind }) => kind)).toContain('seen_never')
})

test('what was seen before a filter changed is not held against it', async () => {
  anHourLater()
  await take(firewall('20 deny tcp any any eq 502'))
  await zones.look()
  const { flows } = await zones.flows()
  expect(flows.find(({ service }) => service === 'tcp/502')?.state).toBe('earlier')
  expect(flows.find(({ service }) => service === 'tcp/44818')?.state).toBe('earlier')
})

test('a conduit that nobody uses is named where logs tell of its zones', async () => {
  const { stands } = await zones.zones()
  const text = PLAN.replace('tcp/443', 'tcp/443, tcp/8443')
  await zones.keep({ text, from: stands?.version ?? null }, 'Ada')
  await take(firewall('20 permit tcp any any eq 8443'))
  await zones.look()
  expect((await zones.flows()).unused).toEqual([
    { from: 'office', to: 'plant', services: ['tcp/8443'] },
  ])
})

test('a day with more than is put together says so, and nothing is called unused', async () => {
  const { zones: entries } = await zones.zones()
  expect(entries.length).toBeGreaterThan(1)
  await records.deleteFrom('segment_days').execute()
  const read = readZones(PLAN)
  if (!read.ok) throw new Error('the zones are wrong')
  const borders = bordersOf(read.plan, placeZones(read.plan, []))
  if (borders === null) throw new Error('zones without addresses')
  const parts = { records, events, nowMs, filtersSinceMs: null, ports: [502], fieldPorts: [502] }
  const { groups, span } = await seenBetween(borders, {
    ...parts,
    limits: { max_memory_usage: 100_000 },
  })
  expect(span.tooMany).toHaveLength(1)
  expect([groups, span.daysWithFlows]).toEqual([[], 0])
  expect((await seenBetween(borders, parts)).span).toMatchObject({ tooMany: [], daysWithFlows: 1 })
})
