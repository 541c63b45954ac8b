// What single organisations met, as reports to compare: each member's sighting of an indicator, and incidents that people told the
// hub of.

import { FEATURE_KINDS, FeatureSchema } from '../../model/index.ts'
import type { Feature, IncidentAsk } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { HUB_ROOT, SIGHTINGS_ALIAS } from '../hub/places.ts'
import { LOOKED_AT_AGAIN, indicatorsOf, isMet, metFromTo } from '../hub/sightings-met.ts'
import { valuesIn } from '../notices/arrivals.ts'
import { idOf } from '../notices/happening.ts'
import type { JsonObject } from '../stix/problem.ts'

const SOURCE = 'campaigns'
const PER_STEP = 1000

/** Takes in members' sightings that came since. */
export async function gatherSightings(records: Records, nowMs: number): Promise<void> {
  const row = await records
    .selectFrom('notice_arrivals')
    .select('reached')
    .where('source', '=', SOURCE)
    .executeTakeFirst()
  let reached = Number(row?.reached ?? 0)
  for (;;) {
    const rows = await sightingsAfter(records, Math.max(0, reached - LOOKED_AT_AGAIN))
    const newest = Number(rows.at(-1)?.seq ?? 0)
    if (newest <= reached) return
    await keep(records, rows, nowMs)
    reached = newest
    const values = { reached, at: new Date(nowMs) }
    await records
      .insertInto('notice_arrivals')
      .values({ source: SOURCE, ...values })
      .onConflict((conflict) => conflict.column('source').doUpdateSet(values))
      .execute()
  }
}

function sightingsAfter(records: Records, seq: number) {
  return records
    .selectFrom('taxii_objects as object')
    .innerJoin('taxii_collections as place', (on) =>
      on.onRef('place.root', '=', 'object.root').onRef('place.id', '=', 'object.collection'),
    )
    .select(['object.seq', 'object.body'])
    .where('object.root', '=', HUB_ROOT)
    .where('place.alias', '=', SIGHTINGS_ALIAS)
    .where('object.type', '=', 'sighting')
    .where('object.is_last', '=', true)
    .where('object.seq', '>', seq)
    .orderBy('object.seq')
    .limit(PER_STEP)
    .execute()
}

async function keep(
  records: Records,
  rows: readonly { readonly body: string }[],
  nowMs: number,
): Promise<void> {
  const met = rows.map(({ body }): JsonObject => JSON.parse(body)).filter(isMet)
  const indicators = await indicatorsOf(records, met)
  const featuresOf = new Map([...indicators].map(([id, one]) => [id, featuresIn(one)] as const))
  for (const object of met) {
    const features = featuresOf.get(String(object['sighting_of_ref'])) ?? []
    if (features.length > 0) await keepSighting(records, object, { features, nowMs })
  }
}

type Kept = { readonly features: readonly Feature[]; readonly nowMs: number }

async function keepSighting(
  records: Records,
  object: JsonObject,
  { features, nowMs }: Kept,
): Promise<void> {
  const about = String(object['sighting_of_ref'])
  const organisation = String(object['created_by_ref'])
  const [firstMs, lastMs] = metFromTo(object)
  const times = { first_seen: new Date(firstMs), last_seen: new Date(lastMs) }
  await records
    .insertInto('campaign_reports')
    .values({
      id: idOf(['sighting', organisation, about]),
      organisation,
      source: 'sighting',
      ...times,
      known: new Date(nowMs),
      features: JSON.stringify(features),
      note: about,
      campaign: null,
      why: '[]',
      by_whom: 'vigie',
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(times))
    .execute()
}

const FILE_HASH =
  /\bfile\s*:\s*hashes\s*\.\s*'?(?:SHA-256|MD5|SHA-1)'?\s*=\s*'([0-9a-fA-F]{32,64})'/g

/** Values that an indicator names: somebody vouches that they are the attacker's. */
export function featuresIn(indicator: JsonObject): readonly Feature[] {
  const places = valuesIn(indicator).map(({ seen, value }): Feature => {
    const kind =
      seen.address !== undefined
        ? 'address'
        : seen.certificate !== undefined
          ? 'certificate'
          : 'domain'
    return {
      kind,
      value: (seen.address ?? seen.certificate ?? seen.host ?? value).toLowerCase(),
      vouched: true,
    }
  })
  const files = [
    ...String(indicator['pattern'])
      .slice(0, 64 * 1024)
      .matchAll(FILE_HASH),
  ].map(([, hash = '']): Feature => ({ kind: 'file', value: hash.toLowerCase(), vouched: true }))
  return [...places, ...files].slice(0, FEATURE_KINDS.length * 5)
}

/** As the field writes it, so that one value is one. */
function written({ kind, value }: Feature): string {
  return kind === 'technique' || kind === 'vulnerability'
    ? value.toUpperCase()
    : value.toLowerCase()
}

/** The id of the report. */
export async function keepIncident(
  records: Records,
  { organisation, first, last, features, note }: IncidentAsk,
  { who, nowMs }: { readonly who: string; readonly nowMs: number },
): Promise<string> {
  const clean = features.map((one) =>
    FeatureSchema.parse({ ...one, value: written(one), vouched: false }),
  )
  const id = idOf(['incident', organisation, first, JSON.stringify(clean)])
  await records
    .insertInto('campaign_reports')
    .values({
      id,
      organisation,
      source: 'incident',
      first_seen: new Date(first),
      last_seen: new Date(last),
      known: new Date(nowMs),
      features: JSON.stringify(clean),
      note,
      campaign: null,
      why: '[]',
      by_whom: who,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return id
}
