// SPDX 3.0: packages of a graph, as its JSON-LD has them (spdx.github.io/spdx-spec/v3.0.1).

import { z } from 'zod'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import { listOf, Said } from './scanned.ts'
import type { Product, Scanned } from './scanned.ts'

const ElementSchema = z.object({
  type: Said,
  '@type': Said,
  spdxId: Said,
  name: Said,
  software_packageVersion: Said,
  software_packageUrl: Said,
  suppliedBy: Said,
  externalIdentifier: listOf(z.object({ externalIdentifierType: Said, identifier: Said })),
})
const GraphSchema = z.object({ '@graph': listOf(ElementSchema) })
type Element = z.infer<typeof ElementSchema>

export async function* readSpdxGraph(source: Bytes): AsyncGenerator<Scanned> {
  for (const document of await jsonDocuments(source)) {
    const read = GraphSchema.safeParse(document)
    const all = read.success ? read.data['@graph'] : []
    const names = new Map(all.map((one) => [one.spdxId ?? '', one.name]))
    const isOf = (one: Element, kind: RegExp) => kind.test(one.type ?? one['@type'] ?? '')
    const named = all.find((one) => isOf(one, /^(?:software_Sbom|SpdxDocument)$/))?.name
    const packages = all.filter((one) => isOf(one, /software_Package$/) && one.name !== undefined)
    yield {
      kind: 'asset',
      host: { aliases: [{ kind: 'application', value: (named ?? source.file).toLowerCase() }] },
      products: packages.map((one) => productOf(one, names)),
    }
  }
}

function productOf(one: Element, names: ReadonlyMap<string, string | undefined>): Product {
  const identifier = (type: RegExp) =>
    one.externalIdentifier.find(({ externalIdentifierType }) =>
      type.test(externalIdentifierType ?? ''),
    )?.identifier
  return {
    vendor: names.get(one.suppliedBy ?? ''),
    name: one.name ?? '',
    version: one.software_packageVersion,
    cpe: identifier(/^cpe2[23]$/),
    purl: one.software_packageUrl ?? identifier(/^(?:purl|packageUrl)$/),
    service: '',
    confidence: 100,
  }
}
