// MISP events, attributes, objects, proposals, clusters, reports and notes as items of the policy, for leak scenarios.

import { isObject } from '../stix/problem.ts'
import type { Item } from './policy-types.ts'

/** Things of MISP within one another, as parts that cannot be cut: one that may not leave keeps all of it. */
export function itemsOfMisp(value: unknown, frame: Item, key = ''): readonly Item[] {
  if (Array.isArray(value)) return value.flatMap((one) => itemsOfMisp(one, frame, key))
  if (!isObject(value)) return []
  const within = Object.entries(value).flatMap(([name, inner]) => itemsOfMisp(inner, frame, name))
  if (
    value['distribution'] === undefined &&
    value['type'] === undefined &&
    value['sharing_group_id'] === undefined &&
    value['Tag'] === undefined
  )
    return within
  const tags = (Array.isArray(value['Tag']) ? value['Tag'] : [])
    .filter(isObject)
    .map(({ name, local }) => localOr(String(name), local))
  const group = isObject(value['SharingGroup']) ? value['SharingGroup'] : undefined
  const organisations = (Array.isArray(group?.['SharingGroupOrg']) ? group['SharingGroupOrg'] : [])
    .filter(isObject)
    .flatMap((one) => (isObject(one['Organisation']) ? [String(one['Organisation']['uuid'])] : []))
  const isObjectOfMisp = key === 'Object'
  return [
    {
      ...frame,
      id: String(value['uuid'] ?? value['id']),
      kind: textOf((isObjectOfMisp ? value['name'] : value['type']) ?? key),
      category: textOf(value['category']),
      level: textOf(value['distribution']),
      groups: group === undefined ? [] : [String(group['uuid'])],
      audience: organisations.length === 0 ? undefined : organisations,
      labels: tags,
      parts: within.map((item) => ({ path: [item.id], canBeCut: false, item })),
    },
  ]
}

/** A local tag does not travel: it forbids as any does, and vouches for nothing. */
function localOr(name: string, local: unknown): string {
  return local === true || local === 1 || local === '1' ? `${LOCAL}${name}` : name
}
export const LOCAL = 'local '

/** A text or a number as MISP writes it; nothing for what is neither. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
