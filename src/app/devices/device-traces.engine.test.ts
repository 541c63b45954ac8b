// Who changed a configuration, by the logs: the content of acts on its golden lines, and changes joined to what logs tell.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readChecks } from '../../audit/checks/read-checks.ts'
import { addRecord } from '../../audit/records/change-records.ts'
import { getChange, listChanges } from '../../audit/records/device-changes.ts'
import { setGolden } from '../../audit/records/golden.ts'
import { openAudit } from '../../audit/records/open-audit.ts'
import type { AuditAlerts } from '../../audit/records/open-audit.ts'
import { recordSigner } from '../../audit/records/sign-records.ts'
import { dialects, door } from '../../audit/reference.test-helper.ts'
import { readActContent } from '../../audit/traces/act-content.ts'
import { gatherLogs } from '../../audit/traces/gather-logs.ts'
import { openTraces } from '../../audit/traces/traces.ts'
import { raiseAlerts, searchAlerts } from '../../detect/index.ts'
import { migrateEvents } from '../../store/events-migrations.ts'
import { openEmbeddedEngine } from '../../store/index.ts'
import type { EventEngine, Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { lineStore } from '../lines.test-helper.ts'
import type { StoreLines } from '../lines.test-helper.ts'

const CONTENT = join(import.meta.dirname, '../../../content')
const acts = readActContent(join(CONTENT, 'acts'))
const tools = {
  dialects,
  door,
  checks: readChecks(join(CONTENT, 'checks')),
  acts,
  signer: recordSigner(Buffer.alloc(32, 1)),
}
const folder = mkdtempSync(join(tmpdir(), 'vigie-traces-'))
const HOUR = 3_600_000
const START = Date.parse('2026-03-20T00:00:00Z')
let nowMs = START
const clock = { nowMs: () => nowMs }
let events: EventEngine
let records: Records
let store: StoreLines

beforeAll(async () => {
  events = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 2 })
  await migrateEvents(events)
  records = await openTemporaryRecords()
  store = await lineStore({ events, records }, { folder, only: acts.map(({ parser }) => parser) })
})
afterAll(async () => {
  await events.close()
  await records.destroy()
  rmSync(folder, { recursive: true, force: true })
})

const GoldenSchema = z.array(
  z.strictObject({
    raw: z.string(),
    act: z
      .strictObject({
        kind: z.string(),
        who: z.string(),
        from: z.string(),
        text: z.string().optional(),
      })
      .optional(),
  }),
)
const NAMES = [
  'rtr-lib1',
  'nx1',
  'asa-lib',
  'PA-LIB',
  'FGT-PARC',
  'SRX-LIB',
  'rtr1',
  'bigip1',
  'rb-nord',
  'fw',
  'gw1',
]

test('the golden lines of every parser give the acts that stand beside them, and no secret', async () => {
  const golden = acts.map(({ parser }) =>
    GoldenSchema.parse(parse(readFileSync(join(CONTENT, 'acts', `${parser}.golden.yml`), 'utf8'))),
  )
  const lines = golden.flat()
  await store(
    lines.map(({ raw }) => raw),
    Date.parse('2026-03-14T18:00:00Z'),
  )
  const devices = NAMES.map((name) => ({ name, hostname: '', addresses: [] }))
  const window = {
    fromMs: Date.parse('2026-03-14T00:00:00Z'),
    toMs: Date.parse('2026-03-15T00:00:00Z'),
  }
  const wanted = devices.map((device) => ({ device, window }))
  const logs = await gatherLogs({ events, content: acts, door, devices }, wanted)
  const found = [...logs.values()].flatMap((one) => one.acts)
  const byLine = new Map(found.map((act) => [act.line, act]))
  const met = lines.map((_, at) => byLine.get(at))
  const expected = lines.map(({ act }) => act)
  // ASA tells one command twice; the telling without an address is left out.
  const twin = lines.findIndex(({ raw }) => raw.includes("executed the 'no logging enable'"))
  expect(met[twin]).toBeUndefined()
  lines.forEach(({ raw }, at) => {
    if (at === twin) return
    const { kind, who, from, text } = met[at] ?? {}
    const shown = met[at] === undefined ? undefined : { kind, who, from }
    const { text: begins, ...act } = expected[at] ?? {}
    expect({ raw, act: shown }).toEqual({ raw, act: expected[at] === undefined ? undefined : act })
    if (begins !== undefined) expect(text?.startsWith(begins)).toBe(true)
  })
  expect(JSON.stringify(found)).not.toContain('Pl4nted')
})

