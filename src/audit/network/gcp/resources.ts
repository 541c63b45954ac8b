// Resources of Google Cloud from all files together, by kind, known by their links.

import { meaningOf, textAt } from '../../tree/json-values.ts'
import type { Json, JsonRead } from '../../tree/json-values.ts'

export type Doc = { readonly file: string; readonly read: JsonRead }
export type Resource = {
  /** `projects/p/global/networks/n`. */
  readonly id: string
  readonly name: string
  readonly json: Json
  readonly file: string
}

export type Resources = {
  /** As `firewall`, `network`, `instance`. */
  readonly of: (kind: string) => readonly Resource[]
  readonly isWhole: boolean
  /** Names of lists in a file that holds several: they say that there is none. */
  readonly lists: ReadonlySet<string>
}

/** What changes by itself. */
const ASIDE = /fingerprint/i

export function resourcesIn(docs: readonly Doc[]): Resources {
  const kinds = new Map<string, Map<string, Resource>>()
  const lists = new Set<string>()
  let isWhole = true
  const visit = (json: Json | null, file: string): void => {
    if (json?.kind === 'list') for (const item of json.items) visit(item, file)
    if (json?.kind !== 'object') return
    const kind = textAt(json, 'kind')?.replace('compute#', '')
    if (textAt(json, 'nextPageToken') !== undefined) isWhole = false
    if (kind === undefined || kind.endsWith('List')) {
      for (const [name, inner] of json.members) {
        if (inner.kind === 'list') lists.add(name.toLowerCase().replaceAll(/[^a-z]/g, ''))
        if (inner.kind !== 'value') visit(inner, file)
      }
      return
    }
    const name = textAt(json, 'name') ?? textAt(json, 'id') ?? ''
    const id = linkOf(textAt(json, 'selfLink')) ?? `${kind}/${name}`
    const known = kinds.get(kind) ?? new Map<string, Resource>()
    kinds.set(kind, known)
    if (known.has(id) && meaningOf(known.get(id)?.json, ASIDE) !== meaningOf(json, ASIDE))
      isWhole = false
    else known.set(id, { id, name, json, file })
  }
  for (const { file, read } of docs) {
    isWhole &&= read.isWhole
    visit(read.value, file)
  }
  return { of: (kind) => [...(kinds.get(kind)?.values() ?? [])], isWhole, lists }
}

/** Without the host and the version of the API. */
export function linkOf(url: string | undefined): string | undefined {
  return url?.replace(/^https?:\/\/[^/]+\/(?:compute\/)?(?:v1|beta|alpha)\//, '')
}

export function linkAt(json: Json | undefined, ...path: readonly string[]): string | undefined {
  return linkOf(textAt(json, ...path))
}
