// The wall against texts put together by chance, judged by the real engine.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trusted } from '../store/index.ts'
import { ESCAPES } from './escapes.test-helper.ts'
import { openTestEngine } from './events.test-helper.ts'
import type { TestEngine } from './events.test-helper.ts'
import { QUESTIONS } from './questions.test-helper.ts'
import { guardSql } from './sql-guard.ts'

let opened: TestEngine
beforeAll(async () => {
  opened = await openTestEngine()
}, 60_000)
afterAll(() => opened.close())

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
