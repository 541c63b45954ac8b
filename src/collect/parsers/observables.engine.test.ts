// What is found in the text of lines that no parser reads whole.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbeddedEngine, trusted } from '../../store/index.ts'
import { openBench, readLines } from './golden.ts'
import type { Bench } from './golden.ts'

const FUNCTIONS = join(import.meta.dirname, '../../../content/parsers')
const folder = mkdtempSync(join(tmpdir(), 'vigie-observables-'))
let bench: Bench
beforeAll(async () => {
  const engine = await openEmbeddedEngine({ folder, memoryMib: 500, intakeLanes: 1, askLanes: 1 })
  bench = await openBench(engine, FUNCTIONS, [])
}, 60_000)
afterAll(async () => {
  await bench.engine.close()
  rmSync(folder, { recursive: true, force: true })
})

const HASH = 'ABCDEF0123456789'.repeat(4)

test.each([
  ['peer 192.0.2.7:443 refused', ['192.0.2.7']],
  ['at 12:30:45 from 2001:0DB8::0007 port 22', ['2001:db8::7']],
  [`mail from Clerk@Town.example, file ${HASH}`, ['clerk@town.example', HASH.toLowerCase()]],
  ['version 999.1.2.3 and 0.0.0.0 and 192.0.2.7 192.0.2.7', ['192.0.2.7']],
  ['nothing here', []],
  ['\u0000\u0001 203.0.113.5\u0000', ['203.0.113.5']],
])('%j shows %j', async (line, expected) => {
  await readLines(bench, [line])
  const { rows } = await bench.lane.query<{ found: readonly string[] }>(
    trusted(`SELECT observables AS found FROM ${bench.tables.rows}`),
  )
  expect(rows).toEqual([{ found: expected }])
})