const raise = async (
  transaction: Parameters<typeof raiseAlerts>[0],
  { findings, rules }: AuditAlerts,
  at: number,
) => {
  await raiseAlerts(transaction, findings, { rules, nowMs: at })
}
const audit = () => openAudit({ records, tools, clock, raise })
const traces = () => openTraces({ records, events, tools: () => tools, clock, raise })
const config = (name: string, ...more: readonly string[]) =>
  [
    'version 17.9',
    `hostname ${name}`,
    'interface Gi0/0',
    ' ip address 198.51.100.2 255.255.255.0',
    ...more,
    'end',
  ].join('\n')
const stamp = (ms: number) => {
  const [, day = '', time = ''] =
    /^\w+, (\d\d) .*? (\d\d:\d\d:\d\d)/.exec(new Date(ms).toUTCString()) ?? []
  return `Mar ${day} 2026 ${time}`
}
const line = (name: string, ms: number, text: string) => `<189>7: ${name}: ${stamp(ms)}: ${text}`
const quiet = (name: string, ms: number) =>
  line(name, ms, '%LINEPROTO-5-UPDOWN: Line protocol on Interface Gi0/1, changed state to up')
const login = (name: string, ms: number, from: string) =>
  line(
    name,
    ms,
    `%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: netadmin] [Source: ${from}] [localport: 22] at x`,
  )
const command = (name: string, ms: number, text: string) =>
  line(name, ms, `%PARSER-5-CFGLOG_LOGGEDCMD: User:netadmin  logged command:${text}`)

/** A device that logs every hour, was worked on the day before, and changes in `nightMs` after the start. */
async function changed(
  name: string,
  { tells = true, night = [] as readonly string[], hours = 48 } = {},
) {
  nowMs = START
  const usual = Array.from({ length: hours }, (_, at) => quiet(name, START - 24 * HOUR + at * HOUR))
  const before = tells
    ? [
        login(name, START - 20 * HOUR, '10.0.0.5'),
        command(name, START - 20 * HOUR, 'ntp server 10.0.0.1'),
      ]
    : []
  await store([...usual, ...before, ...night], START + 24 * HOUR)
  await audit().take(Buffer.from(config(name)), { source: name })
  nowMs = START + 23 * HOUR
  await audit().take(Buffer.from(config(name, 'ip route 10.9.0.0 255.255.0.0 10.0.0.2')), {
    source: name,
  })
  const change = (await listChanges(records, { limit: 100 }, tools.signer)).find(
    (one) => one.deviceName === name,
  )
  nowMs += 11 * 60_000
  await traces().look()
  const id = change?.id ?? ''
  const detail = await getChange(records, id, tools.signer)
  return {
    trace: await traces().of(id),
    found: detail.findings.map(({ check }) => check),
    who: detail.change.who,
    detail,
    rung: (await searchAlerts(records, { entity: name })).alerts.map(({ rule }) => rule),
  }
}

