// Where the members of one JSON object lie, without parsing their values.

import { CLASS, CLASSES } from '../files/json-syntax.ts'

export type Span = { readonly start: number; readonly end: number }

const QUOTE = 34
const BACKSLASH = 92

/** Null where this is no object. Of a name that comes twice, the last counts, as in JSON.parse. */
export function membersOf(
  bytes: Buffer,
  start: number,
  end: number,
): ReadonlyMap<string, Span> | null {
  const members = new Map<string, Span>()
  let at = afterSpace(bytes, start, end)
  if (CLASSES[bytes[at] ?? 0] !== CLASS.openObject) return null
  at = afterSpace(bytes, at + 1, end)
  if (CLASSES[bytes[at] ?? 0] === CLASS.closeObject) return members
  while (at < end) {
    const name = nameAt(bytes, at, end)
    if (name === null) return null
    const colon = afterSpace(bytes, name.end, end)
    if (CLASSES[bytes[colon] ?? 0] !== CLASS.colon) return null
    const value = afterSpace(bytes, colon + 1, end)
    const valueEnd = endOfValue(bytes, value, end)
    if (valueEnd === -1 || valueEnd === value) return null
    members.set(name.text, { start: value, end: valueEnd })
    const next = afterSpace(bytes, valueEnd, end)
    const met = CLASSES[bytes[next] ?? 0]
    if (met === CLASS.closeObject) return members
    if (met !== CLASS.comma) return null
    at = afterSpace(bytes, next + 1, end)
  }
  return null
}

function nameAt(
  bytes: Buffer,
  at: number,
  end: number,
): { readonly text: string; readonly end: number } | null {
  const stop = bytes[at] === QUOTE ? endOfString(bytes, at, end) : -1
  return stop === -1 ? null : { text: bytes.toString('utf8', at + 1, stop - 1), end: stop }
}

function endOfValue(bytes: Buffer, start: number, end: number): number {
  let depth = 0
  for (let at = start; at < end;) {
    const met = CLASSES[bytes[at] ?? 0]
    if (met === CLASS.quote) {
      at = endOfString(bytes, at, end)
      if (at === -1 || depth === 0) return at
      continue
    }
    const isClosing = met === CLASS.closeObject || met === CLASS.closeArray
    if (depth === 0 && (isClosing || met === CLASS.comma || isSpace(met))) return at
    if (met === CLASS.openObject || met === CLASS.openArray) depth += 1
    if (isClosing) depth -= 1
    at += 1
    if (isClosing && depth === 0) return at
  }
  return -1
}

/** Place after the closing quote, else -1. */
function endOfString(bytes: Buffer, start: number, end: number): number {
  for (let at = start + 1; at < end; at += 1) {
    if (bytes[at] === QUOTE) return at + 1
    if (bytes[at] === BACKSLASH) at += 1
  }
  return -1
}

function afterSpace(bytes: Buffer, start: number, end: number): number {
  let at = start
  while (at < end && isSpace(CLASSES[bytes[at] ?? 0])) at += 1
  return at
}

function isSpace(met: number | undefined): boolean {
  return met === CLASS.space || met === CLASS.newline
}
