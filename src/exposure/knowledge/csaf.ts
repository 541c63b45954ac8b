// CSAF 2.0 (OASIS): advisories and VEX. The mandatory tests of the standard decide whether a document is used.

import { z } from 'zod'
import { listOf, Said } from '../imports/scanned.ts'
import type { Criterion, VersionEntry } from './criterion.ts'
import type { Told } from './knowledge.ts'

type Helper = { cpe?: string | undefined; purl?: string | undefined }
type Named = {
  product_id: string
  name: string
  product_identification_helper?: Helper | undefined
}
type Branch = { category: string; name: string; branches: Branch[]; product?: Named | undefined }

const NamedSchema = z.object({
  product_id: z.string(),
  name: z.string(),
  product_identification_helper: z.object({ cpe: Said, purl: Said }).optional().catch(undefined),
})
const BranchSchema: z.ZodType<Branch> = z.lazy(() =>
  z.object({
    category: z.string(),
    name: z.string(),
    branches: listOf(BranchSchema),
    product: NamedSchema.optional().catch(undefined),
  }),
)
const Ids = listOf(z.string())
const VulnerabilitySchema = z.object({
  cve: Said,
  title: Said,
  product_status: z
    .object({
      known_affected: Ids,
      first_affected: Ids,
      last_affected: Ids,
      fixed: Ids,
      first_fixed: Ids,
      known_not_affected: Ids,
    })
    .partial()
    .optional()
    .catch(undefined),
  scores: listOf(
    z.object({ cvss_v3: z.object({ vectorString: z.string(), baseScore: z.number() }) }),
  ),
})
export const CsafSchema = z.object({
  document: z.object({
    category: z.string(),
    csaf_version: z.string(),
    publisher: z.object({ name: z.string() }),
    title: z.string(),
    tracking: z.object({
      id: z.string(),
      current_release_date: z.string(),
      version: Said,
      status: Said,
    }),
  }),
  product_tree: z
    .object({
      branches: listOf(BranchSchema),
      full_product_names: listOf(NamedSchema),
      relationships: listOf(
        z.object({
          full_product_name: NamedSchema,
          product_reference: z.string(),
          relates_to_product_reference: z.string(),
        }),
      ),
    })
    .optional(),
  vulnerabilities: listOf(VulnerabilitySchema),
})
export type Csaf = z.infer<typeof CsafSchema>

type Product = Helper & {
  readonly vendor: string
  readonly product: string
  readonly version: string
  readonly range: string
}

/** What the document says, by vulnerability. `source` is the document: a newer one of it takes its place. */
export function toldByCsaf(csaf: Csaf): readonly Told[] {
  const { tracking, publisher } = csaf.document
  const products = productsOf(csaf)
  const source = `csaf ${publisher.name} ${tracking.id}`.slice(0, 200)
  return csaf.vulnerabilities.flatMap((one): readonly Told[] => {
    if (one.cve === undefined) return []
    const {
      known_affected = [],
      first_affected = [],
      last_affected = [],
      fixed = [],
      first_fixed = [],
      known_not_affected = [],
    } = one.product_status ?? {}
    const of = (ids: readonly string[]) => [...new Set(ids)].flatMap((id) => products.get(id) ?? [])
    const affected = of([...known_affected, ...first_affected, ...last_affected])
    const cleared = of([...fixed, ...first_fixed, ...known_not_affected])
    return [
      {
        id: one.cve,
        title: one.title ?? csaf.document.title,
        vector: one.scores[0]?.cvss_v3.vectorString,
        score: one.scores[0]?.cvss_v3.baseScore,
        criteria: {
          source,
          list: [
            ...namedCriteria(affected, cleared),
            ...affected.flatMap(exactCriteria),
            ...cleared.flatMap(clearedCriteria),
          ],
        },
      },
    ]
  })
}

function productsOf({ product_tree: tree }: Csaf): ReadonlyMap<string, Product> {
  const products = new Map<string, Product>()
  const walk = (branch: Branch, above: Product): void => {
    const here: Product =
      branch.category === 'vendor'
        ? { ...above, vendor: branch.name }
        : branch.category === 'product_name'
          ? { ...above, product: branch.name }
          : branch.category === 'product_version'
            ? { ...above, version: branch.name }
            : branch.category === 'product_version_range'
              ? { ...above, range: branch.name }
              : above
    if (branch.product !== undefined)
      products.set(branch.product.product_id, { ...here, ...helperOf(branch.product) })
    for (const below of branch.branches) walk(below, here)
  }
  const nothing: Product = { vendor: '', product: '', version: '', range: '' }
  for (const branch of tree?.branches ?? []) walk(branch, nothing)
  for (const named of tree?.full_product_names ?? [])
    products.set(named.product_id, { ...nothing, product: named.name, ...helperOf(named) })
  // A component on a platform: the component is what is affected.
  for (const { full_product_name, product_reference } of tree?.relationships ?? []) {
    const component = products.get(product_reference)
    if (component !== undefined)
      products.set(full_product_name.product_id, { ...component, ...helperOf(full_product_name) })
  }
  return products
}

function helperOf({ product_identification_helper: helper }: Named): Helper {
  return {
    ...(helper?.cpe === undefined ? {} : { cpe: helper.cpe }),
    ...(helper?.purl === undefined ? {} : { purl: helper.purl }),
  }
}

