// STIX patterns that are one comparison, or several joined by OR: STIX 2.1 section 9. What says more than that (AND,
// FOLLOWEDBY, qualifiers, other operators) is refused, not taken for less than it says.

import type { IndicatorKind } from '../../model/index.ts'

export type Compared = { readonly kind: IndicatorKind; readonly value: string }

/** Longest pattern that is read. */
const MOST_LENGTH = 65_536
const MOST_VALUES = 1000

/** Undefined when the pattern is not one of these. */
export function readPattern(pattern: string): readonly Compared[] | undefined {
  if (pattern.length > MOST_LENGTH) return undefined
  const found: Compared[] = []
  const comparison =
    /\s*(?:(\[)\s*)?([a-z0-9-]+:[A-Za-z0-9_.'\-[\]*]+)\s*(=|IN)\s*(\(\s*'(?:[^'\\]|\\.)*'(?:\s*,\s*'(?:[^'\\]|\\.)*')*\s*\)|'(?:[^'\\]|\\.)*')\s*(?:(\])\s*)?(OR\s|$)/y
  let isInside = false
  let at = 0
  while (at < pattern.length) {
    comparison.lastIndex = at
    const match = comparison.exec(pattern)
    const [whole = '', opening, path = '', , values = '', closing, joined = ''] = match ?? []
    if (match === null || (opening === '[') === isInside) return undefined
    isInside = closing !== ']'
    const kind = kindOf(path)
    if (kind === undefined) return undefined
    for (const value of textsIn(values)) found.push({ kind, value })
    if (found.length > MOST_VALUES) return undefined
    at += whole.length
    if (joined === '' && (isInside || at < pattern.length)) return undefined
    if (joined !== '' && at >= pattern.length) return undefined
  }
  return found.length === 0 || isInside ? undefined : found
}

function textsIn(values: string): readonly string[] {
  const texts = values.match(/'(?:[^'\\]|\\.)*'/g) ?? []
  return texts.map((text) => text.slice(1, -1).replaceAll(/\\(.)/g, '$1'))
}

const PATHS: readonly (readonly [RegExp, IndicatorKind])[] = [
  [/^ipv[46]-addr:value$/, 'address'],
  [/^network-traffic:(?:src|dst)_ref\.value$/, 'address'],
  [/^domain-name:value$/, 'domain'],
  [/^url:value$/, 'url'],
  [/^email-addr:value$/, 'email'],
  [/^email-message:(?:from|sender)_ref\.value$/, 'email'],
  [/^(?:file|process:binary_ref|artifact):?\.?hashes\.(?:'[A-Za-z0-9-]+'|[A-Za-z0-9-]+)$/, 'hash'],
  [/^(?:file:(?:name|path)|process:name)$/, 'file_name'],
  [/^x509-certificate:(?:hashes\.(?:'[A-Za-z0-9-]+'|[A-Za-z0-9-]+)|serial_number)$/, 'certificate'],
  [/^network-traffic:extensions\.'http-request-ext'\.request_header\.'User-Agent'$/, 'user_agent'],
  [/^windows-registry-key:key$/, 'registry_key'],
]

function kindOf(path: string): IndicatorKind | undefined {
  return PATHS.find(([form]) => form.test(path))?.[1]
}
