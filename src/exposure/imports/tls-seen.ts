// What servers show when they speak TLS, as scanners write it: versions they should not take, the end of their certificate.

import { insertInBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import type { Tls } from './scanned.ts'

const NAMED = /^(ssl|tls)v?[ _]?([1-3])(?:[._]?([0-3]))?$/i

/** `TLSv1_0`, `tls10`, `TLSv1`, `SSLv3` by one name each; undefined for versions that may be taken, and for what is none. */
export function weakVersion(text: string): string | undefined {
  const [, family, major, minor = '0'] = NAMED.exec(text.trim()) ?? []
  if (family?.toLowerCase() === 'ssl') return `SSLv${major}`
  if (family === undefined || major !== '1' || Number(minor) > 1) return undefined
  return `TLSv1.${minor}`
}

export function weakVersions(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => weakVersion(text) ?? []))].toSorted()
}

const ZONED = /(?:Z|[+-]\d\d:?\d\d|UTC|GMT)$/i

/** `20261201120000Z` (RFC 5280 section 4.1.2.5), ISO 8601, or words; without a zone it is UTC. Undefined: no date. */
export function certificateEnd(text: string | undefined): number | undefined {
  const plain = (text ?? '').trim()
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/.exec(plain) ?? []
  const iso =
    year === undefined ? plain : `${year}-${month}-${day}T${hour}:${minute}:${second ?? '00'}Z`
  const hasZone = ZONED.test(iso) || !/\d:\d/.test(iso)
  const ms = /\d{4}/.test(iso) ? Date.parse(hasZone ? iso : `${iso}Z`) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}

export type TlsRow = {
  readonly asset: string
  readonly first_asset: string
  readonly service: string
  readonly source: string
  readonly weak: readonly string[]
  readonly subject: string
  readonly not_after: string | null
  readonly seen: string
}

export function tlsRow(
  { service, weak, subject, notAfterMs }: Tls,
  { asset, firstAsset }: { readonly asset: string; readonly firstAsset: string },
  { tool, seenMs }: { readonly tool: string; readonly seenMs: number },
): TlsRow {
  return {
    asset,
    first_asset: firstAsset,
    service,
    source: tool,
    weak: weak.slice(0, 10),
    subject: (subject ?? '').slice(0, 300),
    not_after: notAfterMs === undefined ? null : new Date(notAfterMs).toISOString(),
    seen: new Date(seenMs).toISOString(),
  }
}

/** The newest look at a service takes the place of the one before. */
export async function writeTls(work: Work, rows: readonly TlsRow[]): Promise<void> {
  await insertInBulk(work, 'exposure_tls', {
    rows,
    columns:
      'asset text, first_asset text, service text, source text, weak jsonb, subject text, not_after timestamptz, seen timestamptz',
    onConflict: `ON CONFLICT (first_asset, service, source) DO UPDATE SET weak = excluded.weak, subject = excluded.subject,
      not_after = excluded.not_after, seen = excluded.seen WHERE exposure_tls.seen <= excluded.seen`,
  })
}
