// Name matching to NISTIR 7696: the relation of a source name to a target name, attribute by attribute.

import { ANY, CPE_ATTRIBUTES, NA } from './cpe-name.ts'
import type { CpeAttribute, CpeName } from './cpe-name.ts'

/** Table 6-2. `undefined` where the standard gives none: the target holds a wildcard. */
export type Relation = 'superset' | 'subset' | 'equal' | 'disjoint' | 'undefined'

/** Section 6.1.2 and table 6-2. */
export function compareValues(source: string, target: string): Relation {
  if (isUndefinedTarget(target)) return 'undefined'
  if (source === target) return 'equal'
  if (source === ANY) return 'superset'
  if (target === ANY) return 'subset'
  if (source === NA || target === NA) return 'disjoint'
  return hasWildcard(source) && covers(source, target) ? 'superset' : 'disjoint'
}

export function compareNames(
  source: CpeName,
  target: CpeName,
): Readonly<Record<CpeAttribute, Relation>> {
  const relations: Record<string, Relation> = {}
  for (const attribute of CPE_ATTRIBUTES)
    relations[attribute] = compareValues(source[attribute], target[attribute])
  return relations as Record<CpeAttribute, Relation> // every attribute was set
}

/** Table 6-4: the relation of whole names; `undefined` where attributes disagree. */
export function nameRelation(source: CpeName, target: CpeName): Relation {
  const relations = Object.values(compareNames(source, target))
  const allOf = (...wanted: readonly Relation[]) =>
    relations.every((relation) => wanted.includes(relation))
  if (relations.includes('disjoint')) return 'disjoint'
  if (allOf('equal')) return 'equal'
  if (allOf('equal', 'superset')) return 'superset'
  if (allOf('equal', 'subset')) return 'subset'
  return 'undefined'
}

/**
 * The reference implementation sees a wildcard of a target only where nothing in it is quoted, and a name's own form quotes every mark
 * but the underscore. `1.*` is therefore compared as it stands. Its pairs are what others match by, so this does the same.
 */
function isUndefinedTarget(target: string): boolean {
  return hasWildcard(target) && !/[^\w*?]/.test(target)
}

/** Whether an unquoted `*` or `?` stands in it; ANY alone is none. */
export function hasWildcard(value: string): boolean {
  if (value.length < 2 && value !== '?') return false
  return /[*?]/.test(value.replaceAll(/\\./g, ''))
}

/** Wildcards stand at both ends alone: `*` is any number of characters, each `?` at most one (section 6.3). */
function covers(pattern: string, target: string): boolean {
  const marks = characters(pattern)
  let start = 0
  let end = marks.length
  let before = 0
  let after = 0
  if (marks[0] === '*') [start, before] = [1, Infinity]
  else while (start < end && marks[start] === '?') [start, before] = [start + 1, before + 1]
  if (end > start && marks[end - 1] === '*') [end, after] = [end - 1, Infinity]
  else while (end > start && marks[end - 1] === '?') [end, after] = [end - 1, after + 1]
  const core = marks.slice(start, end)
  const text = characters(target)
  for (let at = 0; at + core.length <= text.length && at <= before; at += 1) {
    const isHere = core.every((mark, index) => mark === text[at + index])
    if (isHere && text.length - at - core.length <= after) return true
  }
  return false
}

/** A quoted character is one: `\!` stays together, so that `\*` is never a wildcard. */
function characters(value: string): readonly string[] {
  return value.match(/\\.|./gs) ?? []
}
