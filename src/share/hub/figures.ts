// How many members met an indicator, asked of their own sightings. What members are given of it is a figure over enough of
// them, in steps: a figure that grew by one would say who came last.

import { sql } from 'kysely'
import type { Clock } from '../../core/index.ts'
import type { Seen } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { readSelf } from '../peer/self.ts'
import type { JsonObject } from '../stix/problem.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { nextVersion } from '../stix/versions.ts'
import { addObjects } from '../taxii/object-changes.ts'
import { COHORT_LABEL } from './hub-context.ts'
import type { Hub } from './hub-context.ts'
import { COLLECTIONS, HUB_ROOT, SIGHTINGS_ALIAS, stableUuid } from './places.ts'

export type Figure = Seen['seen'][number]

const MOST_SHOWN = 1000

/** Each member counts once, however much it reports; members that left count as long as what they said stands. */
export async function figures(
  records: Records,
  {
    indicators,
    atLeast = 0,
  }: { readonly indicators?: readonly string[]; readonly atLeast?: number },
): Promise<readonly Figure[]> {
  const ofThem =
    indicators === undefined
      ? sql`true`
      : sql`o.body::jsonb ->> 'sighting_of_ref' IN (${sql.join(indicators)})`
  const { rows } = await sql<{
    indicator: string
    members: string
    looked: string
    first: Date | null
    last: Date | null
  }>`SELECT indicator, count(*) FILTER (WHERE met) AS members, count(*) FILTER (WHERE NOT met) AS looked, min(first) AS first, max(last) AS last FROM (
    SELECT o.body::jsonb ->> 'sighting_of_ref' AS indicator, o.collection,
      bool_or(coalesce((o.body::jsonb ->> 'count')::bigint, 1) > 0) AS met,
      min((o.body::jsonb ->> 'first_seen')::timestamptz) FILTER (WHERE coalesce((o.body::jsonb ->> 'count')::bigint, 1) > 0) AS first,
      max((o.body::jsonb ->> 'last_seen')::timestamptz) FILTER (WHERE coalesce((o.body::jsonb ->> 'count')::bigint, 1) > 0) AS last
    FROM taxii_objects AS o JOIN taxii_collections AS c ON c.root = o.root AND c.id = o.collection
    WHERE o.type = 'sighting' AND o.root = ${HUB_ROOT} AND c.alias = ${SIGHTINGS_ALIAS} AND o.is_last AND o.is_top_spec
      AND coalesce((o.body::jsonb ->> 'revoked')::boolean, false) = false AND ${ofThem}
    GROUP BY 1, 2) AS each GROUP BY indicator HAVING count(*) FILTER (WHERE met) >= ${atLeast}
    ORDER BY members DESC, indicator LIMIT ${MOST_SHOWN}`.execute(records)
  const names = await namesOf(
    records,
    rows.map(({ indicator }) => indicator),
  )
  return rows.map(({ indicator, members, looked, first, last }) => ({
    indicator,
    name: names.get(indicator) ?? '',
    members: Number(members),
    looked: Number(looked),
    first: first?.toISOString() ?? null,
    last: last?.toISOString() ?? null,
  }))
}

async function namesOf(
  records: Records,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await records
    .selectFrom('taxii_objects')
    .select(['id', sql<string | null>`body::jsonb ->> 'name'`.as('name')])
    .where('root', '=', HUB_ROOT)
    .where('id', 'in', ids)
    .where('is_last', '=', true)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name ?? '']))
}

const STEPS = [2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]

/** The greatest step that so many members reach; undefined below the floor. */
export function stepOf(members: number, floor: number): number | undefined {
  if (members < floor) return undefined
  return Math.max(floor, ...STEPS.filter((step) => step <= members && step >= floor))
}

/** Gives out the figures that have reached a further step. */
export async function publishFigures({ records, cohortFloor }: Hub, clock: Clock): Promise<void> {
  const self = await readSelf(records)
  const reached = await figures(records, { atLeast: cohortFloor })
  const objects: JsonObject[] = []
  for (const figure of reached) {
    const step = stepOf(figure.members, cohortFloor)
    if (step === undefined) continue
    const id = `sighting--${stableUuid(`vigie figure\n${self.identity}\n${figure.indicator}`)}`
    const before = await latest(records, id)
    const object = figureObject({ id, step, figure, creator: self.identity, nowMs: clock.nowMs() })
    if (before === undefined) objects.push(object)
    else if (Number(before['count']) < step) {
      const { created: _, modified: __, id: ___, ...change } = object
      objects.push(nextVersion(before, change, clock.nowMs()))
    }
  }
  if (objects.length === 0) return
  const key = { root: HUB_ROOT, collection: COLLECTIONS.figures }
  await addObjects(records, key, { objects, nowMs: clock.nowMs() })
}

type Made = {
  readonly id: string
  readonly step: number
  readonly figure: Figure
  readonly creator: string
  readonly nowMs: number
}

/** Without times of what was seen: they are of single members. */
export function figureObject({ id, step, figure, creator, nowMs }: Made): JsonObject {
  const now = new Date(nowMs).toISOString()
  return {
    type: 'sighting',
    spec_version: '2.1',
    id,
    created_by_ref: creator,
    created: now,
    modified: now,
    description: `Seen by at least ${step} members. / Vu par au moins ${step} membres.`,
    count: step,
    summary: true,
    sighting_of_ref: figure.indicator,
    labels: [`${COHORT_LABEL}${step}`],
    object_marking_refs: [markingOfLabel('amber')],
  }
}

async function latest(records: Records, id: string): Promise<JsonObject | undefined> {
  const row = await records
    .selectFrom('taxii_objects')
    .select('body')
    .where('root', '=', HUB_ROOT)
    .where('id', '=', id)
    .where('is_last', '=', true)
    .executeTakeFirst()
  const object: JsonObject | undefined = row === undefined ? undefined : JSON.parse(row.body)
  return object
}
