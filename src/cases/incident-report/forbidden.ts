// What must never be submitted, found in the text that would leave.

import type { Forbidden } from '../../model/index.ts'
import type { Finder } from './forbidden-finder.ts'
import { NUMBERS } from './forbidden-numbers.ts'
import { SECRETS } from './forbidden-secrets.ts'

const FINDERS: readonly Finder[] = [...NUMBERS, ...SECRETS]

/** Texts are looked at up to here; a report's fields are bounded far below. */
const MOST_TEXT = 20_000

/** Every place of a report, in order. */
export function findForbidden(report: unknown): readonly Forbidden[] {
  return textsOf(report, []).flatMap(({ place, text }) =>
    FINDERS.flatMap((finder) => findIn(finder, text.slice(0, MOST_TEXT), place)),
  )
}

function findIn(
  { kind, pattern, isIt }: Finder,
  text: string,
  place: string,
): readonly Forbidden[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const it = match.groups?.['it'] ?? ''
    if (isIt !== undefined && !isIt(it)) return []
    return [{ kind, place, excerpt: excerptOf(text, it, match.index) }]
  })
}

const AROUND = 30

/** The words around, with what was found as dots. */
function excerptOf(text: string, it: string, from: number): string {
  const at = text.indexOf(it, from)
  const before = text.slice(Math.max(0, at - AROUND), at)
  const after = text.slice(at + it.length, at + it.length + AROUND)
  return `${before}${'•'.repeat(Math.min(it.length, 12))}${after}`.trim()
}

type Place = { readonly place: string; readonly text: string }

function textsOf(value: unknown, path: readonly string[]): readonly Place[] {
  if (typeof value === 'string') return [{ place: path.join('.'), text: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => textsOf(item, [...path, key]))
}
