// Rapid7 Nexpose and InsightVM: XML Export 2.0. Hosts come first, what the tests mean at the end.

import type { Bytes } from './read-json.ts'
import { childOf, childrenOf, descendants, xmlElements } from './read-xml.ts'
import type { Element } from './read-xml.ts'
import { cvesIn, hostOf, numberIn, serviceOf, severityOfScore } from './scanned.ts'
import type { Host, Product, Scanned, ScannedFinding } from './scanned.ts'

type Test = Pick<ScannedFinding, 'host' | 'service' | 'check' | 'confidence'>

export async function* readRapid7({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  const tests: Test[] = []
  const meanings = new Map<
    string,
    {
      readonly title: string
      readonly score: number | undefined
      readonly level: string
      readonly cves: readonly string[]
    }
  >()
  for await (const element of xmlElements({
    file,
    bytes,
    elements: new Set(['node', 'vulnerability']),
  })) {
    const { id = '', title = '', cvssScore, severity = '' } = element.attributes
    if (element.name === 'vulnerability') {
      const cves = cvesIn(...descendants(element, 'reference').map(({ text }) => text))
      meanings.set(id.toLowerCase(), { title, score: numberIn(cvssScore), level: severity, cves })
      continue
    }
    yield* nodeOf(element)
    tests.push(...testsOf(element))
  }
  for (const test of tests) {
    const meaning = meanings.get(test.check)
    if (meaning === undefined) continue
    const { title, score, cves, level } = meaning
    // Without a score, Nexpose's own 0 to 10.
    const severity = severityOfScore(score ?? numberIn(level))
    yield {
      ...test,
      kind: 'finding',
      about: 'vulnerability',
      vulnerabilities: cves,
      title,
      severity,
      score,
      state: 'open',
      group: `${level} ${title}`,
    }
  }
}

function nodeHost(node: Element): Host {
  const names = descendants(childOf(node, 'names'), 'name').map(({ text }) => text)
  const system = descendants(node, 'os')[0]?.attributes
  const { address, 'hardware-address': mac = '', 'device-id': device } = node.attributes
  const hardware = mac.length === 12 ? mac.replaceAll(/(..)(?=.)/g, '$1:') : mac
  return hostOf([...names, address, hardware], {
    system:
      [system?.['vendor'], system?.['product'], system?.['version']].filter(Boolean).join(' ') ||
      undefined,
    aliases: device === undefined ? [] : [{ kind: 'tool', value: `rapid7:${device}` }],
  })
}

function* nodeOf(node: Element): Generator<Scanned> {
  const host = nodeHost(node)
  const endpoints = descendants(childOf(node, 'endpoints'), 'endpoint')
  const answering = endpoints.flatMap((endpoint) => {
    const { port, protocol } = endpoint.attributes
    return descendants(endpoint, 'fingerprint').map((print) =>
      printed(print, serviceOf(port, protocol)),
    )
  })
  // What a scan that signed in found installed.
  const installed = descendants(childOf(node, 'software'), 'fingerprint')
  const products = [...answering, ...installed.map((print) => printed(print, ''))]
  yield { kind: 'asset', host, products: products.filter(({ name }) => name !== '') }
  const seen = {
    kind: 'finding',
    host,
    about: 'service',
    vulnerabilities: [],
    severity: 'informational',
    state: 'open',
    confidence: 100,
  } as const
  if (node.attributes['status'] === 'alive')
    yield { ...seen, service: '', check: 'host-up', title: 'Host up', group: 'host up' }
  for (const { attributes } of endpoints) {
    const { port = '', protocol = 'tcp', status } = attributes
    if (status === 'open')
      yield {
        ...seen,
        service: serviceOf(port, protocol),
        check: 'open-port',
        title: `${port}/${protocol}`,
        group: `port ${protocol} ${port}`,
      }
  }
}

function printed({ attributes }: Element, service: string): Product {
  const { vendor, product = '', version, certainty, cpe } = attributes
  const confidence = Math.round((numberIn(certainty) ?? 0.5) * 100)
  return { vendor, name: product, version, cpe, service, confidence }
}

function* testsOf(node: Element): Generator<Test> {
  const host = nodeHost(node)
  yield* among(childrenOf(node, 'tests'), { host, service: '' })
  for (const endpoint of descendants(childOf(node, 'endpoints'), 'endpoint')) {
    const service = serviceOf(endpoint.attributes['port'], endpoint.attributes['protocol'])
    yield* among(descendants(endpoint, 'tests'), { host, service })
  }
}

function* among(lists: readonly Element[], place: Pick<Test, 'host' | 'service'>): Generator<Test> {
  for (const test of lists.flatMap((list) => descendants(list, 'test'))) {
    const { id = '', status = '' } = test.attributes
    if (!/^vulnerable-(?:exploited|version|potential)$/.test(status)) continue
    const confidence =
      status === 'vulnerable-exploited' ? 100 : status === 'vulnerable-version' ? 80 : 50
    yield { ...place, check: id.toLowerCase(), confidence }
  }
}
