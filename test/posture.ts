// A small estate for the screens of devices, readiness, exposure and identity: handed to a running station as people hand it in.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunningStation } from '../src/app.ts'

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
]

export async function handInPosture(station: RunningStation, data: string): Promise<void> {
  const token = readFileSync(join(data, 'keys/cli-token'), 'utf8').trim()
  const send = async (path: string, body: string): Promise<void> => {
    const answer = await fetch(`${station.console}${path}`, {
      method: 'POST',
      body,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/octet-stream',
      },
    })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  }
  await send('/api/exposure/imports?file=estate.csv', INVENTORY)
  for (const config of CONFIGURATIONS) await send('/api/configurations?source=router.cfg', config)
  await send('/api/exposure/knowledge?file=kev.json', JSON.stringify(KEV))
  for (const id of [EXPLOITED, LATER])
    await send(`/api/exposure/knowledge?file=${id}.json`, JSON.stringify(recordOf(id)))
  await send('/api/identity-imports?file=users.json', JSON.stringify({ value: USERS }))
  await send('/api/identity-imports?file=roles.json', JSON.stringify({ value: ROLES }))
}
