// The wall around SQL that people type, tried against the real engine: what it lets through runs, what reads elsewhere is refused.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trusted } from '../store/index.ts'
import { ESCAPES } from './escapes.test-helper.ts'
import { RANGE, TEST_FIELDS, fillEvents, openTestEngine } from './events.test-helper.ts'
import type { TestEngine } from './events.test-helper.ts'
import { DEFAULT_LIMITS } from './hunt-limits.ts'
import { QUESTIONS } from './questions.test-helper.ts'
import { searchSql } from './search-sql.ts'
import { ALLOWED_FUNCTIONS, allowedFunction } from './sql-functions.ts'
import { guardSql } from './sql-guard.ts'

let opened: TestEngine
beforeAll(async () => {
  opened = await openTestEngine()
  await fillEvents(opened)
  await opened.engine.ask.command(trusted('CREATE TABLE secrets (word String) ENGINE = Memory'))
  await opened.engine.ask.command(trusted("INSERT INTO secrets VALUES ('planted')"))
}, 60_000)
afterAll(() => opened.close())

const ask = (sql: string) =>
  searchSql(
    {
      lane: opened.engine.ask,
      fields: () => TEST_FIELDS,
      limits: { ...DEFAULT_LIMITS, seconds: 5, memoryMib: 300 },
      clock: { nowMs: () => Date.now() },
    },
    { sql, ...RANGE, limit: 50, offset: 0, order: 'newest' },
  )
const names = async (sql: string): Promise<readonly string[]> => {
  const { rows } = await opened.engine.ask.query<{ name: string }>(trusted(sql))
  return rows.map(({ name }) => name)
}
const kindOf = (sql: string): string => {
  const guarded = guardSql(sql)
  return guarded.ok ? `passed: ${guarded.value}` : guarded.problem.kind
}

describe('lets questions over events through', () => {
  test.each(QUESTIONS)('%s', async (_, sql) => {
    const answer = await ask(sql)
    expect(answer).toMatchObject({ ok: true })
  })

  test('keeps the order that the SELECT asks for', async () => {
    const answer = await ask('SELECT line, batch FROM events ORDER BY batch DESC, line DESC')
    expect(answer.ok && answer.value.rows.slice(0, 3).map(({ line }) => line)).toEqual([
      '999',
      '998',
      '997',
    ])
    expect(answer.ok && answer.value.more).toBe(true)
  })

  test('holds the time range for every event table, however it is named', async () => {
    const range = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T01:00:00.000Z' }
    const context = {
      lane: opened.engine.ask,
      fields: () => TEST_FIELDS,
      limits: { ...DEFAULT_LIMITS, seconds: 5, memoryMib: 300 },
      clock: { nowMs: () => 0 },
    }
    const sql =
      'WITH x AS (SELECT * FROM events) SELECT count() AS a, (SELECT count() FROM events AS e) AS b FROM x'
    const answer = await searchSql(context, { sql, ...range, limit: 5, offset: 0, order: 'newest' })
    expect(answer.ok && answer.value.rows).toEqual([{ a: '60', b: '60' }])
  })
})

describe('refuses what is no question over events', () => {
  test.each(ESCAPES)('%s', (_, sql, kind) => {
    expect(kindOf(sql)).toBe(kind)
  })

  test('a name that would multiply without end', () => {
    const doubled = Array.from(
      { length: 30 },
      (_, n) => `a${n + 1} AS (SELECT * FROM a${n} UNION ALL SELECT * FROM a${n})`,
    )
    expect(kindOf(`WITH a0 AS (SELECT 1), ${doubled.join(', ')} SELECT count() FROM a30`)).toBe(
      'sql_too_deep',
    )
  })

  test('every table function of the engine', async () => {
    const all = await names('SELECT name FROM system.table_functions')
    expect(all.length).toBeGreaterThan(50)
    const passed = all.filter((name) =>
      [name, `\`${name}\``, `"${name}"`].some(
        (written) => guardSql(`SELECT * FROM ${written}('a', 'b')`).ok,
      ),
    )
    expect(passed).toEqual([])
  })

  test('every table of the engine but the two, with and without its database', async () => {
    const all = await names("SELECT concat(database, '.', name) AS name FROM system.tables")
    expect(all.length).toBeGreaterThan(50)
    const bare = all
      .map((name) => name.split('.')[1] ?? '')
      .filter((name) => name !== 'events' && name !== 'findings')
    const passed = [...all, ...bare].filter((name) => guardSql(`SELECT * FROM ${name}`).ok)
    expect(passed).toEqual([])
  })

  test('every function of the engine that is not on the list', async () => {
    const all = await names('SELECT name FROM system.functions')
    const lower = new Set([...ALLOWED_FUNCTIONS].map((name) => name.toLowerCase()))
    const others = all.filter((name) => !lower.has(name.toLowerCase()))
    expect(others.length).toBeGreaterThan(400)
    expect(
      others.filter((name) => guardSql(`SELECT ${name}('a')`).ok && !HANDLED.has(name)),
    ).toEqual([])
  })
})

