// Plain CSV that people keep: assets with their owner, zone and criticality, products on them, vulnerabilities they noted.

import { isIP } from 'node:net'
import { NAMES, PLAIN_COLUMNS, dayIn, impactIn, isYes, zoneIn } from './plain-columns.ts'
import type { Column } from './plain-columns.ts'
import { csvRows } from './read-csv.ts'
import type { Row } from './read-csv.ts'
import type { Bytes } from './read-json.ts'
import { cvesIn, hostOf, numberIn, serviceOf, severityOf, severityOfScore } from './scanned.ts'
import type { Host, Kept, Product, Scanned, ScannedProblem } from './scanned.ts'

export { PLAIN_COLUMNS } from './plain-columns.ts'

/** One row is an asset, a product on it, or a finding, by which columns say something. */
export async function* readPlainCsv({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  let index = 0
  for await (const row of csvRows({ file, bytes, known: PLAIN_COLUMNS, isFolded: true })) {
    index += 1
    const host = plainHost(row)
    if (host.aliases.length === 0) {
      yield { kind: 'problem', what: 'asset', value: say(row, 'asset').slice(0, 100) }
      continue
    }
    const { kept, problems } = keptIn(row)
    const asset = plainAsset(row, host)
    yield { ...asset, kept }
    yield* problems
    const cves = cvesIn(say(row, 'cve'))
    for (const cve of cves)
      yield plainFinding(row, { host, cve, index, component: asset.products[0] })
  }
}

/** The first of the column's names that says something. */
function say(row: Row, column: Column): string {
  for (const name of NAMES[column]) {
    const value = row.get(name)?.trim() ?? ''
    if (value !== '') return value
  }
  return ''
}

/** A cell may hold several addresses. */
function plainHost(row: Row): Host {
  const texts = say(row, 'address').split(/[\s,;|]+/)
  const addresses = texts.some((text) => isIP(text) !== 0)
    ? texts.filter((text) => isIP(text) !== 0)
    : [namedIn(say(row, 'address'))]
  const serial = say(row, 'serial').toLowerCase().slice(0, 200)
  // A list of vulnerabilities has a name in each row as well.
  const name = /^CVE-\d{4}-\d{4,19}$/i.test(say(row, 'asset')) ? '' : say(row, 'asset')
  return hostOf([name, ...addresses, say(row, 'mac')], {
    aliases: serial === '' ? [] : [{ kind: 'serial', value: serial }],
    system: say(row, 'system') || undefined,
  })
}

/** A street is no address of a machine. */
function namedIn(text: string): string {
  return /^[\p{L}\p{N}._:-]+$/u.test(text) ? text : ''
}

function plainAsset(row: Row, host: Host) {
  const [name, cpe, vendor] = [say(row, 'product'), say(row, 'cpe'), say(row, 'vendor')]
  const product: Product = {
    vendor: vendor || undefined,
    name,
    version: say(row, 'version') || undefined,
    cpe: cpe || undefined,
    purl: say(row, 'purl') || undefined,
    service: serviceOf(say(row, 'port'), say(row, 'protocol')),
    confidence: 90,
  }
  return {
    kind: 'asset',
    host,
    products: name === '' && cpe === '' && product.purl === undefined ? [] : [product],
    reachable: isYes(say(row, 'facing')) ? 'CSV' : undefined,
  } as const
}

/** What people say of the asset itself. A word that is not known is told, and changes nothing. */
function keptIn(row: Row): { readonly kept: Kept; readonly problems: readonly ScannedProblem[] } {
  const [zoneText, impactText, endText] = [
    say(row, 'zone'),
    say(row, 'criticality'),
    say(row, 'supportEnds'),
  ]
  const [zone, criticality] = [zoneIn(zoneText), impactIn(impactText)]
  const end = endText === '' ? undefined : dayIn(endText)
  const problem = (what: ScannedProblem['what'], value: string): ScannedProblem => ({
    kind: 'problem',
    what,
    value: value.slice(0, 100),
  })
  return {
    kept: {
      owner: say(row, 'owner').slice(0, 200) || undefined,
      vendor: say(row, 'vendor').slice(0, 200) || undefined,
      zone,
      criticality,
      supportEnds: end === undefined || end === 'unclear' ? undefined : end.day,
    },
    problems: [
      ...(zoneText !== '' && zone === undefined ? [problem('zone', zoneText)] : []),
      ...(impactText !== '' && criticality === undefined
        ? [problem('criticality', impactText)]
        : []),
      ...(end === 'unclear' ? [problem('date', endText)] : []),
    ],
  }
}

type FindingContext = {
  readonly host: Host
  readonly cve: string
  readonly index: number
  readonly component: Product | undefined
}

const CLOSED = /^(?:fixed|closed|resolved|corrigée?|résolue?|fermée?)$/i

function plainFinding(row: Row, { host, cve, index, component }: FindingContext): Scanned {
  // A spreadsheet in French writes 9,8.
  const score = numberIn(say(row, 'score').replace(/^(\d{1,2}),(\d+)$/, '$1.$2'))
  const severity = say(row, 'severity')
  const seen = dayIn(say(row, 'seen'))
  return {
    kind: 'finding',
    host,
    service: serviceOf(say(row, 'port'), say(row, 'protocol')),
    check: cve,
    about: 'vulnerability',
    vulnerabilities: [cve],
    component,
    title: say(row, 'title') || cve,
    severity: severity === '' ? severityOfScore(score) : severityOf(severity),
    score,
    state: CLOSED.test(say(row, 'state')) ? 'fixed' : 'open',
    seenMs: seen === 'unclear' ? undefined : Date.parse(seen.day),
    confidence: 80,
    group: String(index),
  }
}
