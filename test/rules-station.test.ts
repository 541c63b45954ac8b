// Rules of a running station: files that come, change and go, and rules over stored events from the command line.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStation } from '../src/app.ts'
import type { RunningStation } from '../src/app.ts'
import { runCommand } from '../src/cli/index.ts'
import { DAY_MS, readSettings, systemClock } from '../src/core/index.ts'
import { HistoryRunSchema } from '../src/model/index.ts'
import { sql } from '../src/store/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-rules-station-'))
const rules = join(folder, 'rules')
const data = join(folder, 'data')
const notes: string[] = []
const troubles: unknown[] = []
let station: RunningStation
let aheadMs = 0

const id = (at: number) => `00000000-0000-4000-8000-00000000000${at}`
const rule = (at: number, port: number) => `title: Port ${port}
id: ${id(at)}
status: stable
level: high
logsource: { category: firewall }
detection:
  s: { dst_port: ${port} }
  condition: s
`

beforeAll(async () => {
  mkdirSync(rules)
  writeFileSync(join(rules, 'one.yml'), rule(1, 4444))
  station = await startStation({
    settings: readSettings(
      {
        data,
        rules,
        consolePort: '0',
        syslogPort: '0',
        syslogTlsPort: '0',
        flowPort: '0',
        httpPort: '0',
      },
      {},
    ),
    clock: { nowMs: () => systemClock.nowMs() + aheadMs },
    onNote: (note) => notes.push(note),
    onTrouble: (cause) => {
      if (cause !== null) troubles.push(cause)
    },
  })
})

afterAll(async () => {
  await station.close()
  rmSync(folder, { recursive: true, force: true })
})

const listed = () => station.core.detection.listRules(station.core.store)
const stateOf = async (at: number) => (await listed()).find((row) => row.id === id(at))?.state

async function until<T>(ask: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  const endMs = Date.now() + 20_000
  for (;;) {
    const value = await ask()
    if (isDone(value) || Date.now() > endMs) return value
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

let sent = 0
async function send(port: number): Promise<void> {
  sent += 1
  const line = `date=2026-03-14 time=09:26:${String(sent).padStart(2, '0')} devname="fw" devid="FGT60F" logid="0000000013" type="traffic" subtype="forward" level="notice" srcip=192.0.2.7 srcport=50000 dstip=203.0.113.9 dstport=${port} proto=6 action="accept" user="ana"`
  const [host, at] = station.listeners.syslog.split(':')
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(at), host ?? '', () => socket.end(`${line}\n`, () => resolve()))
    socket.on('error', reject)
  })
  const stored = async () => Number((await rows(sql`SELECT count() AS n FROM events`))[0]?.n)
  await until(stored, (count) => count >= sent)
  await station.core.wayIn.settled()
}

const rows = async (statement: ReturnType<typeof sql>) =>
  (await station.core.store.events.ask.query<{ n: string }>(statement)).rows
const hits = async (at: number) =>
  Number((await rows(sql`SELECT count() AS n FROM findings WHERE rule = ${id(at)}`))[0]?.n)

