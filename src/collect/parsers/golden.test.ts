// Text in, record out: every `content/parsers/<name>/golden/*.raw` gives the rows of its `.json`, through the real engine.
// `UPDATE_GOLDEN=1` writes the `.json`; read the difference before you commit it.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmbeddedEngine } from '../../store/index.ts'
import { openBench, readGolden } from './golden.ts'
import type { Bench } from './golden.ts'
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

beforeAll(async () => {
  const engine = await openEmbeddedEngine({ folder, memoryMib: 1200, intakeLanes: 1, askLanes: 1 })
  bench = await openBench(engine, CONTENT, parsers)
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

describe.each(parserNames)('parser %s', (name) => {
  const golden = join(CONTENT, name, 'golden')
  const cases = existsSync(golden)
    ? readdirSync(golden).filter((file) => file.endsWith('.raw'))
    : []

  test('has golden pairs', () => {
    expect(cases.length).toBeGreaterThan(0)
  })

  test.each(cases)('reads %s', async (file) => {
    const rows = await readGolden(bench, join(golden, file), name)
    const expected = join(golden, file.replace(/\.raw$/, '.json'))
    if (process.env['UPDATE_GOLDEN'] === '1')
      writeFileSync(expected, `${JSON.stringify(rows, null, 2)}\n`)
    expect(rows).toEqual(JSON.parse(readFileSync(expected, 'utf8')))
  })
})
