// The events of a slice that some rule may be about, as a table in memory: what a new batch is when it is judged.

import {
  EVENT_COLUMNS,
  FIELDS_COLUMN,
  STORED_COLUMNS,
  columnDefinition,
} from '../../model/index.ts'
import type { FieldsOf } from '../../model/index.ts'
import { join, sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql } from '../../store/index.ts'
import {
  FINDING_COLUMNS,
  KIND,
  KIND_COLUMNS,
  createPicked,
  dropPicked,
  isPicked,
} from '../sigma/index.ts'
import type { KindRows, Picked, Unit, Work } from '../sigma/index.ts'
import { inSlice } from './slices.ts'
import type { Slice } from './slices.ts'

const COLUMNS = [...EVENT_COLUMNS, FIELDS_COLUMN].map((column) =>
  columnDefinition(column, { codecs: false }),
)

/** Beside a slice's table: which rows it takes of units that were glanced at. */
export const pickedOf = (rows: string) => `${rows}_picked`

export async function createRows(lane: EngineLane, rows: string): Promise<void> {
  await dropRows(lane, rows)
  await createPicked(lane, pickedOf(rows))
  await lane.command(trusted(`CREATE TABLE ${rows} (${COLUMNS.join(', ')}) ENGINE = Memory`))
}

export async function dropRows(lane: EngineLane, rows: string): Promise<void> {
  await dropPicked(lane, pickedOf(rows))
  await lane.command(trusted(`DROP TABLE IF EXISTS ${rows}`))
}

export type SliceRows = {
  readonly lane: EngineLane
  /** The table. */
  readonly rows: string
  readonly slice: Slice
  readonly work: ReadonlyMap<Unit, Work>
  readonly kinds: readonly KindRows[]
  readonly picked: Picked
  readonly fields: FieldsOf
  /** Further SQL over rows that is asked of them, for the columns it names. */
  readonly reads: string
  readonly settings: EngineSettings
}

/** Fills the table with the columns that the rules read, and nothing else. */
export async function loadRows(request: SliceRows): Promise<void> {
  const { lane, rows, work, kinds, picked, reads, settings } = request
  await lane.command(trusted(`TRUNCATE TABLE ${rows}`))
  const load = async (which: Sql, units: readonly Loaded[], haveFields = true) => {
    const asked = new Set(units.flatMap(({ of }) => work.get(of)?.kinds ?? []))
    if (asked.size === 0) return
    const scans = [...units.map(({ scan }) => scan), reads].join('\n')
    const needsFields = haveFields && namesIn(scans).has(FIELDS_COLUMN.name)
    await lane.command(statement(request, { asked, scans, needsFields, which }), {
      settings: { ...settings, ...SMALL_BLOCKS },
    })
  }
  const whole = [...work.keys()]
    .filter((unit) => !picked.has(unit))
    .map((unit): Loaded => ({ of: unit, scan: unit.scan }))
  const some = [...picked].flatMap(([of, { rows: count, unit }]): readonly Loaded[] =>
    count === 0 ? [] : [{ of, scan: unit.scan }],
  )
  await load(sql`parse_status != 'failed'`, whole)
  await load(sql`parse_status != 'failed' AND ${isPicked(pickedOf(rows))}`, some)
  // A line that broke its parser had no fields when it was judged first either.
  if (kinds.some(({ failed }) => failed > 0)) await load(sql`parse_status = 'failed'`, whole, false)
}

/** Fields are made of many copies of a line, and rows gathered before they are written: of few at a time. */
const SMALL_BLOCKS: EngineSettings = {
  max_block_size: 2048,
  min_insert_block_size_rows: 8192,
  min_insert_block_size_bytes: 8 * 1024 * 1024,
}

/** What is asked of a unit's rows. */
type Loaded = { readonly of: Unit; readonly scan: string }

type Wanted = {
  readonly asked: ReadonlySet<string>
  readonly scans: string
  readonly needsFields: boolean
  /** Of the rows of these kinds. */
  readonly which: Sql
}

/** What routing and findings read of every row. */
const ALWAYS: ReadonlySet<string> = new Set([
  'time',
  'batch',
  'line',
  'parse_status',
  ...KIND_COLUMNS,
  ...FINDING_COLUMNS,
])

function statement(
  { rows, slice, kinds, fields }: SliceRows,
  { asked, scans, needsFields, which }: Wanted,
): Sql {
  const read = namesIn(scans)
  for (const { name, alias } of EVENT_COLUMNS)
    if (alias !== undefined && read.has(name)) namesIn(alias).forEach((part) => read.add(part))
  const columns = STORED_COLUMNS.map(({ name }) => name).filter(
    (name) => ALWAYS.has(name) || read.has(name),
  )
  const names = needsFields ? [...columns, FIELDS_COLUMN.name] : columns
  const values = needsFields
    ? [...columns, `(${fields(parsersOf(kinds, asked))}) AS made_fields`]
    : columns
  return join(
    [
      trusted(`INSERT INTO ${rows} (${names.join(', ')}) SELECT ${values.join(', ')}`),
      sql`FROM events WHERE ${inSlice(slice)}`,
      trusted(`AND ${KIND} IN (${[...asked].join(', ')})`),
      sql`AND ${which}`,
    ],
    ' ',
  )
}

function parsersOf(kinds: readonly KindRows[], asked: ReadonlySet<string>): readonly string[] {
  return [...new Set(kinds.filter(({ kind }) => asked.has(kind)).map(({ parser }) => parser))]
}

function namesIn(text: string): Set<string> {
  return new Set(text.match(/[a-z_][a-z0-9_]*/g))
}
