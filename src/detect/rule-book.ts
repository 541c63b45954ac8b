// Rules read and compiled together, with what alerts take over from them. A book never changes; another takes its place.

import type { Problem } from '../core/index.ts'
import type { RuleFacts } from './alerts/index.ts'
import { RuleCosts } from './rule-costs.ts'
import { compileRuleSet, loadLogsources, loadRules } from './sigma/index.ts'
import type { LoadedRule, Logsources, RuleSet } from './sigma/index.ts'

export type RuleBook = {
  readonly rules: readonly LoadedRule[]
  /** Files and documents that are no rule that can be used. */
  readonly problems: readonly Problem[]
  readonly logsources: Logsources
  readonly ruleSet: RuleSet
  readonly facts: ReadonlyMap<string, RuleFacts>
  /** What judging new lines with this book took. */
  readonly costs: RuleCosts
}

/** Reads and compiles. Rules that cannot be used are listed with the reason; they never stop the others. */
export function readRuleBook(folders: readonly string[], logsourcesFile: string): RuleBook {
  const { rules, problems } = loadRules(folders)
  const logsources = loadLogsources(logsourcesFile)
  return bookOf({ rules, problems, logsources, ruleSet: compileRuleSet(rules, logsources) })
}

export function bookOf(read: Pick<RuleBook, 'rules' | 'problems' | 'logsources' | 'ruleSet'>) {
  const facts = new Map(read.ruleSet.active.map((rule) => [rule.id, toFacts(rule)]))
  return { ...read, facts, costs: new RuleCosts() }
}

function toFacts({ id, title, level, attack, author, reference }: LoadedRule): RuleFacts {
  return { id, title, severity: level, attack, author, reference }
}
