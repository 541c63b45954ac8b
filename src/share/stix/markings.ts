// Granular markings: which parts of an object a selector means (STIX 2.1 section 7.2.3), and which marks hold for each part.

import { error, isObject } from './problem.ts'
import type { JsonObject, Path, StixProblem } from './problem.ts'

const STEP = /^(?:\[\d+\]|[A-Za-z0-9_-]+)$/

/** `a.[0].b` as a path; undefined when it is no selector. */
export function parseSelector(selector: string): Path | undefined {
  const steps = selector.split('.')
  if (steps.some((step) => !STEP.test(step))) return undefined
  return steps.map((step) => (step.startsWith('[') ? Number(step.slice(1, -1)) : step))
}

/** What stands at a path. Undefined when nothing does. */
export function valueAt(object: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined
    return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
  }, object)
}

export type GranularMark = { readonly path: Path; readonly marking: string }

/** Marks by place; whoever reads a part is bound by the marks of all that it stands in, and of all that stands in it. */
export function granularMarks(object: JsonObject): readonly GranularMark[] {
  const markings = object['granular_markings']
  if (!Array.isArray(markings)) return []
  return markings.filter(isObject).flatMap(({ marking_ref: marking, selectors }) => {
    if (typeof marking !== 'string' || !Array.isArray(selectors)) return []
    return selectors.flatMap((selector) => {
      const path = typeof selector === 'string' ? parseSelector(selector) : undefined
      return path === undefined ? [] : [{ path, marking }]
    })
  })
}

/** Selectors that select nothing are errors: somebody meant to protect what is not there. */
export function selectorProblems(object: JsonObject): readonly StixProblem[] {
  const markings = object['granular_markings']
  if (!Array.isArray(markings)) return []
  return markings.flatMap((marking, at) => {
    const selectors = isObject(marking) ? marking['selectors'] : undefined
    if (!Array.isArray(selectors)) return []
    return selectors.flatMap((selector, index) => {
      const path = typeof selector === 'string' ? parseSelector(selector) : undefined
      if (path !== undefined && valueAt(object, path) !== undefined) return []
      const met = String(selector).slice(0, 100)
      return [error(['granular_markings', at, 'selectors', index], `selects nothing: ${met}`)]
    })
  })
}

/** The object without the parts at these paths, and without what becomes empty thereby. */
export function withoutParts(object: JsonObject, paths: readonly Path[]): JsonObject {
  const cut = new Set(paths.map((path) => path.join('\u0000')))
  const pruned = prune(object, [], cut)
  return isObject(pruned) ? pruned : {}
}

function prune(value: unknown, path: Path, cut: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    const kept = value
      .map((item, at) => [item, [...path, at]] as const)
      .filter(([, place]) => !cut.has(place.join('\u0000')))
      .map(([item, place]) => prune(item, place, cut))
      .filter((item) => item !== undefined)
    return kept.length === 0 ? undefined : kept
  }
  if (!isObject(value)) return value
  const kept = Object.entries(value)
    .filter(([key]) => !cut.has([...path, key].join('\u0000')))
    .map(([key, item]): [string, unknown] => [key, prune(item, [...path, key], cut)])
    .filter(([, item]) => item !== undefined)
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}
