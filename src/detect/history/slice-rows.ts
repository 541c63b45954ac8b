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
  const asked = new Set([...work.values()].flatMap((one) => one.kinds))
  const hasFailed = kinds.some(({ kind, failed }) => failed > 0 && asked.has(kind))
  const scans = [...[...work.keys()].map(({ scan }) => scan), reads].join('\n')
  const needsFields = namesIn(scans).has(FIELDS_COLUMN.name)
  const load = async (wanted: Pick<Wanted, 'asked' | 'needsFields' | 'which'>) => {
    if (wanted.asked.size > 0)
      await lane.command(statement(request, { ...wanted, scans }), { settings })
  }
  const isRead = sql`parse_status != 'failed'`
  const kindsWhere = (isWanted: (unit: Unit) => boolean) =>
    new Set([...work].flatMap(([unit, one]) => (isWanted(unit) ? one.kinds : [])))
  const whole = kindsWhere((unit) => !picked.has(unit))
  const some = kindsWhere((unit) => (picked.get(unit) ?? 0) > 0)
  await load({ asked: whole, needsFields, which: isRead })
  await load({ asked: some, needsFields, which: sql`${isRead} AND ${isPicked(pickedOf(rows))}` })
  // A line that broke its parser had no fields when it was judged first either.
  if (hasFailed) await load({ asked, needsFields: false, which: sql`parse_status = 'failed'` })
}

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
