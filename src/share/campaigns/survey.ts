// Who a hub knows of, who of them looked, and who was hit: the figures of a campaign's scope.

import { REGIONS, SECTORS } from '../../model/index.ts'
import type { Scope } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { HUB_ROOT, SIGHTINGS_ALIAS } from '../hub/places.ts'
import { namesOf } from '../notices/notice-records.ts'
import { chapman, estimateOf, shownAll, strataOf } from './scope.ts'
import type { Surveyed } from './scope.ts'

export type ReportRow = {
  readonly organisation: string
  readonly source: string
  readonly note: string
  readonly known: Date
}

/** `floor`: null = for the hub's operator. */
export async function scopeOf(
  records: Records,
  rows: readonly ReportRow[],
  floor: number | null,
): Promise<Scope> {
  const hit = new Set(rows.map(({ organisation }) => organisation))
  const indicators = [
    ...new Set(rows.flatMap(({ source, note }) => (source === 'sighting' ? [note] : []))),
  ]
  const looked = await whoLooked(records, indicators)
  const organisations = await surveyed(records, hit, looked)
  const strata = strataOf(organisations)
  const known = floor === null || hit.size >= floor ? hit.size : null
  const figuresOf = <T extends string>(
    names: readonly T[],
    of: (one: (typeof organisations)[number]) => T,
  ) =>
    shownAll(
      names.map((name) => organisations.filter((one) => one.isHit && of(one) === name).length),
      floor,
    ).map((figure, at) => ({ name: names[at], figure }))
  const isShown = floor === null || hit.size >= floor
  return {
    known,
    looked: looked.size,
    organisations: organisations.length,
    estimate: isShown ? (estimateOf(strata) ?? null) : null,
    unsearched: strata
      .filter((one) => one.looked === 0)
      .reduce((sum, one) => sum + one.organisations, 0),
    strata: floor === null ? [...strata] : [],
    recapture: floor === null ? await recapture(records, rows) : null,
    silent:
      floor === null
        ? organisations
            .filter((one) => one.isMember && !one.hasLooked && !one.isHit)
            .map(({ id, name }) => ({ id, name }))
        : [],
    sectors: figuresOf(SECTORS, ({ sector }) => sector).flatMap(({ name, figure }) =>
      name === undefined || figure === 0 ? [] : [{ sector: name, organisations: figure }],
    ),
    regions: figuresOf(REGIONS, ({ region }) => region ?? 'federal').flatMap(({ name, figure }) =>
      name === undefined || figure === 0 ? [] : [{ region: name, organisations: figure }],
    ),
  }
}

/** Whoever answered for one of its indicators, whatever it met. */
async function whoLooked(
  records: Records,
  indicators: readonly string[],
): Promise<ReadonlySet<string>> {
  if (indicators.length === 0) return new Set()
  const rows = await records
    .selectFrom('taxii_objects as object')
    .innerJoin('taxii_collections as place', (on) =>
      on.onRef('place.root', '=', 'object.root').onRef('place.id', '=', 'object.collection'),
    )
    .select((by) =>
      by
        .fn<string>('jsonb_extract_path_text', [
          by.cast('object.body', 'jsonb'),
          by.val('created_by_ref'),
        ])
        .as('member'),
    )
    .distinct()
    .where('object.root', '=', HUB_ROOT)
    .where('place.alias', '=', SIGHTINGS_ALIAS)
    .where('object.type', '=', 'sighting')
    .where('object.is_last', '=', true)
    .where((by) =>
      by(
        by.fn<string>('jsonb_extract_path_text', [
          by.cast('object.body', 'jsonb'),
          by.val('sighting_of_ref'),
        ]),
        'in',
        indicators,
      ),
    )
    .execute()
  return new Set(rows.map(({ member }) => member))
}

type Organisation = Surveyed & {
  readonly name: string
  readonly region: Scope['regions'][number]['region'] | undefined
  readonly isMember: boolean
}

/** Everybody the hub knows of: registered, or joined. */
async function surveyed(
  records: Records,
  hit: ReadonlySet<string>,
  looked: ReadonlySet<string>,
): Promise<readonly Organisation[]> {
  const registered = await records
    .selectFrom('notice_organisations')
    .select(['id', 'sector', 'region'])
    .execute()
  const members = await records
    .selectFrom('share_peers')
    .select('identity')
    .where('role', '=', 'member')
    .where('state', '=', 'joined')
    .execute()
  const names = await namesOf(records)
  const known = new Map(registered.map((one) => [one.id, one]))
  const joined = new Set(members.flatMap(({ identity }) => (identity === null ? [] : [identity])))
  return [...new Set([...known.keys(), ...joined, ...hit])].map((id) => ({
    id,
    name: names.get(id) ?? id,
    sector: SECTORS.find((one) => one === known.get(id)?.sector) ?? 'other',
    region: REGIONS.find((one) => one === known.get(id)?.region),
    isMember: joined.has(id),
    hasLooked: looked.has(id),
    isHit: hit.has(id),
  }))
}

/** By sightings and by incidents. What somebody reported after it was told is no second finding, and is left out. */
async function recapture(
  records: Records,
  rows: readonly ReportRow[],
): Promise<Scope['recapture']> {
  const told = await records
    .selectFrom('notices')
    .select((by) => ['organisation', by.fn.min('told').as('told')])
    .where('told', 'is not', null)
    .groupBy('organisation')
    .execute()
  const toldAt = new Map(
    told.map(({ organisation, told: at }) => [
      organisation,
      at === null ? Infinity : new Date(at).getTime(),
    ]),
  )
  const one = new Set(
    rows.filter(({ source }) => source === 'sighting').map(({ organisation }) => organisation),
  )
  const other = new Set(
    rows
      .filter(
        ({ source, organisation, known }) =>
          source !== 'sighting' && known.getTime() < (toldAt.get(organisation) ?? Infinity),
      )
      .map(({ organisation }) => organisation),
  )
  if (one.size === 0 || other.size === 0) return null
  const both = [...one].filter((id) => other.has(id)).length
  return {
    likely: chapman(one.size, other.size, both),
    bySightings: one.size,
    byReports: other.size,
    byBoth: both,
  }
}
