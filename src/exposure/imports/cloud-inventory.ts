// Machines and services that a cloud lists: answers of the APIs of AWS, Azure and Google Cloud as their command lines write them. The
// cloud's own id tells a machine; a public address is evidence that it stands at the internet.

import { awsAssets } from './cloud-aws.ts'
import { azureAssets } from './cloud-azure.ts'
import { googleAssets } from './cloud-google.ts'
import type { Json } from './cloud-machine.ts'
import { jsonDocuments } from './read-json.ts'
import type { Bytes } from './read-json.ts'
import type { Scanned, ScannedAsset } from './scanned.ts'

/** Deeper than any answer of an API. */
const MOST_DEPTH = 12

export async function* readCloudInventory(source: Bytes): AsyncGenerator<Scanned> {
  yield* cloudAssets(await jsonDocuments(source))
}

/** What of a document is a machine or a service with an address. Anything else is passed over. */
export function cloudAssets(document: unknown): readonly ScannedAsset[] {
  const all = [...objectsIn(document, 0)]
  return [...awsAssets(all), ...azureAssets(all), ...googleAssets(all)]
}

function* objectsIn(value: unknown, depth: number): Generator<Json> {
  if (depth > MOST_DEPTH || typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const item of value) yield* objectsIn(item, depth + 1)
    return
  }
  const object = value as Json // no array, no null
  yield object
  for (const inner of Object.values(object)) yield* objectsIn(inner, depth + 1)
}