describe('rule files of a running station', () => {
  test('judge from the start', async () => {
    await send(4444)
    await send(5555)
    expect([await hits(1), await hits(2)]).toEqual([1, 0])
  })

  test('that are added take effect within seconds, on new lines', async () => {
    writeFileSync(join(rules, 'two.yml'), rule(2, 5555))
    const startedMs = Date.now()
    expect(
      await until(
        () => stateOf(2),
        (state) => state === 'active',
      ),
    ).toBe('active')
    expect(Date.now() - startedMs).toBeLessThan(10_000)
    await send(5555)
    expect([await hits(1), await hits(2)]).toEqual([1, 1])
    expect(notes.at(-1)).toContain('1 new, 0 changed, 0 gone')
  })

  test('that are broken, or half written, are listed with the reason and stop nothing', async () => {
    writeFileSync(join(rules, 'three.yml'), rule(3, 6666).slice(0, 150))
    const broken = await until(
      async () => (await listed()).find(({ file }) => file.endsWith('three.yml')),
      (row) => row !== undefined,
    )
    expect(broken?.state).toBe('refused')
    expect(broken?.problem).toMatch(/\w+/)
    const detail = await station.core.detection.getRule(station.core.store, broken?.id ?? '')
    expect(detail).toMatchObject({ sql: null, text: rule(3, 6666).slice(0, 150) })
    await send(4444)
    expect(await hits(1)).toBe(2)
    writeFileSync(join(rules, 'three.yml'), rule(3, 6666))
    expect(
      await until(
        () => stateOf(3),
        (state) => state === 'active',
      ),
    ).toBe('active')
  })

  test('that change or go take effect too', async () => {
    writeFileSync(join(rules, 'one.yml'), rule(1, 7777))
    rmSync(join(rules, 'two.yml'))
    expect(
      await until(
        () => stateOf(2),
        (state) => state === undefined,
      ),
    ).toBeUndefined()
    const before = [await hits(1), await hits(2)]
    await send(4444)
    await send(5555)
    await send(7777)
    expect([await hits(1), await hits(2)]).toEqual([(before[0] ?? 0) + 1, before[1]])
    // The same text again: its patterns were thrown away with the book that had them.
    writeFileSync(join(rules, 'two.yml'), rule(2, 5555))
    expect(
      await until(
        () => stateOf(2),
        (state) => state === 'active',
      ),
    ).toBe('active')
    await send(5555)
    expect(await hits(2)).toBe((before[1] ?? 0) + 1)
    expect(troubles).toEqual([])
  })

  test('filters: what they describe is not found, until the day after they end', async () => {
    const tomorrow = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)
    const filters = async () => (await listed()).find((row) => row.id === id(1))?.filters ?? []
    writeFileSync(
      join(rules, 'ana.yml'),
      `title: Ana tests the port
description: Agreed with the network team.
logsource: { category: firewall }
vigie: { expires: ${tomorrow} }
filter:
  rules: [${id(1)}]
  selection: { user: ana }
  condition: selection
`,
    )
    const applied = await until(filters, (all) => all.length === 1)
    expect(applied).toMatchObject([
      { title: 'Ana tests the port', reason: 'Agreed with the network team.', expires: tomorrow },
    ])
    const before = await hits(1)
    await send(7777)
    expect(await hits(1)).toBe(before)
    aheadMs = 2 * DAY_MS
    expect(await until(filters, (all) => all.length === 0)).toEqual([])
    aheadMs = 0
    await send(7777)
    expect(await hits(1)).toBe(before + 1)
    const ended = (await listed()).find(({ file }) => file.endsWith('ana.yml'))
    expect(ended?.problem).toContain(`ended on ${tomorrow}`)
    expect(troubles).toEqual([])
  })

  test('show hits and cost', async () => {
    const row = (await listed()).find((one) => one.id === id(2))
    expect(row?.hits).toBe(await hits(2))
    expect(row?.hits24h).toBe(0)
    // Too few events to say what a million would take.
    expect(row?.cost).toBeNull()
    expect(row?.costShare).toBeGreaterThan(0)
    const shares = (await listed()).map(({ costShare }) => costShare ?? 0)
    const all = shares.reduce((sum, share) => sum + share, 0)
    expect(all).toBeGreaterThan(0)
    expect(all).toBeLessThanOrEqual(1)
  })
})

describe('vigie rules', () => {
  async function vigie(...inputs: string[]) {
    const out: string[] = []
    const stream = { isTTY: false, write: (text: string) => out.push(text) > 0 }
    const code = await runCommand([...inputs, '--url', station.console, '--data', data], {
      stdout: stream,
      stderr: stream,
      env: {},
      on: () => undefined,
      off: () => undefined,
    } as never)
    return { code, out: out.join('') }
  }

  test('lists them', async () => {
    const { code, out } = await vigie('rules', '--json')
    expect(code).toBe(0)
    expect(out).toContain(id(2))
    expect((await vigie('rules')).out).toContain('Port 5555')
  })

  test('hunts, and says what the rows alone do not', async () => {
    const span = ['--from', '2026-03-14T00:00:00Z', '--to', '2026-03-15T00:00:00Z']
    const none = await vigie('hunt', 'user_name:nobody', ...span)
    expect(none).toEqual({
      code: 0,
      out: 'No event fits from 2026-03-14T00:00:00Z to 2026-03-15T00:00:00Z. Another time range: --from, --to.\n',
    })
    const some = await vigie('hunt', 'user_name:ana', ...span, '--limit', '1')
    expect(some.out.split('\n')).toHaveLength(3)
    expect(some.out).toContain('There are more than these 1; --limit shows more.')
    expect((await vigie('hunt', 'user_name:ana', ...span)).out).not.toContain('more than')
  })

  test('runs the rules asked over a span, once', async () => {
    const missing = 2 - (await hits(2)) + 2
    expect(missing).toBeGreaterThan(0)
    const span = ['--from', '2026-03-14', '--to', '2026-03-15', '--rule', id(2)]
    const first = await vigie('rules', 'run', ...span)
    expect(first.out).toContain('is done')
    expect(first.code).toBe(3)
    const again = await vigie('rules', 'run', ...span, '--json')
    expect(again.code).toBe(0)
    const run = HistoryRunSchema.parse(JSON.parse(again.out))
    expect(run).toMatchObject({
      state: 'done',
      findings: 0,
      known: await hits(2),
      judged: sent,
      by: 'cli',
    })
  })

  test('says what it refuses', async () => {
    expect((await vigie('rules', 'run', '--from', 'yesterday')).code).toBe(2)
    expect((await vigie('rules', 'fly')).code).toBe(2)
    const { code, out } = await vigie('rules', 'run', '--from', '2026-03-14', '--rule', 'nobody')
    expect(code).toBe(1)
    expect(out).toContain('nobody')
  })
})
