// Evidence of goals from real lines through the parsers and real files through the importers: each provider says what it saw, with rows.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY_MS } from '../../core/index.ts'
import { openExposure } from '../../exposure/index.ts'
import type { Proof } from '../../model/index.ts'
import { readGoals } from '../../readiness/index.ts'
import { migrateEvents, openEmbeddedEngine } from '../../store/index.ts'
import type { EventEngine, Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { lineStore } from '../lines.test-helper.ts'
import type { StoreLines } from '../lines.test-helper.ts'
import { exposureEvidence } from './evidence-exposure.ts'
import { networkEvidence } from './evidence-network.ts'
import { tlsEvidence } from './evidence-tls.ts'
import { webEvidence } from './evidence-web.ts'
import type { Seen } from './proof.ts'

const NOW = Date.parse('2026-11-29T12:00:00Z')
const PARSERS = ['suricata', 'zeek', 'postfix', 'web-access', 'fortigate', 'aws-elb']
const folder = mkdtempSync(join(tmpdir(), 'vigie-goals-'))
const clock = { nowMs: () => NOW }
let events: EventEngine
let records: Records
let store: StoreLines
let seen: Seen

beforeAll(async () => {
  events = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 2 })
  await migrateEvents(events)
  records = await openTemporaryRecords()
  store = await lineStore({ events, records }, { folder, only: PARSERS })
  seen = { core: { store: { records, events } }, clock } as unknown as Seen
})
afterAll(async () => {
  await events.close()
  await records.destroy()
  rmSync(folder, { recursive: true, force: true })
})

const room = () => openExposure({ store: { records }, clock })
const scan = (text: string, file = 'scan') =>
  room().importScan(
    (async function* () {
      yield Buffer.from(text)
    })(),
    { file, complete: false, external: true },
    'roy',
  )
const all = () => ({
  ...networkEvidence(seen),
  ...tlsEvidence(seen),
  ...webEvidence(seen),
  ...exposureEvidence(seen),
})
const proof = async (name: string): Promise<Proof> => {
  const made = await all()[name]?.()
  if (made === undefined) throw new Error(`no provider ${name}`)
  return made
}

test('without lines and scans nothing is known of TLS, certificates, sites or credentials', async () => {
  for (const name of [
    'net.tls',
    'net.certificates',
    'web.security-txt',
    'audit.default-credentials',
  ])
    expect((await proof(name)).state).toBe('unknown')
})

const tls = (version: string, more = '') =>
  `{"timestamp":"2026-11-29T10:00:00.000000+0000","flow_id":1,"in_iface":"eth0","event_type":"tls","src_ip":"203.0.113.7","src_port":51544,"dest_ip":"10.0.0.5","dest_port":443,"proto":"TCP","tls":{"version":"${version}","sni":"www.town.example"${more}}}`

test('versions in logs: current ones are in order, old ones are counted', async () => {
  await store(
    [
      ...Array.from({ length: 40 }, () => tls('TLS 1.3')),
      'Nov 29 10:01:00 mx1 postfix/smtpd[211]: Anonymous TLS connection established from mail.example.net[203.0.113.9]: TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)',
    ],
    NOW,
  )
  expect(await proof('net.tls')).toMatchObject({ state: 'met' })
  await store([tls('TLSv1')], NOW)
  const old = await proof('net.tls')
  expect(old.state).toBe('partly')
  expect(old.said.en).toBe(
    '1 of 42 connections with a known version use SSL, TLS 1.0 or 1.1; 0 servers take such versions.',
  )
  expect(old.rows.length).toBeGreaterThan(0)
  await store(
    Array.from(
      { length: 9 },
      () =>
        '{"_path":"ssl","ts":1795946400.3,"uid":"CjBc12","id.orig_h":"203.0.113.4","id.orig_p":51612,"id.resp_h":"10.0.0.6","id.resp_p":443,"version":"TLSv11","cipher":"TLS_RSA_WITH_AES_128_CBC_SHA","server_name":"old.town.example","established":true}',
    ),
    NOW,
  )
  expect((await proof('net.tls')).state).toBe('not_met')
})

test('certificates of our servers: about to end is partly, ended is told; those of others do not count', async () => {
  await store(
    [
      tls('TLS 1.3', ',"notbefore":"2026-01-01T00:00:00","notafter":"2027-06-01T00:00:00"'),
      tls('TLS 1.3', ',"notafter":"2026-01-01T00:00:00"').replace('10.0.0.5', '198.51.100.9'),
    ],
    NOW,
  )
  expect(await proof('net.certificates')).toMatchObject({ state: 'met' })
  await store(
    [tls('TLS 1.3', ',"notafter":"2026-12-10T00:00:00"').replace('10.0.0.5', '10.0.0.8')],
    NOW,
  )
  expect(await proof('net.certificates')).toMatchObject({ state: 'partly' })
})

