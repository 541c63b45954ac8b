// Rules over stored events, on a whole station: what they find there is what they would have found on arrival, once.

import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { CONTENT } from '../src/app/content.ts'
import { openCore } from '../src/app/core.ts'
import type { Core } from '../src/app/core.ts'
import { readSettings, systemClock, yamlValue } from '../src/core/index.ts'
import { openHistory, searchAlerts } from '../src/detect/index.ts'
import type { History } from '../src/detect/index.ts'
import type { Finding, HistoryRun } from '../src/model/index.ts'
import { sql, trusted } from '../src/store/index.ts'

const Lines = z.array(z.object({ raw: z.string() }))
const GoldenSchema = z.object({ fires: Lines, silent: Lines })

/** Every line that stands beside an own rule. */
const lines = readdirSync(CONTENT.rules, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.golden.yml'))
  .flatMap((file) => {
    const golden = GoldenSchema.parse(yamlValue(readFileSync(join(CONTENT.rules, file), 'utf8')))
    return [...golden.fires, ...golden.silent].map(({ raw }) => raw)
  })

const ALL = { from: '2000-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' }
const folder = mkdtempSync(join(tmpdir(), 'vigie-history-'))
let core: Core
let closers: (() => Promise<void>)[] = []

beforeAll(async () => {
  core = await openCore({
    settings: readSettings({ data: folder }, {}),
    clock: systemClock,
    durable: false,
    onTrouble: (cause) => {
      if (cause !== null) throw cause
    },
  })
  for (let at = 0; at < lines.length; at += 100) {
    const origin = { kind: 'syslog', source: `syslog/192.0.2.${at / 100}`, context: '' } as const
    const from = core.wayIn.intake.open(origin)
    for (const line of lines.slice(at, at + 100)) {
      const bytes = Buffer.from(line)
      core.wayIn.intake.write(from, bytes, 0, bytes.length)
    }
    await core.wayIn.settled()
  }
})

afterAll(async () => {
  for (const close of closers.toReversed()) await close()
  await core.close()
  rmSync(folder, { recursive: true, force: true })
})

type Hooks = {
  readonly isIntakeBehind?: () => boolean
  readonly onFound?: () => void
  readonly firstSliceEvents?: number
}

async function history(hooks: Hooks = {}): Promise<History> {
  const opened = await openHistory({
    store: core.store,
    shelf: core.detection.shelf,
    fields: core.fields,
    verbatim: core.verbatim,
    clock: systemClock,
    isIntakeBehind: () => false,
    onFed: async () => undefined,
    onFound: () => undefined,
    ...hooks,
  })
  closers.push(opened.close)
  return opened
}

async function ended(runs: History, id: string): Promise<HistoryRun> {
  for (;;) {
    const run = (await runs.list()).find((one) => one.id === id)
    if (run === undefined) throw new Error(`no run ${id}`)
    if (run.state !== 'running') return run
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function findings(): Promise<readonly unknown[]> {
  const { rows } = await core.store.events.ask.query(
    trusted(
      'SELECT time, rule, title, severity, entity_kind, entity, batch, line, reasons FROM findings ORDER BY batch, line, rule',
    ),
  )
  return rows
}

async function alerts(): Promise<readonly unknown[]> {
  const page = await searchAlerts(core.store.records, { limit: 1000 })
  return page.alerts
    .map((alert) => ({ ...alert, id: '', updated: '' }))
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

async function forget(): Promise<void> {
  await core.store.events.ask.command(trusted('TRUNCATE TABLE findings'))
  await core.store.records.deleteFrom('alert_history').execute()
  await core.store.records.deleteFrom('alerts').execute()
  await core.store.records.deleteFrom('rule_hits').execute()
}

const total = async () =>
  Number(
    (await core.store.events.ask.query<{ n: string }>(trusted('SELECT count() AS n FROM events')))
      .rows[0]?.n,
  )

describe('rules over stored events', () => {
  test('add nothing to what was judged on arrival', async () => {
    const before = await findings()
    const runs = await history()
    const { id } = await runs.start(ALL, 'ana')
    const run = await ended(runs, id)
    expect(run).toMatchObject({
      state: 'done',
      by: 'ana',
      events: await total(),
      judged: await total(),
      unread: 0,
      findings: 0,
      known: before.length,
      alertsRaised: 0,
      leftOut: [],
      problem: null,
    })
    expect(Date.parse(run.reached)).toBe(Date.parse(ALL.from))
    expect(before.length).toBeGreaterThan(100)
    expect(await findings()).toEqual(before)
  })

  test.each([
    ['in slices of a few events', 7],
    ['in large slices', 100_000],
  ])('find what they would have found on arrival, with the same alerts, %s', async (_, events) => {
    const [foundBefore, alertsBefore] = [await findings(), await alerts()]
    await forget()
    const runs = await history({ firstSliceEvents: events })
    const run = await ended(runs, (await runs.start(ALL, 'ana')).id)
    expect(run).toMatchObject({ state: 'done', unread: 0, known: 0, findings: foundBefore.length })
    expect(await findings()).toEqual(foundBefore)
    expect(await alerts()).toEqual(alertsBefore)
    expect(run.alertsRaised).toBe(alertsBefore.length)
    const again = await ended(runs, (await runs.start(ALL, 'ana')).id)
    expect(again).toMatchObject({ state: 'done', findings: 0, known: foundBefore.length })
    expect(await alerts()).toEqual(alertsBefore)
  })

  test('run for the rules asked, over the span asked', async () => {
    const all = await core.store.events.ask.query<{ rule: string; ms: string }>(
      trusted(
        'SELECT toString(rule) AS rule, toString(toUnixTimestamp64Milli(time)) AS ms FROM findings',
      ),
    )
    const rule = all.rows[0]?.rule ?? ''
    const times = all.rows.filter((row) => row.rule === rule).map(({ ms }) => Number(ms))
    const first = Math.min(...times)
    await forget()
    const runs = await history()
    const iso = (ms: number) => new Date(ms).toISOString()
    const before = await runs.start({ rules: [rule], from: ALL.from, to: iso(first) }, 'ana')
    expect(await ended(runs, before.id)).toMatchObject({ state: 'done', findings: 0 })
    const at = await runs.start({ rules: [rule], from: iso(first), to: iso(first + 1) }, 'ana')
    const run = await ended(runs, at.id)
    expect(run.findings).toBe(times.filter((ms) => ms === first).length)
    const { alerts: raised } = await searchAlerts(core.store.records, {})
    expect(new Set(raised.map((alert) => alert.rule))).toEqual(new Set([rule]))
    expect(raised.map(({ firstSeen }) => firstSeen)).toContain(iso(first))
  })

  test('wait for intake, stop where they are, and go on from there', async () => {
    await forget()
    let isHeld = false
    const runs = await history({
      firstSliceEvents: 10,
      isIntakeBehind: () => isHeld,
      onFound: () => {
        isHeld = true
      },
    })
    const { id } = await runs.start(ALL, 'ana')
    await expect(runs.start(ALL, 'ben')).rejects.toMatchObject({ code: 'HISTORY_RUN_BUSY' })
    const waiting = async (): Promise<HistoryRun> => {
      const run = (await runs.list())[0]
      if (run?.waits === true) return run
      await new Promise((resolve) => setTimeout(resolve, 20))
      return waiting()
    }
    const held = await waiting()
    expect(held.judged).toBeGreaterThan(0)
    expect(held.judged).toBeLessThan(held.events)
    expect(held.secondsLeft).toBeGreaterThan(0)
    const stopped = await runs.stop(id)
    expect(stopped).toMatchObject({ state: 'stopped', judged: held.judged })
    expect(Date.parse(stopped.reached)).toBeLessThan(Date.parse(ALL.to))
    const there = (await findings()).length
    expect(stopped.findings).toBe(there)

    isHeld = false
    await runs.close()
    const others = await history()
    await others.resume(id)
    const done = await ended(others, id)
    expect(done).toMatchObject({
      state: 'done',
      judged: await total(),
      events: await total(),
      known: 0,
    })
    expect(done.findings).toBe((await findings()).length)
    expect(done.findings).toBeGreaterThan(there)
  })

  test('say so when the station ended before them, and lose and double nothing', async () => {
    const [foundBefore, alertsBefore] = [await findings(), await alerts()]
    const { rows } = await core.store.events.ask.query<Record<string, string>>(
      trusted(
        "SELECT *, formatDateTime(time, '%Y-%m-%dT%H:%i:%S.000Z') AS at FROM findings ORDER BY rule LIMIT 5",
      ),
    )
    const cut: Finding[] = rows.map((row) => ({
      rule: row['rule'] ?? '',
      title: row['title'] ?? '',
      severity: 'high',
      time: row['at'] ?? '',
      entityKind: 'device',
      entity: 'cut-off',
      batch: row['batch'] ?? '',
      line: Number(row['line']),
      reasons: [],
    }))
    const id = 'cut-off'
    const pending = (suffix: string) => ({
      token: `token-${suffix}`,
      nowMs: Date.now(),
      findings: cut.map((one) => ({ ...one, batch: `${one.batch}-${suffix}` })),
      rules: [...core.detection.shelf.current.facts.values()].map((rule) => ({ ...rule })),
    })
    const [run] = await core.store.records.selectFrom('history_runs').selectAll().limit(1).execute()
    if (run === undefined) throw new Error('no run')
    const row = {
      ...run,
      id,
      state: 'running',
      rules: 'null',
      left_out: '[]',
      problem: 'null',
      ended: null,
      findings: 0,
      pending: JSON.stringify(pending('a')),
    }
    await core.store.records
      .insertInto('history_runs')
      .values({ ...row, events: 1, judged: 0, unread: 0, known: 0, worked_ms: 0 })
      .execute()
    const runs = await history()
    const cutOff = (await runs.list()).find((one) => one.id === id)
    expect(cutOff).toMatchObject({ state: 'interrupted', findings: cut.length })
    expect(await findings()).toHaveLength(foundBefore.length + cut.length)
    const raised = (await searchAlerts(core.store.records, { entity: 'cut-off' })).alerts
    expect(raised.reduce((sum, { count }) => sum + count, 0)).toBe(cut.length)

    // The same again, ended a step later: the findings stand already, their alerts do not.
    await core.store.records
      .updateTable('history_runs')
      .set({
        pending: JSON.stringify(pending('a')),
        state: 'running',
        findings: 0,
      })
      .where('id', '=', id)
      .execute()
    await core.store.records.deleteFrom('alert_history').execute()
    await core.store.records.deleteFrom('alerts').where('entity', '=', 'cut-off').execute()
    await history()
    expect(await findings()).toHaveLength(foundBefore.length + cut.length)
    const once = (await searchAlerts(core.store.records, { entity: 'cut-off' })).alerts
    expect(once.reduce((sum, { count }) => sum + count, 0)).toBe(cut.length)
    await core.store.events.ask.command(
      sql`ALTER TABLE findings DELETE WHERE entity = 'cut-off' SETTINGS mutations_sync = 2`,
    )
    await core.store.records.deleteFrom('alert_history').execute()
    await core.store.records.deleteFrom('alerts').where('entity', '=', 'cut-off').execute()
    expect(await alerts()).toEqual(alertsBefore)
  })

  test('are refused for a rule that does not run and a span that ends before it begins', async () => {
    const runs = await history()
    await expect(runs.start({ ...ALL, rules: ['nobody'] }, 'ana')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(runs.start({ from: ALL.to, to: ALL.from }, 'ana')).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    await expect(runs.stop('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
