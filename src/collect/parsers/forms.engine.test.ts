// A parser with forms: each line is opened by its own, whoever fixed the source's parser, and its fields are read again alike.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbeddedEngine, trusted } from '../../store/index.ts'
import { readSegment } from '../load/read-batch.ts'
import { encodeSegment } from '../spool/record.ts'
import { openBench } from './golden.ts'
import type { Bench } from './golden.ts'
import { readParser } from './parser-content.ts'
import type { Parser } from './parser-content.ts'
import { fieldsExpression } from './parser-sql.ts'

const FUNCTIONS = join(import.meta.dirname, '../../../content/parsers')
const DOOR = `
title: Door
vendor: Town
product: Door
order: 20
forms:
  named:
    recognise: ['DOOR who=']
    with: { pairs: "extractKeyValuePairs(raw, '=', ' ', '\\"', 'accept')" }
  listed:
    recognise: ['DOOR [a-z]+,']
    with: { pairs: "map('who', splitByChar(',', substring(raw, 6))[1])" }
with: { who_text: "pairs['who']" }
fields: pairs
columns: { user_name: who_text }
`
const LINES = ['DOOR who=ada', 'DOOR grace,7', 'nothing known']

const folder = mkdtempSync(join(tmpdir(), 'vigie-forms-'))
let bench: Bench
let parsers: readonly Parser[]

beforeAll(async () => {
  const file = join(folder, 'parser.yml')
  writeFileSync(file, DOOR)
  parsers = readParser('door', file)
  const data = join(folder, 'data')
  const engine = await openEmbeddedEngine({
    folder: data,
    memoryMib: 600,
    intakeLanes: 1,
    askLanes: 1,
  })
  bench = await openBench(engine, FUNCTIONS, parsers)
})

afterAll(async () => {
  await bench.engine.close()
  rmSync(folder, { recursive: true, force: true })
})

async function read(forced: ReadonlyMap<string, string>) {
  const file = join(folder, 'segment.rb')
  writeFileSync(file, encodeSegment(LINES, { source: 'gate', context: '', receivedMs: 0 }))
  await readSegment({ ...bench, zone: 'UTC', batch: 'b', forced }, file)
  const { rows } = await bench.lane.query<{ parser: string; user_name: string; again: string }>(
    trusted(`WITH (${fieldsExpression(parsers)}) AS again_fields
SELECT toString(parser) AS parser, user_name, again_fields['who'] AS again FROM ${bench.tables.rows} ORDER BY line`),
  )
  return rows.map(({ parser, user_name, again }) => [parser, user_name, again])
}

test('a line is opened by the form that knows it', async () => {
  expect(parsers.map(({ name }) => name)).toEqual(['door', 'door'])
  expect(await read(new Map())).toEqual([
    ['door', 'ada', 'ada'],
    ['door', 'grace', 'grace'],
    ['', '', ''],
  ])
})

test('a source whose parser was fixed keeps the forms apart, and gives the first what none knows', async () => {
  expect(await read(new Map([['gate', 'door']]))).toEqual([
    ['door', 'ada', 'ada'],
    ['door', 'grace', 'grace'],
    ['door', '', ''],
  ])
})
