// What scanners and inventories say, in one shape: hosts with their products, and findings on them.

import { z } from 'zod'
import type { Severity } from '../../model/index.ts'

/** Strongest first: what names a machine for sure goes before what it may lend to another. */
export const ALIAS_KINDS = [
  'tool',
  'serial',
  'mac',
  'image',
  'application',
  'name',
  'address',
] as const
export type AliasKind = (typeof ALIAS_KINDS)[number]
export type Alias = { readonly kind: AliasKind; readonly value: string }

export type Host = {
  readonly aliases: readonly Alias[]
  readonly system?: string | undefined
  /** What people call it, where that tells no machine from another. */
  readonly shown?: string | undefined
}

export type Product = {
  readonly vendor?: string | undefined
  readonly name: string
  readonly version?: string | undefined
  readonly cpe?: string | undefined
  readonly purl?: string | undefined
  /** `443/tcp`; empty for what is installed and does not listen. */
  readonly service: string
  readonly confidence: number
}

/** What people say of an asset in a list of their own. Absent: not said. */
export type Kept = {
  readonly owner?: string | undefined
  readonly vendor?: string | undefined
  readonly zone?: string | undefined
  readonly criticality?: string | undefined
  /** A day, ISO 8601. */
  readonly supportEnds?: string | undefined
}

/** What a server shows when it speaks TLS. */
export type Tls = {
  readonly service: string
  /** Versions it takes though none should (RFC 7568, RFC 8996): `SSLv3`, `TLSv1.0`. */
  readonly weak: readonly string[]
  readonly subject?: string | undefined
  readonly notAfterMs?: number | undefined
}

export type ScannedAsset = {
  readonly kind: 'asset'
  readonly host: Host
  readonly products: readonly Product[]
  readonly tls?: readonly Tls[] | undefined
  /** Who reached it from the public network, and how. */
  readonly reachable?: string | undefined
  readonly kept?: Kept | undefined
}

/** A cell that could not be used; the rest of its row was. */
export type ScannedProblem = {
  readonly kind: 'problem'
  readonly what: 'asset' | 'zone' | 'criticality' | 'date'
  readonly value: string
}

export type ScannedFinding = {
  readonly kind: 'finding'
  readonly host: Host
  readonly service: string
  /** The tool's own number of the check. With host, service, vulnerability and component it is what makes it the same finding. */
  readonly check: string
  readonly about: 'vulnerability' | 'service' | 'configuration' | 'information'
  readonly vulnerabilities: readonly string[]
  readonly component?: Product | undefined
  readonly title: string
  readonly severity: Severity
  readonly score?: number | undefined
  readonly state: 'open' | 'fixed' | 'not-affected' | 'no-fix'
  readonly seenMs?: number | undefined
  /** 0 to 100, as the tool says it. */
  readonly confidence: number
  readonly fixedIn?: string | undefined
  /** What the tool's own report shows as one line; findings of one group are counted once. */
  readonly group: string
}

export type ScannedThing = ScannedAsset | ScannedFinding
export type Scanned = ScannedThing | ScannedProblem

const CVE = /\bCVE-\d{4}-\d{4,19}\b/gi

/** CVE numbers in any text, each once, in capitals. */
export function cvesIn(...texts: readonly unknown[]): readonly string[] {
  const found = texts.flatMap((text) => (typeof text === 'string' ? (text.match(CVE) ?? []) : []))
  return [...new Set(found.map((cve) => cve.toUpperCase()))]
}

const WORDS: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  urgent: 'critical',
  severe: 'high',
  high: 'high',
  important: 'high',
  serious: 'high',
  h: 'high',
  medium: 'medium',
  moderate: 'medium',
  m: 'medium',
  low: 'low',
  minor: 'low',
  minimal: 'low',
  negligible: 'low',
  l: 'low',
  critique: 'critical',
  élevée: 'high',
  élevé: 'high',
  haute: 'high',
  importante: 'high',
  moyenne: 'medium',
  moyen: 'medium',
  modérée: 'medium',
  faible: 'low',
}

export function severityOf(word: Scalar): Severity {
  return (
    WORDS[
      String(word ?? '')
        .trim()
        .toLowerCase()
    ] ?? 'informational'
  )
}

/** CVSS v3.1 section 5, the qualitative scale. */
export function severityOfScore(score: number | undefined): Severity {
  if (score === undefined || !(score > 0)) return 'informational'
  return score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low'
}

/** A number, or undefined for what is none: `7.5`, `7.5 (AV:N/…)`, `-`. */
/** What a cell, an attribute or a JSON scalar holds. */
export type Scalar = string | number | boolean | null | undefined

export function numberIn(value: Scalar): number | undefined {
  // A spreadsheet in French writes 9,8.
  const number = Number.parseFloat(String(value ?? '').replace(/^(\s*-?\d+),(\d+\s*)$/, '$1.$2'))
  return Number.isFinite(number) ? number : undefined
}