const NMAP = `<?xml version="1.0"?><nmaprun scanner="nmap" start="1795946400"><host endtime="1795946400"><status state="up"/>
<address addr="192.0.2.80" addrtype="ipv4"/><hostnames><hostname name="portal.town.example" type="PTR"/></hostnames>
<ports><port protocol="tcp" portid="443"><state state="open"/><service name="http" tunnel="ssl"/>
<script id="ssl-cert" output="Subject: commonName=portal.town.example"><table key="subject"><elem key="commonName">portal.town.example</elem></table>
<table key="validity"><elem key="notBefore">2025-01-01T00:00:00</elem><elem key="notAfter">2026-11-01T00:00:00</elem></table></script>
<script id="ssl-enum-ciphers" output=""><table key="TLSv1.0"><table key="ciphers"/></table><table key="TLSv1.2"><table key="ciphers"/></table></script>
</port></ports></host></nmaprun>`

test('scanners: an ended certificate and an old version name the server, and a newer look takes their place', async () => {
  await scan(NMAP)
  const ended = await proof('net.certificates')
  expect(ended.rows.map(({ text }) => text)).toContain('portal.town.example')
  expect(ended.rows[0]?.link).toMatch(/^\/exposure\/assets\?asset=asset-/)
  expect((await proof('net.tls')).rows.map(({ text }) => text)).toContain('portal.town.example')
  const mended = NMAP.replace('2026-11-01', '2027-11-01').replace(
    /<table key="TLSv1.0">.*?<\/table><\/table>/,
    '',
  )
  await scan(mended.replace('<table key="TLSv1.0"><table key="ciphers"/></table>', ''))
  expect((await proof('net.certificates')).said.en).toContain('0 show one that has ended')
})

test('Shodan and Censys: versions with a hyphen were refused', async () => {
  await scan(
    JSON.stringify({
      ip_str: '198.51.100.20',
      port: 443,
      transport: 'tcp',
      timestamp: '2026-11-28T01:00:00.0',
      hostnames: ['vpn.town.example'],
      ssl: {
        versions: ['TLSv1', '-SSLv2', '-SSLv3', 'TLSv1.2'],
        cert: { expires: '20261210120000Z', subject: { CN: 'vpn.town.example' } },
      },
    }),
  )
  await scan(
    JSON.stringify({
      ip: '198.51.100.21',
      services: [
        {
          port: 443,
          transport_protocol: 'TCP',
          tls: { version_selected: 'TLSv1_3', versions: [{ version: 'TLSv1_1' }] },
          cert: {
            parsed: { subject_dn: 'CN=x', validity_period: { not_after: '2027-01-01T00:00:00Z' } },
          },
        },
      ],
      last_updated_at: '2026-11-28T00:00:00Z',
    }),
  )
  const { rows } = await sql<{ service: string; weak: string[]; source: string; not_after: Date }>`
    SELECT service, weak, source, not_after FROM exposure_tls WHERE source <> 'nmap' ORDER BY source`.execute(
    records,
  )
  expect(rows).toEqual([
    {
      service: '443/tcp',
      weak: ['TLSv1.1'],
      source: 'censys',
      not_after: new Date('2027-01-01T00:00:00Z'),
    },
    {
      service: '443/tcp',
      weak: ['TLSv1.0'],
      source: 'shodan',
      not_after: new Date('2026-12-10T12:00:00Z'),
    },
  ])
})

test.each([
  ['weak', 'TLS Version 1.0 Protocol Detection', true],
  ['weak', 'TLS Version 1.2 Protocol Detection', false],
  ['weak', 'SSL Version 2 and 3 Protocol Detection', true],
  ['weak', 'SSL/TLS: Deprecated TLSv1.0 and TLSv1.1 Protocol Detection', true],
  [
    'weak',
    'Secure Sockets Layer/Transport Layer Security (SSL/TLS) Server Supports Transport Layer Security (TLSv1.1)',
    true,
  ],
  ['weak', 'TLS/SSL Server Supports SSLv3', true],
  ['weak', 'TLS Server Supports TLS version 1.1', true],
  ['weak', 'Deprecated TLS Detection', true],
  ['certificate', 'SSL Certificate Expiry', true],
  ['certificate', 'SSL/TLS: Certificate Expired', true],
  ['certificate', 'Expired SSL Certificate', true],
  ['certificate', 'X.509 Server Certificate Is Invalid/Expired', true],
  ['certificate', 'SSL Certificate Cannot Be Trusted', false],
  ['credentials', 'SNMP Agent Default Community Name (public)', true],
  ['credentials', 'Apache Tomcat Manager - Default Login', true],
  ['credentials', 'HTTP Brute Force Logins With Default Credentials Reporting', true],
  ['credentials', 'Default Web Page', false],
] as const)('title of %s: %s is %s', async (kind, title, is) => {
  const { findingTitles } = await import('./evidence-tls.ts')
  const { rows } = await sql<{
    is: boolean
  }>`SELECT ${title}::text ~* ${findingTitles()[kind]} AS is`.execute(records)
  expect(rows).toEqual([{ is }])
})

