// Nmap's XML (nmap.org/book/nmap-dtd.html): open ports with what answers there, and what the `vulners` script says of it.

import { parseCpe, plainValue } from '../cpe/cpe-name.ts'
import type { Bytes } from './read-json.ts'
import { ancestor, childOf, childrenOf, xmlElements } from './read-xml.ts'
import type { Element } from './read-xml.ts'
import { cvesIn, hostOf, numberIn, serviceOf, severityOfScore } from './scanned.ts'
import type { Host, Product, Scanned, ScannedFinding, Tls } from './scanned.ts'
import { certificateEnd, weakVersions } from './tls-seen.ts'

export async function* readNmap({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  for await (const host of xmlElements({ file, bytes, elements: new Set(['host']) })) {
    if (ancestor(host, 'nmaprun') === undefined || isDown(host)) continue
    yield* scannedOf(host)
  }
}

function isDown(host: Element): boolean {
  return childOf(host, 'status')?.attributes['state'] === 'down'
}

function* scannedOf(element: Element): Generator<Scanned> {
  const host = hostIn(element)
  const seconds = numberIn(element.attributes['endtime'] ?? element.attributes['starttime'])
  const seenMs = seconds === undefined ? undefined : seconds * 1000
  const ports = childrenOf(childOf(element, 'ports'), 'port').filter(
    (port) => childOf(port, 'state')?.attributes['state'] === 'open',
  )
  yield {
    kind: 'asset',
    host,
    products: ports.flatMap((port) => productOf(port) ?? []),
    tls: ports.flatMap((port) => tlsOf(port) ?? []),
  }
  for (const port of ports) {
    const { portid = '', protocol = 'tcp' } = port.attributes
    yield {
      kind: 'finding',
      host,
      service: serviceOf(portid, protocol),
      check: 'open-port',
      about: 'service',
      vulnerabilities: [],
      component: productOf(port),
      title: `${portid}/${protocol}`,
      severity: 'informational',
      state: 'open',
      seenMs,
      confidence: 100,
      group: `port ${portid}`,
    }
    const place = { host, service: serviceOf(portid, protocol), seenMs }
    for (const script of childrenOf(port, 'script'))
      yield* script.attributes['id'] === 'vulners'
        ? vulnersOf(script, place)
        : triedBy(script, place)
  }
  for (const script of childrenOf(childOf(element, 'hostscript'), 'script'))
    yield* triedBy(script, { host, service: '', seenMs })
}

function hostIn(element: Element): Host {
  const addresses = childrenOf(element, 'address').map(({ attributes }) => attributes['addr'])
  const names = childrenOf(childOf(element, 'hostnames'), 'hostname').map(
    ({ attributes }) => attributes['name'],
  )
  const system = childrenOf(childOf(element, 'os'), 'osmatch')[0]?.attributes['name']
  return hostOf([...names, ...addresses], { system })
}

function productOf(port: Element): Product | undefined {
  const service = childOf(port, 'service')
  const { product, version, conf = '5' } = service?.attributes ?? {}
  const cpe = childrenOf(service, 'cpe').map(({ text }) => text.trim())[0]
  if (product === undefined && cpe === undefined) return undefined
  const named = parseCpe(cpe ?? '')
  return {
    vendor: named.ok ? plainValue(named.value.vendor) : undefined,
    name: product ?? (named.ok ? plainValue(named.value.product) : ''),
    version,
    cpe,
    service: serviceOf(port.attributes['portid'], port.attributes['protocol']),
    // Nmap's own 0 to 10.
    confidence: Math.min(100, (numberIn(conf) ?? 5) * 10),
  }
}

/** Scripts `ssl-cert` and `ssl-enum-ciphers`: their structured output, which Nmap writes since 6.40. */
function tlsOf(port: Element): Tls | undefined {
  const script = (id: string) =>
    childrenOf(port, 'script').find(({ attributes }) => attributes['id'] === id)
  const certificate = script('ssl-cert')
  const versions = childrenOf(script('ssl-enum-ciphers'), 'table').flatMap(
    ({ attributes }) => attributes['key'] ?? [],
  )
  if (certificate === undefined && versions.length === 0) return undefined
  return {
    service: serviceOf(port.attributes['portid'], port.attributes['protocol']),
    weak: weakVersions(versions),
    subject: keyed(keyed(certificate, 'table', 'subject'), 'elem', 'commonName')?.text.trim(),
    notAfterMs: certificateEnd(
      keyed(keyed(certificate, 'table', 'validity'), 'elem', 'notAfter')?.text.trim(),
    ),
  }
}

type Place = Pick<ScannedFinding, 'host' | 'service' | 'seenMs'>

/** Scripts that try a hole out (NSE library `vulns`): a table for each, with its state; only what is found vulnerable is one. */
function* triedBy(script: Element, { host, service, seenMs }: Place): Generator<ScannedFinding> {
  const id = script.attributes['id'] ?? ''
  for (const table of childrenOf(script, 'table')) {
    const state = /^(LIKELY )?VULNERABLE\b/.exec(keyed(table, 'elem', 'state')?.text.trim() ?? '')
    if (state === null) continue
    const key = table.attributes['key'] ?? ''
    const cves = cvesIn(
      key,
      ...childrenOf(keyed(table, 'table', 'ids'), 'elem').map(({ text }) => text),
    )
    const scores = childrenOf(keyed(table, 'table', 'scores'), 'elem').map(({ text }) =>
      numberIn(text),
    )
    const score = scores.find((one) => one !== undefined)
    yield {
      kind: 'finding',
      host,
      service,
      check: `${id}:${key}`,
      about: cves.length > 0 ? 'vulnerability' : 'configuration',
      vulnerabilities: cves,
      title: keyed(table, 'elem', 'title')?.text.trim() || key,
      // Tried out and found open: no less than high where the script gives no score.
      severity: score === undefined ? 'high' : severityOfScore(score),
      score,
      state: 'open',
      seenMs,
      confidence: state[1] === undefined ? 95 : 60,
      group: `${id} ${key}`,
    }
  }
}

function keyed(of: Element | undefined, name: 'table' | 'elem', key: string): Element | undefined {
  return childrenOf(of, name).find(({ attributes }) => attributes['key'] === key)
}

/** github.com/vulnersCom/nmap-vulners: a table for each product, in it a table for each entry. */
function* vulnersOf(script: Element, { host, service, seenMs }: Place): Generator<ScannedFinding> {
  for (const product of childrenOf(script, 'table'))
    for (const entry of childrenOf(product, 'table')) {
      const said = (key: string) =>
        childrenOf(entry, 'elem').find(({ attributes }) => attributes['key'] === key)?.text ?? ''
      const score = numberIn(said('cvss'))
      yield {
        kind: 'finding',
        host,
        service,
        check: said('id'),
        about: said('type') === 'cve' ? 'vulnerability' : 'information',
        vulnerabilities: said('type') === 'cve' ? cvesIn(said('id')) : [],
        title: said('id'),
        severity: severityOfScore(score),
        score,
        state: 'open',
        seenMs,
        // By the version in a banner alone.
        confidence: 30,
        group: `vulners ${said('id')}`,
      }
    }
}
