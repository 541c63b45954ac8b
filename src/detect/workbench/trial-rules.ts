// What a test judges with: the rules of the text, and of a filter its rules twice, as they are and as they would be.

import type { RuleBook } from '../rule-book.ts'
import { applyFilters, compileRuleSet } from '../sigma/index.ts'
import type { LoadedRule, RuleSet } from '../sigma/index.ts'
import { unusable } from './check-text.ts'
import type { ReadText } from './check-text.ts'

export type TrialRules = {
  readonly ruleSet: RuleSet
  /** Each rule and, where a filter of the text is for it, the id it goes by with that filter. */
  readonly tried: readonly { readonly rule: LoadedRule; readonly filteredId: string | null }[]
  /** Titles of correlations. */
  readonly untried: readonly string[]
}

/** A filter for more rules than this is tried no further: it takes a set of its own to compile. */
const MOST_RULES = 200
const FILTERED = '~filtered'

/** Throws RULE_UNUSABLE when there is nothing to judge with, or too much. `today` is YYYY-MM-DD in UTC. */
export function trialRules(read: ReadText, book: RuleBook, today: string): TrialRules {
  const own = new Set(read.rules.map(({ id }) => id))
  const standing = applyFilters(read.rules, book.filters, today).rules
  const reached = book.rules.filter(
    ({ id }) => !own.has(id) && read.filtered.some((rule) => rule.id === id),
  )
  const rules = [...standing, ...reached]
  if (rules.length === 0)
    throw unusable({ sentence: 'There is no rule in it that looks at single events.' })
  if (rules.length > MOST_RULES) {
    throw unusable({
      sentence: `The text is about ${rules.length} rules; a test takes at most ${MOST_RULES}. Name the rules it is for.`,
    })
  }
  const further = new Map(read.filtered.map(({ id, filters }) => [id, filters]))
  const tried = rules.map((rule) => {
    const filters = further.get(rule.id)
    return filters === undefined
      ? { rule, filteredId: null, judged: [rule] }
      : { rule, filteredId: `${rule.id}${FILTERED}`, judged: [rule, withFilters(rule, filters)] }
  })
  return {
    ruleSet: compileRuleSet(
      tried.flatMap(({ judged }) => judged),
      book.logsources,
    ),
    tried,
    untried: read.correlations.map(({ title }) => title.en),
  }
}

/** A filter that stands already and is written anew takes its own place. */
function withFilters(rule: LoadedRule, filters: LoadedRule['filters']): LoadedRule {
  const ids = new Set(filters.map(({ id }) => id))
  const others = rule.filters.filter(({ id }) => !ids.has(id))
  return { ...rule, id: `${rule.id}${FILTERED}`, filters: [...others, ...filters] }
}
