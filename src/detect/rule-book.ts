// Rules read and compiled together, with what alerts take over from them. A book never changes; another takes its place.

import type { Problem } from '../core/index.ts'
import type { RuleFacts } from './alerts/index.ts'
import { RuleCosts } from './rule-costs.ts'
import { loadLogsources, loadSteps, ruleSetSteps } from './sigma/index.ts'
import type { LoadedRule, LoadedRules, Logsources, RuleSet } from './sigma/index.ts'
import type { Steps } from './steps.ts'

export type RuleBook = {
  readonly rules: readonly LoadedRule[]
  /** Files and documents that are no rule that can be used. */
  readonly problems: readonly Problem[]
  /** What each file held when it was read. */
  readonly files: LoadedRules['files']
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

/**
 * Reads and compiles. Rules that cannot be used are listed with the reason; they never stop the others. Files that did not
 * change since `before` are not read again.
 */
export function* bookSteps(
  { folders, logsourcesFile }: RuleFolders,
  before?: RuleBook,
): Steps<RuleBook> {
  const known = before === undefined ? {} : { before: before.files }
  const loaded = yield* loadSteps(folders, known)
  const logsources = loadLogsources(logsourcesFile)
  const ruleSet = yield* ruleSetSteps(loaded.rules, logsources)
  const facts = new Map(ruleSet.active.map((rule) => [rule.id, toFacts(rule)]))
  return { ...loaded, logsources, ruleSet, facts, costs: new RuleCosts() }
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

/** An unchanged file gives the very same rules, so another object is another text. */
export function changesOf(before: RuleBook, after: RuleBook): RuleChanges {
  const old = new Map(before.rules.map((rule) => [rule.id, rule]))
  const now = new Set(after.rules.map(({ id }) => id))
  const added = after.rules.filter(({ id }) => !old.has(id))
  const changed = after.rules.filter((rule) => old.has(rule.id) && old.get(rule.id) !== rule)
  return {
    added: added.length,
    changed: changed.length,
    removed: before.rules.filter(({ id }) => !now.has(id)).length,
    touched: [...added, ...changed].map(({ id }) => id),
  }
}
