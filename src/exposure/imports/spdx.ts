// SPDX 2.2 and 2.3: packages of a document, as JSON and as tag-value.

import { z } from 'zod'
import { jsonDocuments, wholeText } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import { listOf, Said, Text } from './scanned.ts'
import type { Product, Scanned } from './scanned.ts'

const SpdxSchema = z.object({
  name: Said,
  packages: listOf(
    z.object({
      name: z.string(),
      versionInfo: Said,
      supplier: Said,
      externalRefs: listOf(z.object({ referenceType: Said, referenceLocator: Text })),
    }),
  ),
})

/** SPDX 2.2 and 2.3, JSON. */
export async function* readSpdx(source: Bytes): AsyncGenerator<Scanned> {
  for (const document of await jsonDocuments(source)) {
    const { name = source.file, packages } = SpdxSchema.parse(document)
    const products = packages.map(
      ({ name: product, versionInfo, supplier, externalRefs }): Product => {
        const reference = (type: RegExp) =>
          externalRefs.find(({ referenceType }) => type.test(referenceType ?? ''))?.referenceLocator
        return {
          vendor: supplier?.replace(/^(?:Organization|Person):\s*/, ''),
          name: product,
          version: versionInfo,
          cpe: reference(/^cpe2[23]Type$/),
          purl: reference(/^purl$/),
          service: '',
          confidence: 100,
        }
      },
    )
    yield {
      kind: 'asset',
      host: { aliases: [{ kind: 'application', value: name.toLowerCase() }] },
      products,
    }
  }
}

/** SPDX tag-value: packages begin with `PackageName:`. */
export async function* readSpdxText(source: Bytes): AsyncGenerator<Scanned> {
  const products: {
    vendor?: string
    name: string
    version?: string
    cpe?: string
    purl?: string
  }[] = []
  let document = source.file
  for (const line of (await wholeText(source)).split('\n')) {
    const [, tag = '', value = ''] = /^(\w+):\s*(.*?)\s*$/.exec(line) ?? []
    const last = products.at(-1)
    if (tag === 'DocumentName') document = value
    else if (tag === 'PackageName') products.push({ name: value })
    else if (last === undefined) continue
    else if (tag === 'PackageVersion') last.version = value
    else if (tag === 'PackageSupplier')
      last.vendor = value.replace(/^(?:Organization|Person):\s*/, '')
    else if (tag === 'ExternalRef') {
      const [, type = '', locator = ''] = value.split(/\s+/)
      if (type === 'purl') last.purl = locator
      if (type.startsWith('cpe2')) last.cpe = locator
    }
  }
  const host = { aliases: [{ kind: 'application', value: document.toLowerCase() }] } as const
  yield {
    kind: 'asset',
    host,
    products: products.map((product) => ({ ...product, service: '', confidence: 100 })),
  }
}
