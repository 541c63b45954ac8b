// Reports that come as tables with a line for each thing seen, such as those of Shadowserver: what a line says of where it
// happened, what it was, and how grave. Columns that are not known are left out: another party's addresses stand there too.

import { parse } from 'csv-parse/sync'
import { DAY_MS } from '../../core/index.ts'
import type { NoticeClass, ReportAsk } from '../../model/index.ts'
import { addressBits, hostName } from './holding.ts'
import type { Seen } from './match.ts'

export type ReportLine = {
  readonly seen: Seen
  readonly class: NoticeClass
  readonly what: string
  /** What names it best: certificate, address or host. */
  readonly about: string
  readonly detail: string
  readonly atMs: number
}
export type ReadReport = {
  readonly lines: readonly ReportLine[]
  readonly refused: readonly { readonly line: number; readonly reason: ReportProblem }[]
}
export type ReportProblem = 'no place' | 'no time' | 'future' | 'not a table' | 'no columns'

const MOST_LINES = 200_000

type Row = Readonly<Record<string, string | undefined>>

/** Reads a table with names of columns in its first line. A line that cannot be used is refused by itself. */
export function readReport(text: string, ask: ReportAsk, nowMs: number): ReadReport {
  const read = rowsOf(text)
  if (read.kind === 'problem') return { lines: [], refused: [{ line: 1, reason: read.reason }] }
  const lines: ReportLine[] = []
  const refused: { line: number; reason: ReportProblem }[] = []
  for (const [at, row] of read.rows.entries()) {
    const line = lineOf(row, ask, nowMs)
    if (typeof line === 'string') refused.push({ line: at + 2, reason: line })
    else lines.push(line)
  }
  return { lines, refused }
}

function rowsOf(
  text: string,
):
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'problem'; readonly reason: ReportProblem } {
  try {
    const rows: Row[] = parse(text, {
      columns: (names: readonly string[]) =>
        names.map((name) => name.trim().toLowerCase().replaceAll(/[ -]/g, '_')),
      bom: true,
      skip_empty_lines: true,
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
      max_record_size: 1024 * 1024,
      to: MOST_LINES,
    })
    const names = new Set(Object.keys(rows[0] ?? {}))
    const isKnown = [...ADDRESS, ...HOST, ...EVENT_HOST, ...CERTIFICATE, ...MAIL].some((name) =>
      names.has(name),
    )
    if (rows.length > 0 && !isKnown) return { kind: 'problem', reason: 'no columns' }
    return { kind: 'rows', rows }
  } catch {
    return { kind: 'problem', reason: 'not a table' }
  }
}

// In events the source is whose machine it was; where a target was hit, the destination is.
const ADDRESS = ['ip', 'src_ip', 'http_referer_ip', 'ip_address', 'address', 'source_ip'] as const
const HOST = ['http_host', 'domain', 'fqdn', 'website', 'hostname', 'host'] as const
/** The host that an event names is whom the machine spoke to. */
const EVENT_HOST = ['src_hostname', 'http_referer_hostname'] as const
const CERTIFICATE = ['sha256_fingerprint', 'cert_sha256', 'certificate_sha256'] as const
const ASN = ['asn', 'src_asn', 'http_referer_asn'] as const
const MAIL = ['email', 'account'] as const
const TIME = [
  'timestamp',
  'time',
  'observation_time',
  'detected_since',
  'last_seen',
  'date',
] as const
const PORT = ['port', 'src_port'] as const
const WHAT = ['infection', 'family', 'tag', 'type', 'reason'] as const
const PROVIDER = ['provider'] as const

function lineOf(row: Row, ask: ReportAsk, nowMs: number): ReportLine | ReportProblem {
  const seen = kindOf(ask.name).endsWith('_target')
    ? targetOf(row)
    : seenIn(row, isEvent(row) ? EVENT_HOST : HOST)
  const about = seen.address ?? seen.host ?? seen.certificate ?? seen.provider
  if (about === undefined) return 'no place'
  const atMs = timeOf(first(row, TIME))
  if (atMs === undefined) return 'no time'
  if (atMs > nowMs + DAY_MS) return 'future'
  const port = first(row, PORT)
  const protocol = first(row, ['protocol'])
  return {
    seen,
    class: ask.class ?? classOf(kindOf(ask.name), row),
    what: plain(first(row, WHAT) ?? kindOf(ask.name), 120),
    about: about.slice(0, 300),
    detail: plain([port, protocol].filter((part) => part !== undefined).join('/'), 40),
    atMs,
  }
}

