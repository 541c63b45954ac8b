// What a hub gave out, as the records hold it: versions, what binds an object beyond its marking, and who let it go.

import { randomUUID } from 'node:crypto'
import type { Records } from '../../store/index.ts'
import type { Relation } from '../policy/policy-types.ts'
import { isObject } from '../stix/problem.ts'
import type { JsonObject } from '../stix/problem.ts'
import { COLLECTIONS, HUB_ROOT } from './places.ts'

export type Publishing = { readonly records: Records; readonly who: string; readonly nowMs: number }

export type Limits = {
  /** Identities. */
  readonly audience: readonly string[] | undefined
  readonly release: Readonly<Partial<Record<Relation, number>>> | undefined
  readonly community: string | undefined
}

export async function versionsHere(
  records: Records,
  objects: readonly JsonObject[],
): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
  const rows = await records
    .selectFrom('taxii_objects')
    .select(['id', 'body'])
    .where('root', '=', HUB_ROOT)
    .where('collection', 'in', [COLLECTIONS.urgent, COLLECTIONS.indicators])
    .where('id', 'in', objects.map(idOf))
    .orderBy('version_order')
    .execute()
  const here = new Map<string, JsonObject[]>()
  for (const { id, body } of rows) {
    const object: JsonObject = JSON.parse(body)
    here.set(id, [...(here.get(id) ?? []), object])
  }
  return here
}

export async function bind(
  records: Records,
  objects: readonly JsonObject[],
  { audience, release, community }: Limits,
): Promise<void> {
  const ids = objects.map(idOf)
  await records.deleteFrom('share_limits').where('object', 'in', ids).execute()
  if (audience === undefined && release === undefined && community === undefined) return
  const rest = {
    audience: audience === undefined ? null : JSON.stringify(audience),
    release: release === undefined ? null : JSON.stringify(release),
    community: community ?? null,
  }
  await records
    .insertInto('share_limits')
    .values(ids.map((object) => ({ object, ...rest })))
    .execute()
}

export async function record(
  { records, who, nowMs }: Publishing,
  collection: string,
  objects: number,
): Promise<void> {
  await records
    .insertInto('share_publications')
    .values({ id: randomUUID(), collection, who, made: new Date(nowMs), objects })
    .execute()
}

export function idOf(object: unknown): string {
  return isObject(object) ? String(object['id']).slice(0, 300) : 'unknown'
}
