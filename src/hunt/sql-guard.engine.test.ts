// The wall around SQL that people type, tried against the real engine: what it lets through runs, what reads elsewhere is refused.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trusted } from '../store/index.ts'
import { searchSql } from './search-sql.ts'
import { ALLOWED_FUNCTIONS, allowedFunction } from './sql-functions.ts'
import { guardSql } from './sql-guard.ts'
import { RANGE, fillEvents, openTestEngine } from './test-events.ts'
import type { TestEngine } from './test-events.ts'

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
      limits: { seconds: 5, memoryMib: 300 },
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

const QUESTIONS: readonly (readonly [string, string])[] = [
  ['a count', 'SELECT count() FROM events'],
  ['any case', "select COUNT(*) as N from events where Lower(action) = 'deny'"],
  ['columns and an order', 'SELECT time, src_ip, user_name FROM events ORDER BY time DESC LIMIT 3'],
  [
    'a group with HAVING',
    'SELECT src_ip, count() AS n, uniq(user_name) u FROM events GROUP BY src_ip HAVING n > 2 ORDER BY n DESC',
  ],
  [
    'a combinator',
    "SELECT countIf(action = 'Deny') AS d, uniqIf(src_ip, dst_port = 443) FROM events",
  ],
  ['a parameter', 'SELECT quantile(0.9)(src_port), quantiles(0.5, 0.9)(src_port) FROM events'],
  [
    'a named subquery',
    'WITH loud AS (SELECT user_name, count() AS n FROM events GROUP BY user_name) SELECT loud.user_name, n FROM loud WHERE n > 1',
  ],
  [
    'a named subquery twice',
    'WITH a AS (SELECT src_ip FROM events LIMIT 5) SELECT count() FROM a AS x, a AS y',
  ],
  [
    'a named subquery in IN',
    'WITH a AS (SELECT src_ip FROM events LIMIT 5) SELECT count() FROM events WHERE src_ip IN a',
  ],
  [
    'a value with a name',
    "WITH 'Deny' AS wanted, (SELECT max(time) FROM events) AS newest SELECT count() FROM events WHERE action = wanted AND time <= newest",
  ],
  [
    'a join',
    'SELECT e.user_name, f.rule FROM events AS e LEFT JOIN findings f ON e.batch = f.batch AND e.line = f.line LIMIT 2',
  ],
  [
    'a join with USING',
    'SELECT count() FROM events INNER JOIN (SELECT DISTINCT src_ip FROM events) AS s USING (src_ip)',
  ],
  ['UNION ALL', 'SELECT action FROM events UNION ALL SELECT rule FROM findings'],
  [
    'ARRAY JOIN',
    'SELECT o, count() FROM events ARRAY JOIN observables AS o GROUP BY o ORDER BY 2 DESC LIMIT 3',
  ],
  ['a lambda', "SELECT arrayFilter(x -> x LIKE '192.%', observables) FROM events LIMIT 1"],
  [
    'a lambda of two',
    'SELECT arrayMap((x, y) -> concat(x, y), observables, observables) FROM events LIMIT 1',
  ],
  [
    'a window',
    'SELECT time, row_number() OVER (PARTITION BY user_name ORDER BY time ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS r FROM events LIMIT 1',
  ],
  ['a named window', 'SELECT count() OVER w FROM events WINDOW w AS (PARTITION BY action) LIMIT 1'],
  ['vendor fields', "SELECT fields['cfgpath'] AS p, count() FROM events GROUP BY p"],
  [
    'CASE',
    "SELECT CASE WHEN action = 'Deny' THEN 1 ELSE 0 END AS d, CASE src_port WHEN 1024 THEN 'a' END FROM events LIMIT 1",
  ],
  [
    'CAST',
    "SELECT CAST(src_port AS String), CAST(src_port, 'Nullable(Float64)'), src_port::UInt32 FROM events LIMIT 1",
  ],
  [
    'INTERVAL',
    "SELECT count() FROM events WHERE time > toDateTime('2026-11-20 00:00:00') + INTERVAL 2 HOURS",
  ],
  [
    'IN with values',
    "SELECT count() FROM events WHERE action IN ('Deny', 'accept') AND src_port NOT IN [1, 2]",
  ],
  [
    'IN with a subquery',
    'SELECT count() FROM events WHERE user_name IN (SELECT user_name FROM events WHERE src_port = 1024)',
  ],
  [
    'BETWEEN and IS NULL',
    'SELECT count() FROM events WHERE src_port BETWEEN 1024 AND 2000 AND action IS NOT NULL',
  ],
  ['all but some columns', 'SELECT * EXCEPT (raw, observables) FROM events LIMIT 1'],
  ['columns of one table', 'SELECT e.* FROM events AS e LIMIT 1'],
  ['comments', '-- all of it\nSELECT /* how many */ count() FROM events -- end'],
  ['quoted names', 'SELECT `src_port`, "user_name" AS `à qui` FROM `events` LIMIT 1'],
  ['a part of a tuple', "SELECT (1, 'a').2, tuple(src_port, action).1 AS t FROM events LIMIT 1"],
  [
    'an array element',
    "SELECT observables[1], splitByChar('.', toString(src_ip))[-1] FROM events LIMIT 1",
  ],
  ['DISTINCT and LIMIT BY', 'SELECT DISTINCT action FROM events ORDER BY action LIMIT 1 BY action'],
  ['a scalar subquery', 'SELECT (SELECT count() FROM events) + 1'],
  ['EXISTS', 'SELECT count() FROM events WHERE EXISTS (SELECT 1 FROM findings)'],
  [
    'subqueries in subqueries',
    'SELECT n FROM (SELECT count() AS n FROM (SELECT * FROM events) AS a) AS b',
  ],
  [
    'strange strings',
    String.raw`SELECT count() FROM events WHERE raw LIKE '%\'; DROP TABLE events; --%' OR match(raw, '\d+\.\d') OR raw = 'it''s'`,
  ],
  [
    'functions of time',
    'SELECT toStartOfHour(time) AS h, count() FROM events GROUP BY h ORDER BY h ASC NULLS LAST LIMIT 5',
  ],
]

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
      limits: { seconds: 5, memoryMib: 300 },
      clock: { nowMs: () => 0 },
    }
    const sql =
      'WITH x AS (SELECT * FROM events) SELECT count() AS a, (SELECT count() FROM events AS e) AS b FROM x'
    const answer = await searchSql(context, { sql, ...range, limit: 5, offset: 0, order: 'newest' })
    expect(answer.ok && answer.value.rows).toEqual([{ a: '60', b: '60' }])
  })
})

