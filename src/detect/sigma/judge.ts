// A batch of rows against a rule set. TypeScript routes and picks; the engine reads every row and decides every condition.

import type { Finding } from '../../model/index.ts'
import { name, sql, trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import { candidatesOf, decide } from './decide.ts'
import type { Candidates } from './decide.ts'
import { overIds } from './expression.ts'
import { findingsOf } from './findings.ts'
import type { Hit } from './findings.ts'
import { scanRows, withHits } from './hits.ts'
import type { JudgeRequest } from './judge-request.ts'
import { KIND, kindsOf, unitOfKind, workOf } from './kinds.ts'
import type { Work } from './kinds.ts'
import { prepareAllPatterns, preparePatterns } from './pattern-store.ts'
import type { RuleSet } from './rule-set.ts'
import { sweepsOf } from './sweeps.ts'
import type { Sweep } from './sweeps.ts'
import { timed } from './timed.ts'
import type { Unit } from './units.ts'

export type SigmaFinding = Finding

/** Fills and compiles the pattern lists ahead of the first batch. `judge` does it too, where this was not called. */
export async function warmUp(
  lanes: readonly EngineLane[],
  ruleSet: RuleSet,
  signal?: AbortSignal,
): Promise<void> {
  await prepareAllPatterns(lanes, ruleSet.table, signal)
}

/** Every rule of the set against every row of the table, in the order of batch, line and rule. */
export async function judge(request: JudgeRequest): Promise<readonly SigmaFinding[]> {
  const { lane, ruleSet, table, settings, meter } = request
  const askedMs = performance.now()
  const kinds = await kindsOf(lane, sql`FROM ${name(table)}`, settings)
  const work = new Map(
    [...workOf(ruleSet, kinds)].map(
      ([unit, one]) => [request.narrow?.(unit) ?? unit, one] as const,
    ),
  )
  const routedMs = performance.now() - askedMs
  const sweeps = sweepsOf(ruleSet.table, work, request.limits)
  await preparePatterns(
    lane,
    ruleSet.table,
    sweeps.flatMap(({ lists }) => lists),
  )
  const startedMs = performance.now()
  const findings = work.size === 0 ? [] : await judgeUnits(request, work, sweeps)
  const rows = kinds.reduce((sum, kind) => sum + kind.rows, 0)
  meter?.judged(rows, routedMs + performance.now() - startedMs)
  return findings
}

async function judgeUnits(
  request: JudgeRequest,
  work: ReadonlyMap<Unit, Work>,
  sweeps: readonly Sweep[],
): Promise<readonly SigmaFinding[]> {
  const { isLeftOut } = request
  const hits = `${request.table}_hits`
  return withHits(request.lane, hits, async () => {
    for (const sweep of sweeps) await scanSweep(request, { hits, work, sweep })
    const candidates = await candidatesOf(request, hits, [...work.keys()])
    await feed(request, hits, candidates)
    const found = await decide(request, hits, candidates)
    return told(
      request,
      isLeftOut === undefined ? found : found.filter(({ rule }) => !isLeftOut(rule.id)),
    )
  })
}

type SweepWork = {
  readonly hits: string
  readonly work: ReadonlyMap<Unit, Work>
  readonly sweep: Sweep
}

/** What several units took together is told of each in equal parts. */
async function scanSweep(
  { lane, table, settings, meter }: JudgeRequest,
  { hits, work, sweep: { units, scan } }: SweepWork,
): Promise<void> {
  const kinds = units.flatMap((unit) =>
    (work.get(unit)?.kinds ?? []).map((kind) => ({ kind, id: unit.id })),
  )
  const keeping = units.filter(({ keepsAll }) => keepsAll).map(({ id }) => id)
  const among = trusted(kinds.map(({ kind }) => kind).join(', '))
  const from = sql`FROM ${name(table)} WHERE ${trusted(KIND)} IN (${among})`
  await timed(
    () => scanRows(lane, { hits, unit: unitOfKind(kinds), scan, keeping, from, settings }),
    (ms) => units.forEach((unit) => meter?.unit(unit, ms / units.length)),
  )
}

/** A rule whose condition stands in a unit has hits where it holds over the unit's atoms. */
async function feed(
  { lane, table, settings = {}, feed: to }: JudgeRequest,
  hits: string,
  candidates: readonly Candidates[],
): Promise<void> {
  if (to === undefined) return
  const rules = candidates.flatMap(({ unit, rules: some }) =>
    some
      .filter(({ rule }) => to.isFed(rule.id))
      .map(({ rule, expression }) => ({
        rule,
        rows: `SELECT arrayJoin(rows) FROM ${hits} WHERE unit = ${unit.id} AND ${overIds(expression, 'ids')}`,
      })),
  )
  if (rules.length > 0) await to.take({ lane, table, settings, rules })
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
