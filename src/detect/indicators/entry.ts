// One entry of a list as a reader hands it on: what it says, where it stands. Nothing is checked yet but its size.

import { INDICATOR_KINDS } from '../../model/index.ts'
import type { IndicatorKind, Marking } from '../../model/index.ts'
import type { RefusalReason } from './normalise.ts'

export type Entry = {
  readonly value: string
  /** Line of the file, from 1; of JSON the line that the entry begins on. */
  readonly line: number
  readonly kind?: IndicatorKind
  readonly confidence?: number
  readonly marking?: Marking
  readonly fromMs?: number
  readonly untilMs?: number
  readonly revoked?: boolean
  readonly label?: string
  readonly reference?: string
}

export type Unusable = {
  readonly value: string
  readonly line: number
  readonly reason: RefusalReason
}

/** An entry, what cannot be one, or the marking of all of the file. */
export type Read =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'unusable'; readonly unusable: Unusable }
  | { readonly kind: 'marking'; readonly marking: Marking }

export function unusable(line: number, value: string, reason: RefusalReason): Read {
  return { kind: 'unusable', unusable: { line, value: value.slice(0, 200), reason } }
}

const TLP: Readonly<Record<string, Marking>> = {
  white: 'clear',
  clear: 'clear',
  green: 'green',
  amber: 'amber',
  'amber+strict': 'amber+strict',
  red: 'red',
}

/** `TLP:AMBER`, `tlp:white`, `green`; undefined for anything else. WHITE is called CLEAR since TLP 2.0. */
export function markingOf(text: string): Marking | undefined {
  const [, found = ''] = /^(?:misp:)?(?:tlp:)?"?([a-z+]{3,12})"?$/i.exec(text.trim()) ?? []
  const name = found.toLowerCase()
  return Object.hasOwn(TLP, name) ? TLP[name] : undefined
}

/** Years far away are somebody's way to say never. */
const LATEST_MS = Date.UTC(2100, 0, 1)

/** ISO 8601 or seconds since 1970; undefined for anything else. */
export function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = String(value).trim()
  if (text === '' || text.length > 40) return undefined
  const ms = /^\d{9,10}$/.test(text) ? Number(text) * 1000 : Date.parse(text)
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LATEST_MS)
}

/** 0 to 100; undefined for anything else. */
export function confidenceOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && number >= 0 && number <= 100 ? Math.round(number) : undefined
}

const KIND_NAMES: Readonly<Record<IndicatorKind, readonly string[]>> = {
  address: [
    'address',
    'ip',
    'ipv4',
    'ipv6',
    'ip-src',
    'ip-dst',
    'ip-src|port',
    'ip-dst|port',
    'ipv4-addr',
    'ipv6-addr',
  ],
  prefix: ['prefix', 'network', 'cidr', 'subnet'],
  domain: ['domain', 'domain-name', 'hostname', 'host', 'fqdn'],
  url: ['url', 'uri', 'link'],
  hash: [
    'hash',
    'md5',
    'sha1',
    'sha-1',
    'sha224',
    'sha256',
    'sha-256',
    'sha384',
    'sha512',
    'sha-512',
    'imphash',
    'filehash',
    'filehash-md5',
    'filehash-sha1',
    'filehash-sha256',
  ],
  email: ['email', 'e-mail', 'email-src', 'email-dst', 'email-addr', 'email-reply-to'],
  fingerprint: ['fingerprint', 'ja3', 'ja3s', 'ja4', 'ja3-fingerprint-md5', 'ja4-plus'],
  certificate: [
    'certificate',
    'x509-fingerprint-sha1',
    'x509-fingerprint-sha256',
    'x509-fingerprint-md5',
    'x509-serial',
  ],
  file_name: ['file_name', 'filename', 'file', 'filepath', 'file-path'],
  user_agent: ['user_agent', 'user-agent', 'useragent'],
  registry_key: ['registry_key', 'regkey', 'registry', 'registry-key', 'windows-registry-key'],
}
const KINDS: ReadonlyMap<string, IndicatorKind> = new Map(
  INDICATOR_KINDS.flatMap((kind) => KIND_NAMES[kind].map((name) => [name, kind] as const)),
)

/** The kind by any of the names that lists give it; undefined for others. */
export function kindNamed(name: string): IndicatorKind | undefined {
  return KINDS.get(name.trim().toLowerCase())
}
