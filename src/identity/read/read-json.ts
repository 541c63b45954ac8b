// JSON of exports: parsed with the place of what breaks it, and brought to one shape whoever wrote it.

import { ExportRefused, clean, shown } from './row.ts'
import type { Json } from './row.ts'

const MOST_DEPTH = 64

/** Throws ExportRefused with line and column (RFC 8259 text, one value). */
export function parseJson(text: string): Json {
  refuseDeep(text)
  try {
    return JSON.parse(text) as Json
  } catch (thrown) {
    throw new ExportRefused(placeOf(text, thrown), 'not_json', shown(reason(thrown)))
  }
}

function reason(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return message.split(/ in JSON| is not valid|, "/u)[0] ?? message
}

function placeOf(text: string, thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : ''
  const found = /position (\d+)/u.exec(message)
  const at = found === null ? text.length : Number(found[1])
  const before = text.slice(0, at).split('\n')
  return `line ${before.length}:${(before.at(-1) ?? '').length + 1}`
}

/** Depth is counted before anything is built. */
function refuseDeep(text: string): void {
  let depth = 0
  let isString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (isString) {
      if (code === 92) at += 1
      else if (code === 34) isString = false
    } else if (code === 34) isString = true
    else if (code === 91 || code === 123) {
      depth += 1
      if (depth > MOST_DEPTH) throw new ExportRefused('', 'too_deep', String(MOST_DEPTH))
    } else if (code === 93 || code === 125) depth -= 1
  }
}

/** First letter of every key lower-cased, `/Date(ms)/` as ISO 8601: PowerShell and Graph then say the same. */
export function normalise(value: Json): Json {
  if (typeof value === 'string') return dateOf(clean(value))
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.map(normalise)
  const out: Record<string, Json> = {}
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__') continue
    out[key.charAt(0).toLowerCase() + key.slice(1)] = normalise(inner)
  }
  return out
}

function dateOf(text: string): string {
  const found = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/u.exec(text)
  return found === null ? text : new Date(Number(found[1])).toISOString()
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** PowerShell writes a list of one as the thing itself, and a list of none as null. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return isList(value) ? value.filter((one) => one !== null) : [value]
}

export function recordsOf(value: Json | undefined): readonly { readonly [key: string]: Json }[] {
  return listOf(value).filter(isRecord)
}

/** Texts of a list; PowerShell may join those of an enumeration by commas. */
export function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value)
    .filter((one) => typeof one === 'string')
    .flatMap((one) => one.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

export function recordOf(value: Json | undefined): { readonly [key: string]: Json } {
  const [first] = recordsOf(value)
  return first ?? {}
}
