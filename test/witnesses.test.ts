// Witnesses as real processes: a hub and another member sign a station's log; a bundle carries that to a third party; a station
// whose whole folder is put back to yesterday's is found by what the hub signed.

import { createSocket } from 'node:dgram'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../src/core/index.ts'
import {
  EvidenceReportSchema,
  EvidenceStateSchema,
  JoinAnswerSchema,
  PeerInvitedSchema,
} from '../src/model/index.ts'
import type { EvidenceState } from '../src/model/index.ts'
import { freePortFlags, run, start } from './commands.ts'
import type { Running } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-witnesses-'))
type Site = {
  readonly name: string
  readonly data: string
  readonly args: readonly string[]
  readonly url: string
  readonly syslog: number
}
const running = new Map<string, Running>()
afterAll(async () => {
  for (const one of running.values()) one.signal('SIGKILL')
  await Promise.all([...running.values()].map(({ ended }) => ended))
  rmSync(folder, { recursive: true, force: true })
})

let hub: Site
let east: Site
let west: Site

async function open(name: string, own: readonly string[]): Promise<Site> {
  const { flags, ports } = await freePortFlags()
  const data = join(folder, name)
  const named = ['--organisation', `Org ${name}`, '--engine-memory-mib', '400']
  const args = [...own, '--data', data, ...named, ...flags]
  const site = { name, data, args, url: `http://127.0.0.1:${ports.console}`, syslog: ports.syslog }
  await begin(site)
  return site
}

async function begin({ name, args }: Site): Promise<void> {
  const process = start(args)
  running.set(name, process)
  await process.until('Ctrl-C')
}
async function end({ name }: Site): Promise<void> {
  running.get(name)?.signal('SIGTERM')
  await running.get(name)?.ended
}

async function ask({ data, url }: Site, path: string, body?: unknown): Promise<unknown> {
  const token = readFileSync(join(data, 'keys/cli-token'), 'utf8').trim()
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  return (await fetch(`${url}${path}`, { headers, ...sent })).json()
}
const vigie = ({ data, url }: Site, ...words: string[]) =>
  run([...words, '--data', data, '--url', url])
const evidence = async (of: Site): Promise<EvidenceState> =>
  EvidenceStateSchema.parse(await ask(of, '/api/evidence'))

async function line({ syslog }: Site, text: string): Promise<void> {
  const socket = createSocket('udp4')
  const bytes = Buffer.from(`<13>Nov 20 10:00:00 gate1 app: ${text}`)
  await new Promise((resolve) => socket.send(bytes, syslog, '127.0.0.1', resolve))
  socket.close()
}

/** Signs, and asks the witnesses now instead of within a minute. */
async function hurry(): Promise<void> {
  for (const site of [east, west]) {
    await ask(site, '/api/evidence/checkpoints', {})
    await ask(site, '/api/evidence/witnesses', { peer: 'org-hub', isOn: true, by: 'Ann Clerk' })
  }
}

async function until(
  isSo: (state: EvidenceState) => boolean,
  ms = 100_000,
): Promise<EvidenceState> {
  const endMs = performance.now() + ms
  for (;;) {
    await hurry()
    const state = await evidence(east)
    if (isSo(state)) return state
    if (performance.now() > endMs) throw new Error(JSON.stringify(state, null, 1))
    await sleep(1000)
  }
}

beforeAll(async () => {
  const port = await freePort()
  ;[hub, east, west] = await Promise.all([
    open('hub', ['hub', '--hub-port', String(port)]),
    open('east', ['up']),
    open('west', ['up']),
  ])
  for (const site of [east, west]) {
    const { code } = PeerInvitedSchema.parse(await ask(hub, '/api/peers', { name: site.name }))
    const { digest } = JoinAnswerSchema.parse(await ask(site, '/api/share/joins', { code }))
    await ask(site, '/api/share/joins', { code, accept: digest, by: 'Ann Clerk' })
  }
})

const bySize = ({ witnessing }: EvidenceState) => witnessing.witnesses.map(({ size }) => size)

