// Analytics in a station's own stores: asked when their time has come, found once, whatever crashes when; one that fails says so.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSettings } from '../src/core/index.ts'
import { openAnalytics, searchAlerts } from '../src/detect/index.ts'
import type { Analytic } from '../src/detect/index.ts'
import { openStore, sql } from '../src/store/index.ts'
import type { Store } from '../src/store/index.ts'

const NOW = Date.UTC(2026, 2, 20, 15, 0)
const MINUTE = 60_000
const folder = mkdtempSync(join(tmpdir(), 'vigie-analytics-'))
let store: Store
let nowMs = NOW

const texts = { en: 'Failures', fr: 'Échecs' }
const failures: Analytic = {
  id: 'vigie-failures',
  file: 'failures.yml',
  title: texts,
  description: texts,
  severity: 'medium',
  attack: ['attack.t1110'],
  author: 'Vigie',
  references: [],
  entity: 'account',
  every: 15 * MINUTE,
  window: 60 * MINUTE,
  history: 60 * MINUTE,
  quiet: 120 * MINUTE,
  parameters: { least: 3 },
  lists: {},
  sql: `SELECT user_name AS entity, max(e.time) AS time, any(batch) AS batch, any(line) AS line, [('tries', toString(count()))] AS what
    FROM events AS e WHERE e.time BETWEEN {from} AND {to} AND status_id = 2 GROUP BY user_name HAVING count() >= {least}`,
  false_positives: { en: ['x'], fr: ['x'] },
  blind: { en: ['x'], fr: ['x'] },
}
const broken: Analytic = { ...failures, id: 'vigie-broken', sql: 'SELECT nothing FROM events' }

beforeAll(async () => {
  store = await openStore(readSettings({ data: folder }, {}))
})

afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function fail(user: string, times: number, minutesAgo: number) {
  await store.events.ask.command(
    sql`INSERT INTO events (time, received, batch, line, status_id, user_name)
SELECT fromUnixTimestamp64Milli(${nowMs - minutesAgo * MINUTE} + number, 'UTC') AS at, at, 'b', number, 2, ${user} FROM numbers(${times})`,
  )
}

function open(on: Store = store) {
  return openAnalytics({
    store: on,
    analytics: [failures, broken],
    clock: { nowMs: () => nowMs },
    onFound: () => undefined,
    onTrouble: (cause) => {
      throw cause
    },
  })
}

async function look() {
  const analytics = open()
  const found = await analytics.look()
  const states = await analytics.list()
  await analytics.close()
  return { found, states }
}

const found = async () => {
  const { rows } = await store.events.ask.query<{ n: string }>(
    sql`SELECT count() AS n FROM findings WHERE rule = ${failures.id}`,
  )
  const { alerts } = await searchAlerts(store.records, { rule: failures.id })
  return {
    findings: Number(rows[0]?.n),
    alerts: alerts.map(({ entity, count }) => [entity, count]),
  }
}

test('what is there is found, once, with its alert; one that fails says so and stops nobody', async () => {
  await fail('ana', 5, 10)
  await fail('bob', 2, 10)
  const { found: news, states } = await look()
  expect(news).toBe(1)
  expect(await found()).toEqual({ findings: 1, alerts: [['ana', 1]] })
  const [first, second] = states
  expect(first).toMatchObject({ found: 1, problem: null })
  expect(second?.problem).toMatch(/nothing/)
  expect(first?.lately.map(({ found: count, problem }) => [count, problem])).toEqual([[1, null]])
  expect(second?.lately).toHaveLength(1)
})

test('it is not asked again before its time, and does not find the same again after it', async () => {
  expect((await look()).found).toBe(0)
  nowMs += 20 * MINUTE
  await fail('ana', 5, 1)
  const again = await look()
  expect(again.found).toBe(0)
  expect(await found()).toEqual({ findings: 1, alerts: [['ana', 1]] })
  // The runs are there to be looked at, newest first.
  expect(again.states[0]?.lately.map(({ found: count }) => count)).toEqual([0, 1])
})

test('a crash between what was found and what was told loses nothing and doubles nothing', async () => {
  nowMs += 20 * MINUTE
  await fail('eve', 9, 1)
  // The engine goes away as the finding is stored: the run was written down, the rest is not done.
  const command: typeof store.events.ask.command = (statement, options) =>
    JSON.stringify(statement).includes('INSERT INTO findings')
      ? Promise.reject(new Error('gone'))
      : store.events.ask.command(statement, options)
  const events = { ...store.events, ask: { ...store.events.ask, command } }
  const analytics = open({ ...store, events })
  await expect(analytics.look()).rejects.toThrow('gone')
  await analytics.close()
  expect((await found()).findings).toBe(1)
  await look()
  expect(await found()).toEqual({
    findings: 2,
    alerts: expect.arrayContaining([
      ['ana', 1],
      ['eve', 1],
    ]),
  })
  await look()
  expect((await found()).findings).toBe(2)
})

