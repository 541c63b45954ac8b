// A hub and its members as real processes: joined by code, an indicator down, a sighting up, a negative one too, figures over
// enough members alone, a member cut off that catches up, killed at any moment, and left by both sides.

import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  CaseSchema,
  JoinAnswerSchema,
  NoticeListSchema,
  OutboxSchema,
  PeerInvitedSchema,
  PublishedSchema,
  ReceivedListSchema,
  RegisteredListSchema,
  ReportViewSchema,
  SeenSchema,
  ShareStateSchema,
  SharedContentSchema,
  TraceSchema,
} from '../src/model/index.ts'
import { freePortFlags, run, start } from './commands.ts'
import type { Running } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-federation-'))
const running = new Map<string, Running>()
afterAll(async () => {
  for (const one of running.values()) one.signal('SIGKILL')
  await Promise.all([...running.values()].map(({ ended }) => ended))
  rmSync(folder, { recursive: true, force: true })
})

type Site = {
  readonly name: string
  readonly flags: readonly string[]
  readonly syslog: number
  readonly client: readonly string[]
}
const sites = new Map<string, Site>()

async function open(name: string, kind: 'hub' | 'up'): Promise<Site> {
  const known = sites.get(name)
  const { flags, ports } =
    known === undefined ? await freePortFlags() : { flags: known.flags, ports: undefined }
  const data = join(folder, name)
  const own = kind === 'hub' ? ['--hub-port', String(hubPort), '--cohort-floor', '2'] : []
  const process = start([
    kind,
    '--data',
    data,
    '--organisation',
    `Org ${name}`,
    '--engine-memory-mib',
    '400',
    ...flags,
    ...own,
  ])
  running.set(name, process)
  await process.until('Ctrl-C')
  const site = known ?? {
    name,
    flags,
    syslog: ports?.syslog ?? 0,
    client: ['--url', `http://127.0.0.1:${ports?.console ?? 0}`, '--data', data],
  }
  sites.set(name, site)
  return site
}

let hubPort = 0
async function kill(name: string): Promise<void> {
  running.get(name)?.signal('SIGKILL')
  await running.get(name)?.ended
}

async function vigie(site: Site, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run([...args, ...site.client])
  if (code !== 0) throw new Error(`vigie ${args.join(' ')}: ${code} ${stdout}${stderr}`)
  return stdout
}

async function until(question: () => Promise<string>, wanted: string | RegExp, ms = 20_000) {
  const endMs = performance.now() + ms
  for (;;) {
    const said = await question()
    if (typeof wanted === 'string' ? said.includes(wanted) : wanted.test(said)) return said
    if (performance.now() > endMs)
      throw new Error(`no ${String(wanted)} in: ${said}${await state()}`)
    await sleep(200)
  }
}

/** What a failure needs to be understood. */
async function state(): Promise<string> {
  const told = await Promise.all(
    [...sites.values()].map(async (one) =>
      [
        one.name,
        running.get(one.name)?.warned(),
        await vigie(one, 'peers'),
        await vigie(one, 'share', 'received'),
        await vigie(one, 'share', 'outbox'),
      ].join('\n'),
    ),
  )
  return `\n${told.join('\n')}`
}

async function syslog(site: Site, to: string): Promise<void> {
  const line = `<134>date=2026-11-24 time=02:40:01 devname="FGT" devid="F1" logid="0000000013" type="traffic" subtype="forward" srcip=10.0.0.5 srcport=40000 dstip=${to} dstport=443 action="accept"`
  const socket = createSocket('udp4')
  await new Promise((resolve) => socket.send(Buffer.from(line), site.syslog, '127.0.0.1', resolve))
  socket.close()
  await until(() => vigie(site, 'hunt', `"${to}"`, '--from', '2026-11-01T00:00:00Z'), to)
}

