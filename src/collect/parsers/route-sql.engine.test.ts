// Routing by words says what asking every pattern of every parser would say.

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { literal, openEmbeddedEngine, trusted } from '../../store/index.ts'
import { readSegment } from '../load/read-batch.ts'
import { encodeSegment } from '../spool/record.ts'
import { openBench } from './golden.ts'
import type { Bench } from './golden.ts'
import { readParsers } from './parser-content.ts'
import { placeCandidates } from './place-candidates.ts'
import { ROUTE_TEXT, candidatesOf, possibleColumns, routeSql } from './route-sql.ts'

const CONTENT = join(import.meta.dirname, '../../../content/parsers')
const folder = mkdtempSync(join(tmpdir(), 'vigie-routes-'))
const parsers = readParsers(CONTENT, (problem) => {
  throw problem
})
let bench: Bench

beforeAll(async () => {
  const engine = await openEmbeddedEngine({
    folder: join(folder, 'data'),
    memoryMib: 900,
    intakeLanes: 1,
    askLanes: 1,
  })
  bench = await openBench(engine, CONTENT, parsers)
})

afterAll(async () => {
  await bench.engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The lines of all golden files, and each again cut short, doubled, and with bytes that are no text. */
function lines(): readonly string[] {
  const golden = readdirSync(CONTENT, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.raw'))
    .flatMap((file) => readFileSync(join(CONTENT, file), 'utf8').split('\n'))
    .filter((line) => line !== '' && !line.startsWith('#context '))
  return golden.flatMap((line) => [
    line,
    line.slice(0, Math.floor(line.length / 2)),
    `${line} ${line}`,
    line.replaceAll('=', '\u0000'),
    `${line.slice(0, 40)}\u00ff\n${line.slice(40)}`,
  ])
}

/** The first parser that knows a line, each asked with all its patterns. */
function everyPatternSql(): string {
  const patterns = parsers.flatMap(({ recognise }, at) =>
    recognise.map((pattern) => ({ pattern, route: at + 1 })),
  )
  const needles = patterns.map(({ pattern }) => literal(pattern)).join(', ')
  const routes = patterns.map(({ route }) => route).join(', ')
  return `arrayElement([0, ${routes}], 1 + arrayMin(arrayPushBack(multiMatchAllIndices(${ROUTE_TEXT}, [${needles}]), 65535)) % 65535)`
}

test('words find the parser that all patterns find, for golden and spoilt lines', async () => {
  const file = join(folder, 'segment.rb')
  const all = lines()
  expect(all.length).toBeGreaterThan(1000)
  writeFileSync(file, encodeSegment(all, { source: 'gate', context: '', receivedMs: 0 }))
  await readSegment({ ...bench, zone: 'UTC', batch: 'b', forced: new Map() }, file)
  const { stage, routes } = bench.tables
  const { rows } = await bench.lane.query<{ raw: string; route: number; wanted: number }>(
    trusted(`SELECT raw, route, toUInt16(wanted) AS wanted FROM (
SELECT line, raw, ${everyPatternSql()} AS wanted FROM ${stage}) AS lines
INNER JOIN ${routes} AS routes USING (line) WHERE route != wanted`),
  )
  expect(rows).toEqual([])
})

test('no parser throws the patterns of another out, so that each is compiled once', async () => {
  const { lane } = bench
  const every = possibleColumns(parsers).map(() => 2n ** 64n - 1n)
  const compiled = async () => {
    const { rows } = await lane.query<{ n: string }>(
      trusted(
        "SELECT sum(value) AS n FROM system.events WHERE event = 'RegexpWithMultipleNeedlesCreated'",
      ),
    )
    return Number(rows[0]?.n)
  }
  const candidates = await placeCandidates(lane, candidatesOf(parsers, every))
  expect(candidates.length).toBeGreaterThan(90)
  const before = await compiled()
  const possible = possibleColumns(parsers).map((column) => `toUInt64(-1) AS ${column}`)
  const { rows } = await lane.query(
    trusted(`SELECT ${routeSql(candidates, 'raw')} AS route FROM (
SELECT materialize('nobody knows this') AS raw, ${possible.join(', ')} FROM numbers(3)) SETTINGS max_block_size = 1`),
  )
  expect(rows).toEqual([{ route: 0 }, { route: 0 }, { route: 0 }])
  expect((await compiled()) - before).toBe(0)
})
