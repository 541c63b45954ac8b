// Whether something from outside is a STIX 2.1 object, and what is wrong with it, by place. Pure; never throws.

import { adviceOnObject, adviceOnPart, adviceOnValues } from './advice.ts'
import {
  RESERVED_TYPES,
  customPropertyProblems,
  customTypeProblems,
  extensionProblems,
  waysOf,
} from './custom.ts'
import { NO_TEXT, comparableTime, isText, isTimestamp, typeOfId } from './formats.ts'
import { selectorProblems } from './markings.ts'
import { OBJECT_RULES, PART_RULES } from './object-rules.ts'
import { ownEntry } from './own-entry.ts'
import { checkPattern } from './pattern-advice.ts'
import { error, isObject } from './problem.ts'
import type { JsonObject, Path, StixProblem } from './problem.ts'
import { parseKind } from './property-kinds.ts'
import type { Properties } from './property-kinds.ts'
import { customProperties, innerProperties, knownType, schemaOf } from './schemas.ts'
import type { Strictness } from './strictness.ts'
import { isTlp1 } from './tlp.ts'

/** Errors and advice. An object without errors may be used. */
export function checkObject(value: unknown, strictness: Strictness = {}): readonly StixProblem[] {
  if (!isObject(value)) return [error([], 'must be an object')]
  const { type, id } = value
  if (typeof type !== 'string') return [error(['type'], 'must be a text')]
  const known = knownType(type)
  const ways = waysOf(value)
  const isObservable = known?.category === 'observable' || ways.includes('new-sco')
  const properties = known?.properties ?? customProperties(isObservable)
  const isExtended =
    known === undefined ||
    (ways.includes('toplevel-property-extension') && !RESERVED_TYPES.has(type))
  return [
    ...emptyProblems(value, []),
    ...shapeProblems(value, properties),
    ...(typeof id === 'string' && typeOfId(id) !== type
      ? [error(['id'], `must begin with ${type}--`)]
      : []),
    ...(RESERVED_TYPES.has(type) ? [error(['type'], 'a reserved type')] : []),
    ...(known === undefined ? customTypeProblems(type, value) : []),
    ...versionTimes(value),
    ...(ownEntry(OBJECT_RULES, type) ?? []).flatMap((rule) => rule(value)),
    ...customPropertyProblems({ object: value, properties, path: [], isExtended }),
    ...extensionProblems(value, known?.category === 'observable'),
    ...innerProblems(value, properties, []),
    ...(type === 'marking-definition' ? markingProblems(value) : []),
    ...selectorProblems(value),
    ...adviceOnValues(value, properties, []),
    ...adviceOnObject(type, value),
    ...(type === 'indicator' ? checkPattern(value, strictness) : []),
    ...strictProblems(value, properties, strictness),
  ]
}

export function isUsable(problems: readonly StixProblem[]): boolean {
  return problems.every(({ severity }) => severity !== 'error')
}

function strictProblems(
  object: JsonObject,
  properties: Properties,
  { closedProperties, needsCreator }: Strictness,
): readonly StixProblem[] {
  const unknown = Object.keys(object).filter((name) => ownEntry(properties, name) === undefined)
  const lacksCreator =
    properties['created_by_ref'] !== undefined && object['created_by_ref'] === undefined
  return [
    ...(closedProperties === true && knownType(String(object['type'])) !== undefined
      ? unknown.map((name) => error([name], 'not a property of the standard', 'closed'))
      : []),
    ...(needsCreator === true && lacksCreator && object['type'] !== 'identity'
      ? [error(['created_by_ref'], 'must be there', 'creator')]
      : []),
  ]
}

/** Section 2: null must not be used; an empty list means nothing; text is text. Deep, since custom content is kept as it is. */
function emptyProblems(value: unknown, path: Path): readonly StixProblem[] {
  if (typeof value === 'string') return isText(value) ? [] : [error(path, NO_TEXT, 'text')]
  if (value === null) return [error(path, 'must not be null')]
  if (Array.isArray(value)) {
    if (value.length === 0) return [error(path, 'a list must not be empty')]
    return value.flatMap((item, at) => emptyProblems(item, [...path, at]))
  }
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) =>
    isText(key) ? emptyProblems(item, [...path, key]) : [error(path, NO_TEXT, 'text')],
  )
}

function shapeProblems(
  value: unknown,
  properties: Properties,
  path: Path = [],
): readonly StixProblem[] {
  const read = schemaOf(properties).safeParse(value)
  if (read.success) return []
  return read.error.issues.map((issue) => {
    const place = issue.path.filter((part) => typeof part !== 'symbol')
    return error([...path, ...place], issue.message, 'schema')
  })
}

/** Section 3.6.1 */
function versionTimes({ created, modified }: JsonObject): readonly StixProblem[] {
  if (typeof created !== 'string' || typeof modified !== 'string') return []
  if (!isTimestamp(created) || !isTimestamp(modified)) return []
  return comparableTime(created) > comparableTime(modified)
    ? [error(['modified'], `must not be earlier than created (${created}), and is ${modified}`)]
    : []
}

/** Parts and extensions, each against its own table. */
function innerProblems(
  object: JsonObject,
  properties: Properties,
  path: Path,
): readonly StixProblem[] {
  const parts = Object.entries(properties).flatMap(([name, text]) => {
    const { base } = parseKind(text)
    const value = object[name]
    if (value === undefined || innerProperties(base) === undefined) return []
    return Array.isArray(value)
      ? value.map((item, at): Inner => ({ table: base, part: item, path: [...path, name, at] }))
      : [{ table: base, part: value, path: [...path, name] }]
  })
  const { extensions } = object
  const extended = Object.entries(isObject(extensions) ? extensions : {}).map(
    ([key, part]): Inner => ({ table: key, part, path: [...path, 'extensions', key] }),
  )
  return [...parts, ...extended].flatMap(partProblems)
}

type Inner = { readonly table: string; readonly part: unknown; readonly path: Path }

function partProblems({ table, part, path }: Inner): readonly StixProblem[] {
  const properties = innerProperties(table)
  if (properties === undefined || !isObject(part)) return []
  const isExtension = path.includes('extensions')
  const located = (problems: readonly StixProblem[]) =>
    problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }))
  return [
    ...(isExtension ? shapeProblems(part, properties, path) : []),
    ...located((ownEntry(PART_RULES, table) ?? []).flatMap((rule) => rule(part))),
    ...customPropertyProblems({ object: part, properties, path, isExtended: false }),
    ...adviceOnPart(table, part, path),
    ...adviceOnValues(part, properties, path),
    ...innerProblems(part, properties, path),
  ]
}

function markingProblems(object: JsonObject): readonly StixProblem[] {
  const { definition_type: type, definition, extensions, id } = object
  const isDefined = type !== undefined && definition !== undefined
  const granular = Array.isArray(object['granular_markings']) ? object['granular_markings'] : []
  const refs = Array.isArray(object['object_marking_refs']) ? object['object_marking_refs'] : []
  const isCircular =
    refs.includes(id) || granular.some((one) => isObject(one) && one['marking_ref'] === id)
  return [
    ...(isDefined || extensions !== undefined
      ? []
      : [error([], 'definition_type and definition, or an extension, must be there')]),
    ...(type === 'tlp' && !isTlp1(object)
      ? [error(['definition'], 'not one of the four markings of TLP 1')]
      : []),
    ...(type === 'statement' &&
    !(isObject(definition) && typeof definition['statement'] === 'string')
      ? [error(['definition', 'statement'], 'must be a text')]
      : []),
    ...(isCircular ? [error([], 'must not be marked by itself')] : []),
  ]
}