/** As a script joins, without a process for each step. */
async function joinByApi(hub: Site, member: Site): Promise<void> {
  const invited = PeerInvitedSchema.parse(await post(hub, '/api/peers', { name: member.name }))
  const code = { code: invited.code }
  const { digest } = JoinAnswerSchema.parse(await post(member, '/api/share/joins', code))
  const accepted = { ...code, accept: digest, by: 'Ann Clerk' }
  expect(await post(member, '/api/share/joins', accepted)).toMatchObject({ joined: 'org-hub' })
}

async function joinAs(hub: Site, member: Site): Promise<void> {
  const invited = await vigie(hub, 'peers', 'invite', member.name)
  const code = /vigiehub1\.\S+/.exec(invited)?.[0] ?? ''
  const shown = await run(['join', code, ...member.client])
  expect(shown.stdout).toContain('Agreement between Org hub')
  expect(shown.stdout).toContain('Nothing was accepted')
  const digest = /--accept ([0-9a-f]{12})/.exec(shown.stderr)?.[1] ?? ''
  const joined = await vigie(member, 'join', code, '--accept', digest, '--by', 'Ann Clerk')
  expect(joined).toContain('Joined')
}

const publish = async (hub: Site, text: string, ...flags: readonly string[]) => {
  const file = join(folder, 'list.txt')
  writeFileSync(file, text)
  return vigie(hub, 'share', 'publish', file, ...flags)
}

beforeAll(async () => {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const address = server.address()
  hubPort = typeof address === 'object' && address !== null ? address.port : 0
  server.close()
  await Promise.all([open('hub', 'hub'), open('east', 'up'), open('west', 'up')])
})

const site = (name: string): Site => {
  const found = sites.get(name)
  if (found === undefined) throw new Error(name)
  return found
}

/** The same as a command gets, without a process for each question. */
async function ask(of: Site, path: string, body?: unknown): Promise<Response> {
  const token = readFileSync(join(folder, of.name, 'keys/cli-token'), 'utf8').trim()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  return fetch(`${of.client[1] ?? ''}${path}`, { headers, ...sent })
}
const api = async (of: Site, path: string): Promise<string> => (await ask(of, path)).text()
const post = async (of: Site, path: string, body: unknown): Promise<unknown> =>
  (await ask(of, path, body)).json()
const seenBy = (members: number, looked: number) => `"members":${members},"looked":${looked},`

test('an indicator goes down, is searched for in what is stored, and is answered', async () => {
  const [hub, east, west] = ['hub', 'east', 'west'].map(site) as [Site, Site, Site]
  await syslog(east, '45.9.148.77')
  await syslog(west, '45.9.148.9')
  await joinAs(hub, east)
  await joinByApi(hub, west)
  const startedMs = performance.now()
  expect(
    await publish(hub, '45.9.148.77\n', '--marking', 'amber', '--priority', 'urgent'),
  ).toContain('1 object given out')
  await until(() => api(hub, '/api/share/seen'), seenBy(1, 1))
  // Within a minute is promised; seconds are measured.
  expect(performance.now() - startedMs).toBeLessThan(60_000)
  expect(await vigie(hub, 'share', 'seen')).toMatch(/^1 +1 +2026.*indicator--\S+ 45\.9\.148\.77/m)
  expect(await vigie(east, 'share', 'received')).toMatch(/looked for +seen 1×/)
  expect(await api(west, '/api/share/received')).toContain('"seen":0')
  expect(await vigie(east, 'alerts', '--json')).toContain('45.9.148.77')
})

