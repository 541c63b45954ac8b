// CycloneDX 1.0 to 1.6 (ECMA-424): components, and what is said of their vulnerabilities (VEX). JSON and XML.

import { z } from 'zod'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import { childOf, childrenOf, descendants, textOf, xmlElements } from './read-xml.ts'
import type { Element } from './read-xml.ts'
import { cvesIn, listOf, numberIn, Said, severityOf } from './scanned.ts'
import type { Host, Product, Scanned, ScannedFinding } from './scanned.ts'

type Component = {
  'bom-ref'?: string | undefined
  group?: string | undefined
  publisher?: string | undefined
  name: string
  version?: string | undefined
  cpe?: string | undefined
  purl?: string | undefined
  components: Component[]
}

const ComponentSchema: z.ZodType<Component> = z.lazy(() =>
  z.object({
    'bom-ref': Said,
    group: Said,
    publisher: Said,
    name: z.string(),
    version: Said,
    cpe: Said,
    purl: Said,
    components: listOf(ComponentSchema),
  }),
)
const BomSchema = z.object({
  metadata: z
    .object({ component: ComponentSchema.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  components: listOf(ComponentSchema),
  vulnerabilities: listOf(
    z.object({
      id: z.string(),
      references: listOf(z.object({ id: Said })),
      ratings: listOf(z.object({ score: z.number().optional().catch(undefined), severity: Said })),
      description: Said,
      analysis: z.object({ state: Said }).optional().catch(undefined),
      affects: listOf(z.object({ ref: z.string() })),
    }),
  ),
})

export async function* readCycloneDx(source: Bytes): AsyncGenerator<Scanned> {
  for (const document of await jsonDocuments(source)) {
    const bom = BomSchema.parse(document)
    const host = hostOfBom(bom.metadata?.component, source.file)
    const components = flat([
      ...bom.components,
      ...(bom.metadata?.component === undefined ? [] : [bom.metadata.component]),
    ])
    const byReference = referredBy(
      components.map((component) => [component['bom-ref'] ?? '', productOf(component)]),
    )
    yield { kind: 'asset', host, products: components.map(productOf) }
    for (const met of bom.vulnerabilities) {
      const rating = met.ratings.find(({ score }) => score !== undefined) ?? met.ratings[0]
      const vulnerability = {
        id: met.id,
        cves: cvesIn(met.id, ...met.references.map(({ id }) => id)),
        score: rating?.score,
        severity: rating?.severity ?? '',
        state: met.analysis?.state ?? '',
      }
      const affected = met.affects.length === 0 ? [''] : met.affects.map(({ ref }) => ref)
      for (const reference of affected)
        yield findingOf(vulnerability, { host, reference, component: byReference(reference) })
    }
  }
}

type ByReference = (reference: string) => Product | undefined

/** A component by its `bom-ref`, or by a BOM-Link to it (RFC 9562 serial, version, `#`, the reference percent-encoded). */
function referredBy(products: readonly (readonly [string, Product])[]): ByReference {
  const known = new Map(products.filter(([reference]) => reference !== ''))
  return (reference) => {
    const [, element] = /^urn:cdx:[^/]+\/\d+#(.+)$/s.exec(reference) ?? []
    return known.get(reference) ?? (element === undefined ? undefined : known.get(decoded(element)))
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Nested components, without end where a document names itself is impossible: JSON is a tree. */
function flat(components: readonly Component[]): readonly Component[] {
  return components.flatMap((component) => [component, ...flat(component.components)])
}

function hostOfBom(component: Pick<Component, 'name' | 'group'> | undefined, file: string): Host {
  const name =
    component === undefined ? file : [component.group, component.name].filter(Boolean).join('/')
  return { aliases: [{ kind: 'application', value: name.toLowerCase() }] }
}

function productOf({ group, publisher, name, version, cpe, purl }: Component): Product {
  return { vendor: publisher ?? group, name, version, cpe, purl, service: '', confidence: 100 }
}

type Vulnerability = {
  readonly id: string
  readonly cves: readonly string[]
  readonly score: number | undefined
  readonly severity: string
  readonly state: string
}

/** States of analysis: CycloneDX “impactAnalysisState”. */
function findingOf(
  { id, cves, score, severity, state }: Vulnerability,
  {
    host,
    reference,
    component,
  }: { readonly host: Host; readonly reference: string; readonly component: Product | undefined },
): ScannedFinding {
  return {
    kind: 'finding',
    host,
    service: '',
    check: id,
    about: 'vulnerability',
    vulnerabilities: cves,
    component: component ?? { name: reference, service: '', confidence: 50 },
    title: id,
    severity: severityOf(severity),
    score,
    state: /^(?:not_affected|false_positive)$/.test(state)
      ? 'not-affected'
      : state.startsWith('resolved')
        ? 'fixed'
        : 'open',
    confidence: 90,
    group: `${id} ${reference}`,
  }
}

/** XML of 1.0 to 1.6: before 1.4, vulnerabilities stand inside the component, in a namespace of their own. */
export async function* readCycloneDxXml({ file, bytes }: Bytes): AsyncGenerator<Scanned> {
  const components: Element[] = []
  const vulnerabilities: Element[] = []
  let host = hostOfBom(undefined, file)
  for await (const element of xmlElements({
    file,
    bytes,
    elements: new Set(['component', 'vulnerability']),
  })) {
    if (element.name === 'component') {
      if (element.parent?.name === 'metadata')
        host = hostOfBom(
          { name: textOf(element, 'name'), group: textOf(element, 'group') || undefined },
          file,
        )
      components.push(element)
    } else vulnerabilities.push(element)
  }
  const byReference = referredBy(
    components.map((element) => [element.attributes['bom-ref'] ?? '', xmlProduct(element)]),
  )
  yield { kind: 'asset', host, products: components.map(xmlProduct) }
  for (const [index, element] of vulnerabilities.entries())
    yield* xmlFindings(element, { host, byReference, index })
}

function xmlProduct(element: Element): Product {
  const said = (name: string) => textOf(element, name) || undefined
  return {
    vendor: said('publisher') ?? said('group'),
    name: textOf(element, 'name'),
    version: said('version'),
    cpe: said('cpe'),
    purl: said('purl'),
    service: '',
    confidence: 100,
  }
}

function* xmlFindings(
  element: Element,
  {
    host,
    byReference,
    index,
  }: {
    readonly host: Host
    readonly byReference: ByReference
    readonly index: number
  },
): Generator<Scanned> {
  const around = element.parent?.parent
  const isInside = around?.name === 'component'
  const ratings = descendants(childOf(element, 'ratings'), 'rating')
  const score = ratings
    .map((rating) => numberIn(textOf(rating, 'score') || textOf(childOf(rating, 'score'), 'base')))
    .find((one) => one !== undefined)
  const id = textOf(element, 'id')
  const references = descendants(childOf(element, 'references'), 'id').map(({ text }) => text)
  const vulnerability = {
    id,
    cves: cvesIn(id, ...references),
    score,
    severity: textOf(ratings[0], 'severity'),
    state: textOf(childOf(element, 'analysis'), 'state'),
  }
  if (isInside) {
    yield {
      ...findingOf(vulnerability, {
        host,
        reference: element.attributes['ref'] ?? '',
        component: xmlProduct(around),
      }),
      group: `inside ${index}`,
    }
    return
  }
  const targets = childrenOf(childOf(element, 'affects'), 'target').map((target) =>
    textOf(target, 'ref'),
  )
  for (const reference of targets.length === 0 ? [''] : targets)
    yield findingOf(vulnerability, { host, reference, component: byReference(reference) })
}
