// Which rows are judged by all that is asked of them: where the columns alone say that no rule can hold, the rest is left.

import type { VerbatimOf } from '../../model/index.ts'
import { name, sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings, Sql } from '../../store/index.ts'
import { CONDITIONS_PER_STATEMENT, candidatesOf } from './decide.ts'
import { overIds } from './expression.ts'
import { glancesOf } from './glance.ts'
import type { Glance, Glanced } from './glance.ts'
import { scanRows, withHits } from './hits.ts'
import { unitOfKind } from './kinds.ts'
import type { KindRows, Work } from './kinds.ts'
import { preparePatterns } from './pattern-store.ts'
import type { RuleSet } from './rule-set.ts'
import { narrowed } from './units.ts'
import type { Unit } from './units.ts'

export type Picking = {
  readonly lane: EngineLane
  readonly ruleSet: RuleSet
  readonly verbatim: VerbatimOf
  readonly settings: EngineSettings | undefined
  readonly work: ReadonlyMap<Unit, Work>
  readonly kinds: readonly KindRows[]
  /** `FROM table WHERE …` for the rows of these kinds. */
  readonly from: (kinds: readonly string[]) => Sql
  /** A table by `createPicked`. */
  readonly picked: string
}

/** Of units that were glanced at. One that is not named is wanted whole. */
export type Picked = ReadonlyMap<Unit, PickedUnit>
export type PickedUnit = {
  /** How many of its rows are in the table. */
  readonly rows: number
  /** The unit with the rules alone that may hold for them. */
  readonly unit: Unit
}

export async function createPicked(lane: EngineLane, picked: string): Promise<void> {
  await dropPicked(lane, picked)
  await lane.command(
    sql`CREATE TABLE ${name(picked)} (unit UInt32, batch String, line UInt32) ENGINE = Memory`,
  )
}

export async function dropPicked(lane: EngineLane, picked: string): Promise<void> {
  await lane.command(sql`DROP TABLE IF EXISTS ${name(picked)}`)
}

/** Whether a row was picked. `GLOBAL`: the table is on the node that is asked. */
export function isPicked(picked: string): Sql {
  return sql`(toString(batch), line) GLOBAL IN (SELECT batch, line FROM ${name(picked)})`
}

/** Fills the table with the rows that some rule may hold for. */
export async function pickRows(picking: Picking): Promise<Picked> {
  const { lane, ruleSet, verbatim, work, kinds, picked } = picking
  const worth = worthOf(ruleSet)
  const parserOf = new Map(kinds.map(({ kind, parser }) => [kind, parser]))
  // A line that broke its parser has no fields, whatever stands in it.
  const failing = new Set(kinds.flatMap(({ kind, failed }) => (failed > 0 ? [kind] : [])))
  const asked = [...work].flatMap(([unit, { kinds: own }]): readonly Glanced[] =>
    worth.isWorth(unit.id) && !own.some((kind) => failing.has(kind))
      ? [{ unit, parsers: [...new Set(own.flatMap((kind) => parserOf.get(kind) ?? []))] }]
      : [],
  )
  const byGlance = new Map<Glance, Unit[]>()
  for (const [unit, glance] of glancesOf(ruleSet, asked, verbatim)) {
    if (glance === undefined) continue
    byGlance.set(glance, [...(byGlance.get(glance) ?? []), unit])
  }
  if (byGlance.size === 0) return new Map()
  await lane.command(sql`TRUNCATE TABLE ${name(picked)}`)
  const possible = new Map<number, ReadonlySet<string>>()
  for (const [glance, units] of byGlance)
    for (const [id, rules] of await glanceAt(picking, glance, units)) possible.set(id, rules)
  const counts = await countPicked(lane, picked)
  const result = new Map<Unit, PickedUnit>()
  for (const unit of [...byGlance.values()].flat()) {
    const rows = counts.get(unit.id) ?? 0
    result.set(unit, { rows, unit: narrowed(ruleSet, unit, possible.get(unit.id) ?? new Set()) })
    worth.saw(unit.id, { rows: work.get(unit)?.rows ?? 0, picked: rows })
  }
  return result
}

/** A cluster's nodes are sent the patterns with the statement. */
const MAX_QUERY_SIZE = 64 * 1024 * 1024

/** Gives the rules that may hold, by the number of their unit. */
async function glanceAt(
  picking: Picking,
  glance: Glance,
  units: readonly Unit[],
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const { lane, ruleSet, work, from, picked } = picking
  const settings = { ...picking.settings, max_query_size: MAX_QUERY_SIZE }
  await preparePatterns(lane, ruleSet.table, glance.lists)
  if (glance.words !== undefined) await preparePatterns(lane, glance.words, [0])
  const placed = units.flatMap((unit) =>
    (work.get(unit)?.kinds ?? []).map((kind) => ({ kind, id: unit.id })),
  )
  const hits = `${picked}_hits`
  return withHits(lane, hits, async () => {
    await scanRows(lane, {
      hits,
      unit: unitOfKind(placed),
      scan: glance.scan,
      keeping: glance.keeping,
      from: from(placed.map(({ kind }) => kind)),
      settings,
    })
    const loose = units.map(({ id }) => ({ id, rules: glance.rules.get(id) ?? [] }))
    const candidates = await candidatesOf({ lane, settings }, hits, loose)
    for (const { unit, rules } of candidates) {
      for (let at = 0; at < rules.length; at += CONDITIONS_PER_STATEMENT) {
        const some = rules.slice(at, at + CONDITIONS_PER_STATEMENT)
        const condition = some.map(({ expression }) => overIds(expression, 'ids')).join(' OR ')
        await lane.command(
          sql`INSERT INTO ${name(picked)} SELECT ${unit.id}, row.1, row.2 FROM (
SELECT arrayJoin(rows) AS row FROM ${name(hits)} WHERE unit = ${unit.id} AND (${trusted(condition)}))`,
          { settings },
        )
      }
    }
    return new Map(
      candidates.map(({ unit, rules }) => [unit.id, new Set(rules.map(({ rule }) => rule.id))]),
    )
  })
}

async function countPicked(lane: EngineLane, picked: string): Promise<ReadonlyMap<number, number>> {
  const { rows } = await lane.query<{ unit: number; rows: number }>(
    sql`SELECT unit, toUInt32(uniqExact(batch, line)) AS rows FROM ${name(picked)} GROUP BY unit`,
  )
  return new Map(rows.map(({ unit, rows: count }) => [unit, count]))
}

type Seen = { readonly rows: number; readonly picked: number }

/** Fewer rows say nothing of a unit. */
const ENOUGH_ROWS = 5000

/** Where glances left more than half of a unit's rows, it is done without one. */
class GlanceWorth {
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

const worths = new WeakMap<RuleSet, GlanceWorth>()

function worthOf(ruleSet: RuleSet): GlanceWorth {
  const known = worths.get(ruleSet) ?? new GlanceWorth()
  worths.set(ruleSet, known)
  return known
}