export function instantIn(value: unknown): number | undefined {
  const text = typeof value === 'string' ? value.trim() : ''
  // Without a year this is no date, and other engines guess one.
  if (!/\d{4}/.test(text)) return undefined
  if (/^\d{10}(?:\d{3})?$/.test(text)) return Number(text) * (text.length === 10 ? 1000 : 1)
  const iso = dayFirstOrNot(text)
  if (iso === undefined) return undefined
  // A time without zone is UTC, wherever this runs.
  const isZoned =
    /(?:Z|[+-]\d\d:?\d\d|\b(?:UTC|GMT|[ECMP][SD]T))$/i.test(iso) || /^\d{4}-\d\d-\d\d$/.test(iso)
  const ms = Date.parse(isZoned ? iso : `${iso}${/^\d{4}-\d\d-\d\dT/.test(iso) ? 'Z' : ' UTC'}`)
  return Number.isNaN(ms) ? undefined : ms
}

const BY_REGION = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b(.*)$/

/** `31/12/2026` is read; `05/06/2026` is May in one office and June in the next, and so no date. Dots are written day first. */
function dayFirstOrNot(text: string): string | undefined {
  const [, first = '', second = '', year, rest = ''] = BY_REGION.exec(text) ?? []
  if (year === undefined)
    return text.replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T').replace(/ (?=Z$|[+-]\d\d:?\d\d$)/, '')
  const isDayFirst = text.includes('.') || Number(first) > 12
  if (!isDayFirst && Number(second) <= 12 && first !== second) return undefined
  const [day, month] = isDayFirst ? [first, second] : [second, first]
  return `${month}/${day}/${year}${rest}`
}

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=.*:.*:)[\da-f:.]+)$/i
const MAC = /^[\da-f]{2}(?:[:-][\da-f]{2}){5}$/i

/** Aliases of what a tool names a machine by; each text is an address, a MAC or a name. */
export function hostOf(texts: readonly unknown[], more: Partial<Host> = {}): Host {
  const plain = texts.flatMap((text) => (typeof text === 'string' ? [aliasOf(text)] : []))
  const aliases = [...(more.aliases ?? []), ...plain].filter(({ value }) => value !== '')
  const keys = aliases.map(({ kind, value }) => `${kind} ${value}`)
  return {
    aliases: aliases.filter((_, index) => keys.indexOf(keys[index] ?? '') === index),
    system: more.system,
  }
}

function aliasOf(text: string): Alias {
  const value = text.trim().toLowerCase().replace(/\.$/, '').slice(0, 500)
  // Before addresses: to their letters it could be one of IPv6.
  if (MAC.test(value)) return { kind: 'mac', value: hardwareIn(value.replaceAll('-', ':')) }
  if (ADDRESS.test(value)) return { kind: 'address', value: shortest(value) }
  const isNothing = /^(?:-|n\/a|none|null|unknown|no registered hostname|localhost)$/.test(value)
  return { kind: 'name', value: isNothing ? '' : value }
}

/**
 * Of no machine for sure: made up by one itself or sent to many (IEEE 802c, the two lowest bits of the first byte; bridges of containers
 * have such), shared by routers that stand in for one another (VRRP, HSRP), or all zeros.
 */
function hardwareIn(mac: string): string {
  const isShared = /^00:00:(?:5e:00:0[12]|0c:07:ac|0c:9f:f|00:00:00:00$)/.test(mac)
  return isShared || /^[\da-f][^048c]/.test(mac) ? '' : mac
}

/** RFC 5952: one IPv6 address is written in many ways. */
function shortest(address: string): string {
  const url = address.includes(':') ? URL.parse(`http://[${address}]`) : null
  return url === null ? address : url.hostname.slice(1, -1)
}

/** Host and service in a URL, or in `host:port`. */
export function placeIn(text: string): { readonly host: string; readonly service: string } {
  const url = URL.parse(text.includes('://') ? text : `tcp://${text}`)
  if (url === null) return { host: text, service: '' }
  const standard: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }
  const port = url.port === '' ? (standard[url.protocol] ?? '') : url.port
  return { host: url.hostname.replaceAll(/[[\]]/g, ''), service: port === '' ? '' : `${port}/tcp` }
}

export function serviceOf(port: Scalar, protocol: Scalar = 'tcp'): string {
  const number = Number.parseInt(String(port ?? ''), 10)
  if (!(number > 0 && number < 65_536)) return ''
  return `${number}/${
    String(protocol ?? 'tcp')
      .trim()
      .toLowerCase() || 'tcp'
  }`
}

/** Text of any JSON scalar. */
export const Text = z.union([z.string(), z.number(), z.boolean()]).transform(String)
/** Absent, null and of another kind are all: not said. */
export const Said = Text.optional().catch(undefined)

/** An array whose entries fit the schema; the others are left out, for one bad entry must not stop the rest. */
export function listOf<S extends z.ZodType>(schema: S) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.flatMap((entry) => {
        const read = schema.safeParse(entry)
        return read.success ? [read.data] : []
      }),
    )
}
