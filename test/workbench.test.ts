// The rule workbench on a whole station: what a test says is what the rule finds, and drafts meet the event they came from.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startStation } from '../src/app.ts'
import type { RunningStation } from '../src/app.ts'
import { CONTENT } from '../src/app/content.ts'
import { dataFolders, readSettings, systemClock, yamlValue } from '../src/core/index.ts'
import { searchAlerts } from '../src/detect/index.ts'
import { CoverageSchema, RuleTrialSchema } from '../src/model/index.ts'
import type { RuleTrial } from '../src/model/index.ts'
import { sql, trusted } from '../src/store/index.ts'

const Lines = z.array(z.object({ raw: z.string() }))
const GoldenSchema = z.object({ fires: Lines, silent: Lines })
const goldens = readdirSync(CONTENT.rules, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.golden.yml'))
  .map((file) => GoldenSchema.parse(yamlValue(readFileSync(join(CONTENT.rules, file), 'utf8'))))
const lines = goldens.flatMap(({ fires, silent }) => [...fires, ...silent].map(({ raw }) => raw))

const FROM = '2000-01-01T00:00:00Z'
const TO = '2100-01-01T00:00:00Z'
const folder = mkdtempSync(join(tmpdir(), 'vigie-workbench-'))
let station: RunningStation
let token = ''

beforeAll(async () => {
  station = await startStation({
    settings: readSettings(
      {
        data: folder,
        consolePort: '0',
        syslogPort: '0',
        syslogTlsPort: '0',
        flowPort: '0',
        httpPort: '0',
      },
      {},
    ),
    clock: systemClock,
    onNote: () => undefined,
    onTrouble: () => undefined,
  })
  token = readFileSync(join(dataFolders(folder).keys, 'cli-token'), 'utf8').trim()
  const { intake } = station.core.wayIn
  const from = intake.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
  for (const line of lines) {
    const bytes = Buffer.from(line)
    intake.write(from, bytes, 0, bytes.length)
  }
  await station.core.wayIn.settled()
}, 120_000)

afterAll(async () => {
  await station.close()
  rmSync(folder, { recursive: true, force: true })
})

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(new URL(path, station.console), {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.json() }
}

async function tried(text: string, span = { from: FROM, to: TO }): Promise<RuleTrial> {
  const started = await call('POST', '/api/rule-trials', { text, ...span })
  expect(started.status, JSON.stringify(started.body)).toBe(200)
  let trial = RuleTrialSchema.parse(started.body)
  while (trial.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 20))
    trial = RuleTrialSchema.parse((await call('GET', `/api/rule-trials/${trial.id}`)).body)
  }
  expect(trial.problem).toBe(null)
  return trial
}

const sentenceOf = (body: unknown) =>
  z.object({ sentence: z.object({ en: z.string() }) }).parse(body).sentence.en

async function ask<T>(statement: ReturnType<typeof sql>): Promise<readonly T[]> {
  return (await station.core.store.events.ask.query<T>(statement)).rows
}

const FINDINGS = trusted('SELECT toUInt32(count()) AS n FROM findings')
const kept = async () => ({
  findings: (await ask<{ n: number }>(FINDINGS))[0]?.n,
  alerts: (await searchAlerts(station.core.store.records, { limit: 1 })).total,
})

const textOf = (file: string) => readFileSync(join(CONTENT.rules, file), 'utf8')

