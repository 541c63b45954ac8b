// Sigma text beside the rules in use: what its documents are, and what is wrong with them.

import { VigieError } from '../../core/index.ts'
import type { RuleCheck } from '../../model/index.ts'
import type { RuleBook } from '../rule-book.ts'
import { applyFilters, lintsOf, parseRules, planCorrelations } from '../sigma/index.ts'
import type { Lint, LoadedRule, ParsedFile } from '../sigma/index.ts'

/** What places in the text are said to be in. */
const FILE = 'rule.yml'

export type ReadText = ParsedFile & {
  readonly lints: readonly Lint[]
  /** Rules that filters of the text are for, as they would then be. */
  readonly filtered: readonly LoadedRule[]
}

/** `today` is a day, YYYY-MM-DD in UTC. */
export function readText(text: string, book: RuleBook, today: string): ReadText {
  const parsed = parseRules(FILE, text)
  const own = new Set(parsed.rules.map(({ id }) => id))
  const others = book.rules.filter(({ id }) => !own.has(id))
  const { rules, problems: ofFilters } = applyFilters(
    [...parsed.rules, ...others].map((rule) => ({ ...rule, filters: [] })),
    parsed.filters,
    today,
  )
  const { problems: ofPlans } = planCorrelations(parsed.correlations, rules)
  const problems = [...parsed.problems, ...ofFilters, ...ofPlans]
  const filtered = rules.filter(({ filters }) => filters.length > 0)
  return { ...parsed, filtered, lints: lintsOf({ ...parsed, problems }, book.logsources) }
}

export function checkText(text: string, book: RuleBook, today: string): RuleCheck {
  const { rules, filters, correlations, lints } = readText(text, book, today)
  return {
    rules: rules.length,
    filters: filters.length,
    correlations: correlations.length,
    lints: lints.map(({ severity, sentence, line = null, column = null }) => ({
      severity,
      sentence,
      line,
      column,
    })),
  }
}

/** Throws RULE_UNUSABLE with the first thing that stands in the way. */
export function usableText(text: string, book: RuleBook, today: string): ReadText {
  const read = readText(text, book, today)
  const error = read.lints.find(({ severity }) => severity === 'error')
  if (error !== undefined) throw unusable(error)
  if (read.rules.length + read.filters.length + read.correlations.length === 0)
    throw unusable({ sentence: 'There is no rule in it.' })
  return read
}

export function unusable({
  sentence,
  line,
  column,
}: Pick<Lint, 'sentence' | 'line' | 'column'>): VigieError {
  const place = line === undefined ? '1:1' : `${line}:${column ?? 1}`
  return new VigieError('RULE_UNUSABLE', { place, reason: sentence })
}