const signIn = async (batch: string, hoursAgo: number) => {
  const atMs = nowMs - hoursAgo * 60 * MINUTE
  await store.events.ask.command(
    sql`INSERT INTO events (time, received, batch, line, class_uid, activity_id, status_id, user_name, src_ip, device_name, event_code)
SELECT fromUnixTimestamp64Milli(${atMs}, 'UTC') AS at, at, ${batch}, number, 3002, 1, 1, 'Ana', toIPv6('198.51.100.7'), 'files', '4624' FROM numbers(3)`,
  )
  const at = new Date(atMs)
  const facts = { lines: 3, bytes: 9, sha256: '', parsers: '{}', findings: 0 }
  await store.records
    .insertInto('batches')
    .values({ id: batch, received: at, stored: at, ...facts })
    .execute()
}
const known: Analytic = {
  ...failures,
  id: 'vigie-known',
  sql: `SELECT account AS entity, max(last_at) AS time, any(h.batch) AS batch, any(h.line) AS line, [('events', toString(sum(events)))] AS what
    FROM login_hours AS h WHERE hour BETWEEN {since} AND {to} GROUP BY account`,
  window: 24 * 60 * MINUTE,
  history: 24 * 60 * 60 * MINUTE,
  quiet: MINUTE,
  every: MINUTE,
}

const lookAgain = async (
  lane = store.events.ask,
  onTrouble: (cause: unknown) => void = (cause) => {
    throw cause
  },
) => {
  const analytics = openAnalytics({
    store: { ...store, events: { ...store.events, ask: lane } },
    analytics: [known],
    clock: { nowMs: () => nowMs },
    onFound: () => undefined,
    onTrouble,
  })
  await analytics.look()
  await analytics.close()
  const { rows } = await store.events.ask.query<{ n: string; kinds: string }>(
    sql`SELECT sum(events) AS n, (SELECT sum(events) FROM event_kinds) AS kinds FROM login_hours`,
  )
  return [Number(rows[0]?.n), Number(rows[0]?.kinds)]
}

test('what is usual is added from stored batches, once, also of before anybody asked', async () => {
  await signIn('c1', 30 * 24)
  await signIn('c2', 2)
  nowMs += 5 * MINUTE
  expect(await lookAgain()).toEqual([6, 6])
  expect(await lookAgain()).toEqual([6, 6])
  await signIn('c3', 0)
  // Noted just now: the next of the same moment may still come.
  expect(await lookAgain()).toEqual([6, 6])
  nowMs += MINUTE
  expect(await lookAgain()).toEqual([9, 9])
})

const TOO_MUCH = 'Code: 241. DB::Exception: memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)'

test('batches that are too much together are added by halves; one that cannot be is said and passed over', async () => {
  await signIn('d1', 0)
  await signIn('d2', 0)
  await signIn('too much', 0)
  await signIn('d3', 0)
  nowMs += 5 * MINUTE
  const said: unknown[] = []
  // The engine runs out of memory over more than two batches of sign-ins, and over one of them alone.
  const command: typeof store.events.ask.command = (statement, options) => {
    const text = JSON.stringify(statement)
    const batches = ['d1', 'd2', 'd3', 'too much'].filter((id) => text.includes(`"${id}"`))
    const isTooMuch = batches.length > 2 || batches.includes('too much')
    return text.includes('login_hours') && isTooMuch
      ? Promise.reject(new Error(TOO_MUCH))
      : store.events.ask.command(statement, options)
  }
  const lane = { ...store.events.ask, command }
  expect(await lookAgain(lane, (cause) => said.push(cause))).toEqual([18, 21])
  expect(said.map(String)).toEqual([`Error: ${TOO_MUCH}`])
  expect(await lookAgain()).toEqual([18, 21])
})

test('batches that came while the engine was away are added when it is back', async () => {
  await signIn('e1', 0)
  nowMs += 5 * MINUTE
  const command: typeof store.events.ask.command = (statement, options) =>
    JSON.stringify(statement).includes('login_hours')
      ? Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:8123'))
      : store.events.ask.command(statement, options)
  const said: unknown[] = []
  const [signIns] = await lookAgain({ ...store.events.ask, command }, (cause) => said.push(cause))
  expect(signIns).toBe(18)
  expect(String(said[0])).toContain('ECONNREFUSED')
  expect(await lookAgain()).toEqual([21, 24])
})

