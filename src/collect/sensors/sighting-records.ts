// What sensors met of the station's lists, as they said it at once: counted by sensor, value and source.

import { sql } from 'kysely'
import { DAY_MS } from '../../core/index.ts'
import type { Sensor, Sighting } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'

const KEPT_MS = 90 * DAY_MS

type Told = {
  readonly name: string
  readonly sightings: readonly Sighting[]
  readonly nowMs: number
}

/** A sensor's clock may be wrong: nothing is later than now. */
export async function sighted(records: Records, { name, sightings, nowMs }: Told): Promise<void> {
  for (const { value, source, count, firstMs, lastMs } of sightings) {
    await records
      .insertInto('sensor_sightings')
      .values({
        sensor: name,
        value,
        source,
        count,
        first_seen: new Date(Math.min(firstMs, nowMs)),
        last_seen: new Date(Math.min(lastMs, nowMs)),
      })
      .onConflict((conflict) =>
        conflict.columns(['sensor', 'value', 'source']).doUpdateSet({
          count: sql`sensor_sightings.count + excluded.count`,
          last_seen: sql`greatest(sensor_sightings.last_seen, excluded.last_seen)`,
        }),
      )
      .execute()
  }
  await records
    .deleteFrom('sensor_sightings')
    .where('last_seen', '<', new Date(nowMs - KEPT_MS))
    .execute()
}

export type SightingSummary = {
  readonly count: number
  readonly last: Sensor['lastSighting']
}

export async function readSightings(
  records: Records,
): Promise<ReadonlyMap<string, SightingSummary>> {
  const newest = await records
    .selectFrom('sensor_sightings')
    .distinctOn('sensor')
    .select(['sensor', 'value', 'source', 'last_seen'])
    .orderBy('sensor')
    .orderBy('last_seen', 'desc')
    .execute()
  const sums = await records
    .selectFrom('sensor_sightings')
    .select(['sensor', sql<string>`sum(count)`.as('count')])
    .groupBy('sensor')
    .execute()
  const counts = new Map(sums.map(({ sensor, count }) => [sensor, Number(count)]))
  return new Map(
    newest.map(({ sensor, value, source, last_seen: at }) => [
      sensor,
      { count: counts.get(sensor) ?? 0, last: { value, source, at: at.toISOString() } },
    ]),
  )
}
