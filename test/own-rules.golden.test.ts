// Vigie's own rules against their golden lines: every line of every rule is read through the real parsers into one table
// and judged once by the whole compiled set. A line that fires must be hit by its rule, its benign twin must not.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openBench, readLines } from '../src/collect/parsers/golden.ts'
import { readParsers } from '../src/collect/parsers/parser-content.ts'
import { yamlValue } from '../src/core/index.ts'
import { compileRuleSet, judge, loadLogsources, loadRules } from '../src/detect/sigma/index.ts'
import { openEmbeddedEngine, trusted } from '../src/store/index.ts'
import type { EventEngine } from '../src/store/index.ts'

/** A parser that cannot be read fails the test. */
const stop = (problem: Error): never => {
  throw problem
}

const CONTENT = join(import.meta.dirname, '../content')
const PARSERS = join(CONTENT, 'parsers')

const Lines = z.array(z.object({ what: z.string(), raw: z.string() }))
const GoldenSchema = z.object({ fires: Lines, silent: Lines })

const loaded = loadRules([join(CONTENT, 'rules')])
const ruleSet = compileRuleSet(loaded.rules, loadLogsources(join(CONTENT, 'logsources.yml')))
const cases = loaded.rules.map((rule) => {
  const text = readFileSync(rule.file.replace(/\.yml$/, '.golden.yml'), 'utf8')
  return {
    id: rule.id,
    name: rule.file.slice(join(CONTENT, 'rules/').length, -'.yml'.length),
    ...GoldenSchema.parse(yamlValue(text)),
  }
})
const lines = [
  ...new Set(cases.flatMap(({ fires, silent }) => [...fires, ...silent].map(({ raw }) => raw))),
]

const folder = mkdtempSync(join(tmpdir(), 'vigie-own-rules-'))
const parserOf = new Map<string, string>()
/** Rule id and line, for each finding. */
const hits = new Set<string>()
const hit = (rule: string, raw: string) => `${rule} ${raw}`
let engine: EventEngine

beforeAll(async () => {
  engine = await openEmbeddedEngine({ folder, memoryMib: 1200, intakeLanes: 1, askLanes: 1 })
  const bench = await openBench(engine, PARSERS, readParsers(PARSERS, stop))
  await readLines(bench, lines)
  const { rows } = await bench.lane.query<{
    line: number
    raw: string
    parser: string
    parse_status: string
  }>(
    trusted(
      `SELECT line, raw, parser, toString(parse_status) AS parse_status FROM ${bench.tables.rows}`,
    ),
  )
  const rawOf = new Map(rows.map(({ line, raw }) => [line, raw]))
  for (const row of rows)
    if (['ok', 'partial'].includes(row.parse_status)) parserOf.set(row.raw, row.parser)
  for (const { rule, line } of await judge({
    lane: bench.lane,
    table: bench.tables.rows,
    ruleSet,
  })) {
    hits.add(hit(rule, rawOf.get(line) ?? ''))
  }
})

afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

test('every own rule loads, compiles and has a log to read', () => {
  expect(loaded.problems).toEqual([])
  const idle = [...ruleSet.refused, ...ruleSet.noRoute]
  expect(idle.map(({ rule, reason }) => `${rule.file}: ${reason.sentence}`)).toEqual([])
})

describe.each(cases)('rule $name', ({ id, fires, silent }) => {
  test.each(fires)('fires: $what', ({ raw }) => {
    expect(parserOf.get(raw) ?? 'no parser read the line').not.toBe('no parser read the line')
    expect(hits.has(hit(id, raw))).toBe(true)
  })

  test.each(silent)('stays silent: $what', ({ raw }) => {
    // A line that nobody could read would be silent for the wrong reason.
    expect(parserOf.get(raw) ?? 'no parser read the line').not.toBe('no parser read the line')
    expect(hits.has(hit(id, raw))).toBe(false)
  })
})