const ESCAPES: readonly (readonly [string, string, string])[] = [
  ['another table', 'SELECT * FROM secrets', 'sql_table'],
  ['another table in quotes', 'SELECT * FROM `secrets`', 'sql_table'],
  ['another case', 'SELECT * FROM EVENTS', 'sql_table'],
  ['another database', 'SELECT * FROM system.tables', 'sql_table'],
  ['another database in quotes', 'SELECT * FROM "system"."tables"', 'sql_table'],
  ['another database behind a comment', 'SELECT * FROM system/**/./**/tables', 'sql_table'],
  ['the information schema', 'SELECT * FROM information_schema.columns', 'sql_table'],
  ['our own table by its database', 'SELECT * FROM default.events', 'sql_table'],
  ['a table after a comma', 'SELECT * FROM events, secrets', 'sql_table'],
  ['a table in a join', 'SELECT * FROM events JOIN secrets ON 1', 'sql_table'],
  ['a table in UNION', 'SELECT raw FROM events UNION ALL SELECT word FROM secrets', 'sql_table'],
  ['a table in a subquery', 'SELECT (SELECT word FROM secrets)', 'sql_table'],
  ['a table in a named subquery', 'WITH a AS (SELECT * FROM secrets) SELECT * FROM a', 'sql_table'],
  ['a table in EXISTS', 'SELECT 1 FROM events WHERE EXISTS (SELECT 1 FROM secrets)', 'sql_table'],
  ['a table in a lambda', 'SELECT arrayMap(x -> (SELECT word FROM secrets), [1])', 'sql_table'],
  [
    'a table in HAVING',
    'SELECT count() FROM events HAVING count() > (SELECT count() FROM secrets)',
    'sql_table',
  ],
  [
    'a table in ORDER BY',
    'SELECT raw FROM events ORDER BY (SELECT word FROM secrets)',
    'sql_table',
  ],
  [
    'a table in a window',
    'SELECT count() OVER (ORDER BY (SELECT word FROM secrets)) FROM events',
    'sql_table',
  ],
  [
    'a table in FILTER',
    'SELECT count() FILTER (WHERE 1 IN (SELECT 1 FROM secrets)) FROM events',
    'sql_table',
  ],
  ['a table in CASE', 'SELECT CASE WHEN 1 THEN (SELECT word FROM secrets) END', 'sql_table'],
  [
    'a table in LIMIT BY',
    'SELECT raw FROM events LIMIT 1 BY (SELECT word FROM secrets)',
    'sql_table',
  ],
  ['a table in IN', "SELECT count() FROM events WHERE 'planted' IN secrets", 'sql_table'],
  [
    'a table in GLOBAL NOT IN',
    "SELECT count() FROM events WHERE 'planted' GLOBAL NOT IN secrets",
    'sql_table',
  ],
  [
    'a table in IN, in parentheses',
    "SELECT count() FROM events WHERE 'planted' IN (secrets)",
    'sql_unexpected',
  ],
  [
    'a table in IN, in two',
    "SELECT count() FROM events WHERE 'planted' IN ((secrets))",
    'sql_unexpected',
  ],
  [
    'a table of a database in IN',
    'SELECT count() FROM events WHERE 1 IN (system.one)',
    'sql_unexpected',
  ],
  [
    'a table named in IN',
    "SELECT count() FROM events WHERE 'planted' IN (secrets AS s)",
    'sql_unexpected',
  ],
  [
    'a name used outside where it was made',
    'SELECT * FROM (WITH secrets AS (SELECT 1) SELECT * FROM secrets), secrets',
    'sql_table',
  ],
  [
    'a name used before it is made',
    'WITH a AS (SELECT * FROM secrets), secrets AS (SELECT 1) SELECT * FROM a',
    'sql_table',
  ],
  ['a value used as a table', 'WITH 1 AS secrets SELECT * FROM secrets', 'sql_table'],
  ['in() as a function', "SELECT in('planted', secrets)", 'sql_function'],
  ['globalIn() as a function', "SELECT globalIn('planted', secrets)", 'sql_function'],
  ['a file', "SELECT file('/etc/passwd')", 'sql_function'],
  ['a file in quotes', "SELECT `file`('/etc/passwd')", 'sql_function'],
  ['a file in double quotes', `SELECT "file"('/etc/passwd')`, 'sql_function'],
  ['a file behind a comment', "SELECT file/**/('/etc/passwd')", 'sql_function'],
  ['a file in a lambda', "SELECT arrayMap(x -> file(x), ['/etc/passwd'])", 'sql_function'],
  ['a function that is a value', 'WITH x -> 1 AS f SELECT f(1)', 'sql_function'],
  ['a file as a table', "SELECT * FROM file('/etc/passwd', 'LineAsString')", 'sql_table_function'],
  [
    'a file as a quoted table',
    "SELECT * FROM `file`('/etc/passwd', 'LineAsString')",
    'sql_table_function',
  ],
  [
    'a file behind white space',
    "SELECT * FROM file\n\t ('/etc/passwd', 'LineAsString')",
    'sql_table_function',
  ],
  [
    'a file in a join',
    "SELECT * FROM events CROSS JOIN file('/etc/passwd', 'LineAsString')",
    'sql_table_function',
  ],
  ['a view', 'SELECT * FROM view(SELECT 1)', 'sql_table_function'],
  ['a table as a table function', 'SELECT * FROM events(1)', 'sql_table_function'],
  ['a dictionary', "SELECT dictGet('d', 'a', 1)", 'sql_function'],
  ['a state from text', "SELECT CAST('x' AS AggregateFunction(groupArray, String))", 'sql_type'],
  [
    'a state from a type in text',
    "SELECT CAST('x', 'AggregateFunction(groupArray, String)')",
    'sql_type',
  ],
  ['a state by ::', "SELECT 'x'::AggregateFunction(sum, UInt8)", 'sql_type'],
  ['a type in an expression', "SELECT CAST('x', concat('String', ''))", 'sql_unexpected'],
  ['SETTINGS', 'SELECT 1 FROM events SETTINGS max_execution_time = 0', 'sql_not_offered'],
  ['SETTINGS in a subquery', 'SELECT * FROM (SELECT 1 SETTINGS readonly = 0)', 'sql_not_offered'],
  ['FORMAT', 'SELECT 1 FORMAT Null', 'sql_not_offered'],
  ['FORMAT as a bare alias', 'SELECT * FROM events FORMAT', 'sql_not_offered'],
  ['INTO OUTFILE', "SELECT 1 INTO OUTFILE '/tmp/x'", 'sql_not_offered'],
  ['WITH RECURSIVE', 'WITH RECURSIVE a AS (SELECT 1) SELECT * FROM a', 'sql_not_offered'],
  ['WITH TOTALS', 'SELECT count() FROM events GROUP BY action WITH TOTALS', 'sql_unexpected'],
  ['WITH FILL', 'SELECT src_port FROM events ORDER BY src_port WITH FILL', 'sql_unexpected'],
  ['two statements', 'SELECT 1; DROP TABLE events', 'sql_character'],
  ['a parameter', 'SELECT {x:String}', 'sql_character'],
  ['a map literal', "SELECT {'a': 1}", 'sql_character'],
  ['a heredoc', 'SELECT $tag$ x $tag$', 'sql_character'],
  ['a variable', 'SELECT @@version', 'sql_character'],
  ['a backslash', 'SELECT 1 \\G', 'sql_character'],
  ['a no-break space', 'SELECT\u00a01', 'sql_character'],
  ['a typographic quote', 'SELECT ‘a’', 'sql_character'],
  ['a zero byte', 'SELECT 1\0', 'sql_character'],
  ['a full-width letter', 'SELECT ｆile(1)', 'sql_character'],
  ['a hexadecimal string', "SELECT x'41'", 'sql_unexpected'],
  ['an open string', "SELECT 'a", 'sql_unclosed'],
  ['an open comment', 'SELECT 1 /* a', 'sql_unclosed'],
  ['a comment in a comment', 'SELECT 1 /* /* */ FROM secrets */', 'sql_table'],
  ['an insert', 'INSERT INTO events SELECT 1', 'sql_only_select'],
  ['a drop', 'DROP TABLE events', 'sql_only_select'],
  ['an explain', 'EXPLAIN SELECT 1', 'sql_only_select'],
  ['a set', 'SET readonly = 0', 'sql_only_select'],
  ['a show', 'SHOW TABLES', 'sql_only_select'],
  ['nothing', '', 'sql_unexpected_end'],
  ['half', 'SELECT count() FROM', 'sql_unexpected_end'],
  ['APPLY', 'SELECT * APPLY(file) FROM events', 'sql_unexpected'],
  ['COLUMNS', "SELECT COLUMNS('.*') FROM events", 'sql_function'],
  ['a deep nest', `SELECT ${'('.repeat(200)}1${')'.repeat(200)}`, 'sql_too_deep'],
  ['a long list', `SELECT ${'1,'.repeat(6000)}1`, 'sql_too_large'],
  ['a long text', `SELECT '${'a'.repeat(60_000)}'`, 'sql_too_large'],
]

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

