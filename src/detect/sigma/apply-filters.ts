// Filters to the rules they are for. A filter that reaches nobody, or no longer does, is said.

import type { Problem } from '../../core/index.ts'
import { showLogsource } from './logsource.ts'
import type { LoadedFilter, LoadedRule, Logsource } from './rule.ts'

export type Filtered = {
  readonly rules: readonly LoadedRule[]
  readonly problems: readonly Problem[]
}

/** `today` is a day, YYYY-MM-DD in UTC: a filter holds through the day it expires on. */
export function applyFilters(
  rules: readonly LoadedRule[],
  filters: readonly LoadedFilter[],
  today: string,
): Filtered {
  if (filters.length === 0) return { rules, problems: [] }
  const problems: Problem[] = []
  const byRule = new Map<LoadedRule, LoadedFilter[]>()
  for (const filter of filters) {
    if (filter.expires !== undefined && filter.expires < today) {
      problems.push(
        say(filter, `The filter ended on ${filter.expires}: its rules find everything again.`),
      )
      continue
    }
    const named = rules.filter((rule) => isNamed(rule, filter))
    const reached = named.filter((rule) => covers(filter.logsource, rule.logsource))
    for (const rule of reached) byRule.set(rule, [...(byRule.get(rule) ?? []), filter])
    if (reached.length === 0) problems.push(say(filter, reachesNobody(filter, named)))
  }
  return {
    rules: rules.map((rule) => {
      const own = byRule.get(rule)
      return own === undefined ? rule : { ...rule, filters: own }
    }),
    problems,
  }
}

function isNamed({ id, name }: LoadedRule, { rules }: LoadedFilter): boolean {
  return (
    rules === 'any' || rules.includes(id) || (name !== '' && rules.includes(name.toLowerCase()))
  )
}

/** What the filter's log source says, the rule's says too. */
function covers(filter: Logsource, rule: Logsource): boolean {
  return (['category', 'product', 'service'] as const).every(
    (part) => filter[part] === undefined || filter[part] === rule[part],
  )
}

function reachesNobody({ rules, logsource }: LoadedFilter, named: readonly LoadedRule[]): string {
  const source = showLogsource(logsource)
  const [first] = named
  if (first !== undefined && rules !== 'any')
    return `The filter is for ${source}, and its rules are not: ${first.title.en} is for ${showLogsource(first.logsource)}.`
  return rules === 'any'
    ? `The filter is for ${source}, and no rule here is.`
    : `The filter names rules that are not here: ${rules.slice(0, 5).join(', ')}.`
}

function say({ file, at }: LoadedFilter, sentence: string): Problem {
  return { code: 'SIGMA_FILTER', sentence, file, ...at }
}