function isEvent(row: Row): boolean {
  return row['src_ip'] !== undefined || row['http_referer_ip'] !== undefined
}

function seenIn(row: Row, names: readonly string[]): Seen {
  const mail = first(row, MAIL)?.split('@')[1]
  const address = first(row, ADDRESS)
  const certificate = first(row, CERTIFICATE)?.replaceAll(':', '')
  return {
    certificate:
      certificate !== undefined && /^[0-9a-f]{64}$/i.test(certificate)
        ? certificate.toLowerCase()
        : undefined,
    address: address !== undefined && addressBits(address) !== undefined ? address : undefined,
    host: hostName(mail ?? hostIn(first(row, names) ?? '')),
    asn: first(row, ASN)?.replace(/^AS/i, ''),
    provider: first(row, PROVIDER)?.toLowerCase(),
  }
}

/** Of a name, or of an address with a path. */
function hostIn(text: string): string {
  return URL.canParse(text) && text.includes('//') ? new URL(text).hostname : text
}

function targetOf(row: Row): Seen {
  const address = first(row, ['dst_ip', 'ip'])
  return {
    address: address !== undefined && addressBits(address) !== undefined ? address : undefined,
    host: hostName(first(row, ['dst_hostname', 'domain', 'hostname']) ?? ''),
    asn: first(row, ['dst_asn', 'asn'])?.replace(/^AS/i, ''),
  }
}

function first(row: Row, names: readonly string[]): string | undefined {
  return names.map((name) => row[name]).find((value) => value !== undefined && value !== '')
}

/** `2026-11-20-scan_rdp-canada-geo.csv` → `scan_rdp`. */
function kindOf(name: string): string {
  const base = name
    .replace(/^.*[/\\]/, '')
    .toLowerCase()
    .replace(/\.csv$/, '')
  return (
    /(?:^|-)([a-z]+\d?_[a-z0-9_]+|blocklist)(?:-|$)/.exec(base)?.[1] ??
    base.replace(/^\d{4}-\d{2}-\d{2}-/, '')
  )
}

const COMPROMISED =
  /compromised|infection|sinkhole|synfulknock|post_exploitation|backdoor|webshell|malware_url|ddos_participant|honeypot_(?!ddos)/
const HIT = /_target$|ransomware_victim|phish/
const GRAVE = new Set(['critical', 'high', 'medium'])

/** By what kind of report it is; then by what the line itself says. */
function classOf(kind: string, row: Row): NoticeClass {
  if (HIT.test(kind)) return 'targeted'
  const severity = first(row, ['severity'])?.toLowerCase()
  const saysInfected = first(row, ['infection', 'family']) !== undefined
  const tag = first(row, ['tag']) ?? ''
  if (
    severity !== 'info' &&
    (COMPROMISED.test(kind) || saysInfected || COMPROMISED.test(tag.toLowerCase()))
  )
    return 'compromise'
  return severity === undefined || GRAVE.has(severity) ? 'vulnerable' : 'information'
}

/** Times without a zone are UTC, as these reports say. */
function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{10}(?:\.\d+)?$/.test(text)) return Math.trunc(Number(text) * 1000)
  const iso = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?/
    .exec(text)?.[0]
    .replace(' ', 'T')
  if (iso === undefined) return undefined
  const zone = /(?:Z|[+-]\d\d:?\d\d)$/.exec(text)?.[0] ?? (iso.length > 10 ? 'Z' : '')
  const ms = Date.parse(`${iso}${zone}`)
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}

/** Words of others, without what could steer a terminal or a page. */
function plain(text: string, most: number): string {
  return text
    .replaceAll(/[\p{C}<>&]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, most)
}
