// A small estate for the screens of devices, readiness, exposure and identity: handed to a running station as people hand it in.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { RunningStation } from '../src/app.ts'
import { casesOf } from '../src/app/cases/cases.ts'
import { readSettings, systemClock } from '../src/core/index.ts'
import { searchAlerts } from '../src/detect/index.ts'
import {
  CaseAskSchema,
  CaseEntryAskSchema,
  CriticalSchema,
  SegmentationSchema,
  StatedReportSchema,
} from '../src/model/index.ts'
import { draftAgreement } from '../src/share/peer/agreement.ts'
import { join as joinPeer, noteProblem } from '../src/share/peer/peers.ts'

const EXPLOITED = 'CVE-2024-21762'
const LATER = 'CVE-2024-55591'

const KEV = {
  catalogVersion: '2026.08.20',
  dateReleased: '2026-08-20T08:00:00Z',
  vulnerabilities: [
    {
      cveID: EXPLOITED,
      vendorProject: 'Fortinet',
      product: 'FortiOS',
      vulnerabilityName: 'Out-of-bound write',
      dateAdded: '2026-08-18',
      dueDate: '2026-08-21',
    },
  ],
}

const recordOf = (cveId: string) => ({
  dataType: 'CVE_RECORD',
  cveMetadata: { cveId, state: 'PUBLISHED', dateUpdated: '2026-08-01T00:00:00Z' },
  containers: {
    cna: {
      affected: [
        {
          vendor: 'Fortinet',
          product: 'FortiOS',
          versions: [{ version: '7.0.0', lessThanOrEqual: '7.0.16', status: 'affected' }],
        },
      ],
    },
  },
})

const INVENTORY = [
  'asset,ip,vendor,product,version,internet-facing',
  'gate.town.example,192.0.2.1,Fortinet,FortiOS,7.0.12,yes',
  'branch.town.example,10.0.0.1,Fortinet,FortiOS,7.0.14,no',
].join('\n')

const USERS = [
  { id: 'u1', userPrincipalName: 'ann@town.example', accountEnabled: true, userType: 'Guest' },
  { id: 'u2', userPrincipalName: 'bob@town.example', accountEnabled: true, userType: 'Member' },
]
const ROLES = [
  {
    id: 'r',
    principalId: 'u1',
    roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
    directoryScopeId: '/',
  },
]

/** A router as it was, and as it is with a tunnel, an account, and its log gone. */
const router = (name: string, ...more: readonly string[]) =>
  [
    '! Last configuration change at 10:00:00 UTC Mon Nov 23 2026 by svc-backup',
    'version 17.9',
    `hostname ${name}`,
    'username ops privilege 15 secret 9 zzzzzz',
    ...more,
    'interface GigabitEthernet0/0',
    ' ip address 198.51.100.2 255.255.255.0',
    'line vty 0 4',
    ' transport input all',
    'end',
  ].join('\n')
const CONFIGURATIONS = [
  router('core-rtr', 'logging host 10.0.0.9'),
  router(
    'core-rtr',
    'username helpdesk9 privilege 15 secret 9 yyyyyy',
    'interface Tunnel9',
    ' tunnel destination 203.0.113.7',
  ),
  router('depot-rtr', 'logging host 10.0.0.9'),
  router('depot-rtr', 'logging host 10.0.0.9', 'snmp-server location depot'),
  [
    'version 17.9',
    'hostname plant-fw',
    'interface GigabitEthernet0/0',
    ' description Office',
    ' ip address 10.1.0.1 255.255.255.0',
    ' ip access-group FROM-OFFICE in',
    'interface GigabitEthernet0/1',
    ' description Pumps',
    ' ip address 10.3.0.1 255.255.255.0',
    ' ip access-group FROM-PUMPS in',
    'ip access-list extended FROM-OFFICE',
    ' 10 permit tcp any host 10.3.0.9 eq 443',
    ' 20 permit tcp any any eq 502',
    ' 30 permit tcp host 10.1.0.7 any eq 502',
    'ip access-list extended FROM-PUMPS',
    ' 10 permit tcp any any established',
    'end',
  ].join('\n'),
]
const ZONES = `zones:
  - { id: office, name: Bureau, kind: it, prefixes: [10.1.0.0/24] }
  - { id: pumps, name: Pompage, kind: ot, prefixes: [10.3.0.0/24] }
  - { id: internet, name: Internet, kind: internet }
conduits:
  - { from: office, to: pumps, allow: [tcp/443], owner: ops, justification: reports, expires: 2099-12-31 }
`

