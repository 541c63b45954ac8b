// Which rules the atoms met leave possible, and on which rows their conditions hold.

import { trusted } from '../../store/index.ts'
import { fold, overIds } from './expression.ts'
import type { Hit } from './findings.ts'
import type { JudgeRequest } from './judge-request.ts'
import type { RoutedRule } from './rule-set.ts'
import { timed } from './timed.ts'
import type { Unit } from './units.ts'

/** Rules of a unit that may have met some of its rows. */
export type Candidates<Of = Unit> = { readonly unit: Of; readonly rules: readonly RoutedRule[] }

export async function candidatesOf<Of extends Pick<Unit, 'id' | 'rules'>>(
  { lane, settings }: Pick<JudgeRequest, 'lane' | 'settings'>,
  hits: string,
  units: readonly Of[],
): Promise<readonly Candidates<Of>[]> {
  const met = await lane.query<{ unit: number; ids: readonly number[] }>(
    trusted(`SELECT unit, groupUniqArrayArray(ids) AS ids FROM ${hits} GROUP BY unit`),
    { settings: { ...settings } },
  )
  const byUnit = new Map(met.rows.map(({ unit, ids }) => [unit, new Set(ids)]))
  return units.flatMap((unit) => {
    const ids = byUnit.get(unit.id)
    if (ids === undefined) return []
    const rules = unit.rules
      .map(({ rule, expression }) => ({
        rule,
        expression: fold(expression, (id) => (ids.has(id) ? undefined : false)),
      }))
      .filter(({ expression }) => expression.kind !== 'false')
    return [{ unit, rules }]
  })
}

/** Conditions in one statement: above this, planning grows faster than the work. */
export const CONDITIONS_PER_STATEMENT = 300

/** Hits of the rules that find something themselves. Few conditions of several units are decided together. */
export async function decide(
  request: JudgeRequest,
  hits: string,
  candidates: readonly Candidates[],
): Promise<readonly Hit[]> {
  const telling = candidates.map(({ unit, rules }) => ({
    unit,
    rules: rules.filter(({ rule }) => request.feed?.isMuted(rule.id) !== true),
  }))
  const found: Hit[] = []
  for (const some of inStatements(telling)) {
    await timed(
      async () => {
        for (const hit of await decideSome(request, hits, some)) found.push(hit)
      },
      (ms) => some.forEach(({ unit }) => request.meter?.unit(unit, ms / some.length)),
    )
  }
  return found
}

function inStatements(candidates: readonly Candidates[]): readonly (readonly Candidates[])[] {
  const pieces = candidates.flatMap(({ unit, rules }) =>
    Array.from({ length: Math.ceil(rules.length / CONDITIONS_PER_STATEMENT) }, (_, at) => ({
      unit,
      rules: rules.slice(at * CONDITIONS_PER_STATEMENT, (at + 1) * CONDITIONS_PER_STATEMENT),
    })),
  )
  const statements: Candidates[][] = []
  let conditions = Infinity
  for (const piece of pieces) {
    conditions += piece.rules.length
    const isOfLast = statements.at(-1)?.some(({ unit }) => unit.id === piece.unit.id) === true
    if (conditions > CONDITIONS_PER_STATEMENT || isOfLast) {
      statements.push([])
      conditions = piece.rules.length
    }
    statements.at(-1)?.push(piece)
  }
  return statements
}

type DecidedRow = {
  readonly unit: number
  readonly met: readonly number[]
  readonly ids: readonly number[]
  readonly rows: readonly (readonly [string, number])[]
}

async function decideSome(
  { lane, settings }: JudgeRequest,
  hits: string,
  candidates: readonly Candidates[],
): Promise<readonly Hit[]> {
  const rulesOf = new Map(candidates.map(({ unit, rules }) => [unit.id, rules]))
  const branches = [...rulesOf].map(([id, rules]) => `unit = ${id}, ${metOf(rules)}`)
  const { rows } = await lane.query<DecidedRow>(
    trusted(`SELECT unit, met, ids, rows FROM (
SELECT unit, multiIf(${branches.join(',\n')}, []) AS met, ids, rows FROM ${hits} WHERE unit IN (${[...rulesOf.keys()].join(', ')})) WHERE notEmpty(met)`),
    { settings: { ...settings } },
  )
  return rows.flatMap(({ unit, met, ids, rows: lines }) => {
    const holding = new Set(ids)
    return met.flatMap((at) => {
      const candidate = rulesOf.get(unit)?.[at - 1]
      return candidate === undefined
        ? []
        : lines.map(([batch, line]): Hit => ({ rule: candidate.rule, batch, line, ids: holding }))
    })
  })
}

/** SQL for the places of the rules whose conditions hold, from 1. */
function metOf(rules: readonly RoutedRule[]): string {
  const places = rules.map((_, at) => at + 1)
  const conditions = rules.map(({ expression }) => overIds(expression, 'ids'))
  return `arrayFilter((r, holds) -> holds, [${places.join(',')}], [${conditions.join(',\n')}])`
}
