// Members' sightings at a hub that say that something was met, and the indicators they are of.

import type { Records } from '../../store/index.ts'
import type { JsonObject } from '../stix/problem.ts'
import { cohortOf } from './hub-context.ts'
import { HUB_ROOT } from './places.ts'

/** Objects of another process may be committed a little out of order: so many are looked at again, which changes nothing. */
export const LOOKED_AT_AGAIN = 200

/** Not "looked, not seen" (STIX 2.1 section 5.2.1: a count of 0), not taken back, and one organisation's own. */
export function isMet(sighting: JsonObject): boolean {
  return (
    sighting['revoked'] !== true &&
    Number(sighting['count'] ?? 1) > 0 &&
    cohortOf(sighting) === undefined
  )
}

/** By id, the newest version of each. */
export async function indicatorsOf(
  records: Records,
  sightings: readonly JsonObject[],
): Promise<ReadonlyMap<string, JsonObject>> {
  if (sightings.length === 0) return new Map()
  const rows = await records
    .selectFrom('taxii_objects')
    .select(['id', 'body'])
    .where('root', '=', HUB_ROOT)
    .where('is_last', '=', true)
    .where('id', 'in', [...new Set(sightings.map((one) => String(one['sighting_of_ref'])))])
    .execute()
  // Checked when they were added.
  return new Map(rows.map(({ id, body }): [string, JsonObject] => [id, JSON.parse(body)]))
}

/** When it was met: first and last, milliseconds. */
export function metFromTo(sighting: JsonObject): readonly [number, number] {
  return [
    Date.parse(String(sighting['first_seen'] ?? sighting['created'])),
    Date.parse(String(sighting['last_seen'] ?? sighting['modified'])),
  ]
}
