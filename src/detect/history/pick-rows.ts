// Which rows of a slice are read whole: where the columns alone say that no rule can hold, the line is left alone.

import type { VerbatimOf } from '../../model/index.ts'
import { name, sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql } from '../../store/index.ts'
import { KIND, glanceAt, glanceOf } from '../sigma/index.ts'
import type { Glance, KindRows, RuleSet, Unit, Work } from '../sigma/index.ts'
import { inSlice } from './slices.ts'
import type { Slice } from './slices.ts'

export type Picking = {
  readonly lane: EngineLane
  readonly ruleSet: RuleSet
  readonly verbatim: VerbatimOf
  readonly settings: EngineSettings
  /** Table in memory that the slice's events are read into; what is picked stands beside it. */
  readonly rows: string
  readonly worth: GlanceWorth
}

export type Picked = {
  /** Kinds whose rows are all read. */
  readonly whole: ReadonlySet<string>
  /** Kinds of which the rows are read that were picked. */
  readonly some: ReadonlySet<string>
}

const pickedTable = (rows: string) => `${rows}_picked`

export async function createPicked(lane: EngineLane, rows: string): Promise<void> {
  await dropPicked(lane, rows)
  await lane.command(
    sql`CREATE TABLE ${name(pickedTable(rows))} (unit UInt32, batch String, line UInt32) ENGINE = Memory`,
  )
}

export async function dropPicked(lane: EngineLane, rows: string): Promise<void> {
  await lane.command(sql`DROP TABLE IF EXISTS ${name(pickedTable(rows))}`)
}

/** Rows that were picked. `GLOBAL`: the table is on the node that is asked. */
export function isPicked(rows: string): Sql {
  return sql`(toString(batch), line) GLOBAL IN (SELECT batch, line FROM ${name(pickedTable(rows))})`
}

type Glanced = { readonly unit: Unit; readonly work: Work; readonly glance: Glance }

export async function pickRows(
  picking: Picking,
  slice: Slice,
  { work, kinds }: { readonly work: ReadonlyMap<Unit, Work>; readonly kinds: readonly KindRows[] },
): Promise<Picked> {
  const { lane, ruleSet, verbatim, settings, rows, worth } = picking
  const parserOf = new Map(kinds.map(({ kind, parser }) => [kind, parser]))
  const glanced: Glanced[] = []
  const whole = new Set<string>()
  for (const [unit, one] of work) {
    const parsers = [...new Set(one.kinds.flatMap((kind) => parserOf.get(kind) ?? []))]
    const glance = worth.isWorth(unit.id)
      ? glanceOf(ruleSet, unit, verbatim(parsers.toSorted()))
      : undefined
    if (glance === undefined) one.kinds.forEach((kind) => whole.add(kind))
    else glanced.push({ unit, work: one, glance })
  }
  const some = new Set(glanced.flatMap(({ work: { kinds: of } }) => of))
  if (glanced.length === 0) return { whole, some }
  await lane.command(sql`TRUNCATE TABLE ${name(pickedTable(rows))}`)
  const glances = glanced.map(({ glance, work: { kinds: of } }) => ({
    glance,
    from: sql`FROM events WHERE ${inSlice(slice)} AND ${trusted(KIND)} IN (${trusted(of.join(', '))}) AND parse_status != 'failed'`,
  }))
  await glanceAt({ lane, ruleSet, glances, into: pickedTable(rows), settings })
  const counts = await countPicked(lane, rows)
  for (const { unit, work: one } of glanced)
    worth.saw(unit.id, { rows: one.rows, picked: counts.get(unit.id) ?? 0 })
  return { whole, some }
}

async function countPicked(lane: EngineLane, rows: string): Promise<ReadonlyMap<number, number>> {
  const { rows: counts } = await lane.query<{ unit: number; picked: number }>(
    sql`SELECT unit, toUInt32(uniqExact(batch, line)) AS picked FROM ${name(pickedTable(rows))} GROUP BY unit`,
  )
  return new Map(counts.map(({ unit, picked }) => [unit, picked]))
}

type Seen = { readonly rows: number; readonly picked: number }

/** Fewer rows say nothing of a unit. */
const ENOUGH_ROWS = 5000

/** Where a glance left more than half of the rows, a run does without it. */
export class GlanceWorth {
  readonly #seen = new Map<number, Seen>()

  isWorth(unit: number): boolean {
    const { rows, picked } = this.#seen.get(unit) ?? { rows: 0, picked: 0 }
    return rows < ENOUGH_ROWS || picked * 2 < rows
  }

  saw(unit: number, { rows, picked }: Seen): void {
    const before = this.#seen.get(unit) ?? { rows: 0, picked: 0 }
    this.#seen.set(unit, { rows: before.rows + rows, picked: before.picked + picked })
  }
}
