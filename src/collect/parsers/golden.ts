// Reads golden text through the real engine, for the tests of parsers and rules.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EVENT_COLUMNS, columnText } from '../../model/index.ts'
import { trusted } from '../../store/index.ts'
import type { EngineLane, EventEngine } from '../../store/index.ts'
import { createBatchTables } from '../load/batch-tables.ts'
import type { BatchTables } from '../load/batch-tables.ts'
import { readSegment } from '../load/read-batch.ts'
import { encodeSegment } from '../spool/record.ts'
import { createFunctions } from './functions.ts'
import type { Parser } from './parser-content.ts'

export type Bench = {
  readonly engine: EventEngine
  readonly lane: EngineLane
  readonly tables: BatchTables
  readonly parsers: readonly Parser[]
}

/** When golden lines are "received". */
export const GOLDEN_RECEIVED_MS = Date.UTC(2026, 2, 14, 18, 0, 0)
/** Zone that golden lines are assumed to be written in. */
export const GOLDEN_ZONE = 'America/Edmonton'

/** Prepares an engine for reading text through parsers. */
export async function openBench(
  engine: EventEngine,
  folder: string,
  parsers: readonly Parser[],
): Promise<Bench> {
  await createFunctions(engine, folder)
  const lane = engine.intake[0]
  if (lane === undefined) throw new TypeError('the engine has no intake lane')
  return {
    engine,
    lane,
    tables: await createBatchTables(lane, { owner: 'golden', at: 0, parsers }),
    parsers,
  }
}

type TextPart = { readonly lines: readonly string[]; readonly context: string }

/** Leaves in the rows table what the parsers make of `lines`. */
export function readLines(bench: Bench, lines: readonly string[]): Promise<void> {
  return readParts(bench, [{ lines, context: '' }])
}

/** As one batch; each part under its own context. */
async function readParts(bench: Bench, parts: readonly TextPart[]): Promise<void> {
  const file = join(tmpdir(), `vigie-golden-${process.pid}.rb`)
  let from = 0
  const records = parts.map(({ lines, context }) => {
    const origin = { source: 'golden', context, receivedMs: GOLDEN_RECEIVED_MS, from }
    from += lines.length
    return encodeSegment(lines, origin)
  })
  writeFileSync(file, Buffer.concat(records))
  await readSegment({ ...bench, zone: GOLDEN_ZONE, batch: 'golden', forced: new Map() }, file)
  rmSync(file)
}

/** A `.raw` file, and the parser meant. `#context ` lines at its top set the context. */
export type GoldenFile = { readonly file: string; readonly parser: string }

/** What each line of the files becomes, file by file: the columns that are not empty, and `parser` where another read it. */
export async function readGolden(
  bench: Bench,
  files: readonly GoldenFile[],
): Promise<ReadonlyMap<string, readonly Record<string, unknown>[]>> {
  const texts = files.map(({ file }) => readText(file))
  await readParts(bench, texts)
  const shown = EVENT_COLUMNS.filter(({ name }) => !HIDDEN.has(name))
  const columns = shown.map((column) =>
    column.type.startsWith('Array') ? column.name : `${columnText(column)} AS ${column.name}_text`,
  )
  const { rows } = await bench.lane.query(
    trusted(`SELECT ${columns.join(', ')}, fields FROM ${bench.tables.rows} ORDER BY line`),
  )
  let at = 0
  return new Map(
    files.map(({ file, parser }, index) => {
      const own = rows.slice(at, (at += texts[index]?.lines.length ?? 0))
      return [file, own.map((row) => withoutEmpty(row, parser))]
    }),
  )
}

function readText(file: string): TextPart {
  const text = readFileSync(file, 'utf8').replace(/\n$/, '').split('\n')
  const isContext = (line: string) => line.startsWith('#context ')
  return {
    context: text
      .filter(isContext)
      .map((line) => line.slice('#context '.length))
      .join('\n'),
    lines: text.filter((line) => !isContext(line)),
  }
}

const HIDDEN = new Set(['received', 'source', 'batch', 'line', 'context', 'raw'])

function withoutEmpty(
  row: Readonly<Record<string, unknown>>,
  parser: string,
): Record<string, unknown> {
  const kept = Object.entries(row)
    .map(([key, value]) => [key.replace(/_text$/, ''), value] as const)
    .filter(
      ([key, value]) =>
        value !== '' && !(Array.isArray(value) && value.length === 0) && key !== 'fields',
    )
    .filter(
      ([key, value]) =>
        !(key === 'parser' && value === parser) && !(key === 'parse_status' && value === 'ok'),
    )
  return { ...Object.fromEntries(kept), fields: Object.keys(Object(row['fields'])).length }
}
