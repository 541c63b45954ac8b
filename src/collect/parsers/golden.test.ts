// Text in, record out: every `content/parsers/<name>/golden/*.raw` gives the rows of its `.json`, through the real engine.
// `UPDATE_GOLDEN=1` writes the `.json`; read the difference before you commit it.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmbeddedEngine } from '../../store/index.ts'
import { openBench, readGolden } from './golden.ts'
import type { Bench, GoldenFile } from './golden.ts'
import { readParsers } from './parser-content.ts'

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
