// Resources of Azure from all files together, known by their ids. Members stand in `properties` where the API answers, beside the
// name where the command line does.

import { itemsAt, meaningOf, member, textAt, textsAt } from '../../tree/json-values.ts'
import type { Json, JsonRead } from '../../tree/json-values.ts'

export type Doc = { readonly file: string; readonly read: JsonRead }
export type Resource = {
  readonly id: string
  readonly name: string
  /** As `networkInterfaces`. */
  readonly kind: string
  readonly json: Json
  readonly file: string
}

export type Resources = {
  readonly of: (kind: string) => readonly Resource[]
  readonly get: (id: string | undefined) => Resource | undefined
  /** False: a text was cut, an answer has further pages, or one thing is told in two ways. */
  readonly isWhole: boolean
}

/** What changes by itself. */
const ASIDE = /^(?:etag|tags)$/

export function resourcesIn(docs: readonly Doc[]): Resources {
  const all = new Map<string, Resource>()
  let isWhole = true
  for (const { file, read } of docs) {
    isWhole &&= read.isWhole && textAt(read.value ?? undefined, 'nextLink') === undefined
    for (const one of found(read.value, file)) {
      const known = all.get(one.id)
      if (known === undefined) all.set(one.id, one)
      else if (meaningOf(known.json, ASIDE) !== meaningOf(one.json, ASIDE)) isWhole = false
    }
  }
  const kinds = Map.groupBy(all.values(), ({ kind }) => kind.toLowerCase())
  return {
    of: (kind) => kinds.get(kind.toLowerCase()) ?? [],
    get: (id) => (id === undefined ? undefined : all.get(id.toLowerCase())),
    isWhole,
  }
}

const ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.\w+\/(\w+)\/([^/]+)$/i

function* found(json: Json | null, file: string): Generator<Resource> {
  if (json?.kind === 'list') for (const item of json.items) yield* found(item, file)
  if (json?.kind !== 'object') return
  const id = textAt(json, 'id')
  const [, kind, name] = ID.exec(id ?? '') ?? []
  const deep = deepKind(id ?? '')
  if (id !== undefined && deep !== undefined)
    yield { id: id.toLowerCase(), name: id.split('/').at(-1) ?? id, kind: deep, json, file }
  else if (id !== undefined && kind !== undefined && name !== undefined)
    yield { id: id.toLowerCase(), name, kind, json, file }
  else for (const inner of json.members.values()) yield* found(inner, file)
}

const MANAGER = String.raw`/networkManagers/[^/]+`
const COLLECTION = String.raw`/securityAdminConfigurations/[^/]+/ruleCollections/[^/]+`
const DEEP = [
  ['adminRules', new RegExp(`${MANAGER}${COLLECTION}/rules/[^/]+$`, 'i')],
  ['adminRuleCollections', new RegExp(`${MANAGER}${COLLECTION}$`, 'i')],
  ['ruleCollectionGroups', /\/firewallPolicies\/[^/]+\/ruleCollectionGroups\/[^/]+$/i],
  ['groupMembers', new RegExp(`${MANAGER}/networkGroups/[^/]+/staticMembers/[^/]+$`, 'i')],
] as const

/** Kinds that stand deeper than others, by their ids. */
function deepKind(id: string): string | undefined {
  return DEEP.find(([, pattern]) => pattern.test(id))?.[0]
}

export function prop(json: Json | undefined, ...path: readonly string[]): Json | undefined {
  return member(json, 'properties', ...path) ?? member(json, ...path)
}

export function propText(json: Json | undefined, ...path: readonly string[]): string | undefined {
  return textAt(json, 'properties', ...path) ?? textAt(json, ...path)
}

export function propItems(json: Json | undefined, ...path: readonly string[]): readonly Json[] {
  const own = itemsAt(json, 'properties', ...path)
  return own.length > 0 ? own : itemsAt(json, ...path)
}

/** One value, or a list of them under the name's plural. */
export function propTexts(json: Json, single: string, many: string): readonly string[] {
  const one = propText(json, single)
  const list = [...textsAt(json, 'properties', many), ...textsAt(json, many)]
  return [...(one === undefined || one === '' ? [] : [one]), ...list]
}

export function idAt(json: Json | undefined, ...path: readonly string[]): string | undefined {
  return propText(json, ...path, 'id')?.toLowerCase()
}