describe('a test over stored events', () => {
  test('finds what the rule found, and keeps nothing', async () => {
    const before = await kept()
    expect(before.findings).toBeGreaterThan(100)
    const file = 'residential-proxies/junos-admin-login-from-internet.yml'
    const { id } = z.object({ id: z.string() }).parse(yamlValue(textOf(file)))
    const [found] = await ask<{ n: number; entities: number }>(
      sql`SELECT toUInt32(count()) AS n, toUInt32(uniqExact(entity_kind, entity)) AS entities FROM findings WHERE rule = ${id}`,
    )
    const trial = await tried(textOf(file))
    expect(found?.n).toBeGreaterThan(0)
    expect(trial).toMatchObject({
      state: 'done',
      judged: lines.length,
      unread: 0,
      hits: found?.n,
      alerts: found?.entities,
      accepted: 0,
      rules: [{ id, hits: found?.n, accepted: null }],
    })
    expect(trial.samples).toHaveLength(found?.n ?? 0)
    expect(trial.buckets.reduce((sum, { hits }) => sum + hits, 0)).toBe(found?.n)
    expect(await kept()).toEqual(before)
  })

  test('says what an exception would accept of a rule that runs', async () => {
    const file = 'residential-proxies/junos-admin-login-from-internet.yml'
    const { id } = z.object({ id: z.string() }).parse(yamlValue(textOf(file)))
    const filter = (user: string) =>
      [
        'title: Accepted here',
        'id: 5f4a4f7e-58ab-4a6f-9be6-4b8a1d7a0001',
        'description: the office of the person',
        'logsource: { product: juniper }',
        'filter:',
        `  rules: [${id}]`,
        `  selection: { username: ${user} }`,
        '  condition: selection',
        'vigie: { expires: 2099-01-01 }',
      ].join('\n')
    const nobody = await tried(filter('nobody'))
    expect(nobody).toMatchObject({ accepted: 0 })
    expect(nobody.hits).toBeGreaterThan(0)
    expect(nobody.alerts).toBeGreaterThan(0)
    const netadmin = await tried(filter('netadmin'))
    expect(netadmin).toMatchObject({ hits: nobody.hits, accepted: nobody.hits, alerts: 0 })
    expect(netadmin.samples).toHaveLength(nobody.hits)
  })

  test.each([
    ['title: x', 'no “logsource”'],
    ['- a\n- b', 'not'],
    [
      'title: x\nlogsource: { product: nobody-makes-this }\ndetection: { s: { a: b }, condition: s }',
      '',
    ],
  ])('refuses %j with its place', async (text, why) => {
    const answer = await call('POST', '/api/rule-trials', { text, from: FROM, to: TO })
    expect(answer.status).toBe(400)
    expect(sentenceOf(answer.body)).toMatch(/^This rule cannot be used\. \d+:\d+: /)
    expect(sentenceOf(answer.body)).toContain(why)
  })

  test('of a rule that is met by everything says so', async () => {
    const text =
      'title: x\nlogsource: { product: okta, service: okta }\ndetection: { s: { no_such_field: null }, condition: s }\n'
    const trial = await tried(text)
    const [all] = await ask<{ n: number }>(
      trusted("SELECT toUInt32(count()) AS n FROM events WHERE parser = 'okta'"),
    )
    expect(trial.hits).toBe(all?.n)
  })
})

describe('coverage', () => {
  test('counts as watching every rule that found something, and not what never came', async () => {
    const coverage = CoverageSchema.parse((await call('GET', '/api/coverage')).body)
    expect(coverage.events).toBe(lines.length)
    const found = await ask<{ rule: string }>(
      trusted('SELECT DISTINCT toString(rule) AS rule FROM findings'),
    )
    expect(coverage.rules.live).toBeGreaterThanOrEqual(found.length)
    const arriving = new Map(coverage.logsources.map(({ name, arrives }) => [name, arrives]))
    const rules = await station.core.detection.listRules(station.core.store)
    const ids = new Set(found.map(({ rule }) => rule))
    const silent = rules.filter(
      ({ id, logsource }) => ids.has(id) && logsource !== '' && arriving.get(logsource) !== true,
    )
    expect(silent.map(({ title, logsource }) => `${logsource}: ${title.en}`)).toEqual([])
  })
})

