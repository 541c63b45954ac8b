// Plain CSV that people keep: assets, products on them, vulnerabilities they noted.

import { cell, csvRows } from './read-csv.ts'
import type { Row } from './read-csv.ts'
import type { Bytes } from './read-json.ts'
import {
  cvesIn,
  hostOf,
  instantIn,
  numberIn,
  serviceOf,
  severityOf,
  severityOfScore,
} from './scanned.ts'
import type { Product, Scanned } from './scanned.ts'

/** Columns of plain CSV, in English and in French. */
export const PLAIN_COLUMNS = new Set([
  'asset',
  'host',
  'hostname',
  'ip',
  'ip address',
  'actif',
  'hôte',
  'nom',
  'adresse',
  'adresse ip',
  'name',
  'address',
  'cve',
])

/** One row is an asset, a product on it, or a finding, by which columns say something. */
export async function* readPlainCsv({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  let index = 0
  for await (const row of csvRows({ file, bytes, known: PLAIN_COLUMNS })) {
    index += 1
    const host = hostOf(
      [
        cell(row, 'asset', 'host', 'hostname', 'actif', 'hôte', 'nom', 'name'),
        cell(row, 'ip', 'ip address', 'adresse ip', 'adresse', 'address'),
        cell(row, 'mac', 'mac address'),
      ],
      { system: cell(row, 'os', 'système') || undefined },
    )
    if (host.aliases.length === 0) continue
    yield plainAsset(row, host)
    const cves = cvesIn(cell(row, 'cve', 'cves', 'vulnerability', 'vulnérabilité'))
    if (cves.length > 0) yield plainFinding(row, { host, cves, index })
  }
}

function plainAsset(row: Row, host: Scanned['host']): Scanned {
  const [name, cpe] = [cell(row, 'product', 'produit', 'software', 'logiciel'), cell(row, 'cpe')]
  const product: Product = {
    vendor: cell(row, 'vendor', 'fournisseur', 'fabricant') || undefined,
    name,
    version: cell(row, 'version') || undefined,
    cpe: cpe || undefined,
    purl: cell(row, 'purl') || undefined,
    service: serviceOf(cell(row, 'port'), cell(row, 'protocol', 'protocole')),
    confidence: 90,
  }
  const facing = /^(?:yes|true|1|oui|vrai|internet|public)$/i.test(
    cell(row, 'internet-facing', 'internet facing', 'exposed', 'exposé', 'exposé à internet'),
  )
  return {
    kind: 'asset',
    host,
    products: name === '' && cpe === '' && product.purl === undefined ? [] : [product],
    reachable: facing ? 'CSV' : undefined,
  }
}

function plainFinding(
  row: Row,
  {
    host,
    cves,
    index,
  }: { readonly host: Scanned['host']; readonly cves: readonly string[]; readonly index: number },
): Scanned {
  const score = numberIn(cell(row, 'cvss', 'score'))
  const severity = cell(row, 'severity', 'gravité', 'sévérité')
  return {
    kind: 'finding',
    host,
    service: serviceOf(cell(row, 'port'), cell(row, 'protocol', 'protocole')),
    check: cves.join(' '),
    about: 'vulnerability',
    vulnerabilities: cves,
    title: cell(row, 'title', 'titre') || cves.join(' '),
    severity: severity === '' ? severityOfScore(score) : severityOf(severity),
    score,
    state: /^(?:fixed|closed|corrigé|corrigée|fermé)$/i.test(
      cell(row, 'state', 'status', 'état', 'statut'),
    )
      ? 'fixed'
      : 'open',
    seenMs: instantIn(cell(row, 'seen', 'last seen', 'date')),
    confidence: 80,
    group: String(index),
  }
}
