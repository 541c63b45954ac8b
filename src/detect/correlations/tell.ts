// Groups found become findings: on whom, how much of what, and of which rules.

import type { EntityKind, Finding, Reason } from '../../model/index.ts'
import { FOUND_MEMBER, sql, trusted } from '../../store/index.ts'
import type { EngineLane, EngineSettings } from '../../store/index.ts'
import { ENTITIES, showThresholds } from '../sigma/index.ts'
import type { CorrelationPlan, LoadedCorrelation } from '../sigma/index.ts'
import { entityKindOf } from './entity-kind.ts'
import type { FoundGroup } from './find-groups.ts'

/** A group found, with what its window holds. */
export type ToldGroup = FoundGroup & {
  /** Values of the fields grouped by, as the completing event has them. */
  readonly groups: readonly string[]
  /** Whom the completing event names, in the order of `ENTITIES`. */
  readonly entities: readonly string[]
  /** Hits of each member in the window. */
  readonly counts: ReadonlyMap<number, number>
  /** Some of the values measured. */
  readonly values: readonly string[]
}

type Telling = { readonly lane: EngineLane; readonly settings: EngineSettings }

const GROUPS_PER_STATEMENT = 1000
const VALUES_SHOWN = 5

export async function tellGroups(
  telling: Telling,
  plan: CorrelationPlan,
  found: readonly FoundGroup[],
): Promise<readonly ToldGroup[]> {
  const told: ToldGroup[] = []
  for (let at = 0; at < found.length; at += GROUPS_PER_STATEMENT)
    told.push(...(await tellSome(telling, plan, found.slice(at, at + GROUPS_PER_STATEMENT))))
  return told
}

type ToldRow = {
  readonly grp: string
  readonly ms: string
  readonly groups: readonly string[]
  readonly entities: readonly string[]
  readonly counts: readonly (readonly [number, string])[]
  readonly values: readonly string[]
}

const IS_LAST = trusted('e.batch = f.batch AND e.line = f.line')

/** A hit belongs to the next window found, which ends at it or later: windows found of a group do not overlap. */
async function tellSome(
  { lane, settings }: Telling,
  { key, timespanMs }: CorrelationPlan,
  found: readonly FoundGroup[],
): Promise<readonly ToldGroup[]> {
  const places = JSON.stringify(found.map(({ grp, ms, batch, line }) => ({ grp, ms, batch, line })))
  const { rows } = await lane.query<ToldRow>(
    sql`WITH (SELECT JSONExtract(${places}, 'Array(Tuple(grp String, ms Int64, batch String, line UInt32))')) AS places
SELECT toString(f.grp) AS grp, toString(f.ms) AS ms,
  anyIf(e.groups, ${IS_LAST}) AS groups, anyIf(e.entities, ${IS_LAST}) AS entities,
  arrayZip(sumMap([e.member], [1]).1, sumMap([e.member], [1]).2) AS counts,
  groupUniqArray(${VALUES_SHOWN})(e.value) AS values
FROM (SELECT DISTINCT grp, member, toUnixTimestamp64Milli(time) AS ms, groups, value, entities, toString(batch) AS batch, line FROM correlation_events
  WHERE correlation = ${key} AND member != ${FOUND_MEMBER} AND grp IN (SELECT toUInt64(arrayJoin(places).1))) AS e
ASOF INNER JOIN (SELECT toUInt64(place.1) AS grp, place.2 AS ms, place.3 AS batch, place.4 AS line FROM (SELECT arrayJoin(places) AS place)) AS f
ON e.grp = f.grp AND e.ms <= f.ms WHERE e.ms >= f.ms - ${timespanMs} GROUP BY f.grp, f.ms`,
    { settings },
  )
  const byPlace = new Map(rows.map((row) => [`${row.grp} ${row.ms}`, row]))
  return found.map((one) => toTold(one, byPlace.get(`${one.grp} ${one.ms}`)))
}

function toTold(found: FoundGroup, row: ToldRow | undefined): ToldGroup {
  return {
    ...found,
    groups: row?.groups ?? [],
    entities: row?.entities ?? [],
    counts: new Map(row?.counts.map(([member, count]) => [member, Number(count)])),
    values: row?.values ?? [],
  }
}

/** Titles by id of what correlations are made of. */
export type Titles = ReadonlyMap<string, string>

export function findingOf(plan: CorrelationPlan, group: ToldGroup, titles: Titles): Finding {
  const { id, title, level } = plan.correlation
  const { kind, entity } = entityOf(plan.correlation, group)
  return {
    rule: id,
    title: title.en,
    severity: level,
    time: new Date(group.ms).toISOString(),
    entityKind: kind,
    entity,
    batch: group.batch,
    line: group.line,
    reasons: reasonsOf(plan, group, titles),
  }
}

type Entity = { readonly kind: EntityKind; readonly entity: string }

/** Whom the rule asks for, else the first thing grouped by that is somebody, else whom the completing event names. */
function entityOf(
  { entity: wanted, groupBy }: LoadedCorrelation,
  { groups, entities }: ToldGroup,
): Entity {
  const named = ENTITIES.map((kind, at): Entity => ({ kind, entity: entities[at] ?? '' }))
  const grouped = groupBy.flatMap((field, at): Entity[] => {
    const kind = entityKindOf(field)
    return kind === undefined ? [] : [{ kind, entity: groups[at] ?? '' }]
  })
  const order =
    wanted === undefined
      ? [...grouped, ...named]
      : [...[...grouped, ...named].filter(({ kind }) => kind === wanted), ...grouped, ...named]
  return order.find(({ entity }) => entity !== '') ?? { kind: 'source', entity: '' }
}

/** What was measured first: it tells the alert. Then the group, and how often each rule was met. */
function reasonsOf(plan: CorrelationPlan, group: ToldGroup, titles: Titles): Reason[] {
  const { correlation, members, test } = plan
  const { type, timespan, thresholds, groupBy, fields } = correlation
  const titleOf = (at: number) => titles.get(members[at]?.id ?? '') ?? ''
  const met = members.flatMap((_, at) => (group.counts.has(at) ? [at] : []))
  const value = test.kind === 'together' ? String(met.length) : shownNumber(group.measure)
  const pattern = showThresholds(thresholds)
  return [
    { selection: type, field: fields.join(', '), value, pattern, timespan },
    ...groupBy.map((field, at) => {
      const text = group.groups[at] ?? ''
      return { selection: 'group-by', field, value: text, pattern: text }
    }),
    ...(type === 'value_count'
      ? [{ selection: 'values', field: fields.join(', '), value: shownValues(group), pattern: '' }]
      : []),
    ...met.map((at) => ({
      selection: 'rules',
      field: titleOf(at),
      value: String(group.counts.get(at) ?? 0),
      pattern: '',
    })),
  ]
}

function shownValues({ values }: ToldGroup): string {
  return values.map((value) => value.replaceAll('\0', ' / ')).join(', ')
}

/** At most three digits behind the point. */
function shownNumber(measure: string): string {
  const number = Number(measure)
  return Number.isFinite(number) ? String(Math.round(number * 1000) / 1000) : measure
}
