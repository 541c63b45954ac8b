// The pattern of an indicator: whether it is one, if it says that it is STIX.

import { parsePattern } from '../pattern/parse-pattern.ts'
import { pathsOf } from '../pattern/pattern-paths.ts'
import { isPropertyName, isTypeName } from './formats.ts'
import { error } from './problem.ts'
import type { JsonObject, StixProblem } from './problem.ts'
import { knownType } from './schemas.ts'
import type { Strictness } from './strictness.ts'

export function checkPattern(
  { pattern, pattern_type: type }: JsonObject,
  { closedProperties, closedTypes }: Strictness,
): readonly StixProblem[] {
  if (type !== 'stix' || typeof pattern !== 'string') return []
  const parsed = parsePattern(pattern)
  if (!parsed.ok) {
    const { line, column, sentence } = parsed.problem
    return [error(['pattern'], `${line}:${column} ${sentence}`, 'pattern')]
  }
  return pathsOf(parsed.value).flatMap(({ type: object, steps: [first] }) => {
    const property = first?.kind === 'property' ? first.name : 'id'
    const known = knownType(object)
    const isStrange = closedTypes === true && known?.category !== 'observable'
    const isOpen = closedProperties !== true || known === undefined
    return [
      ...(isTypeName(object) && !isStrange
        ? []
        : [error(['pattern'], `not a type: ${object}`, 'pattern')]),
      ...(isPropertyName(property) && (isOpen || known.properties[property] !== undefined)
        ? []
        : [error(['pattern'], `not a property of ${object}: ${property}`, 'pattern')]),
    ]
  })
}
