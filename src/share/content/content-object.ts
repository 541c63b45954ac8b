// Rules, analytics and checks as STIX: an indicator whose pattern is their text. Sigma is a word of the standard's vocabulary of
// pattern types; the two others are ours, and an extension says in which form their text is.

import { CONTENT_KINDS } from '../../model/index.ts'
import type { ContentKind } from '../../model/index.ts'
import type { JsonObject } from '../stix/problem.ts'

/** Within what a member takes of one object. */
export const MOST_CONTENT_CHARACTERS = 64 * 1024

/** STIX 2.1 section 10.17 for `sigma`. */
export const PATTERN_TYPES: Readonly<Record<ContentKind, string>> = {
  rule: 'sigma',
  analytic: 'vigie-analytic',
  check: 'vigie-check',
}
/** Its definition stands in docs/sharing.md. */
export const CONTENT_EXTENSION = 'extension-definition--5a1f7d02-9c5b-4a38-8f0e-6d1c2f0b7e36'
/** Of the form of analytics and checks. */
const FORMAT = 1

export type SharedContent = {
  readonly kind: ContentKind
  readonly name: string
  readonly text: string
}

/** What an object is besides an indicator to look for; undefined where it is none. */
export function contentOf(object: JsonObject): SharedContent | undefined {
  const { type, pattern, pattern_type: language, name } = object
  const kind = CONTENT_KINDS.find((one) => PATTERN_TYPES[one] === language)
  if (type !== 'indicator' || kind === undefined || typeof pattern !== 'string') return undefined
  return { kind, name: typeof name === 'string' ? name.slice(0, 300) : '', text: pattern }
}

/** What the indicator says of its pattern. */
export function patternParts({ kind, text }: Pick<SharedContent, 'kind' | 'text'>): JsonObject {
  const pattern_type = PATTERN_TYPES[kind]
  if (kind === 'rule') return { pattern: text, pattern_type }
  const form = { extension_type: 'property-extension', content: kind, format: FORMAT }
  return { pattern: text, pattern_type, extensions: { [CONTENT_EXTENSION]: form } }
}

/** When it ends to be valid, UTC milliseconds; undefined = never. */
export function endOf({ valid_until: until }: JsonObject): number | undefined {
  const ms = typeof until === 'string' ? Date.parse(until) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}

/** Why it is not even looked at: a form that is not ours, or too long. */
export function formProblem(object: JsonObject, { kind, text }: SharedContent): string | undefined {
  if (text.length > MOST_CONTENT_CHARACTERS)
    return `pattern: ${text.length} characters; at most ${MOST_CONTENT_CHARACTERS} are taken`
  if (kind === 'rule') return undefined
  const { extensions } = object
  const form = isRecord(extensions) ? extensions[CONTENT_EXTENSION] : undefined
  if (!isRecord(form) || form['content'] !== kind || form['format'] !== FORMAT)
    return `extensions.${CONTENT_EXTENSION}: expected content ${kind}, format ${FORMAT}`
  return undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
