// A batch of rows against a rule set. TypeScript routes and picks; the engine reads every row and decides every condition.

import type { Finding } from '../../model/index.ts'
import { name, sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings } from '../../store/index.ts'
import { fold, overIds } from './expression.ts'
import { findingsOf } from './findings.ts'
import type { Hit } from './findings.ts'
import { KIND, kindsOf, workOf } from './kinds.ts'
import type { Work } from './kinds.ts'
import { preparePatterns } from './pattern-store.ts'
import type { RoutedRule, RuleSet } from './rule-set.ts'
import type { Unit } from './units.ts'

export type SigmaFinding = Finding

export type JudgeRequest = {
  readonly lane: EngineLane
  /** A table with the event's columns and `fields`. */
  readonly table: string
  readonly ruleSet: RuleSet
  /** Settings of the statements that read rows. */
  readonly settings?: EngineSettings
  /** Rules whose hits are not made findings, such as those that flood. */
  readonly isLeftOut?: (rule: string) => boolean
  /** Told what the work took. */
  readonly meter?: JudgeMeter
}

/** Where a judging's time went, in milliseconds as this process waited for them. */
export type JudgeMeter = {
  /** One scan of a unit's rows and the decision of its rules. */
  readonly unit: (unit: Unit, ms: number) => void
  /** The rows of hits fetched and told, by how many hits each rule had. */
  readonly findings: (hits: ReadonlyMap<string, number>, ms: number) => void
  /** The whole. */
  readonly judged: (rows: number, ms: number) => void
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
  const { lane, ruleSet, table, settings, meter } = request
  const askedMs = performance.now()
  const kinds = await kindsOf(lane, sql`FROM ${name(table)}`, settings)
  const work = workOf(ruleSet, kinds)
  const routedMs = performance.now() - askedMs
  if (work.size > 0) await preparePatterns(lane, ruleSet.table)
  const startedMs = performance.now()
  const findings = work.size === 0 ? [] : await judgeUnits(request, work)
  const rows = kinds.reduce((sum, kind) => sum + kind.rows, 0)
  meter?.judged(rows, routedMs + performance.now() - startedMs)
  return findings
}

async function judgeUnits(
  request: JudgeRequest,
  work: ReadonlyMap<Unit, Work>,
): Promise<readonly SigmaFinding[]> {
  const { lane, table, isLeftOut } = request
  const hits = `${table}_hits`
  await lane.command(
    sql`CREATE TABLE IF NOT EXISTS ${name(hits)} ${trusted(HITS_STRUCTURE)} ENGINE = Memory`,
  )
  await lane.command(trusted(`TRUNCATE TABLE ${hits}`))
  try {
    for (const [unit, { kinds }] of work) {
      await timed(
        () => scan(request, { hits, unit, kinds }),
        (ms) => request.meter?.unit(unit, ms),
      )
    }
    const found = await decide(request, hits, [...work.keys()])
    return await told(
      request,
      isLeftOut === undefined ? found : found.filter(({ rule }) => !isLeftOut(rule.id)),
    )
  } finally {
    await lane.command(trusted(`DROP TABLE IF EXISTS ${hits}`))
  }
}

/** Findings of the hits. */
async function told(
  request: JudgeRequest,
  found: readonly Hit[],
): Promise<readonly SigmaFinding[]> {
  const counts = new Map<string, number>()
  for (const { rule } of found) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1)
  return timed(
    () => findingsOf(request, found),
    (ms) => request.meter?.findings(counts, ms),
  )
}

async function timed<T>(work: () => Promise<T>, tell: (ms: number) => void): Promise<T> {
  const startedMs = performance.now()
  const result = await work()
  tell(performance.now() - startedMs)
  return result
}

/** Rows with the same atoms share a line here: real events repeat, so conditions are decided on far fewer lines than rows. */
const HITS_STRUCTURE = '(unit UInt32, ids Array(UInt32), rows Array(Tuple(String, UInt32)))'

/** Otherwise `fields['X']` becomes a subcolumn that is taken out of every row before the rows of the unit are picked. */
const FEW_ROWS_FIRST = { optimize_functions_to_subcolumns: 0 }

type Scan = { readonly hits: string; readonly unit: Unit; readonly kinds: readonly string[] }

async function scan(
  { lane, table, settings }: JudgeRequest,
  { hits, unit, kinds }: Scan,
): Promise<void> {
  const kept = unit.keepsAll ? '' : ' WHERE notEmpty(ids)'
  await lane.command(
    trusted(`INSERT INTO ${hits}
SELECT ${unit.id}, ids, groupArray((batch, line)) FROM (
SELECT toString(batch) AS batch, line, ${unit.scan} AS ids
FROM ${table} WHERE ${KIND} IN (${kinds.join(', ')}))${kept} GROUP BY ids`),
    { settings: { ...settings, ...FEW_ROWS_FIRST } },
  )
}

/** Conditions in one statement: above this, planning grows faster than the work. */
const CONDITIONS_PER_STATEMENT = 300

async function decide(
  request: JudgeRequest,
  hits: string,
  units: readonly Unit[],
): Promise<readonly Hit[]> {
  const { lane, settings, meter } = request
  const met = await lane.query<{ unit: number; ids: readonly number[] }>(
    trusted(`SELECT unit, groupUniqArrayArray(ids) AS ids FROM ${hits} GROUP BY unit`),
    { settings: { ...settings } },
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
    await timed(
      async () => {
        for (let at = 0; at < candidates.length; at += CONDITIONS_PER_STATEMENT) {
          const some = candidates.slice(at, at + CONDITIONS_PER_STATEMENT)
          for (const hit of await decideSome(request, { hits, unit, candidates: some }))
            found.push(hit)
        }
      },
      (ms) => meter?.unit(unit, ms),
    )
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
  { lane, settings }: JudgeRequest,
  { hits, unit, candidates }: Decision,
): Promise<readonly Hit[]> {
  const conditions = candidates.map(
    ({ expression }, at) => `if(${overIds(expression, 'ids')}, ${at + 1}, 0)`,
  )
  const { rows } = await lane.query<DecidedRow>(
    trusted(`SELECT met, ids, rows FROM (
SELECT arrayFilter(r -> r != 0, [${conditions.join(',\n')}]) AS met, ids, rows FROM ${hits} WHERE unit = ${unit.id}) WHERE notEmpty(met)`),
    { settings: { ...settings } },
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
