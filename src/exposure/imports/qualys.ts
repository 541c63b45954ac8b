// Qualys: asset data reports, scan results (XML and CSV), VMDR lists, web application scans.

import { cell, csvRows } from './read-csv.ts'
import type { Row } from './read-csv.ts'
import type { Bytes } from './read-json.ts'
import { ancestor, childOf, descendants, textOf, xmlElements } from './read-xml.ts'
import type { Element } from './read-xml.ts'
import { cvesIn, hostOf, instantIn, numberIn, placeIn, serviceOf, severityOf } from './scanned.ts'
import type { Scanned, ScannedFinding } from './scanned.ts'

/** Qualys' five levels (“Severity levels” of its help). */
const LEVELS = ['informational', 'informational', 'low', 'medium', 'high', 'critical'] as const

export function levelOf(text: string) {
  return LEVELS[Number(text)] ?? severityOf(text)
}

export function stateOf(status: string): ScannedFinding['state'] {
  return /^fixed$/i.test(status.trim()) ? 'fixed' : 'open'
}

/** ASSET_DATA_REPORT: what is found comes first, what it means (titles, CVEs) at the end. */
export async function* readQualysReport({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  const found: Omit<ScannedFinding, 'title' | 'vulnerabilities' | 'severity'>[] = []
  const meanings = new Map<string, Element>()
  for await (const element of xmlElements({
    file,
    bytes,
    elements: new Set(['VULN_INFO', 'VULN_DETAILS']),
  })) {
    if (element.name === 'VULN_DETAILS') meanings.set(element.attributes['id'] ?? '', slim(element))
    else found.push(reportEntry(element, found.length))
  }
  for (const finding of found) {
    const meaning = meanings.get(`qid_${finding.check}`) ?? meanings.get(finding.check)
    const cves = cvesIn(...descendants(meaning, 'ID').map(({ text }) => text))
    const severity = levelOf(textOf(meaning, 'SEVERITY'))
    yield {
      ...finding,
      title: textOf(meaning, 'TITLE') || `QID ${finding.check}`,
      vulnerabilities: cves,
      severity,
    }
  }
}

/** Long texts are let go: only what is asked for later stays. */
function slim(element: Element): Element {
  const kept = element.children.filter(({ name }) =>
    ['TITLE', 'SEVERITY', 'CVE_ID_LIST'].includes(name),
  )
  return { ...element, children: kept, parent: undefined }
}

function reportEntry(
  entry: Element,
  index: number,
): Omit<ScannedFinding, 'title' | 'vulnerabilities' | 'severity'> {
  const host = ancestor(entry, 'HOST')
  const id = childOf(entry, 'QID')?.attributes['id'] ?? textOf(entry, 'QID')
  return {
    kind: 'finding',
    host: hostOf([textOf(host, 'DNS'), textOf(host, 'NETBIOS'), textOf(host, 'IP')], {
      system: textOf(host, 'OPERATING_SYSTEM'),
    }),
    service: serviceOf(textOf(entry, 'PORT'), textOf(entry, 'PROTOCOL')),
    check: id.replace(/^qid_/, ''),
    about: textOf(entry, 'TYPE') === 'Ig' ? 'information' : 'vulnerability',
    score: numberIn(textOf(entry, 'CVSS3_FINAL')) ?? numberIn(textOf(entry, 'CVSS_FINAL')),
    state: stateOf(textOf(entry, 'VULN_STATUS')),
    seenMs: instantIn(textOf(entry, 'LAST_FOUND')),
    confidence: textOf(entry, 'TYPE') === 'Practice' ? 50 : 100,
    group: String(index),
  }
}

/** SCAN: an IP element for each host, in it a VULN for each detection. */
export async function* readQualysScan({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  let index = 0
  for await (const entry of xmlElements({ file, bytes, elements: new Set(['VULN']) })) {
    const place = ancestor(entry, 'IP')
    if (place === undefined) continue
    const around = ancestor(entry, 'CAT')?.attributes ?? {}
    index += 1
    yield {
      kind: 'finding',
      host: hostOf([place.attributes['name'], place.attributes['value']], {
        system: textOf(place, 'OS'),
      }),
      service: serviceOf(around['port'], around['protocol']),
      check: entry.attributes['number'] ?? '',
      about: 'vulnerability',
      vulnerabilities: cvesIn(
        entry.attributes['cveid'],
        ...descendants(entry, 'ID').map(({ text }) => text),
      ),
      title: textOf(entry, 'TITLE'),
      severity: levelOf(entry.attributes['severity'] ?? ''),
      score: numberIn(textOf(entry, 'CVSS3_BASE')) ?? numberIn(textOf(entry, 'CVSS_BASE')),
      state: 'open',
      confidence: 100,
      group: String(index),
    }
  }
}

/** WAS_SCAN_REPORT and WAS_WEBAPP_REPORT. */
export async function* readQualysWeb({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  const found: Element[] = []
  const meanings = new Map<string, Element>()
  const elements = new Set([
    'VULNERABILITY',
    'INFORMATION_GATHERED',
    'SENSITIVE_CONTENT',
    'QID',
    'TARGET',
  ])
  let application = ''
  for await (const element of xmlElements({ file, bytes, elements })) {
    const { name } = element
    if (name === 'TARGET')
      application = textOf(element, 'SCAN') || textOf(element, 'WEB_APPLICATION')
    else if (name === 'QID') {
      // Inside a finding it is a number; in the glossary it holds what the number means.
      if (element.children.length === 0) element.parent?.children.push(element)
      else meanings.set(textOf(element, 'QID'), { ...element, parent: undefined })
    } else if (childOf(element, 'QID') !== undefined)
      found.push({
        ...element,
        children: element.children.filter((child) => child.name !== 'PAYLOADS'),
        parent: undefined,
      })
  }
  for (const element of found) yield webFinding(element, { application, meanings })
}

function webFinding(
  element: Element,
  {
    application,
    meanings,
  }: { readonly application: string; readonly meanings: ReadonlyMap<string, Element> },
): Scanned {
  const id = textOf(element, 'QID')
  const meaning = meanings.get(id)
  const { host, service } = placeIn(textOf(element, 'URL'))
  const isInformation = element.name === 'INFORMATION_GATHERED'
  return {
    kind: 'finding',
    host: hostOf(
      [host],
      host === '' ? { aliases: [{ kind: 'application', value: application.toLowerCase() }] } : {},
    ),
    service,
    check: id,
    about: isInformation ? 'information' : 'vulnerability',
    vulnerabilities: cvesIn(...descendants(meaning, 'CVE').map(({ text }) => text)),
    title: textOf(meaning, 'TITLE') || `QID ${id}`,
    severity: isInformation ? 'informational' : levelOf(textOf(meaning, 'SEVERITY')),
    score: numberIn(textOf(meaning, 'CVSS_BASE')),
    state: stateOf(textOf(element, 'STATUS')),
    seenMs: instantIn(textOf(element, 'DETECTION_DATE')),
    confidence: 100,
    group: `${element.name} ${id}`,
  }
}

export const QUALYS_COLUMNS = new Set(['qid'])

/** Their CSV has three headings: scan results, PCI lists (one line of the report a QID), VMDR lists (one a row). */
export async function* readQualysCsv({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  let index = 0
  for await (const row of csvRows({ file, bytes, known: QUALYS_COLUMNS })) {
    index += 1
    if (cell(row, 'qid') !== '' && /^\d+$/.test(cell(row, 'qid'))) yield qualysRow(row, index)
  }
}

function qualysRow(row: Row, index: number): Scanned {
  const id = cell(row, 'qid')
  const isList = row.has('asset id')
  const tool = cell(row, 'asset id')
  return {
    kind: 'finding',
    host: hostOf(
      [
        cell(row, 'fqdn'),
        cell(row, 'dns', 'hostname', 'asset name', 'dns name'),
        cell(row, 'netbios', 'netbios name'),
        cell(row, 'ip', 'asset ipv4', 'ip address').split(',')[0],
        cell(row, 'asset ipv6').split(',')[0],
      ],
      {
        system: cell(row, 'os', 'operating system'),
        aliases: tool === '' ? [] : [{ kind: 'tool', value: `qualys:${tool}` }],
      },
    ),
    service: serviceOf(cell(row, 'port'), cell(row, 'protocol')),
    check: id,
    about: /^ig$|information/i.test(cell(row, 'type')) ? 'information' : 'vulnerability',
    vulnerabilities: cvesIn(cell(row, 'cve', 'cve id', 'cveid')),
    title: cell(row, 'title', 'vuln title', 'vulnerability'),
    severity: levelOf(cell(row, 'severity')),
    score: numberIn(cell(row, 'cvssv3.1 base (nvd)', 'cvss3 base', 'cvss_base', 'cvss3', 'cvss')),
    state: stateOf(cell(row, 'vuln status', 'status')),
    seenMs: instantIn(cell(row, 'last detected', 'last found datetime', 'last scan')),
    confidence: /potential|practice/i.test(cell(row, 'type', 'type detected')) ? 50 : 100,
    group: isList ? String(index) : id,
  }
}
