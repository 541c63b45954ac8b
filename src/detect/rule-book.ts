// Rules read and compiled together, with what alerts take over from them. A book never changes; another takes its place.

import type { Problem } from '../core/index.ts'
import type { RuleFacts } from './alerts/index.ts'
import { feedingOf } from './correlations/index.ts'
import type { Feeding } from './correlations/index.ts'
import { RuleCosts } from './rule-costs.ts'
import { loadLogsources, loadSteps, planCorrelations, ruleSetSteps } from './sigma/index.ts'
import type {
  CorrelationPlans,
  LoadedCorrelation,
  LoadedRule,
  LoadedRules,
  Logsources,
  RuleSet,
} from './sigma/index.ts'
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
  readonly correlations: CorrelationPlans
  /** What of hits correlations take. */
  readonly feeding: Feeding
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
  const logsources = loadLogsources(logsourcesFile, before?.logsources)
  const ruleSet = yield* ruleSetSteps(loaded.rules, logsources)
  const correlations = planCorrelations(loaded.correlations, ruleSet.active)
  const feeding = feedingOf(correlations, ruleSet.active, logsources)
  const problems = [...loaded.problems, ...correlations.problems]
  const compiled = { ruleSet, correlations, feeding, facts: factsOf(ruleSet, correlations) }
  return { ...loaded, ...compiled, problems, today, logsources, costs: new RuleCosts() }
}

function factsOf({ active }: RuleSet, { plans }: CorrelationPlans): RuleBook['facts'] {
  const facts = new Map(active.map((rule) => [rule.id, toFacts(rule)]))
  for (const { correlation, members } of plans) {
    const own = toFacts(correlation)
    // What is seen is what its rules see, where it says nothing itself.
    const ofMembers = members.flatMap(({ id }) => facts.get(id)?.attack ?? [])
    const attack = own.attack.length > 0 ? own.attack : [...new Set(ofMembers)]
    facts.set(correlation.id, { ...own, attack })
  }
  return facts
}

function toFacts({
  id,
  title,
  level,
  attack,
  author,
  reference,
}: LoadedRule | LoadedCorrelation): RuleFacts {
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
  const old = new Map(ofBook(before).map((one) => [one.id, one]))
  const all = ofBook(after)
  const now = new Set(all.map(({ id }) => id))
  const added = all.filter(({ id }) => !old.has(id))
  const changed = all.filter((one) => !isSame(old.get(one.id) ?? one, one))
  return {
    added: added.length,
    changed: changed.length,
    removed: ofBook(before).filter(({ id }) => !now.has(id)).length,
    touched: [...added, ...changed].map(({ id }) => id),
  }
}

type InBook = { readonly id: string; readonly parts: readonly unknown[] }

/** An unchanged file gives the very same selections, filters and correlations, so other objects are another text. */
function ofBook({ rules, correlations }: RuleBook): readonly InBook[] {
  return [
    ...rules.map(({ id, selections, filters }) => ({ id, parts: [selections, ...filters] })),
    ...correlations.plans.map(({ key, correlation }) => ({ id: correlation.id, parts: [key] })),
  ]
}

function isSame({ parts: before }: InBook, { parts: after }: InBook): boolean {
  return before.length === after.length && before.every((part, at) => part === after[at])
}
