// A bundle from outside: bounded before anything is looked at, then each object by itself. One bad object does not stop the others.

import { checkObject, isUsable } from './check-object.ts'
import { isIdentifier, typeOfId, uuidVersion } from './formats.ts'
import { advice, error, isObject } from './problem.ts'
import type { JsonObject, StixProblem } from './problem.ts'

export type BundleLimits = {
  readonly bytes: number
  readonly objects: number
  readonly depth: number
  /** Lists and dictionaries of one object, all together. */
  readonly members: number
}

export const BUNDLE_LIMITS: BundleLimits = {
  bytes: 64 * 1024 * 1024,
  objects: 100_000,
  depth: 64,
  members: 100_000,
}

export type CheckedBundle = {
  readonly objects: readonly JsonObject[]
  readonly problems: readonly StixProblem[]
}

/** Reads text that may be anything. Never throws. */
export function readBundle(text: string, limits: BundleLimits = BUNDLE_LIMITS): CheckedBundle {
  if (Buffer.byteLength(text) > limits.bytes) return refused(`larger than ${limits.bytes} bytes`)
  if (depthOf(text) > limits.depth) return refused(`deeper than ${limits.depth} levels`)
  try {
    return checkBundle(JSON.parse(text), limits)
  } catch {
    return refused('not JSON')
  }
}

function refused(sentence: string): CheckedBundle {
  return { objects: [], problems: [error([], sentence, 'bundle')] }
}

/** Counted in the text: a reader that recurses would fall over what is counted here. */
export function depthOf(text: string): number {
  let [depth, deepest] = [0, 0]
  let isInText = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (isInText) {
      if (code === BACKSLASH) at += 1
      else if (code === QUOTE) isInText = false
    } else if (code === QUOTE) isInText = true
    else if (code === OPEN_LIST || code === OPEN_OBJECT) deepest = Math.max(deepest, (depth += 1))
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1
  }
  return deepest
}

const [BACKSLASH, QUOTE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [
  92, 34, 91, 93, 123, 125,
]

/** The usable objects of a bundle, and what is wrong with it and with the others. */
export function checkBundle(value: unknown, limits: BundleLimits = BUNDLE_LIMITS): CheckedBundle {
  if (!isObject(value) || value['type'] !== 'bundle') return refused('must be a bundle')
  const { objects, ...rest } = value
  const list = Array.isArray(objects) ? objects : []
  if (list.length > limits.objects) return refused(`more than ${limits.objects} objects`)
  const own = [...envelopeProblems(rest, objects), ...doubleProblems(list)]
  const usable: JsonObject[] = []
  const problems = list.flatMap((object, at) => {
    const found = boundedProblems(object, limits)
    if (isObject(object) && isUsable(found)) usable.push(object)
    return found.map((problem) => ({ ...problem, path: ['objects', at, ...problem.path] }))
  })
  return { objects: usable, problems: [...own, ...problems] }
}

function boundedProblems(object: unknown, limits: BundleLimits): readonly StixProblem[] {
  if (isObject(object) && object['type'] === 'bundle')
    return [error([], 'a bundle within a bundle')]
  return membersOf(object, limits.members) > limits.members
    ? [error([], `holds more than ${limits.members} values`)]
    : checkObject(object)
}

/** Stops counting where it has seen enough. Depth is bounded before. */
function membersOf(value: unknown, most: number): number {
  let count = 0
  const waiting: unknown[] = [value]
  while (waiting.length > 0 && count <= most) {
    const next = waiting.pop()
    count += 1
    if (typeof next === 'object' && next !== null)
      waiting.push(...Object.values(next).slice(0, most + 1))
  }
  return count
}

function envelopeProblems(rest: JsonObject, objects: unknown): readonly StixProblem[] {
  const { id } = rest
  const isId = typeof id === 'string' && isIdentifier(id) && typeOfId(id) === 'bundle'
  return [
    ...(isId ? [] : [error(['id'], 'expected bundle--UUID')]),
    ...(isId && uuidVersion(id) !== '4'
      ? [advice('uuid-check', ['id'], 'expected a UUID of version 4')]
      : []),
    ...(objects === undefined || (Array.isArray(objects) && objects.length > 0)
      ? []
      : [error(['objects'], 'must be a list that is not empty')]),
    ...Object.keys(rest)
      .filter((name) => name !== 'type' && name !== 'id')
      .map((name) => advice('extensions-use', [name], 'a bundle has type, id and objects')),
  ]
}

/** Section 3.6: one state of an object is one text. */
function doubleProblems(list: readonly unknown[]): readonly StixProblem[] {
  const seen = new Set<string>()
  return list.filter(isObject).flatMap(({ id, modified }, at) => {
    if (typeof id !== 'string') return []
    const state = `${id} ${typeof modified === 'string' ? modified : ''}`
    if (!seen.has(state)) {
      seen.add(state)
      return []
    }
    return [advice('duplicate-ids', ['objects', at, 'id'], 'stands in the bundle twice')]
  })
}
