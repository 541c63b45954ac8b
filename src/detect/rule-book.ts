// Rules read and compiled together, with what alerts take over from them. A book never changes; another takes its place.

import type { Problem } from '../core/index.ts'
import type { RuleFacts } from './alerts/index.ts'
import { RuleCosts } from './rule-costs.ts'
import { loadLogsources, loadSteps, planCorrelations, ruleSetSteps } from './sigma/index.ts'
import type { LoadedRule, LoadedRules, Logsources, RuleSet } from './sigma/index.ts'
import type { Steps } from './steps.ts'

export type RuleBook = {
  readonly rules: readonly LoadedRule[]
  readonly filters: LoadedRules['filters']
  /** Files and documents that are no rule that can be used. */
  readonly problems: readonly Problem[]
  /** What each file held when it was read. */
  readonly files: LoadedRules['files']
  /** The day it was read on: filters may have ended since. */
  readonly today: string
  readonly logsources: Logsources
  readonly ruleSet: RuleSet
  readonly facts: ReadonlyMap<string, RuleFacts>
  /** What judging new lines with this book took. */
  readonly costs: RuleCosts
}

export type RuleFolders = {
  /** Folders of Sigma rules, our own first. */
  readonly folders: readonly string[]
  readonly logsourcesFile: string
}

type Reading = RuleFolders & {
  /** YYYY-MM-DD in UTC. */
  readonly today: string
  /** Files that did not change since are not read again. */
  readonly before?: RuleBook
}

/** Reads and compiles. Rules that cannot be used are listed with the reason; they never stop the others. */
export function* bookSteps({ folders, logsourcesFile, today, before }: Reading): Steps<RuleBook> {
  const known = before === undefined ? {} : { before: before.files }
  const loaded = yield* loadSteps(folders, { ...known, today })
  const logsources = loadLogsources(logsourcesFile)
  const ruleSet = yield* ruleSetSteps(loaded.rules, logsources)
  const problems = [...loaded.problems, ...correlationProblems(loaded, ruleSet)]
  const facts = new Map(ruleSet.active.map((rule) => [rule.id, toFacts(rule)]))
  return { ...loaded, problems, today, logsources, ruleSet, facts, costs: new RuleCosts() }
}

/** Correlations are understood and not run yet: each says so, or what is wrong with it. */
function correlationProblems(
  { correlations }: LoadedRules,
  { active }: RuleSet,
): readonly Problem[] {
  const { plans, problems } = planCorrelations(correlations, active)
  const waiting = plans.map(({ correlation: { file, at } }) => ({
    code: 'SIGMA_CORRELATION',
    sentence: 'This correlation is sound; running correlations comes with the next version.',
    file,
    ...at,
  }))
  return [...problems, ...waiting]
}

function toFacts({ id, title, level, attack, author, reference }: LoadedRule): RuleFacts {
  return { id, title, severity: level, attack, author, reference }
}

export type RuleChanges = {
  readonly added: number
  readonly changed: number
  readonly removed: number
  /** Rules that are new or not as they were. */
  readonly touched: readonly string[]
}

/** Whether a filter of the book has ended since it was read. */
export function isOutOfDate({ filters, today }: RuleBook, day: string): boolean {
  return filters.some(({ expires }) => expires !== undefined && expires >= today && expires < day)
}

export function changesOf(before: RuleBook, after: RuleBook): RuleChanges {
  const old = new Map(before.rules.map((rule) => [rule.id, rule]))
  const now = new Set(after.rules.map(({ id }) => id))
  const added = after.rules.filter(({ id }) => !old.has(id))
  const changed = after.rules.filter((rule) => !isSame(old.get(rule.id) ?? rule, rule))
  return {
    added: added.length,
    changed: changed.length,
    removed: before.rules.filter(({ id }) => !now.has(id)).length,
    touched: [...added, ...changed].map(({ id }) => id),
  }
}

/** An unchanged file gives the very same selections and filters, so other objects are another text. */
function isSame(before: LoadedRule, after: LoadedRule): boolean {
  return (
    before.selections === after.selections &&
    before.filters.length === after.filters.length &&
    before.filters.every((filter, at) => filter === after.filters[at])
  )
}
