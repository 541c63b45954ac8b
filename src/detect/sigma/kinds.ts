// Which kinds of event a table holds, and which rules each kind is asked about.

import { sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql } from '../../store/index.ts'
import { KIND_COLUMNS } from './logsource.ts'
import type { EventKind } from './logsource.ts'
import type { RuleSet } from './rule-set.ts'
import { unitFinder } from './units.ts'
import type { Unit } from './units.ts'

/** The number of a row's kind, as SQL. */
export const KIND = `cityHash64(${KIND_COLUMNS.join(', ')})`

export type KindRows = EventKind & {
  readonly kind: string
  readonly rows: number
  /** Rows that broke their parser: they have no fields. */
  readonly failed: number
}

/** Kinds of the rows that `from` (`FROM table WHERE …`) gives. */
export async function kindsOf(
  lane: EngineLane,
  from: Sql,
  settings: EngineSettings = {},
): Promise<readonly KindRows[]> {
  const columns = KIND_COLUMNS.map((column) => `toString(${column}) AS ${column}_text`)
  const renamed = KIND_COLUMNS.map((column) => `${column}_text AS ${column}`)
  const groups = KIND_COLUMNS.map((column) => `${column}_text`).join(', ')
  const { rows } = await lane.query<KindRows>(
    sql`SELECT kind, ${trusted(renamed.join(', '))}, rows, failed FROM (
SELECT toString(${trusted(KIND)}) AS kind, ${trusted(columns.join(', '))}, toUInt32(count()) AS rows, toUInt32(countIf(parse_status = 'failed')) AS failed ${from} GROUP BY kind, ${trusted(groups)})`,
    { settings },
  )
  return rows
}

/** SQL for the number of a row's unit; 0 = none of these. */
export function unitOfKind(
  placed: readonly { readonly kind: string; readonly id: number }[],
): string {
  const kinds = placed.map(({ kind }) => kind).join(', ')
  const ids = placed.map(({ id }) => id).join(', ')
  return `toUInt32(transform(${KIND}, [${kinds}], [${ids}], 0))`
}

export type Work = { readonly kinds: readonly string[]; readonly rows: number }

/** Units of work with the kinds and the number of rows that belong to each, in a fixed order. */
export function workOf(ruleSet: RuleSet, kinds: readonly KindRows[]): ReadonlyMap<Unit, Work> {
  const unitOf = unitFinder(ruleSet)
  const work = new Map<Unit, Work>()
  for (const row of kinds) {
    const unit = unitOf(row)
    if (unit === undefined) continue
    const known = work.get(unit) ?? { kinds: [], rows: 0 }
    work.set(unit, { kinds: [...known.kinds, row.kind], rows: known.rows + row.rows })
  }
  return new Map([...work].toSorted(([a], [b]) => a.id - b.id))
}
