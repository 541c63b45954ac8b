// Which rules a run judges with, and what the hits it brings to correlations go by.

import { VigieError } from '../../core/index.ts'
import { feedingOf } from '../correlations/index.ts'
import type { Feeding } from '../correlations/index.ts'
import type { RuleBook } from '../rule-book.ts'
import { compileRuleSet } from '../sigma/index.ts'
import type { RuleSet } from '../sigma/index.ts'
import type { RunRow } from './run-records.ts'

/** All rules use the set that new lines are judged with, whose patterns are compiled already. */
export function setOf(
  { ruleSet, correlations, logsources }: RuleBook,
  rules: readonly string[] | null,
): RuleSet {
  if (rules === null) return ruleSet
  const wanted = new Set(rules)
  // Those that a correlation is made of stand before it.
  for (const { correlation, members } of correlations.plans.toReversed())
    if (wanted.has(correlation.id)) for (const { id } of members) wanted.add(id)
  return compileRuleSet(
    ruleSet.active.filter(({ id }) => wanted.has(id)),
    logsources,
  )
}

/** Correlations all of whose rules are among those of the run: the others would miss hits. */
export function feedingFor(book: RuleBook, { active }: RuleSet): Feeding {
  if (active === book.ruleSet.active) return book.feeding
  const ids = new Set(active.map(({ id }) => id))
  const plans = book.correlations.plans.filter(({ members }) =>
    members.every(({ kind, id }) => kind === 'correlation' || ids.has(id)),
  )
  return feedingOf({ ...book.correlations, plans }, active, book.logsources)
}

/** Throws NOT_FOUND for a rule that does not run. */
export function checkKnown(
  { ruleSet, correlations }: RuleBook,
  rules: readonly string[] | null,
): void {
  const active = new Set([
    ...ruleSet.active.map(({ id }) => id),
    ...correlations.plans.map(({ correlation }) => correlation.id),
  ])
  const missing = rules?.find((rule) => !active.has(rule))
  if (missing !== undefined)
    throw new VigieError('NOT_FOUND', { what: `An active rule ${missing}` })
}

/** The hits of all slices of a run, and of its resumptions, go by one name. */
export function feedOfRun({ id, asked }: RunRow): { readonly id: string; readonly nowMs: number } {
  return { id: `history:${id}`, nowMs: asked.getTime() }
}
