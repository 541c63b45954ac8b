// The parsers of the station read every line of an exercise, as the events they are meant to be.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readParsers } from '../src/collect/index.ts'
import { openBench, readLines } from '../src/collect/parsers/golden.ts'
import type { Bench } from '../src/collect/parsers/golden.ts'
import { simulate } from '../src/exercise/index.ts'
import { openEmbeddedEngine, trusted } from '../src/store/index.ts'

const FUNCTIONS = join(import.meta.dirname, '../content/parsers')
const folder = mkdtempSync(join(tmpdir(), 'vigie-exercise-lines-'))
let bench: Bench

beforeAll(async () => {
  const engine = await openEmbeddedEngine({
    folder: join(folder, 'data'),
    memoryMib: 1000,
    intakeLanes: 1,
    askLanes: 1,
  })
  const parsers = readParsers(FUNCTIONS, (problem) => {
    throw problem
  })
  bench = await openBench(engine, FUNCTIONS, parsers)
})

afterAll(async () => {
  await bench.engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Parser that each kind of log is written for. */
const MEANT = {
  firewall: 'fortigate',
  servers: 'windows',
  workstations: 'windows',
  'sign-ins': 'entra',
  'mail-and-files': 'm365',
  'network-sensor': 'zeek',
  web: 'web-access',
  router: 'cisco-ios',
} as const

/** Hundreds of lines of each kind: days of ordinary life, and whole campaigns. */
function someLines() {
  const of = (kind: 'territory' | 'water-utility' | 'school-board') =>
    [
      ...simulate({ seed: 3, kind, days: 14, noise: 2, stealth: 0, campaigns: ALL }).hours(),
    ].flatMap(({ lines }) => lines)
  return [...of('school-board'), ...of('water-utility'), ...of('territory')]
}
const ALL = ['home-router', 'edge-device', 'records', 'it-to-ot', 'provider'] as const
const MOST_OF_A_KIND = 1500

test('each line is read by the parser meant, with its time', async () => {
  const byLog = Map.groupBy(someLines(), ({ log }) => log)
  expect([...byLog.keys()].toSorted()).toEqual(Object.keys(MEANT).toSorted())
  for (const [log, lines] of byLog) {
    const every = Math.max(1, Math.floor(lines.length / MOST_OF_A_KIND))
    const some = lines.filter((_, at) => at % every === 0)
    await readLines(
      bench,
      some.map(({ text }) => text),
    )
    const { rows } = await bench.lane.query<Record<string, string>>(
      trusted(
        `SELECT toString(parser) AS by, toString(parse_status) AS status, toString(class_uid) AS class, any(raw) AS example FROM ${bench.tables.rows} GROUP BY by, status, class ORDER BY class`,
      ),
    )
    for (const row of rows) {
      expect(row).toMatchObject({ by: MEANT[log], status: 'ok' })
      expect(row['class'], row['example']).not.toBe('0')
    }
  }
})