test('the hub and the other member sign; the page and the command say who and when', async () => {
  await line(east, 'one')
  const told = await vigie(east, 'evidence', 'witness', 'on', 'org-hub', '--by', 'Ann Clerk')
  expect(told.stdout).toContain('nothing of what it holds')
  const state = await until(
    (now) => bySize(now).length === 2 && bySize(now).every((size) => size > 0),
  )
  expect(state.witnessing.quorum.state).toBe('none')
  const early = await vigie(east, 'evidence', 'quorum', '--least', '1')
  expect([early.code, early.stderr]).toEqual([
    expect.any(Number),
    expect.stringContaining('compared'),
  ])
  for (const site of [hub, west]) {
    const { stdout } = await vigie(site, 'evidence')
    const [, heard = ''] = /whose logs it signs: ([0-9A-F ]+)/.exec(stdout) ?? []
    const said = await vigie(east, 'evidence', 'witness', 'confirm', heard, '--by', 'Ann Clerk')
    expect(said.stdout).toContain('counts from now on')
  }
  const set = await vigie(east, 'evidence', 'quorum', '--least', '2', '--by', 'Ann Clerk')
  expect(set.code).toBe(0)
  await until(({ witnessing }) => witnessing.quorum.state === 'met')
  const shown = await vigie(east, 'evidence')
  expect(shown.stdout).toContain('The quorum of witnesses is met.')
  expect(shown.stdout).toMatch(
    /Org hub \(vigie\/witness\/[0-9a-f]{16}\), signed \d+ entr.*in the quorum/,
  )
  expect(shown.stdout).toMatch(/Org west \(vigie\/witness\//)
  expect((await vigie(hub, 'evidence')).stdout).toMatch(/Org east vigie\/[0-9a-f]{16}: signed/)
})

test('a bundle shows the quorum to somebody who has nothing but it, the key and a policy', async () => {
  // Everything that is logged is under the quorum.
  const { key } = await until(({ size, witnessing }) => (witnessing.quorum.size ?? 0) >= size)
  const policy = join(folder, 'policy')
  writeFileSync(policy, (await vigie(east, 'evidence', 'quorum')).stdout)
  const entries = await fetch(`${east.url}/api/evidence/log/tile/entries/000`, {
    headers: {
      authorization: `Bearer ${readFileSync(join(east.data, 'keys/cli-token'), 'utf8').trim()}`,
    },
  })
  const batch = /"batch":"([^"]+)"/.exec(await entries.text())?.[1] ?? ''
  const file = join(folder, 'bundle.json')
  expect((await vigie(east, 'evidence', 'export', '--batch', batch, '--out', file)).code).toBe(0)
  const checked = await run(['evidence', 'check', file, '--key', key, '--policy', policy])
  expect(checked.stdout).toContain('Your quorum is met.')
  expect(checked.stdout).toContain('1 line is proven')
  expect(checked.code).toBe(0)
  // Without the witnesses' lines it is the station's word alone.
  const alone = readFileSync(file, 'utf8').replace(/(\\n— vigie\/witness\/\S+ [^\\]+)+\\n"/, '\\n"')
  writeFileSync(file, alone)
  const less = await run(['evidence', 'check', file, '--key', key, '--policy', policy])
  expect(less.stdout).toContain('Your quorum is not met.')
  expect(less.code).toBe(3)
})

test(
  'the whole folder put back: the hub’s signature says so, at verification and as an alert',
  { timeout: 480_000 },
  async () => {
    await end(east)
    cpSync(east.data, join(folder, 'yesterday'), { recursive: true })
    await begin(east)
    const before = Math.max(...bySize(await evidence(east)))
    // A datagram may be lost: until one has come.
    for (let n = 0; (await evidence(east)).size <= before && n < 30; n += 1) {
      await line(east, `two ${n}`)
      await hurry()
      await sleep(1000)
    }
    await until((now) => Math.min(...bySize(now)) > before)
    await end(east)
    rmSync(east.data, { recursive: true })
    cpSync(join(folder, 'yesterday'), east.data, { recursive: true })
    await begin(east)
    const verified = await vigie(east, 'evidence', 'verify', '--json')
    const report = EvidenceReportSchema.parse(JSON.parse(verified.stdout))
    expect(report.elsewhere).toEqual({ asked: 1, answered: 1 })
    expect(report.flaws.map(({ kind }) => kind)).toEqual(['rolled_back'])
    expect(verified.code).toBe(3)
    await until(({ witnessing }) =>
      witnessing.witnesses.some(({ problem }) => problem?.code === 'larger'),
    )
    expect((await vigie(east, 'alerts', '--json')).stdout).toContain('A witness signed another log')
    expect((await vigie(hub, 'alerts', '--json')).stdout).toContain(
      'The log of Org east is not the one',
    )
  },
)
