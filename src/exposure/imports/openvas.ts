// OpenVAS and Greenbone: results of GMP reports in XML, and their CSV.

import type { Severity } from '../../model/index.ts'
import { cell, csvRows } from './read-csv.ts'
import type { Bytes } from './read-json.ts'
import { childOf, childrenOf, textOf, xmlElements } from './read-xml.ts'
import type { Element } from './read-xml.ts'
import { cvesIn, hostOf, instantIn, numberIn, serviceOf, severityOf } from './scanned.ts'
import type { Scanned } from './scanned.ts'

export async function* readOpenVas({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  let index = 0
  for await (const result of xmlElements({
    file,
    bytes,
    elements: new Set(['result', 'report/host']),
  })) {
    if (result.name === 'host') {
      if (childOf(result, 'ip') !== undefined) yield openVasHost(result)
      continue
    }
    index += 1
    // Elements of that name stand elsewhere too; a result names its test.
    if (childOf(result, 'nvt') !== undefined) yield openVasResult(result, index)
  }
}

/** A host of a report with its details: each `App` is the CPE of what was detected there. */
function openVasHost(element: Element): Scanned {
  const details = childrenOf(element, 'detail')
  const said = (name: string) =>
    details.filter((one) => textOf(one, 'name') === name).map((one) => textOf(one, 'value'))
  const cpes = said('App').filter((cpe) => cpe.startsWith('cpe:/'))
  return {
    kind: 'asset',
    host: hostOf([said('hostname')[0], textOf(element, 'ip')], { system: said('best_os_txt')[0] }),
    products: [...new Set(cpes)].map((cpe) => ({ name: '', cpe, service: '', confidence: 70 })),
  }
}

function openVasResult(result: Element, index: number): Scanned {
  const test = childOf(result, 'nvt')
  const host = childOf(result, 'host')
  const [, port, protocol] = /^(\d+)\/(\w+)/.exec(textOf(result, 'port')) ?? []
  const references = childrenOf(childOf(test, 'refs'), 'ref').map(
    ({ attributes }) => attributes['id'],
  )
  const cves = cvesIn(...references, textOf(test, 'cve'))
  const score = numberIn(textOf(result, 'severity'))
  const severity = severityOf(textOf(result, 'threat'))
  const oid = test?.attributes['oid'] ?? ''
  return {
    kind: 'finding',
    host: hostOf([textOf(host, 'hostname'), host?.text]),
    service: serviceOf(port, protocol),
    check: oid,
    about:
      cves.length > 0
        ? 'vulnerability'
        : severity === 'informational'
          ? 'information'
          : 'configuration',
    vulnerabilities: cves,
    title: textOf(test, 'name') || textOf(result, 'name'),
    severity: ranked(severity, score),
    score,
    // A person of theirs overrode it.
    state: /^false positive$/i.test(textOf(result, 'threat')) ? 'not-affected' : 'open',
    seenMs: instantIn(textOf(result, 'creation_time')),
    // Quality of detection: docs.greenbone.net, “QoD”.
    confidence: numberIn(textOf(childOf(result, 'qod'), 'value')) ?? 70,
    group: String(index),
  }
}

/** Their own scale had no word above high before 2024. */
function ranked(severity: Severity, score = 0): Severity {
  return score >= 9 && severity === 'high' ? 'critical' : severity
}

export const OPENVAS_COLUMNS = new Set(['nvt oid', 'nvt name'])

export async function* readOpenVasCsv({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  for await (const row of csvRows({ file, bytes, known: OPENVAS_COLUMNS })) {
    const [name, severity] = [cell(row, 'nvt name'), severityOf(cell(row, 'severity'))]
    const score = numberIn(cell(row, 'cvss'))
    const cves = cvesIn(cell(row, 'cves'))
    const place = cell(row, 'hostname') || cell(row, 'ip')
    yield {
      kind: 'finding',
      host: hostOf([cell(row, 'hostname'), cell(row, 'ip')]),
      service: serviceOf(cell(row, 'port'), cell(row, 'port protocol')),
      check: cell(row, 'nvt oid'),
      about: cves.length > 0 ? 'vulnerability' : 'configuration',
      vulnerabilities: cves,
      title: name,
      severity: ranked(severity, score),
      score,
      state: 'open',
      seenMs: instantIn(cell(row, 'timestamp')),
      confidence: numberIn(cell(row, 'qod')) ?? 70,
      group: [
        place,
        cell(row, 'port'),
        cell(row, 'port protocol'),
        severity,
        name,
        cell(row, 'summary'),
      ].join(' | '),
    }
  }
}