/** One criterion for a product, with what is affected and what is not in it. */
function namedCriteria(
  affected: readonly Product[],
  cleared: readonly Product[],
): readonly Criterion[] {
  const groups = new Map<
    string,
    { readonly vendor: string; readonly product: string; readonly versions: VersionEntry[] }
  >()
  const add = (product: Product, status: VersionEntry['status']) => {
    const entry = entryOf(product, status)
    if (product.product === '' || entry === undefined) return
    const key = `${product.vendor} ${product.product}`
    const group = groups.get(key) ?? {
      vendor: product.vendor,
      product: product.product,
      versions: [],
    }
    group.versions.push(entry)
    groups.set(key, group)
  }
  for (const product of affected) add(product, 'affected')
  for (const product of cleared) add(product, 'unaffected')
  return [...groups.values()].map((group) => ({
    kind: 'named',
    defaultStatus: 'unknown',
    ...group,
  }))
}

/** `vers:` ranges (`vers:generic/>=7.0|<7.0.15`), comparisons, words; a version alone. */
function entryOf(
  { version, range }: Product,
  status: VersionEntry['status'],
): VersionEntry | undefined {
  if (range === '') return version === '' ? undefined : { version, status }
  const body = range.replace(/^vers:[\w.-]+\//, '').replaceAll(/\s+/g, '')
  if (body === '*') return { version: '*', status }
  const parts = body.split(/[|,]/)
  const bound = (sign: string) =>
    parts
      .find((part) => part.startsWith(sign) && !(sign.length === 1 && part.charAt(1) === '='))
      ?.slice(sign.length)
  const [below, upTo, from, above] = [bound('<'), bound('<='), bound('>='), bound('>')]
  if ([below, upTo, from, above].every((one) => one === undefined))
    return { version: range, status }
  return {
    version: from ?? above ?? '0',
    lessThan: below ?? (upTo === undefined ? '*' : undefined),
    lessThanOrEqual: upTo,
    status,
  }
}

function exactCriteria({ cpe, purl }: Product): readonly Criterion[] {
  return [
    ...(cpe === undefined ? [] : [{ kind: 'cpe' as const, cpe, range: {}, onPlatform: false }]),
    ...(purl === undefined ? [] : [{ kind: 'purl' as const, purl, range: {} }]),
  ]
}

function clearedCriteria({ cpe, purl, vendor, product, version }: Product): readonly Criterion[] {
  return cpe === undefined && purl === undefined
    ? []
    : [{ kind: 'cleared', cpe, purl, vendor, product, version }]
}

const OpenVexSchema = z.object({
  '@context': z.string().regex(/openvex/i),
  author: Said,
  timestamp: Said,
  last_updated: Said,
  '@id': Said,
  statements: listOf(
    z.object({
      vulnerability: z.union([
        z.object({ name: z.string() }),
        z.string().transform((name) => ({ name })),
      ]),
      products: listOf(
        z.union([z.object({ '@id': z.string() }), z.string().transform((id) => ({ '@id': id }))]),
      ),
      status: z.enum(['not_affected', 'affected', 'fixed', 'under_investigation']),
    }),
  ),
})

/** OpenVEX 0.2: statements of one document. Undefined for what is none. */
export function toldByOpenVex(
  document: unknown,
): { readonly name: string; readonly dated: string; readonly told: readonly Told[] } | undefined {
  const read = OpenVexSchema.safeParse(document)
  if (!read.success) return undefined
  const { author = '', timestamp = '', last_updated, statements, '@id': id = '' } = read.data
  const lists = new Map<string, Criterion[]>()
  for (const { vulnerability, products, status } of statements) {
    const list = lists.get(vulnerability.name) ?? []
    lists.set(vulnerability.name, list)
    for (const { '@id': product } of products.filter(({ '@id': one }) => one.startsWith('pkg:'))) {
      if (status === 'affected') list.push({ kind: 'purl', purl: product, range: {} })
      else if (status !== 'under_investigation')
        list.push({ kind: 'cleared', purl: product, vendor: '', product: '', version: '' })
    }
  }
  const name = `vex ${author} ${id}`.slice(0, 200)
  const told = [...lists].map(([vulnerability, list]): Told => ({
    id: vulnerability,
    criteria: { source: name, list },
  }))
  return { name, dated: last_updated ?? timestamp, told }
}

/** The mandatory tests that failed, as the standard words them; loaded with the first advisory alone, for it is large. */
export async function mandatoryFailures(document: unknown): Promise<readonly string[]> {
  const [{ default: validate }, mandatory, schema] = await Promise.all([
    import('@secvisogram/csaf-validator-lib/validate.js'),
    import('@secvisogram/csaf-validator-lib/mandatoryTests.js'),
    import('@secvisogram/csaf-validator-lib/schemaTests.js'),
  ])
  const { tests } = await validate([schema.csaf_2_0, ...Object.values(mandatory)], document)
  return tests
    .filter(({ isValid }) => !isValid)
    .flatMap(({ name, errors }) =>
      errors.slice(0, 3).map(({ message, instancePath }) => `${name}: ${instancePath} ${message}`),
    )
    .slice(0, 10)
}