test('a pattern that says more than a value is asked of what is stored; what cannot be asked says why', async () => {
  const [hub, east] = ['hub', 'east'].map(site) as [Site, Site]
  const made = (at: number, pattern: string) => ({
    type: 'indicator',
    spec_version: '2.1',
    id: `indicator--00000000-0000-4000-8000-00000000000${at}`,
    created: '2026-04-06T20:03:48.000Z',
    modified: '2026-04-06T20:03:48.000Z',
    name: `Pattern ${at}`,
    pattern,
    pattern_type: 'stix',
    valid_from: '2026-04-06T20:03:48Z',
  })
  const objects = [
    made(1, "[network-traffic:dst_ref.value = '45.9.148.77' AND network-traffic:dst_port = 443]"),
    made(2, "[network-traffic:dst_ref.value = '45.9.148.77' AND network-traffic:dst_port = 22]"),
    made(3, "[mutex:name = 'x' AND mutex:name != 'y']"),
  ]
  const bundle = { type: 'bundle', id: 'bundle--00000000-0000-4000-8000-000000000009', objects }
  expect(await publish(hub, JSON.stringify(bundle))).toContain('carries no marking')
  await publish(hub, JSON.stringify(bundle), '--marking', 'green', '--priority', 'urgent')
  const all = () => api(east, '/api/share/received?limit=1000')
  for (const at of [1, 2]) await until(all, new RegExp(`"name":"Pattern ${at}","state":"answered`))
  const received = ReceivedListSchema.parse(
    JSON.parse(await until(all, /"name":"Pattern 3","state":"not/)),
  )
  const of = (at: number) => received.received.find(({ name }) => name === `Pattern ${at}`)
  expect(of(1)).toMatchObject({ state: 'answered', seen: 1, reason: 'hunted once' })
  expect(of(2)).toMatchObject({ state: 'answered', seen: 0, reason: 'hunted once' })
  expect(of(3)?.reason).toContain('mutex')
})

test('what a report says of a member’s addresses is told to it alone, and its answer comes back', async () => {
  const [hub, east, west] = ['hub', 'east', 'west'].map(site) as [Site, Site, Site]
  const registration = (name: string, range: string) => ({
    name,
    region: 'NT',
    holdings: [{ kind: 'range', value: range }],
    contacts: [{ name: 'Ann', phone: '+1 867 555 0100' }],
  })
  await post(east, '/api/registration', registration('East', '192.0.2.0/24'))
  await post(west, '/api/registration', registration('West', '198.51.100.0/24'))
  const here = async () =>
    RegisteredListSchema.parse(JSON.parse(await api(hub, '/api/organisations')))
  await until(() => api(hub, '/api/organisations'), /East.*West/)
  for (const { id } of (await here()).organisations)
    await post(hub, '/api/organisations/confirmations', { organisation: id })
  const report = join(folder, 'compromised_website.csv')
  writeFileSync(report, 'timestamp,ip,port,tag\n2026-11-20 01:02:03,192.0.2.7,443,webshell\n')
  const startedMs = performance.now()
  expect(await vigie(hub, 'notices', 'import', report)).toContain('1 about 1 organisation')
  const told = await until(() => vigie(east, 'notices', 'told'), '192.0.2.7')
  const id = /\d{8}T\d{9}-[0-9a-f]{8}(?=.*compromise)/.exec(told)?.[0] ?? ''
  const toldMs = performance.now() - startedMs
  // What was told and not answered yet is there after a kill; the restart is not part of what is promised.
  await kill('east')
  await open('east', 'up')
  const answeringMs = performance.now()
  await vigie(east, 'notices', 'answer', id, 'confirmed', '--by', 'Ann Clerk')
  await until(() => api(hub, '/api/notices'), /"act":"confirmed"/)
  expect(toldMs + performance.now() - answeringMs).toBeLessThan(60_000)
  const { notices } = NoticeListSchema.parse(JSON.parse(await api(hub, '/api/notices')))
  expect(notices.find((one) => one.id === id)).toMatchObject({
    organisationName: 'East',
    state: 'acknowledged',
    log: [{ who: 'Ann Clerk', act: 'confirmed' }],
  })
  expect(await api(west, '/api/notices/told')).not.toContain('192.0.2.7')
})

test('an approved report goes to the hub by one action; its reference comes back, and that it was read', async () => {
  const [hub, west] = ['hub', 'west'].map(site) as [Site, Site]
  const opened = CaseSchema.parse(await post(west, '/api/cases', { title: 'Logged in at night' }))
  const path = `/api/cases/${opened.number}/report`
  const stated = {
    reporter: { name: 'Ann Clerk', phone: '+1 867 555 0100' },
    organization: { name: 'West' },
    consent: { sharing: 'amber' },
    impact: {},
    vector: { entry: 'VPN' },
    indicators: [{ value: '45.9.148.99', context: 'logged in' }],
  }
  await post(west, path, stated)
  const view = async () =>
    ReportViewSchema.parse(JSON.parse(await api(west, `${path}?language=en`)))
  const { digest } = await view()
  const goes = { peer: 'org-hub', digest, language: 'en' }
  // Nothing goes that nobody approved, whoever asks for it.
  expect((await ask(west, `${path}/hub`, goes)).status).toBe(400)
  await post(west, `${path}/approval`, { digest, language: 'en' })
  expect(await vigie(west, 'cases', 'to-hub', String(opened.number), 'org-hub')).toContain(
    'org-hub',
  )
  const listed = await until(() => vigie(hub, 'share', 'reports'), 'Logged in at night')
  const reference = /VR-\S+/.exec(listed)?.[0] ?? ''
  await vigie(hub, 'share', 'reports', 'acknowledge', reference)
  await until(async () => JSON.stringify((await view()).sent), reference)
  await until(() => vigie(west, 'cases', 'report', String(opened.number)), 'read by', 90_000)
})

const VALUES = 60
const reportedBy = async (name: string) => {
  const { peers } = ShareStateSchema.parse(JSON.parse(await api(site('hub'), '/api/share')))
  return String(peers.find((peer) => peer.name === name)?.objects['reported'])
}

const SIGMA_ID = '2f6a0c7e-9d51-4a43-8b1f-0a5d3c7e9b21'
const sigma = (address: string, more = '') => `title: Fetches from ${address}
id: ${SIGMA_ID}
description: Written by the regional centre for this test.
author: Regional centre
logsource: { product: fortigate, service: traffic }
detection:
  selection: { dstip: ${address} }
  condition: selection
level: high
${more}`
const analytic = (
  table: string,
) => `title: { en: One address met twice, fr: Une adresse vue deux fois }
description: { en: Made for this test., fr: Faite pour ce test. }
severity: medium
attack: [attack.t1071]
author: Regional centre
entity: address
every: 1h
window: 10d
history: 1d
quiet: 1h
parameters: { least: 1 }
sql: |
  SELECT toString(dst_ip) AS entity, max(at) AS time, argMax(b, at) AS batch, argMax(l, at) AS line, [('times', toString(count()))] AS what
  FROM (SELECT dst_ip, time AS at, batch AS b, line AS l FROM ${table} WHERE time >= {from} AND time < {to})
  GROUP BY dst_ip HAVING count() >= {least}
false_positives: { en: [Everything.], fr: [Tout.] }
blind: { en: [Nothing.], fr: [Rien.] }
`
const check = (dialect: string) => `id: centre-tunnel
covers: []
kind: state
severity: high
title: { en: A tunnel to the address of the campaign, fr: Un tunnel vers l’adresse de la campagne }
why: { en: It leads to them., fr: Il mène chez eux. }
do: { en: [Call the centre.], fr: [Appelez le centre.] }
falsePositives: { en: None known., fr: Aucun connu. }
attack: [{ id: T1572 }]
references: [https://example.org/]
when: [{ dialects: [${dialect}], present: '^interface Tunnel\\d+ > tunnel destination (?<what>\\S+)$' }]
`
const contentOf = (of: Site) => api(of, '/api/share/content')
const decide = async (of: Site, name: string, accept: boolean) => {
  const { received } = SharedContentSchema.parse(JSON.parse(await contentOf(of)))
  const { peer, object, version } = received.find((one) => one.name === name) ?? received[0] ?? {}
  await post(of, '/api/share/content/decisions', { peer, object, version, accept })
}
const memberSays = async (of: Site, name: string, peer: string) => {
  const { given } = SharedContentSchema.parse(JSON.parse(await contentOf(of)))
  const said = given.find((one) => one.name === name)?.members.find((one) => one.peer === peer)
  return `${said?.answer ?? 'nothing'}|${said?.seen ?? 'nothing'}|${said?.reason ?? ''}`
}
/** A file by the API, as a command hands it in. */
async function handIn(of: Site, path: string, text: string): Promise<Response> {
  const token = readFileSync(join(folder, of.name, 'keys/cli-token'), 'utf8').trim()
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/octet-stream',
  }
  return fetch(`${of.client[1] ?? ''}${path}`, { method: 'POST', headers, body: text })
}
const giveOut = async (of: Site, text: string) => {
  const path = '/api/share/publications?marking=amber&priority=urgent'
  return PublishedSchema.parse(await (await handIn(of, path, text)).json())
}
const alertsOf = async (of: Site) => JSON.stringify(await post(of, '/api/alerts/search', {}))

test('a rule goes down, is accepted, run over what is stored, answered and replaced', async () => {
  const [hub, east, west] = ['hub', 'east', 'west'].map(site) as [Site, Site, Site]
  await syslog(east, '198.51.100.81')
  const startedMs = performance.now()
  expect(await giveOut(hub, sigma('198.51.100.81'))).toMatchObject({ added: 1, refused: [] })
  const name = 'Fetches from 198.51.100.81'
  await until(() => contentOf(east), '"state":"asked"')
  await until(() => memberSays(hub, name, 'east'), 'asked|')
  expect(await vigie(east, 'share', 'content')).toContain('waits for a person')
  const { received } = SharedContentSchema.parse(JSON.parse(await contentOf(east)))
  await vigie(east, 'share', 'content', 'accept', received[0]?.object ?? '')
  await until(() => contentOf(west), '"state":"asked"')
  await decide(west, name, true)
  // Met where it is stored, looked for and not met where it is not.
  await until(() => memberSays(hub, name, 'east'), 'in use|1|', 45_000)
  await until(() => memberSays(hub, name, 'west'), 'in use|0|', 45_000)
  expect(performance.now() - startedMs).toBeLessThan(60_000)
  expect(await alertsOf(east)).toContain(name)

  // Another version waits for a person; the one before goes on until then.
  await giveOut(hub, sigma('198.51.100.82'))
  await until(() => contentOf(east), /"state":"asked".*"used":\{/)
  expect(await api(east, '/api/rules')).toContain(name)
  await decide(east, 'Fetches from 198.51.100.82', true)
  await until(() => api(east, '/api/rules'), 'Fetches from 198.51.100.82')
  expect(await api(east, '/api/rules')).not.toContain(name)
}, 180_000)

test('killed at any moment, on either side, nothing is lost and nothing counts twice', async () => {
  const hub = site('hub')
  const list = Array.from({ length: VALUES }, (_, at) => `45.9.149.${at}`).join('\n')
  expect(await publish(hub, list, '--marking', 'green')).toContain(`${VALUES} objects given out`)
  await sleep(150 + Math.random() * 600)
  await kill('east')
  await open('east', 'up')
  await sleep(Math.random() * 500)
  await kill('hub')
  await Promise.all([kill('east'), open('hub', 'hub')])
  await open('east', 'up')
  // With what was told of the rule: that it is in use, and how often each version was met that was accepted.
  await until(() => reportedBy('east'), String(VALUES + 6), 40_000)
  await until(() => reportedBy('west'), String(VALUES + 5), 40_000)
  const { seen } = SeenSchema.parse(JSON.parse(await api(hub, '/api/share/seen')))
  expect(seen).toHaveLength(VALUES + 4)
  // Each member is in each figure once: seen or not seen.
  expect(seen.filter(({ members, looked }) => members + looked !== 2)).toEqual([])
  const outbox = OutboxSchema.parse(
    JSON.parse(await api(site('east'), '/api/share/outbox?limit=1000')),
  )
  // The rule was told of twice, as it came twice.
  const rule = seen.find(({ name }) => name.startsWith('Fetches'))?.indicator
  const abouts = outbox.outgoing
    .map(({ body }) => body['sighting_of_ref'])
    .filter((about) => about !== undefined && about !== rule)
  expect(new Set(abouts).size).toBe(abouts.length)
})

test('a rule in use is in use after a crash, and gone after a recall', async () => {
  const [hub, east] = ['hub', 'east'].map(site) as [Site, Site]
  expect(await api(east, '/api/rules')).toContain('Fetches from 198.51.100.82')
  const content = SharedContentSchema.parse(JSON.parse(await contentOf(hub)))
  await post(hub, '/api/share/withdrawals', { id: content.given[0]?.object ?? '' })
  await until(() => contentOf(east), '"state":"withdrawn"')
  await until(
    async () => ((await api(east, '/api/rules')).includes(SIGMA_ID) ? 'there' : 'gone'),
    'gone',
  )
})

test('an analytic and a check go down; what would harm is refused where it is given out, and where it comes', async () => {
  const [hub, east] = ['hub', 'east'].map(site) as [Site, Site]
  const read = `interface Tunnel9\n tunnel destination 198.51.100.90\n`
  const refused = async (text: string) => (await giveOut(hub, text)).refused[0]?.reason
  expect(await refused(analytic("url('http://192.0.2.1/')"))).toContain('sql: ')
  expect(await refused(sigma('a', 'filter: {}'))).toMatch(/^10:9 /)
  expect(await refused(check('nobody-makes-this'))).toContain('no make')
  await giveOut(hub, analytic('events'))
  await giveOut(hub, check('cisco-ios'))
  const text = `version 15.2\nhostname edge-9\n!\n${read}!\nend\n`
  expect((await handIn(east, '/api/configurations?source=edge-9', text)).status).toBe(200)
  for (const name of ['One address met twice', 'A tunnel to the address of the campaign']) {
    await until(() => memberSays(hub, name, 'east'), 'asked|')
    await decide(east, name, true)
  }
  expect(
    await until(
      () => memberSays(hub, 'A tunnel to the address of the campaign', 'east'),
      /in use\|\d/,
      45_000,
    ),
  ).toContain('in use|1|')
  await until(() => memberSays(hub, 'One address met twice', 'east'), /in use\|[1-9]/, 45_000)
  expect(await alertsOf(east)).toContain('A tunnel to the address of the campaign')
}, 180_000)

test('left by a member, and ended by the hub: nothing more goes, and both know', async () => {
  const [hub, east, west] = ['hub', 'east', 'west'].map(site) as [Site, Site, Site]
  await vigie(east, 'peers', 'revoke', 'org-hub')
  await vigie(hub, 'peers', 'revoke', 'west')
  await until(() => api(hub, '/api/share'), /"name":"east".*"endedBy":"them".*"name":"west"/)
  await until(() => api(west, '/api/share'), '"endedBy":"them"', 40_000)
  await publish(hub, '45.9.150.1\n', '--marking', 'green', '--priority', 'urgent')
  await sleep(2500)
  for (const member of [east, west])
    expect(await api(member, '/api/share/received?limit=1000')).not.toContain('45.9.150.1')
  const id = /indicator--[0-9a-f-]+/.exec(await api(hub, '/api/share/seen'))?.[0] ?? ''
  const trace = TraceSchema.parse(JSON.parse(await api(hub, `/api/share/traces/${id}`)))
  expect(trace.given.map(({ peer }) => peer).toSorted()).toEqual(['east', 'west'])
})
