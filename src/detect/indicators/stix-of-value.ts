// The STIX pattern that looks for one value: the inverse of `stix-pattern.ts`.

import type { IndicatorKind } from '../../model/index.ts'

const HASHES: Readonly<Record<number, string>> = {
  32: 'MD5',
  40: "'SHA-1'",
  56: "'SHA-224'",
  64: "'SHA-256'",
  96: "'SHA-384'",
  128: "'SHA-512'",
}

/** Undefined for what STIX has no path for. */
export function patternOfValue(kind: IndicatorKind, value: string): string | undefined {
  const path = pathOf(kind, value)
  const text = value.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)
  return path === undefined ? undefined : `[${path} = '${text}']`
}

function pathOf(kind: IndicatorKind, value: string): string | undefined {
  const hash = HASHES[value.length]
  switch (kind) {
    case 'address':
    case 'prefix':
      return value.includes(':') ? 'ipv6-addr:value' : 'ipv4-addr:value'
    case 'domain':
      return 'domain-name:value'
    case 'url':
      return 'url:value'
    case 'email':
      return 'email-addr:value'
    case 'file_name':
      return 'file:name'
    case 'registry_key':
      return 'windows-registry-key:key'
    case 'user_agent':
      return "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'"
    case 'hash':
      return hash === undefined ? undefined : `file:hashes.${hash}`
    case 'certificate':
      return hash === undefined
        ? 'x509-certificate:serial_number'
        : `x509-certificate:hashes.${hash}`
    case 'fingerprint':
      return undefined
    default:
      return kind satisfies never
  }
}
