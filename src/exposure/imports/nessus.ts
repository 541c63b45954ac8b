// Nessus and Tenable: `.nessus` (NessusClientData_v2) and CSV, of Nessus, Tenable.sc and Tenable Vulnerability Management.

import { cell, csvRows } from './read-csv.ts'
import type { Row } from './read-csv.ts'
import type { Bytes } from './read-json.ts'
import { ancestor, childOf, childrenOf, textOf, xmlElements } from './read-xml.ts'
import type { Element } from './read-xml.ts'
import {
  cvesIn,
  hostOf,
  instantIn,
  numberIn,
  serviceOf,
  severityOf,
  severityOfScore,
} from './scanned.ts'
import type { Host, Product, Scanned } from './scanned.ts'
import { securityTextTitle } from './security-text.ts'

const BY_NUMBER = ['informational', 'low', 'medium', 'high', 'critical'] as const

export async function* readNessus({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  const hosts = new Map<Element, Host>()
  for await (const item of xmlElements({
    file,
    bytes,
    elements: new Set(['ReportItem', 'ReportHost']),
  })) {
    if (item.name === 'ReportHost') {
      const host = hosts.get(item) ?? nessusHost(item)
      hosts.delete(item)
      yield { kind: 'asset', host, products: nessusProducts(item) }
      continue
    }
    const above = ancestor(item, 'ReportHost')
    if (above === undefined) continue
    const host = hosts.get(above) ?? nessusHost(above)
    hosts.set(above, host)
    yield nessusItem(item, host)
  }
}

/** Tags `cpe`, `cpe-0`…: `cpe:/a:openbsd:openssh:8.2 -> OpenBSD OpenSSH`. Those of the system are in its name already. */
function nessusProducts(element: Element): readonly Product[] {
  return tagsOf(element).flatMap(({ attributes, text }) => {
    if (!/^cpe(?:-\d+)?$/.test(attributes['name'] ?? '')) return []
    const cpe = text.split('->', 1)[0]?.trim() ?? ''
    return cpe.startsWith('cpe:/a:') ? [{ name: '', cpe, service: '', confidence: 80 }] : []
  })
}

const tagsOf = (element: Element) => childrenOf(childOf(element, 'HostProperties'), 'tag')

function nessusHost(element: Element): Host {
  const tags = new Map(tagsOf(element).map((tag) => [tag.attributes['name'] ?? '', tag.text]))
  const names = ['host-fqdn', 'host-rdns', 'hostname', 'host-ip'].map((name) => tags.get(name))
  const macs = tags.get('mac-address')?.split(/\s+/) ?? []
  return hostOf([...names, element.attributes['name'], ...macs], {
    system: tags.get('operating-system'),
  })
}

function nessusItem(item: Element, host: Host): Scanned {
  const { pluginID = '', pluginName = '', port, protocol, severity } = item.attributes
  const score =
    numberIn(textOf(item, 'cvss3_base_score')) ?? numberIn(textOf(item, 'cvss_base_score'))
  const ranked = BY_NUMBER[Number(severity)] ?? 'informational'
  const cves = cvesIn(...childrenOf(item, 'cve').map(({ text }) => text))
  const base3 = textOf(item, 'cvss3_base_score')
  const counted = base3 === '' ? ranked : severityOfScore(numberIn(base3))
  const rule = textOf(item, 'compliance-check-id') || textOf(item, 'compliance-check-name')
  return {
    kind: 'finding',
    host,
    service: serviceOf(port, protocol),
    // One plugin holds all rules of an audit.
    check: rule === '' ? pluginID : `${pluginID}:${rule}`,
    about:
      cves.length > 0
        ? 'vulnerability'
        : ranked === 'informational' && rule === ''
          ? 'information'
          : 'configuration',
    vulnerabilities: cves,
    title:
      textOf(item, 'compliance-check-name') ||
      securityTextTitle(pluginName, [textOf(item, 'plugin_output')]),
    severity: ranked,
    score,
    state: /^passed$/i.test(textOf(item, 'compliance-result')) ? 'fixed' : 'open',
    confidence: 100,
    group: `${counted} ${pluginName}`,
  }
}

export const NESSUS_COLUMNS = new Set(['plugin id', 'plugin', 'asset.name', 'definition.id'])

export async function* readNessusCsv({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  for await (const row of csvRows({ file, bytes, known: NESSUS_COLUMNS })) {
    const name = cell(row, 'plugin name', 'name', 'definition.name')
    if (name !== '') yield nessusRow(row, name)
  }
}

/** The newest scale goes before an older one. */
const SCORES = [
  'cvss3 base score',
  'cvss v3 base score',
  'cvss v3.0 base score',
  'cvss',
  'cvss base score',
  'cvss v2 base score',
  'cvss v2.0 base score',
  'definition.cvss3.base_score',
] as const

function nessusRow(row: Row, name: string): Scanned {
  const place = cell(row, 'host', 'asset.host_name', 'asset.name')
  const score = numberIn(cell(row, ...SCORES))
  const said = cell(row, 'risk', 'severity')
  const severity = /^\d$/.test(said)
    ? (BY_NUMBER[Number(said)] ?? 'informational')
    : severityOf(said)
  const cves = cvesIn(cell(row, 'cve', 'definition.cve'))
  const port = cell(row, 'port', 'asset.port')
  return {
    kind: 'finding',
    host: hostOf(
      [
        place,
        cell(row, 'fqdn', 'dns name', 'fqdns'),
        cell(row, 'ip address', 'asset.ipv4_addresses'),
        cell(row, 'mac address'),
        cell(row, 'netbios name', 'netbios'),
      ],
      { system: cell(row, 'os') || undefined },
    ),
    service: serviceOf(port, cell(row, 'protocol')),
    check: cell(row, 'plugin id', 'plugin', 'definition.id'),
    about:
      cves.length > 0
        ? 'vulnerability'
        : severity === 'informational'
          ? 'information'
          : 'configuration',
    vulnerabilities: cves,
    title: securityTextTitle(name, [cell(row, 'plugin output', 'plugin text', 'output')]),
    severity,
    score,
    state: /^fixed$/i.test(cell(row, 'vulnerability state', 'state')) ? 'fixed' : 'open',
    seenMs: instantIn(cell(row, 'last found', 'last observed', 'last seen')),
    confidence: 100,
    group: [severity, name, cell(row, 'host'), port, cell(row, 'synopsis')].join(' | '),
  }
}
