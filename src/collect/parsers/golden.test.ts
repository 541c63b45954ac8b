// Text in, record out: every `content/parsers/<name>/golden/*.raw` gives the rows of its `.json`, through the real engine.
// `UPDATE_GOLDEN=1` writes the `.json`; read the difference before you commit it.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmbeddedEngine, trusted } from '../../store/index.ts'
import { openBench, readGolden } from './golden.ts'
import type { Bench, GoldenFile } from './golden.ts'
import { readParsers } from './parser-content.ts'
import { verbatimOf } from './parser-sql.ts'

/** A parser that cannot be read fails the test. */
const stop = (problem: Error): never => {
  throw problem
}

const CONTENT = join(import.meta.dirname, '../../../content/parsers')
const parsers = readParsers(CONTENT, stop)
const parserNames = [...new Set(parsers.map(({ name }) => name))]
const folder = mkdtempSync(join(tmpdir(), 'vigie-golden-'))
let bench: Bench
let files: readonly GoldenFile[]
let read: ReadonlyMap<string, readonly Record<string, unknown>[]>

/** The golden texts of a parser. */
function casesOf(name: string): readonly string[] {
  const golden = join(CONTENT, name, 'golden')
  if (!existsSync(golden)) return []
  return readdirSync(golden).filter((file) => file.endsWith('.raw'))
}

const goldenFile = (name: string, file: string) => join(CONTENT, name, 'golden', file)

// All of them as one batch: lines of every parser, mixed as a relay would send them.
beforeAll(async () => {
  const engine = await openEmbeddedEngine({ folder, memoryMib: 1200, intakeLanes: 1, askLanes: 1 })
  bench = await openBench(engine, CONTENT, parsers)
  files = parserNames.flatMap((parser) =>
    casesOf(parser).map((file) => ({ file: goldenFile(parser, file), parser })),
  )
  read = await readGolden(bench, files)
})

afterAll(async () => {
  await bench.engine.close()
  rmSync(folder, { recursive: true, force: true })
})

test('every folder of content/parsers holds a parser', () => {
  const folders = readdirSync(CONTENT, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  )
  expect(folders.map(({ name }) => name).toSorted()).toEqual(parserNames.toSorted())
})

test('a shortcut reads its lines as the form it stands for', async () => {
  const quick = new Set(parsers.flatMap(({ name, shortcutOf }) => (shortcutOf ? [name] : [])))
  const some = files.filter(({ parser }) => quick.has(parser))
  expect(some.length).toBeGreaterThan(0)
  // So few lines would be left to the other form.
  const apart = parsers.map((parser) => ({ ...parser, shortcutOf: undefined }))

  for (const [file, rows] of await readGolden({ ...bench, parsers: apart }, some))
    expect(rows).toEqual(read.get(file))
})

test('where a parser says so, what stands in no line stands in no field', async () => {
  const said = new Set(parsers.flatMap(({ name, verbatim }) => (verbatim ? [name] : [])))
  await readGolden(
    bench,
    files.filter(({ parser }) => said.has(parser)),
  )
  const runs = String.raw`extractAll(text, '[ !#$%()*+,.0-9:;=?@A-Z\[\]^_a-z{|}~-]{4,}')`
  const { rows } = await bench.lane.query<{ parser: string; lines: string; lacking: unknown[] }>(
    trusted(`SELECT toString(parser) AS parser, count() AS lines, groupArrayIf((raw, lacking), notEmpty(lacking)) AS lacking FROM (
SELECT parser, raw, arrayFilter(run -> positionCaseInsensitive(raw, run) = 0, arrayFlatten(arrayMap(text -> ${runs}, mapValues(fields)))) AS lacking
FROM ${bench.tables.rows} WHERE ${verbatimOf(parsers)([...said])}) GROUP BY parser ORDER BY parser`),
  )
  expect(rows.map(({ parser }) => parser)).toEqual([...said].toSorted())
  expect(rows.flatMap(({ lacking }) => lacking)).toEqual([])
})

describe.each(parserNames)('parser %s', (name) => {
  const cases = casesOf(name)

  test('has golden pairs', () => {
    expect(cases.length).toBeGreaterThan(0)
  })

  test.each(cases)('reads %s', (file) => {
    const rows = read.get(goldenFile(name, file))
    const expected = goldenFile(name, file.replace(/\.raw$/, '.json'))
    if (process.env['UPDATE_GOLDEN'] === '1')
      writeFileSync(expected, `${JSON.stringify(rows, null, 2)}\n`)
    expect(rows).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })
})