test('security.txt: who asked found it, or did not', async () => {
  const asked = (host: string, status: number) =>
    `${host} 203.0.113.5 - - [29/Nov/2026:09:00:00 +0000] "GET /.well-known/security.txt HTTP/1.1" ${status} 120 "-" "finder"`
  await store([asked('www.town.example', 200)], NOW)
  expect(await proof('web.security-txt')).toMatchObject({ state: 'met' })
  await store([asked('library.town.example', 404)], NOW)
  expect(await proof('web.security-txt')).toMatchObject({
    state: 'partly',
    said: { en: '1 of 2 sites that were asked answer with a security.txt.' },
  })
})

test('security.txt: an Expires that has passed, is far or is missing is said', async () => {
  const found = async (id: string, title: string) => {
    await sql`INSERT INTO exposure_assets (id, name, first_seen, last_seen) VALUES (${id}, ${id}, ${new Date(NOW)}, ${new Date(NOW)})`.execute(
      records,
    )
    await sql`INSERT INTO exposure_findings (id, asset, first_asset, service, tool, check_id, about, vulnerabilities, component, version,
      title, severity, confidence, fixed_in, state, first_seen, last_seen, import_id)
      VALUES (${id}, ${id}, ${id}, '443/tcp', 'nuclei', 'security-txt', 'information', '[]', '', '', ${title}, 'informational', 90, '', 'open',
      ${new Date(NOW)}, ${new Date(NOW)}, '')`.execute(records)
  }
  const until = (days: number) => new Date(NOW + days * DAY_MS).toISOString().slice(0, 19)
  await found('site-sound', `Security.txt, Expires ${until(90)}Z`)
  await found('site-past', `Security.txt, Expires ${until(-1)}Z`)
  await found('site-far', `Security.txt, Expires ${until(800)}Z`)
  await found('site-endless', 'Security.txt, no Expires')
  const told = await proof('web.security-txt')
  expect(told.state).toBe('partly')
  expect(told.said.en).toContain('1 has passed its Expires')
  expect(told.said.en).toContain('1 says no Expires')
  expect(told.said.en).toContain('1 ends more than a year ahead')
  expect(told.said.fr).toContain('dépassé son Expires')
  await sql`DELETE FROM exposure_findings WHERE check_id = 'security-txt'`.execute(records)
})

test('default credentials: what everybody tries first stands in no newest configuration', async () => {
  await sql`INSERT INTO audit_devices (id, name, dialect, title, vendor, first_seen, last_seen, version)
    VALUES ('d1', 'edge-1', 'cisco-ios', '', '', now(), now(), 'v2'), ('d2', 'edge-2', 'cisco-ios', '', '', now(), now(), 'v3')`.execute(
    records,
  )
  const version = (id: string, device: string, config: string) =>
    sql`INSERT INTO audit_versions (id, device, source, received, last_seen, text_digest, meaning_digest, config, dialect, lines, significant, understood, facts)
      VALUES (${id}, ${device}, 'f', now(), now(), '', '', ${config}, 'cisco-ios', 1, 1, 1, '{}')`.execute(
      records,
    )
  await version('v1', 'd1', 'snmp-server community ⟦community.guessable:0123456789abcdef⟧ RO')
  await version('v2', 'd1', 'snmp-server community ⟦community:0123456789abcdef⟧ RO')
  await version('v3', 'd2', 'hostname edge-2')
  expect(await proof('audit.default-credentials')).toMatchObject({ state: 'met' })
  await sql`UPDATE audit_versions SET config = 'username a password 0 ⟦password.guessable:0123456789abcdef⟧' WHERE id = 'v3'`.execute(
    records,
  )
  expect(await proof('audit.default-credentials')).toMatchObject({
    state: 'partly',
    rows: [{ text: 'edge-2', link: '/devices?device=d2' }],
  })
})

test('at least 18 goals name evidence that the station sees by itself', () => {
  const goals = readGoals(join(import.meta.dirname, '../../../content/goals'))
  const seeing = goals.filter(({ criteria }) =>
    criteria.some(({ evidence }) => evidence !== undefined),
  )
  expect(seeing.length).toBeGreaterThanOrEqual(26)
})

test('whatever is known comes with rows that lead somewhere', async () => {
  for (const [name, provider] of Object.entries(all())) {
    const { state, rows } = await provider()
    if (state !== 'unknown')
      expect([name, rows.some(({ link }) => link !== null)]).toEqual([name, true])
  }
})
