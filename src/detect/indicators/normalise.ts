// A value as somebody wrote it becomes the one form that is compared: refanged, lower case, of a known kind. Pure.
// Addresses get the form the engine prints when they are stored (`key-sql.ts`).

import { isIP, isIPv4 } from 'node:net'
import type { IndicatorKind } from '../../model/index.ts'

/** Why an entry is not used; its sentence is in `words`. */
export type RefusalReason =
  | 'empty'
  | 'too_long'
  | 'unknown_kind'
  | 'not_of_kind'
  | 'too_wide'
  | 'pattern'
  | 'not_json'
  | 'entry_too_large'
  | 'too_deep'
  | 'cut_off'
  | 'not_for_detection'
  | 'withdrawn'

export type Normalised =
  | { readonly ok: true; readonly kind: IndicatorKind; readonly key: string }
  | { readonly ok: false; readonly reason: RefusalReason }

/** RFC 3986 sets no limit; more than this is no value that a log line holds whole. */
const MOST_LENGTH = 2048

/** Undoes what people do to values so that nobody clicks on them: `hxxp://evil[.]example`, `a[at]b[.]example`. */
export function refang(text: string): string {
  return text
    .trim()
    .replace(/^h(?:xx|\*\*|__)p(s?)(?=\W)/i, 'http$1')
    .replaceAll(/\[(?:\.|dot)\]|\((?:\.|dot)\)|\{(?:\.|dot)\}|\\\./gi, '.')
    .replaceAll(/\[(?:@|at)\]|\((?:@|at)\)/gi, '@')
    .replaceAll(/\[(:\/\/|:|\/)\]/g, '$1')
}

/** `hint` is the kind that the list says; without one the value says it itself. */
export function normalise(value: string, hint?: IndicatorKind): Normalised {
  if (value.length > MOST_LENGTH) return refused('too_long')
  const text = refang(value)
  if (text === '') return refused('empty')
  const kind = hint === undefined ? kindOf(text) : mended(hint, text)
  if (kind === undefined) return refused('unknown_kind')
  const key = KEYS[kind](text)
  if (key === undefined)
    return refused(kind === 'prefix' && isPrefix(text) ? 'too_wide' : 'not_of_kind')
  return { ok: true, kind, key }
}

function refused(reason: RefusalReason): Normalised {
  return { ok: false, reason }
}

