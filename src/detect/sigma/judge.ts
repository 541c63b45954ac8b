// A batch of rows against a rule set. TypeScript routes and picks; the engine reads every row and decides every condition.

import type { Finding } from '../../model/index.ts'
import { name, trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import { fold, overIds } from './expression.ts'
import { findingsOf } from './findings.ts'
import type { Hit } from './findings.ts'
import { KIND_COLUMNS } from './logsource.ts'
import type { EventKind } from './logsource.ts'
import { preparePatterns } from './pattern-store.ts'
import type { RoutedRule, RuleSet } from './rule-set.ts'
import { unitFinder } from './units.ts'
import type { Unit } from './units.ts'

export type SigmaFinding = Finding

export type JudgeRequest = {
  readonly lane: EngineLane
  /** A table with the event's columns and `fields`. */
  readonly table: string
  readonly ruleSet: RuleSet
}

/** Fills and compiles the pattern lists ahead of the first batch. `judge` does it too, where this was not called. */
export async function warmUp(
  lane: EngineLane,
  ruleSet: RuleSet,
  signal?: AbortSignal,
): Promise<void> {
  await preparePatterns(lane, ruleSet.table, signal)
}

/** Every rule of the set against every row of the table, in the order of batch, line and rule. */
export async function judge(request: JudgeRequest): Promise<readonly SigmaFinding[]> {
  const work = await findWork(request)
  if (work.size === 0) return []
  const hits = `${request.table}_hits`
  const { lane, ruleSet } = request
  await preparePatterns(lane, ruleSet.table)
  await lane.command(
    trusted(`CREATE TABLE IF NOT EXISTS ${name(hits).text} ${HITS_STRUCTURE} ENGINE = Memory`),
  )
  await lane.command(trusted(`TRUNCATE TABLE ${hits}`))
  try {
    for (const [unit, kinds] of work) await scan(request, { hits, unit, kinds })
    return await findingsOf(request, await decide(request, hits, [...work.keys()]))
  } finally {
    await lane.command(trusted(`DROP TABLE IF EXISTS ${hits}`))
  }
}

/** Rows with the same atoms share a line here: real events repeat, so conditions are decided on far fewer lines than rows. */
const HITS_STRUCTURE = '(unit UInt32, ids Array(UInt32), rows Array(Tuple(String, UInt32)))'

const KIND = `cityHash64(${KIND_COLUMNS.join(', ')})`

type KindRow = EventKind & { readonly kind: string }

/** Units of the kinds this table holds, with the kinds that belong to each. */
async function findWork({
  lane,
  table,
  ruleSet,
}: JudgeRequest): Promise<ReadonlyMap<Unit, readonly string[]>> {
  const columns = KIND_COLUMNS.map((column) => `toString(${column}) AS ${column}_text`)
  const renamed = KIND_COLUMNS.map((column) => `${column}_text AS ${column}`)
  const { rows } = await lane.query<KindRow>(
    trusted(
      `SELECT kind, ${renamed.join(', ')} FROM (SELECT DISTINCT toString(${KIND}) AS kind, ${columns.join(', ')} FROM ${name(table).text})`,
    ),
  )
  const unitOf = unitFinder(ruleSet)
  const work = new Map<Unit, string[]>()
  for (const row of rows) {
    const unit = unitOf(row)
    if (unit !== undefined) work.set(unit, [...(work.get(unit) ?? []), row.kind])
  }
  return new Map([...work].toSorted(([a], [b]) => a.id - b.id))
}

/** Otherwise `fields['X']` becomes a subcolumn that is taken out of every row before the rows of the unit are picked. */
const FEW_ROWS_FIRST = { optimize_functions_to_subcolumns: 0 }

type Scan = { readonly hits: string; readonly unit: Unit; readonly kinds: readonly string[] }

async function scan({ lane, table }: JudgeRequest, { hits, unit, kinds }: Scan): Promise<void> {
  const kept = unit.keepsAll ? '' : ' WHERE notEmpty(ids)'
  await lane.command(
    trusted(`INSERT INTO ${hits}
SELECT ${unit.id}, ids, groupArray((batch, line)) FROM (
SELECT toString(batch) AS batch, line, ${unit.scan} AS ids
FROM ${table} WHERE ${KIND} IN (${kinds.join(', ')}))${kept} GROUP BY ids`),
    { settings: FEW_ROWS_FIRST },
  )
}

/** Conditions in one statement: above this, planning grows faster than the work. */
const CONDITIONS_PER_STATEMENT = 300

async function decide(
  { lane }: JudgeRequest,
  hits: string,
  units: readonly Unit[],
): Promise<readonly Hit[]> {
  const met = await lane.query<{ unit: number; ids: readonly number[] }>(
    trusted(`SELECT unit, groupUniqArrayArray(ids) AS ids FROM ${hits} GROUP BY unit`),
  )
  const byUnit = new Map(met.rows.map(({ unit, ids }) => [unit, new Set(ids)]))
  const found: Hit[] = []
  for (const unit of units) {
    const ids = byUnit.get(unit.id)
    if (ids === undefined) continue
    const candidates = unit.rules
      .map(({ rule, expression }) => ({
        rule,
        expression: fold(expression, (id) => (ids.has(id) ? undefined : false)),
      }))
      .filter(({ expression }) => expression.kind !== 'false')
    for (let at = 0; at < candidates.length; at += CONDITIONS_PER_STATEMENT) {
      found.push(
        ...(await decideSome(lane, {
          hits,
          unit,
          candidates: candidates.slice(at, at + CONDITIONS_PER_STATEMENT),
        })),
      )
    }
  }
  return found
}

type Decision = {
  readonly hits: string
  readonly unit: Unit
  readonly candidates: readonly RoutedRule[]
}
type DecidedRow = {
  readonly met: readonly number[]
  readonly ids: readonly number[]
  readonly rows: readonly (readonly [string, number])[]
}

async function decideSome(
  lane: EngineLane,
  { hits, unit, candidates }: Decision,
): Promise<readonly Hit[]> {
  const conditions = candidates.map(
    ({ expression }, at) => `if(${overIds(expression, 'ids')}, ${at + 1}, 0)`,
  )
  const { rows } = await lane.query<DecidedRow>(
    trusted(`SELECT met, ids, rows FROM (
SELECT arrayFilter(r -> r != 0, [${conditions.join(',\n')}]) AS met, ids, rows FROM ${hits} WHERE unit = ${unit.id}) WHERE notEmpty(met)`),
  )
  return rows.flatMap(({ met, ids, rows: lines }) => {
    const holding = new Set(ids)
    return met.flatMap((at) => {
      const candidate = candidates[at - 1]
      return candidate === undefined
        ? []
        : lines.map(([batch, line]): Hit => ({ rule: candidate.rule, batch, line, ids: holding }))
    })
  })
}