describe('a draft', () => {
  test('from an event of every parser is a rule that meets it', { timeout: 240_000 }, async () => {
    const events = await ask<{ batch: string; line: number; parser: string; ms: number }>(
      trusted(`SELECT toString(batch) AS batch, line, toFloat64(toUnixTimestamp64Milli(time)) AS ms, parser
FROM events WHERE parser != '' AND parse_status = 'ok' ORDER BY parser, log_name, events.batch, line LIMIT 1 BY parser`),
    )
    expect(events.length).toBeGreaterThan(20)
    const missed: string[] = []
    for (const { batch, line, parser, ms } of events) {
      const drafted = await call('POST', '/api/rule-drafts', { batch, line })
      const { text } = z.object({ text: z.string() }).parse(drafted.body)
      const iso = (at: number) => new Date(at).toISOString()
      const trial = await tried(text, { from: iso(ms), to: iso(ms + 1) })
      const isShown = trial.samples.some((one) => one.batch === batch && one.line === line)
      // More hits of the same instant than are shown say nothing of this one.
      if (!isShown && trial.hits <= trial.samples.length) missed.push(`${parser}: not met\n${text}`)
    }
    expect(missed.join('\n')).toBe('')
  })

  test('from an alert is an exception that accepts it', { timeout: 240_000 }, async () => {
    const { alerts } = await searchAlerts(station.core.store.records, { limit: 300 })
    const some = alerts.filter((_, at) => at % 6 === 0)
    expect(some.length).toBeGreaterThan(10)
    const missed: string[] = []
    for (const { id, rule, firstSeen, lastSeen } of some) {
      const drafted = await call('POST', '/api/rule-drafts', { alert: id })
      const { text } = z.object({ text: z.string() }).parse(drafted.body)
      const to = new Date(Date.parse(lastSeen) + 1).toISOString()
      const trial = await tried(text, { from: firstSeen, to })
      if (trial.rules.map((one) => one.id).join() !== rule || trial.accepted === 0)
        missed.push(`${rule}: accepted ${trial.accepted} of ${trial.hits}\n${text}`)
    }
    expect(missed.join('\n')).toBe('')
  })
})

describe('a rule of the station’s own', () => {
  const text = [
    'title: Ours, Été',
    'id: 0d8d35d5-7e40-4f0e-a6f5-1f3c33a10001',
    'description: ours',
    'author: us',
    'logsource: { product: juniper }',
    'detection: { s: { event: UI_LOGIN_EVENT }, condition: s }',
    'falsepositives: [none]',
    'level: low',
  ].join('\n')

  test('is a file, runs within seconds, and goes again', async () => {
    const saved = await call('POST', '/api/rule-files', { text })
    expect(saved.status, JSON.stringify(saved.body)).toBe(200)
    const { name, file } = z.object({ name: z.string(), file: z.string() }).parse(saved.body)
    expect(name).toMatch(/^ours-ete-[0-9a-f]{8}\.yml$/)
    expect(readFileSync(file, 'utf8')).toBe(text)
    const stateOf = async () => {
      const rules = await station.core.detection.listRules(station.core.store)
      return rules.find(({ id }) => id.endsWith('a10001'))
    }
    await expect.poll(stateOf, { timeout: 20_000 }).toMatchObject({ state: 'active', own: name })
    // The same rule again is the same file.
    expect((await call('POST', '/api/rule-files', { text: `${text}\n` })).status).toBe(200)
    expect(readdirSync(dataFolders(folder).rules)).toEqual([name])
    expect((await call('DELETE', `/api/rule-files/${name}`)).status).toBe(200)
    expect(existsSync(file)).toBe(false)
    await expect.poll(stateOf, { timeout: 20_000 }).toBe(undefined)
  })

  test('does not take the id of another file, and an exception needs its reason and its end', async () => {
    const taken = textOf('residential-proxies/junos-admin-login-from-internet.yml')
    const answer = await call('POST', '/api/rule-files', { text: taken })
    expect(sentenceOf(answer.body)).toContain('Give it an id of its own')
    const endless =
      'title: f\nid: f1\nlogsource: { product: juniper }\nfilter: { rules: any, s: { event: x }, condition: s }\n'
    expect(sentenceOf((await call('POST', '/api/rule-files', { text: endless })).body)).toContain(
      'why is this accepted?',
    )
    const why = `description: because\n${endless}`
    expect(sentenceOf((await call('POST', '/api/rule-files', { text: why })).body)).toContain(
      'needs an end',
    )
    expect(readdirSync(dataFolders(folder).rules)).toEqual([])
  })

  test.each(['../../etc/passwd', 'x.yml', '..%2F..%2Fx.yml', 'a/b.yml'])(
    'is not removed by the name %s',
    async (name) => {
      const answer = await call('DELETE', `/api/rule-files/${encodeURIComponent(name)}`)
      expect(answer.status).toBe(404)
    },
  )

  test('is checked as it is typed', async () => {
    const checked = await call('POST', '/api/rule-checks', { text: `${text}\n\tx` })
    expect(checked.body).toMatchObject({ lints: [{ severity: 'error' }] })
    expect((await call('POST', '/api/rule-checks', { text })).body).toEqual({
      rules: 1,
      filters: 0,
      correlations: 0,
      lints: [],
    })
  })
})
