// Which vulnerabilities an asset has: what scanners say and what the catalogue infers, side by side.

import { SEVERITIES } from '../../model/index.ts'
import type { Severity } from '../../model/index.ts'
import type { Match } from '../match.ts'
import type { CatalogueMatch, Installed } from './catalogue.ts'

export type ScannerSays = {
  readonly vulnerability: string
  readonly tool: string
  readonly state: 'open' | 'fixed' | 'not-affected'
  readonly severity: Severity
  readonly confidence: number
  readonly component: string
  readonly version: string
  readonly firstMs: number
  readonly lastMs: number
}
export type CatalogueSays = CatalogueMatch & {
  readonly installed: Installed
  readonly lastMs: number
}

export type Pair = {
  readonly vulnerability: string
  readonly state: 'open' | 'unsure' | 'fixed' | 'not-affected'
  readonly product: string
  readonly vendor: string
  readonly version: string
  readonly sources: readonly string[]
  readonly confidence: number
  readonly reason: Match['reason'] | 'cleared'
  readonly severity: Severity
  readonly firstMs: number | undefined
  readonly lastMs: number
}

/** By vulnerability. What nobody says any more is not in it. */
export function pairsOf(
  scanners: readonly ScannerSays[],
  catalogue: readonly CatalogueSays[],
): ReadonlyMap<string, Pair> {
  const ids = new Set([...scanners, ...catalogue].map(({ vulnerability }) => vulnerability))
  const byId = <T extends { readonly vulnerability: string }>(list: readonly T[]) =>
    Map.groupBy(list, ({ vulnerability }) => vulnerability)
  const [said, inferred] = [byId(scanners), byId(catalogue)]
  return new Map([...ids].map((id) => [id, pairOf(id, said.get(id) ?? [], inferred.get(id) ?? [])]))
}

function pairOf(
  vulnerability: string,
  scanners: readonly ScannerSays[],
  catalogue: readonly CatalogueSays[],
): Pair {
  const open = scanners.filter(({ state }) => state === 'open')
  const affected = catalogue.filter(({ verdict }) => verdict === 'affected')
  const cleared = catalogue.find(({ verdict }) => verdict === 'cleared')
  const unsure = catalogue.find(({ verdict }) => verdict === 'unsure')
  const inferred = best(affected) ?? cleared ?? unsure
  const shown = open[0] ?? scanners[0]
  const state = stateOf({ open, scanners, affected, cleared, unsure })
  return {
    vulnerability,
    state,
    product: inferred?.installed.product ?? shown?.component ?? '',
    vendor: inferred?.installed.vendor ?? '',
    version: inferred?.installed.version ?? shown?.version ?? '',
    sources: [
      ...new Set([
        ...open.map(({ tool }) => tool),
        ...(affected.length > 0 || unsure !== undefined ? ['catalogue'] : []),
        ...(cleared === undefined ? [] : ['supplier']),
      ]),
    ],
    confidence: Math.max(0, ...open.map(({ confidence }) => confidence), inferred?.confidence ?? 0),
    reason:
      state === 'not-affected' && cleared !== undefined
        ? 'cleared'
        : open.length > 0 || inferred === undefined
          ? 'reported'
          : inferred.reason,
    severity: worst(open.length > 0 ? open : scanners),
    firstMs: open.length === 0 ? undefined : Math.min(...open.map(({ firstMs }) => firstMs)),
    lastMs: Math.max(
      ...scanners.map(({ lastMs }) => lastMs),
      ...catalogue.map(({ lastMs }) => lastMs),
    ),
  }
}

type Says = {
  readonly open: readonly ScannerSays[]
  readonly scanners: readonly ScannerSays[]
  readonly affected: readonly CatalogueSays[]
  readonly cleared: CatalogueSays | undefined
  readonly unsure: CatalogueSays | undefined
}

/** A scanner that saw it goes before a supplier's word; the word goes before what is inferred. */
function stateOf({ open, scanners, affected, cleared, unsure }: Says): Pair['state'] {
  if (open.length > 0) return 'open'
  if (scanners.some(({ state }) => state === 'not-affected')) return 'not-affected'
  if (cleared !== undefined && affected.length === 0) return 'not-affected'
  if (affected.length > 0) return 'open'
  if (scanners.some(({ state }) => state === 'fixed')) return 'fixed'
  return unsure === undefined ? 'fixed' : 'unsure'
}

function best(matches: readonly CatalogueSays[]): CatalogueSays | undefined {
  return matches.toSorted((a, b) => b.confidence - a.confidence)[0]
}

function worst(scanners: readonly ScannerSays[]): Severity {
  return (
    SEVERITIES.find((severity) => scanners.some((one) => one.severity === severity)) ??
    'informational'
  )
}