describe('a change', () => {
  test('is joined to who made it, from where and with which commands', async () => {
    const night = [
      login('a1', START + HOUR, '10.0.0.5'),
      command('a1', START + HOUR + 1000, 'ip route 10.9.0.0 255.255.0.0 10.0.0.2'),
    ]
    const { trace, who, found, rung, detail } = await changed('a1', { night })
    expect(trace).toMatchObject({
      state: 'found',
      actCount: 2,
      actors: [
        { who: 'netadmin', from: '', commands: 1 },
        { who: 'netadmin', from: '10.0.0.5', logins: 1, commands: 0 },
      ],
    })
    expect(trace.acts[1]?.text).toBe('ip route 10.9.0.0 255.255.0.0 10.0.0.2')
    expect(who).toEqual(['netadmin'])
    // Nobody writes records for it: that there is none is said, and rings no bell.
    expect(found).toContain('commands-without-record')
    expect(detail.findings.find(({ check }) => check === 'commands-without-record')?.severity).toBe(
      'low',
    )
    expect(rung).toEqual([])
  })

  test('without any login rings, where the logs came all the time', async () => {
    const { trace, found, rung } = await changed('a2')
    expect(trace.state).toBe('none')
    expect(found).toContain('change-without-login')
    expect(rung).toEqual(['audit-change-without-login'])
  })

  test.each([
    ['silent', { hours: 20 }],
    ['gap', { hours: 27 }],
    ['untold', { tells: false }],
  ] as const)('is not assessable: %s', async (state, how) => {
    const { trace, found, rung } = await changed(`b-${state}`, how)
    expect(trace.state).toBe(state)
    expect(found).not.toContain('change-without-login')
    expect(rung).toEqual([])
  })

  test('made from outside, from an address under alert and by a stranger rings for each', async () => {
    const ask = {
      devices: ['c1'],
      isPart: false,
      allows: [],
      operators: ['ann'],
      management: ['10.0.0.0/24'],
    }
    await records
      .transaction()
      .execute((one) => setGolden(one, 'c', { ask, act: { who: 'ann', nowMs } }))
    const facts = {
      id: 'spray',
      title: { en: 'x', fr: 'x' },
      severity: 'high',
      attack: [],
      author: '',
      reference: '',
    } as const
    const about = {
      rule: 'spray',
      title: 'x',
      severity: 'high',
      time: new Date(START).toISOString(),
      entityKind: 'address',
      entity: '10.7.7.7',
      batch: '',
      line: 0,
      reasons: [],
    } as const
    await records.transaction().execute((one) =>
      raiseAlerts(one, [{ ...about, reasons: [] }], {
        rules: new Map([['spray', facts]]),
        nowMs,
      }),
    )
    const night = [
      login('c1', START + HOUR, '10.7.7.7'),
      command('c1', START + HOUR, 'ip route 10.9.0.0 255.255.0.0 10.0.0.2'),
    ]
    const { rung, detail } = await changed('c1', { night })
    expect(rung.toSorted()).toEqual([
      'audit-change-by-stranger',
      'audit-change-from-distrusted',
      'audit-change-from-outside',
    ])
    const outside = detail.findings.find(({ check }) => check === 'change-from-outside')
    expect(outside?.why.en).toContain('netadmin from 10.7.7.7')
    expect(outside?.why.fr).toContain('netadmin depuis 10.7.7.7')
  })

  test('that a record expects rings no bell, and one without rings where records are written', async () => {
    nowMs = START - HOUR
    const act = { who: 'ann', nowMs, signer: tools.signer }
    const window = (from: number, to: number) => ({
      starts: new Date(from).toISOString(),
      ends: new Date(to).toISOString(),
    })
    const said = { allows: [], reason: 'work', reference: '' }
    await records.transaction().execute(async (one) => {
      await addRecord(one, { device: 'd1', ...window(START, START + 30 * HOUR), ...said }, act)
      await addRecord(
        one,
        { device: 'd2', ...window(START - 99 * HOUR, START - 90 * HOUR), ...said },
        act,
      )
    })
    const night = (name: string) => [
      login(name, START + HOUR, '203.0.113.9'),
      command(name, START + HOUR, 'ip route 10.9.0.0 255.255.0.0 10.0.0.2'),
    ]
    const expected = await changed('d1', { night: night('d1') })
    expect(expected.rung).toEqual([])
    expect(expected.found).toContain('change-from-outside')
    expect(expected.found).not.toContain('commands-without-record')
    const unexpected = await changed('d2', { night: night('d2') })
    expect(unexpected.rung.toSorted()).toEqual([
      'audit-change-from-outside',
      'audit-commands-without-record',
    ])
  })

  test('keeps what was found when a later look finds less, and is not told twice', async () => {
    nowMs = START + 60 * HOUR
    await events.ask.command({ pieces: ['TRUNCATE TABLE events'] })
    await traces().look()
    const all = await listChanges(records, { limit: 100 }, tools.signer)
    const first = all.find(({ deviceName }) => deviceName === 'a1')
    expect(await traces().of(first?.id ?? '')).toMatchObject({ state: 'found', actCount: 2 })
    const { alerts } = await searchAlerts(records, { entity: 'a2' })
    expect(alerts.map(({ rule, count }) => [rule, count])).toEqual([
      ['audit-change-without-login', 1],
    ])
  })
})