export async function handInPosture(station: RunningStation, data: string): Promise<void> {
  const token = readFileSync(join(data, 'keys/cli-token'), 'utf8').trim()
  const send = async (
    path: string,
    body: string,
    type = 'application/octet-stream',
  ): Promise<void> => {
    const answer = await fetch(`${station.console}${path}`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': type,
      },
    })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  }
  await send('/api/exposure/imports?file=estate.csv', INVENTORY)
  for (const config of CONFIGURATIONS) await send('/api/configurations?source=router.cfg', config)
  const zones = JSON.stringify({ text: ZONES, from: null })
  await send('/api/segmentation/zones', zones, 'application/json')
  await send('/api/exposure/knowledge?file=kev.json', JSON.stringify(KEV))
  for (const id of [EXPLOITED, LATER])
    await send(`/api/exposure/knowledge?file=${id}.json`, JSON.stringify(recordOf(id)))
  await send('/api/identity-imports?file=users.json', JSON.stringify({ value: USERS }))
  await send('/api/identity-imports?file=roles.json', JSON.stringify({ value: ROLES }))
  const judged = async () => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${station.console}/api/segmentation`, { headers })
    return SegmentationSchema.parse(await answer.json()).state === 'judged'
  }
  while (!(await judged())) await sleep(200)
}

const HUB = {
  identity: 'identity--11111111-1111-4111-8111-111111111111',
  organisation: 'Regional centre',
}
const INDICATOR = 'indicator--22222222-2222-4222-8222-222222222222'

/** A hub that was joined, what it sent, and an answer that waits for a person: written as the rooms write them. */
export async function joinQuietHub({ core }: RunningStation): Promise<void> {
  const { records } = core.store
  const nowMs = Date.now()
  const terms = { relation: 'client', approval: 'each', onward: false, days: 365 } as const
  const agreement = draftAgreement({ hub: HUB, terms, cohortFloor: 5, nowMs })
  await joinPeer(records, {
    ...HUB,
    name: 'regional-centre',
    role: 'hub',
    pin: 'ab'.repeat(32),
    // Nothing answers there: the screen says so.
    address: '127.0.0.1:9',
    agreement,
    acceptedBy: 'Ann Clerk',
    nowMs,
  })
  const since = new Date(nowMs).toISOString()
  // The hub offers another agreement, and a person here has not read it yet.
  const offer = { ...agreement, id: crypto.randomUUID(), up: { ...agreement.up, approval: 'each' } }
  await records
    .updateTable('share_peers')
    .set({ offer: JSON.stringify(offer) })
    .where('name', '=', 'regional-centre')
    .execute()
  await noteProblem(records, 'regional-centre', {
    code: 'unreachable',
    about: '127.0.0.1:9',
    since,
  })
  const object = { type: 'indicator', id: INDICATOR, name: 'Address of an operator' }
  await sql`INSERT INTO share_received (peer, id, version, type, body, state, told_count, told, received, is_urgent)
    VALUES ('regional-centre', ${INDICATOR}, ${since}, 'indicator', ${JSON.stringify(object)}, 'answered', 2, now(), now(), true)`.execute(
    records,
  )
  const sighting = {
    type: 'sighting',
    spec_version: '2.1',
    id: 'sighting--33333333-3333-4333-8333-333333333333',
    created_by_ref: HUB.identity,
    created: since,
    modified: since,
    count: 2,
    sighting_of_ref: INDICATOR,
    object_marking_refs: ['marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421'],
  }
  await sql`INSERT INTO share_outbox (peer, object, version, body, state, reasons, agreement, made)
    VALUES ('regional-centre', ${sighting.id}, ${since}, ${JSON.stringify(sighting)}, 'waiting', '[]', ${agreement.id}, now())`.execute(
    records,
  )
}

/** A case with something in each of its parts. */
export async function openQuietCase({ core }: RunningStation, data: string): Promise<void> {
  // The station's own log is not in reach from here: these acts have no witness.
  const evidence = { note: async () => undefined, noted: async () => new Map<string, string>() }
  const settings = readSettings({ data }, {})
  const cases = casesOf({ core, evidence, settings, clock: systemClock })
  // What is taken by a case is taken: nobody is called about it, and about the gate somebody has to be.
  const { alerts } = await searchAlerts(core.store.records, { limit: 10 })
  const alert = alerts.find(({ entity }) => entity !== 'gate.town.example')
  const ask = {
    title: 'Odd tools on the file server',
    alerts: [alert?.id ?? ''],
    summary: 'Night.',
  }
  const { number } = await cases.open(CaseAskSchema.parse(ask), 'admin')
  await cases.startPlaybook(number, { playbook: 'stolen-credentials', language: 'en' }, 'admin')
  const seen = { kind: 'seen', text: 'A share was read whole', at: '2026-11-20T02:00:00.000Z' }
  await cases.note(number, CaseEntryAskSchema.parse(seen), 'admin')
  const file = { name: 'memory.txt', origin: 'By the tool of the maker', collectedBy: 'A. Roy' }
  await cases.takeFile(number, once(Buffer.from('pages\n')), file, 'admin')
  const stated = {
    reporter: {},
    organization: { name: 'Town' },
    consent: {},
    impact: {},
    vector: {},
    found: 'By the night shift, born 1984-03-07.',
    indicators: [{ value: '203.0.113.7', context: 'where it went' }],
  }
  await cases.stateReport(number, StatedReportSchema.parse(stated), 'admin')
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

/** The gate is watched first, and somebody is told of its alert: by mail, which no server sends here, and by telephone. */
export async function watchGate(station: RunningStation, data: string): Promise<void> {
  const token = readFileSync(join(data, 'keys/cli-token'), 'utf8').trim()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const method = body === undefined ? 'GET' : 'POST'
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${station.console}${path}`, { method, headers, ...sent })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return answer.json()
  }
  const { records } = station.core.store
  await sql`UPDATE exposure_assets SET criticality = 'very high' WHERE name = 'gate.town.example'`.execute(
    records,
  )
  await ask('/api/identity/checks', {})
  const gate = CriticalSchema.parse(await ask('/api/critical')).items.find(
    ({ name }) => name === 'gate.town.example',
  )
  const people = [{ who: 'Ann Roy', how: 'ann@town.example, 613-555-0100' }]
  await ask(`/api/critical/${gate?.id ?? ''}`, {
    state: 'confirmed',
    band: 'C1',
    reason: 'way in',
    people,
  })
  while (
    CriticalSchema.parse(await ask('/api/critical')).calls.every(({ state }) => state !== 'failed')
  )
    await sleep(500)
}
