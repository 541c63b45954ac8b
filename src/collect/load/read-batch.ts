// A segment of lines becomes rows: stage with routes, then one statement for each parser that has lines in it.

import { reasonOf } from '../../core/index.ts'
import { literal, trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import type { Parser } from '../parsers/parser-content.ts'
import { EMPTY_MAP, readStatement } from '../parsers/parser-sql.ts'
import { placeCandidates } from '../parsers/place-candidates.ts'
import {
  ROUTE_LENGTHS,
  candidatesOf,
  possibleAround,
  possibleColumns,
  routeSql,
  routeText,
} from '../parsers/route-sql.ts'
import { RECORD_STRUCTURE } from '../spool/record.ts'
import { emptyBatchTables } from './batch-tables.ts'
import type { BatchTables } from './batch-tables.ts'
import { readingsOf } from './readings.ts'
import type { RouteLines } from './readings.ts'

/** Rows become one block, so that a replay makes the same block and its token means the same rows. */
export const ONE_BLOCK = {
  max_threads: 1,
  max_insert_threads: 1,
  min_insert_block_size_rows: 10_000_000,
  min_insert_block_size_bytes: 4_000_000_000,
  max_insert_block_size: 10_000_000,
  preferred_block_size_bytes: 0,
  max_block_size: 8192,
  // Parsers are long expressions over many rows: here compiling them pays.
  compile_expressions: 1,
} as const

/** Tables in memory stand in small blocks: what is made of one on the way stays small, and nothing is put together twice. */
const SMALL_BLOCKS = {
  ...ONE_BLOCK,
  min_insert_block_size_rows: 8192,
  min_insert_block_size_bytes: 16_000_000,
  max_insert_block_size: 8192,
} as const

/** A parser's statement says what to do in order: looking for a better plan took half of its planning time. */
const AS_WRITTEN = { ...SMALL_BLOCKS, query_plan_enable_optimizations: 0 } as const

export type ReadBatch = {
  readonly lane: EngineLane
  readonly tables: BatchTables
  readonly parsers: readonly Parser[]
  readonly zone: string
  readonly batch: string
  /** Sources whose parser an operator has fixed: name → parser. */
  readonly forced: ReadonlyMap<string, string>
}

export type ReadOutcome = {
  /** Lines by parser name; '' = unknown. */
  readonly parsers: Readonly<Record<string, number>>
  /** Lines that broke their parser's statement and are kept unread. */
  readonly failed: number
}

/** Loads a segment file into the stage and reads it into rows. */
export async function readSegment(request: ReadBatch, file: string): Promise<ReadOutcome> {
  const { lane, tables, parsers } = request
  await emptyBatchTables(lane, tables)
  const { before, behind } = possibleAround(parsers)
  await lane.load({
    file,
    structure: RECORD_STRUCTURE,
    insert: trusted(`INSERT INTO ${tables.stage}
SELECT line, fromUnixTimestamp64Milli(received, 'UTC'), source, context, raw, ${possibleColumns(parsers).join(', ')} FROM ${before}`),
    where: trusted(`WHERE source != ''${behind}`),
    settings: SMALL_BLOCKS,
  })
  return readStage(request)
}

/** Reads what stands in the stage into rows. */
async function readStage(request: ReadBatch): Promise<ReadOutcome> {
  const { parsers } = request
  const readings = readingsOf(parsers, await routeLines(request))
  const isOne = readings.length === 1
  const counts: Record<string, number> = {}
  let failed = 0
  for (const { route, routes, lines, low, high } of readings) {
    const parser = parsers[route - 1] ?? UNKNOWN_PARSER
    const among = isOne
      ? '1'
      : `line IN (SELECT line FROM ${request.tables.routes} WHERE route IN (${routes.join(', ')}))`
    failed += await readRange(request, { parser, among, low, high, isWhole: true })
    counts[parser.name] = (counts[parser.name] ?? 0) + lines
  }
  return { parsers: counts, failed }
}

/** Finds the parser of each line. */
async function routeLines({
  lane,
  tables,
  parsers,
  forced,
}: ReadBatch): Promise<readonly RouteLines[]> {
  const columns = possibleColumns(parsers)
  const { rows } = await lane.query<Record<string, string>>(
    trusted(
      `SELECT ${columns.map((column) => `groupBitOr(${column}) AS ${column}`).join(', ')}, ${ROUTE_LENGTHS} FROM ${tables.stage}`,
    ),
  )
  const [met = {}] = rows
  const bits = columns.map((column) => BigInt(met[column] ?? 0))
  const candidates = await placeCandidates(lane, candidatesOf(parsers, bits))
  await lane.command(
    trusted(`INSERT INTO ${tables.routes} SELECT line, ${forcedSql(parsers, forced)} FROM (
SELECT line, source, ${routeSql(candidates, routeText(met))} AS recognised FROM ${tables.stage})`),
    { settings: SMALL_BLOCKS },
  )
  const routes = await lane.query<RouteLines>(
    trusted(
      `SELECT route, toUInt32(count()) AS lines, min(line) AS low, max(line) AS high FROM ${tables.routes} GROUP BY route ORDER BY route`,
    ),
  )
  return routes.rows
}

type Range = {
  readonly parser: Parser
  /** Condition for the parser's lines. */
  readonly among: string
  readonly low: number
  readonly high: number
  /** All of them. */
  readonly isWhole: boolean
}

/** Reads a range; when a line breaks the statement, halves the range until that line stands alone and keeps it unread. */
async function readRange(request: ReadBatch, range: Range): Promise<number> {
  const { parser, among, low, high } = range
  try {
    await read(request, range)
    return 0
  } catch (cause) {
    if (!isOfTheLine(cause)) throw cause
    // A table in memory takes the rows of a statement at its end, so nothing of it was written.
    if (low === high) {
      await read(request, { ...range, parser: { ...FAILED_PARSER, name: parser.name } })
      return 1
    }
    const middle = Math.floor((low + high) / 2)
    const half = { parser, among, isWhole: false }
    const first = await readRange(request, { ...half, low, high: middle })
    return first + (await readRange(request, { ...half, low: middle + 1, high }))
  }
}

async function read(
  { lane, tables, zone, batch }: ReadBatch,
  { parser, among, low, high, isWhole }: Range,
): Promise<void> {
  const where = isWhole ? among : `${among} AND line BETWEEN ${low} AND ${high}`
  await lane.command(
    readStatement({ parser, where, from: tables.stage, into: tables.rows, zone, batch }),
    { settings: AS_WRITTEN },
  )
}

/** Trouble of the engine itself (memory, time, connection, disk) is not the line's fault. */
const OF_THE_ENGINE =
  /MEMORY_LIMIT_EXCEEDED|TIMEOUT_EXCEEDED|NETWORK_ERROR|NOT_ENOUGH_SPACE|UNKNOWN_|SYNTAX_ERROR|ECONN/

function isOfTheLine(cause: unknown): boolean {
  return !OF_THE_ENGINE.test(reasonOf(cause))
}

/** The route, over `recognised` and `source`, with what an operator fixed for a source. */
function forcedSql(parsers: readonly Parser[], forced: ReadonlyMap<string, string>): string {
  const fixed = [...forced].flatMap(([source, name]) => {
    const routes = parsers.flatMap((parser, at) => (parser.name === name ? [at + 1] : []))
    const [first] = routes
    if (first === undefined) return []
    return [`source = ${literal(source)} AND recognised NOT IN (${routes.join(', ')}), ${first}`]
  })
  return fixed.length === 0 ? 'recognised' : `multiIf(${fixed.join(', ')}, recognised)`
}

/** Of a line that stands whole in `raw`, what a person sees at first. */
const MESSAGE_BYTES = 4096

const UNREAD: Omit<Parser, 'name' | 'file'> = {
  title: '',
  vendor: '',
  product: '',
  references: [],
  recognise: [],
  order: 99,
  with: {},
  fields: EMPTY_MAP,
  columns: { message: `substring(raw, 1, ${MESSAGE_BYTES})` },
}

/** Lines that no parser knows: kept, counted, searchable. */
const UNKNOWN_PARSER: Parser = { ...UNREAD, name: '', file: '', status: 'unknown' }
/** A line that broke its parser: kept as it came. */
const FAILED_PARSER: Parser = { ...UNREAD, name: '', file: '', status: 'failed' }
