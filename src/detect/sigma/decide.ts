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

/** Hits of the rules that find something themselves. */
export async function decide(
  request: JudgeRequest,
  hits: string,
  candidates: readonly Candidates[],
): Promise<readonly Hit[]> {
  const found: Hit[] = []
  for (const { unit, rules } of candidates) {
    const telling = rules.filter(({ rule }) => request.feed?.isMuted(rule.id) !== true)
    await timed(
      async () => {
        for (let at = 0; at < telling.length; at += CONDITIONS_PER_STATEMENT) {
          const some = telling.slice(at, at + CONDITIONS_PER_STATEMENT)
          for (const hit of await decideSome(request, { hits, unit, candidates: some }))
            found.push(hit)
        }
      },
      (ms) => request.meter?.unit(unit, ms),
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
  const conditions = candidates.map(({ expression }) => overIds(expression, 'ids'))
  const numbers = candidates.map((_, at) => at + 1)
  const { rows } = await lane.query<DecidedRow>(
    trusted(`SELECT met, ids, rows FROM (
SELECT arrayFilter((r, holds) -> holds, [${numbers.join(',')}], [${conditions.join(',\n')}]) AS met, ids, rows FROM ${hits} WHERE unit = ${unit.id}) WHERE notEmpty(met)`),
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