const HEX_LENGTHS: ReadonlySet<number> = new Set([32, 40, 56, 64, 96, 128])
const DOMAIN =
  /^(?=.{4,253}$)(?:[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?\.)+[\p{L}\p{N}][\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u
const EMAIL = /^[^\s@/\\]{1,64}@[^\s@/\\]{1,253}$/u
/** JA4 (FoxIO): `t13d1516h2_8daaf6152771_02713d6af862`. */
const JA4 = /^[a-z]{1,2}[0-9a-z]{8,12}_[0-9a-f]{12}_[0-9a-f]{12}$/
const REGISTRY = /^(?:hkey_[a-z_]+|hk(?:lm|cu|cr|u|cc))(?:\\|$)/i

function kindOf(text: string): IndicatorKind | undefined {
  if (addressOf(text) !== undefined) return 'address'
  if (isPrefix(text)) return 'prefix'
  if (/^[0-9a-f]+$/i.test(text) && HEX_LENGTHS.has(text.length)) return 'hash'
  if (text.includes('://')) return 'url'
  if (REGISTRY.test(text)) return 'registry_key'
  if (EMAIL.test(text)) return 'email'
  if (DOMAIN.test(bare(text))) return 'domain'
  if (JA4.test(text.toLowerCase())) return 'fingerprint'
  return DOMAIN.test(bare(text.split('/', 1)[0] ?? '')) ? 'url' : undefined
}

/** Lists put addresses where they promise names, and networks where they promise addresses. */
function mended(hint: IndicatorKind, text: string): IndicatorKind {
  if (hint !== 'address' && hint !== 'prefix' && hint !== 'domain') return hint
  if (addressOf(text) !== undefined) return 'address'
  return isPrefix(text) ? 'prefix' : hint
}

const KEYS: Readonly<Record<IndicatorKind, (text: string) => string | undefined>> = {
  address: addressOf,
  prefix: prefixOf,
  domain: domainOf,
  url: urlOf,
  hash: (text) => {
    const key = text.toLowerCase().replaceAll(/[\s:]/g, '')
    return /^[0-9a-f]+$/.test(key) && HEX_LENGTHS.has(key.length) ? key : undefined
  },
  email: (text) => (EMAIL.test(text) ? text.toLowerCase() : undefined),
  fingerprint: (text) => {
    const key = text.toLowerCase()
    return /^[0-9a-f]{32}$/.test(key) || JA4.test(key) ? key : undefined
  },
  // Fingerprint or serial number, with or without colons.
  certificate: (text) => {
    const key = text.toLowerCase().replaceAll(/[\s:]/g, '')
    return /^[0-9a-f]{8,128}$/.test(key) ? key : undefined
  },
  file_name: (text) => {
    const key = text.toLowerCase()
    return key.length >= 3 && !/^[*?.\\/]+$/.test(key) ? key : undefined
  },
  user_agent: (text) => (text.length >= 4 ? text.toLowerCase() : undefined),
  registry_key: registryOf,
}

/** An address, also with a port behind it. Version 4 inside version 6 is version 4. */
function addressOf(text: string): string | undefined {
  const alone = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(text)?.[1] ?? text
  if (alone.includes('%') || isIP(alone) === 0) return undefined
  return alone.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
}

/** Wider than this is a part of the internet, not an indicator. */
const WIDEST = { four: 8, six: 16 } as const

function isPrefix(text: string): boolean {
  const [address = '', length = '', more] = text.split('/')
  return (
    more === undefined && /^\d{1,3}$/.test(length) && isIP(address) !== 0 && !address.includes('%')
  )
}

function prefixOf(text: string): string | undefined {
  if (!isPrefix(text)) return undefined
  const [address = '', given = ''] = text.toLowerCase().split('/')
  const [most, least] = isIPv4(address) ? [32, WIDEST.four] : [128, WIDEST.six]
  const length = Number(given)
  return length > most || length < least ? undefined : `${address}/${length}`
}

/** `*.evil.example` and `.evil.example` are what `evil.example` means here: the name and all below it. */
function bare(text: string): string {
  return text.replace(/^\*?\./, '').replace(/\.$/, '')
}

function domainOf(text: string): string | undefined {
  const name = bare(text)
  if (!DOMAIN.test(name) || /^[\d.]+$/.test(name)) return undefined
  if (/^[\u0000-\u007F]+$/.test(name)) return name.toLowerCase()
  // Names in logs are in the form of RFC 5891.
  const url = `http://${name}`
  return URL.canParse(url) ? new URL(url).hostname : undefined
}

/** Host, path and query: logs tell the scheme seldom, and the port when it is unusual. */
function urlOf(text: string): string | undefined {
  const url = text.includes('://') ? text : `http://${text}`
  if (!URL.canParse(url)) return undefined
  const { host } = new URL(url)
  const rest = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^#]*)/i.exec(url)?.[1] ?? ''
  if (host === '') return undefined
  return `${host}${rest.startsWith('/') ? rest : `/${rest}`}`.toLowerCase()
}

const HIVES: Readonly<Record<string, string>> = {
  hkey_local_machine: 'hklm',
  hkey_current_user: 'hkcu',
  hkey_classes_root: 'hkcr',
  hkey_users: 'hku',
  hkey_current_config: 'hkcc',
}

function registryOf(text: string): string | undefined {
  if (!REGISTRY.test(text)) return undefined
  const [hive = '', ...rest] = text
    .toLowerCase()
    .replaceAll(/\\+/g, '\\')
    .replace(/\\$/, '')
    .split('\\')
  return rest.length === 0 ? undefined : [HIVES[hive] ?? hive, ...rest].join('\\')
}
