// Names of products as NISTIR 7695 writes them: CPE 2.3 formatted strings, and the older URIs of CPE 2.2.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'

/** NISTIR 7695 section 5.2, in the order of the formatted string. */
export const CPE_ATTRIBUTES = [
  'part',
  'vendor',
  'product',
  'version',
  'update',
  'edition',
  'language',
  'swEdition',
  'targetSw',
  'targetHw',
  'other',
] as const
export type CpeAttribute = (typeof CPE_ATTRIBUTES)[number]

/** Each value as it stands in a formatted string: `*` is ANY, `-` is NA, everything else is a quoted string in lower case. */
export type CpeName = Readonly<Record<CpeAttribute, string>>

export const ANY = '*'
export const NA = '-'

const MOST_LENGTH = 2048
const EDITION_PARTS = ['edition', 'swEdition', 'targetSw', 'targetHw', 'other'] as const

/** Reads either binding. A name that the standard refuses is a problem that says where. */
export function parseCpe(text: string): Result<CpeName, string> {
  const trimmed = text.trim()
  if (trimmed.length > MOST_LENGTH) return failed('longer than 2,048 characters')
  if (/^cpe:2\.3:/i.test(trimmed)) return unbindFormatted(trimmed)
  if (/^cpe:\//i.test(trimmed)) return unbindUri(trimmed)
  return failed('begins with neither “cpe:2.3:” nor “cpe:/”')
}

/** NISTIR 7695 section 6.2.2: the formatted string of a name. */
export function bindFormatted(name: CpeName): string {
  return `cpe:2.3:${CPE_ATTRIBUTES.map((attribute) => name[attribute]).join(':')}`
}

/** NISTIR 7695 section 6.1.2: the URI of a name; the editions are packed where there is more than the old one. */
export function bindUri(name: CpeName): string {
  const { part, vendor, product, version, update, language } = name
  const parts = [part, vendor, product, version, update].map(uriValue)
  const extended = EDITION_PARTS.map((attribute) => uriValue(name[attribute]))
  const isPlain = extended.slice(1).every((value) => value === '')
  const edition = isPlain ? (extended[0] ?? '') : `~${extended.join('~')}`
  return `cpe:/${[...parts, edition, uriValue(language)].join(':').replace(/:+$/, '')}`
}

/**
 * Whether it is a well-formed name in the narrow sense of NISTIR 7695 section 5.3: the part is one of three letters (its ANY and NA
 * are what the reference implementation refuses).
 */
export function isWellFormed(name: CpeName): boolean {
  return /^[aoh]$/.test(name.part)
}

/** A name of which only some attributes are known. Values are plain text, not yet quoted. */
export function cpeOf(known: Partial<Record<CpeAttribute, string>>): CpeName {
  const name: Record<string, string> = {}
  for (const attribute of CPE_ATTRIBUTES) {
    const value = known[attribute]
    name[attribute] = value === undefined || value === '' ? ANY : quote(value)
  }
  return name as CpeName // every attribute was set
}

/** Plain text of a value, without quoting: `remix-run\/node` → `remix-run/node`. */
export function plainValue(value: string): string {
  return value.replaceAll(/\\(.)/g, '$1')
}

/** Plain text as a quoted value: blanks become underscores, as dictionaries write them. */
export function quote(plain: string): string {
  const text = plain.trim().toLowerCase().replaceAll(/\s+/g, '_')
  if (text === NA) return '\\-'
  return text.replaceAll(/[^\x21-\x7E]/g, '').replaceAll(/[^\w.-]/g, (mark) => `\\${mark}`)
}

function unbindFormatted(text: string): Result<CpeName, string> {
  const values = splitUnquoted(text.slice('cpe:2.3:'.length))
  if (values.length !== CPE_ATTRIBUTES.length)
    return failed(`has ${values.length} attributes, not 11`)
  return named(values.map(unbindValue))
}

/** Splits at colons that are not quoted. */
function splitUnquoted(text: string): readonly string[] {
  const values: string[] = []
  let value = ''
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at)
    if (mark === ':') {
      values.push(value)
      value = ''
    } else if (mark === '\\') {
      value += mark + text.charAt(at + 1)
      at += 1
    } else value += mark
  }
  return [...values, value]
}

function named(values: readonly Result<string, string>[]): Result<CpeName, string> {
  const name: Record<string, string> = {}
  for (const [index, attribute] of CPE_ATTRIBUTES.entries()) {
    const value = values[index] ?? ok(ANY)
    if (!value.ok) return failed(`${attribute} ${value.problem}`)
    if (attribute === 'part' && !/^[aoh*-]$/.test(value.value))
      return failed(`part is “${value.value.slice(0, 20)}”, not a, o or h`)
    name[attribute] = value.value
  }
  return ok(name as CpeName) // every attribute was set
}

/** Section 6.2.3.2: marks that stand unquoted are quoted; wildcards may stand unquoted at both ends alone. */
function unbindValue(text: string): Result<string, string> {
  if (text === '') return failed('is empty')
  if (text === ANY || text === NA) return ok(text)
  if (/[^\x21-\x7E]/.test(text)) return failed('holds a character that is not printable ASCII')
  const value = text.toLowerCase().replaceAll(/\\(.?)|[^\w.-]/g, (met, quoted?: string) => {
    if (quoted === undefined) return met === '*' || met === '?' ? met : `\\${met}`
    return /[\w.]/.test(quoted) ? quoted : `\\${quoted}`
  })
  if (value.endsWith('\\') && !value.endsWith('\\\\')) return failed('ends inside a quotation')
  const core = value.replace(/^(?:\*|\?+)/, '').replace(/(?<!\\)(?:\*|(?:(?<!\\)\?)+)$/, '')
  if (/[*?]/.test(core.replaceAll(/\\./g, '')))
    return failed('holds a wildcard that is not at an end')
  return ok(value)
}

const URI_ORDER = ['part', 'vendor', 'product', 'version', 'update', 'edition', 'language'] as const

/** Section 6.1.3: percent codes are decoded (`%01` is `?`, `%02` is `*`), a packed edition is unpacked. */
function unbindUri(text: string): Result<CpeName, string> {
  const parts = text.slice('cpe:/'.length).split(':')
  if (parts.length > URI_ORDER.length) return failed(`has ${parts.length} components, at most 7`)
  const values: Partial<Record<CpeAttribute, string>> = {}
  for (const [index, attribute] of URI_ORDER.entries()) values[attribute] = parts[index] ?? ''
  if (values.edition?.startsWith('~') === true) {
    const packed = values.edition.slice(1).split('~')
    for (const [index, attribute] of EDITION_PARTS.entries())
      values[attribute] = packed[index] ?? ''
  }
  return named(CPE_ATTRIBUTES.map((attribute) => fromUri(values[attribute] ?? '')))
}

function fromUri(text: string): Result<string, string> {
  if (text === '') return ok(ANY)
  if (text === NA) return ok(NA)
  const quoted = text.replaceAll(/%([\da-f]{2})|[^\w.-]/gi, (met, hex?: string) => {
    if (hex === '01') return '?'
    if (hex === '02') return '*'
    return `\\${hex === undefined ? met : String.fromCodePoint(Number.parseInt(hex, 16))}`
  })
  return unbindValue(quoted === '*' ? '\\*' : quoted)
}

function uriValue(value: string): string {
  if (value === ANY) return ''
  if (value === NA) return NA
  return value.replaceAll(/\\(.)|[*?]/g, (met, quoted?: string) => {
    if (quoted !== undefined)
      return `%${(quoted.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`
    return met === '?' ? '%01' : '%02'
  })
}
