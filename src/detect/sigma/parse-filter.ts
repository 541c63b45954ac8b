// A filter: what its selections describe is accepted here, and the rules it names no longer find it. Specification 2.1.0,
// "Sigma Filters"; Vigie's own key in it: vigie: { expires: 2027-01-31 }.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import type { Condition } from './condition.ts'
import type { Placeholders } from './modifiers.ts'
import { readDetection } from './read-detection.ts'
import { readName } from './rule-header.ts'
import type { LoadedFilter } from './rule.ts'
import type { MapTree, Place } from './tree.ts'
import { entryOf, textOf, textsOf } from './yaml-tree.ts'

const BESIDES = new Set(['rules'])
const DATE = /^\d{4}-\d{2}-\d{2}$/

export function parseFilter(
  file: string,
  tree: MapTree,
  placeholders: Placeholders,
): Result<LoadedFilter> {
  const refuse = (sentence: string, at: Place = tree.at) =>
    failed({ code: 'SIGMA_FILTER', sentence, file, line: at.line, column: at.column })
  const named = readName(file, tree)
  if (!named.ok) return named
  const filter = entryOf(tree, 'filter')
  if (filter?.kind !== 'map')
    return refuse('“filter” holds no map of rules, selections and a condition.', filter?.at)
  const rules = wantedRules(filter)
  if (rules === undefined)
    return refuse(
      'The filter does not say whose it is: expected “rules: any”, or the ids or names of rules.',
      filter.at,
    )
  const expires = expiryOf(tree)
  if (expires !== undefined && !isDay(expires))
    return refuse(
      `“${expires}” is no day; expected expires: YYYY-MM-DD.`,
      entryOf(tree, 'vigie')?.at,
    )
  const detection = readDetection(file, filter, { placeholders, besides: BESIDES })
  if (!detection.ok) return detection
  return ok({
    ...named.value,
    description: textOf(entryOf(tree, 'description')),
    rules,
    expires,
    selections: detection.value.selections,
    condition: accepted(detection.value.condition),
  })
}

/**
 * The specification's own example accepts what `selection` describes with `condition: selection`; most filters in use are
 * written for tools that read the condition as what remains, `not selection`. A condition that only denies means the latter.
 */
function accepted(condition: Condition): Condition {
  if (!onlyDenies(condition, false)) return condition
  return condition.kind === 'not' ? condition.item : { kind: 'not', item: condition }
}

/** Every selection stands under an odd number of `not`. */
function onlyDenies(condition: Condition, isDenied: boolean): boolean {
  switch (condition.kind) {
    case 'not':
      return onlyDenies(condition.item, !isDenied)
    case 'and':
    case 'or':
      return condition.items.every((item) => onlyDenies(item, isDenied))
    case 'selection':
    default:
      return isDenied
  }
}

/** Lower case, since ids are; an empty list means any, as other tools read it. */
function wantedRules(filter: MapTree): LoadedFilter['rules'] | undefined {
  const tree = entryOf(filter, 'rules')
  if (tree === undefined || tree.kind === 'map') return undefined
  const wanted = textsOf(tree).map((text) => text.toLowerCase())
  const [only] = wanted
  if (tree.kind === 'list' && wanted.length === 0) return 'any'
  if (tree.kind === 'scalar' && (only === 'any' || only === 'all')) return 'any'
  return wanted.length === 0 || wanted.includes('') ? undefined : wanted
}

function expiryOf(tree: MapTree): string | undefined {
  const own = entryOf(tree, 'vigie')
  const expires = own === undefined ? undefined : entryOf(own, 'expires')
  return expires === undefined ? undefined : textOf(expires)
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return DATE.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