const day = 24 * 60 * MINUTE
/** Stored now, of another time. */
async function comeLate(user: string, batch: string, atMs: number) {
  await store.events.ask.command(
    sql`INSERT INTO events (time, received, batch, line, status_id, user_name)
SELECT fromUnixTimestamp64Milli(${atMs} + number, 'UTC'), fromUnixTimestamp64Milli(${nowMs}, 'UTC'), ${batch}, number, 2, ${user} FROM numbers(4)`,
  )
  const at = new Date(nowMs)
  const facts = { lines: 4, bytes: 9, sha256: '', parsers: '{}', findings: 0 }
  await store.records
    .insertInto('batches')
    .values({ id: batch, received: at, stored: at, ...facts })
    .execute()
}

test('what is stored long after its time is asked about in its own time, once, also after a crash', async () => {
  const late = { ...failures, id: 'vigie-late' }
  const openLate = (on: Store = store) =>
    openAnalytics({
      store: on,
      analytics: [late],
      clock: { nowMs: () => nowMs },
      onFound: () => undefined,
      onTrouble: (cause) => {
        throw cause
      },
    })
  const told = async () =>
    (await searchAlerts(store.records, { rule: late.id })).alerts.map(({ entity, lastSeen }) => [
      entity,
      Date.parse(lastSeen),
    ])
  let analytics = openLate()
  nowMs += day
  await analytics.look()
  // A week of a sensor that was cut off, in which somebody tried; and what is older than anything is kept for.
  const weekAgo = nowMs - 7 * day
  await comeLate('lea', 'late-1', weekAgo)
  await comeLate('leo', 'late-2', nowMs - 90 * day)
  nowMs += 20 * MINUTE
  // As long as more of it comes it waits, and a restart forgets nothing.
  expect(await analytics.look()).toBe(0)
  expect(await told()).toEqual([])
  nowMs += 10 * MINUTE
  // It goes away as the finding is stored.
  const command: typeof store.events.ask.command = (statement, options) =>
    JSON.stringify(statement).includes('INSERT INTO findings')
      ? Promise.reject(new Error('gone'))
      : store.events.ask.command(statement, options)
  const crashing = openLate({
    ...store,
    events: { ...store.events, ask: { ...store.events.ask, command } },
  })
  await expect(crashing.look()).rejects.toThrow('gone')
  await crashing.close()
  expect(await told()).toEqual([])
  await analytics.close()
  analytics = openLate()
  expect(await analytics.look()).toBe(0)
  expect(await told()).toEqual([['lea', weekAgo + 3]])
  expect(analytics.late).toMatchObject({ left: 0, problem: null })
  nowMs += 20 * MINUTE
  await analytics.look()
  expect(await told()).toEqual([['lea', weekAgo + 3]])
  await analytics.close()
})

test('an analytic that runs long is stopped, says so, and is asked less often; the others are asked', async () => {
  nowMs += day
  const endless = {
    ...failures,
    id: 'vigie-endless',
    sql: `SELECT toString(sum(number)) AS entity, now64(3) AS time, 'b' AS batch, 0 AS line, [('n', '1')] AS what FROM numbers(1000000000000) WHERE {least} > 0`,
  }
  const other = { ...failures, id: 'vigie-other' }
  const analytics = openAnalytics({
    store,
    analytics: [endless, other],
    clock: { nowMs: () => nowMs },
    settings: { max_threads: 1, max_execution_time: 1 },
    onFound: () => undefined,
    onTrouble: (cause) => {
      throw cause
    },
  })
  await fail('zoe', 4, 2)
  expect(await analytics.look()).toBe(1)
  const [first] = await analytics.list()
  expect(first?.problem).toMatch(/TIMEOUT_EXCEEDED/)
  // As if it had taken two minutes of each quarter of an hour.
  await store.records
    .updateTable('analytic_runs')
    .set({ took_ms: 2 * MINUTE })
    .where('analytic', '=', endless.id)
    .execute()
  const runs = async () => (await analytics.list()).map(({ lately }) => lately.length)
  nowMs += 16 * MINUTE
  await analytics.look()
  expect(await runs()).toEqual([1, 2])
  nowMs += 5 * MINUTE
  await analytics.look()
  expect(await runs()).toEqual([2, 2])
  await analytics.close()
})