describe('for any text', () => {
  const PIECES = [
    'SELECT',
    'FROM',
    'events',
    'secrets',
    'system',
    '.',
    'tables',
    'file',
    '(',
    ')',
    "'a'",
    "'",
    '"',
    '`',
    '/*',
    '*/',
    '--',
    '\n',
    'AS',
    'IN',
    'WITH',
    ',',
    '1',
    'count',
    'UNION ALL',
    'JOIN',
    'x',
    '->',
    '[',
    ']',
    '::',
    'String',
    '*',
    'WHERE',
    '\\',
    ';',
    'url',
    'SETTINGS',
    'FORMAT',
    ' ',
  ]

  test('never throws', () => {
    const random = seeded(20_261_123)
    let passed = 0
    for (let round = 0; round < 30_000; round++) {
      const length = 1 + Math.floor(random() * 14)
      const pieces = Array.from({ length }, () => PIECES[Math.floor(random() * PIECES.length)])
      if (guardSql(`SELECT ${pieces.join(random() < 0.8 ? ' ' : '')}`).ok) passed++
    }
    expect(passed).toBeGreaterThan(100)
  })

  test('what passes reads the event tables alone, says the engine', async () => {
    const random = seeded(7)
    const pick = (from: readonly (readonly string[])[]): readonly string[] =>
      from[Math.floor(random() * from.length)] ?? []
    const words = [...QUESTIONS, ...ESCAPES].map(([, sql]) =>
      sql.slice(0, 300).split(/(?<=[\s(),.])|(?=[\s(),.])/u),
    )
    const tables = new Set<string>()
    let understood = 0
    for (let round = 0; round < 60_000 && understood < 400; round++) {
      const parts = [...pick(words)]
      const other = pick(words)
      const from = Math.floor(random() * other.length)
      parts.splice(
        Math.floor(random() * parts.length),
        Math.floor(random() * 4),
        ...other.slice(from, from + 1 + Math.floor(random() * 6)),
      )
      const guarded = guardSql(parts.join(''))
      if (!guarded.ok) continue
      const tree = await opened.engine.ask
        .query<{ explain: string }>(trusted(`EXPLAIN QUERY TREE ${guarded.value}`))
        .catch(() => undefined)
      if (tree === undefined) continue
      understood++
      for (const { explain } of tree.rows) {
        const [, table] = /table_name: ([^,\s]+)/u.exec(explain) ?? []
        if (table !== undefined) tables.add(table)
        expect(explain).not.toMatch(/TABLE_FUNCTION/u)
      }
    }
    expect(understood).toBeGreaterThan(200)
    expect([...tables].toSorted()).toEqual(['default.events', 'default.findings', 'system.one'])
  }, 120_000)

  test('what passed once passes again as itself', () => {
    const once = guardSql(
      "WITH a AS (SELECT src_ip, count() n FROM events GROUP BY 1) SELECT *, 'it''s \\d' FROM a b",
    )
    expect(once.ok).toBe(true)
    const text = once.ok ? once.value : ''
    expect(text).toBe(
      "WITH `hunt_query_1` AS ( SELECT `src_ip` , count ( ) AS `n` FROM `events` AS `events` GROUP BY 1 ) SELECT * , 'it\\'s \\\\d' FROM `hunt_query_1` AS `b`",
    )
    expect(guardSql(text)).toMatchObject({ ok: true, value: text })
  })
})

/** Numbers in [0, 1) that are the same each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