/** Read by the grammar itself: as an operator, or with its type checked. */
const HANDLED: ReadonlySet<string> = new Set(['CAST', 'not'])

describe('the list of functions', () => {
  test('names functions of the engine only', async () => {
    const all = new Set(await names('SELECT name FROM system.functions'))
    expect([...ALLOWED_FUNCTIONS].filter((name) => !all.has(name))).toEqual([])
  })

  test('never turns the name of another function into an allowed one', async () => {
    const all = await names('SELECT name FROM system.functions')
    const turned = all.filter((name) => {
      const allowed = allowedFunction(name)
      return allowed !== undefined && allowed !== name && !ALLOWED_FUNCTIONS.has(name)
    })
    // Spellings of one function in another case, which the engine itself treats as the same.
    expect(
      turned.filter((name) => allowedFunction(name)?.toLowerCase() !== name.toLowerCase()),
    ).toEqual([])
  })

  test.each([
    'file',
    'dictGet',
    'joinGet',
    'getSetting',
    'getServerSetting',
    'hostName',
    'currentUser',
    'catboostEvaluate',
    'sleep',
    'sleepEachRow',
    'throwIf',
    'initializeAggregation',
    'arrayReduce',
    'addressToLine',
    'filesystemAvailable',
    'getMacro',
    'getOSKernelVersion',
    'transactionID',
    'serverUUID',
    'tcpPort',
    'structureToCapnProtoSchema',
    'formatRow',
    'formatQuery',
    'aiGenerate',
    'regionToName',
    'multiMatchAny',
    'showCertificate',
    'hasColumnInTable',
    'uptime',
    'version',
    'sumState',
    'sumMerge',
    'uniqStateIf',
    'groupFormat',
    'accurateCast',
    'reinterpret',
    'generateRandomStructure',
  ])('does not have %s', (name) => {
    expect(allowedFunction(name)).toBeUndefined()
  })
})

describe('behind the wall', () => {
  test('the engine itself refuses a table function in a guarded statement', async () => {
    const settings = { readonly: 1 }
    const run = opened.engine.ask.query(
      trusted("SELECT * FROM file('/etc/passwd', 'LineAsString')"),
      { settings },
    )
    await expect(run).rejects.toThrow(/READONLY/u)
  })

  test.each([
    [
      'an endless product',
      'SELECT count() FROM events a, events b, events c, events d',
      'QUERY_TOO_HEAVY',
    ],
    ['too much memory', 'SELECT groupArray(repeat(raw, 1000)) FROM events', 'QUERY_TOO_HEAVY'],
  ])(
    '%s ends as too heavy',
    async (_, sql, code) => {
      await expect(ask(sql)).rejects.toMatchObject({ code })
    },
    30_000,
  )

  test.each([
    ['an unknown column', 'SELECT nope FROM events', 'engine_unknown_name'],
    ['a wrong type', 'SELECT sum(raw) FROM events', 'engine_types'],
    ['too few values', "SELECT toDate('a', 'b', 'c', 'd') FROM events", 'engine_arguments'],
    ['a column not grouped', 'SELECT raw, count() FROM events', 'engine_not_grouped'],
  ])('%s is said without the engine’s own text', async (_, sql, kind) => {
    const answer = await ask(sql)
    expect(answer).toMatchObject({ ok: false, problem: { kind } })
    expect(JSON.stringify(answer)).not.toMatch(/DB::|Exception|default\./u)
  })

  test('names that double themselves are answered or refused within the time', async () => {
    const doubled = Array.from({ length: 40 }, (_, n) => `a${n} + a${n} AS a${n + 1}`)
    const startedMs = Date.now()
    await ask(`WITH 1 AS a0, ${doubled.join(', ')} SELECT a40 FROM events`).catch(() => undefined)
    expect(Date.now() - startedMs).toBeLessThan(10_000)
  }, 60_000)
})
