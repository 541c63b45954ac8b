// Findings as rows. What makes one the same: host, service, tool, check and component; never a title, a severity or a version.

import { createHash } from 'node:crypto'
import { SEVERITIES } from '../../model/index.ts'
import type { Resolved } from '../assets/resolve-hosts.ts'
import { packageOf, parsePurl } from '../purl/purl.ts'
import type { Product, ScannedFinding } from './scanned.ts'

export type FindingRow = {
  readonly id: string
  readonly asset: string
  readonly first_asset: string
  readonly service: string
  readonly tool: string
  readonly check_id: string
  readonly about: string
  readonly vulnerabilities: readonly string[]
  readonly component: string
  readonly version: string
  readonly title: string
  readonly severity: string
  readonly score: number | null
  readonly confidence: number
  readonly fixed_in: string
  readonly state: 'open' | 'fixed' | 'not-affected'
  readonly seenMs: number
}

export type RowContext = { readonly tool: string; readonly nowMs: number }

export function findingRow(
  finding: ScannedFinding,
  { asset, firstAsset }: Resolved,
  { tool, nowMs }: RowContext,
): FindingRow {
  const component = componentKey(finding.component)
  const identity = [firstAsset, finding.service, tool, finding.check, component].join('\n')
  return {
    id: createHash('sha256').update(identity).digest('hex').slice(0, 32),
    asset,
    first_asset: firstAsset,
    service: finding.service,
    tool,
    check_id: finding.check.slice(0, 500),
    about: finding.about,
    vulnerabilities: finding.vulnerabilities,
    component: component.slice(0, 500),
    version: (finding.component?.version ?? '').slice(0, 200),
    title: finding.title.slice(0, 500),
    severity: finding.severity,
    score: finding.score ?? null,
    confidence: Math.round(Math.min(100, Math.max(0, finding.confidence))),
    fixed_in: (finding.fixedIn ?? '').slice(0, 200),
    state: finding.state === 'no-fix' ? 'open' : finding.state,
    seenMs: Math.min(finding.seenMs ?? nowMs, nowMs),
  }
}

/** Two lines of a report that are one finding: the worse of both, and everything either names. */
export function joined(one: FindingRow, other: FindingRow): FindingRow {
  const rank = ({ severity }: FindingRow) => SEVERITIES.findIndex((known) => known === severity)
  const worse = rank(other) < rank(one) ? other : one
  return {
    ...worse,
    vulnerabilities: [...new Set([...one.vulnerabilities, ...other.vulnerabilities])],
    score:
      Math.max(one.score ?? -1, other.score ?? -1) < 0
        ? null
        : Math.max(one.score ?? 0, other.score ?? 0),
    state: one.state === 'open' ? 'open' : other.state,
    confidence: Math.max(one.confidence, other.confidence),
    seenMs: Math.max(one.seenMs, other.seenMs),
  }
}

/** A package without its version, or maker and product. */
export function componentKey(product: Product | undefined): string {
  if (product === undefined) return ''
  const purl = product.purl === undefined ? undefined : parsePurl(product.purl)
  if (purl?.ok === true) return packageOf(purl.value)
  return [product.vendor, product.name].filter(Boolean).join(' ').toLowerCase()
}
