// What the station of an exercise found, hour by hour and entity by entity, and which of it a person was told.

import { HOUR_MS } from '../../core/index.ts'
import { episodesOf } from '../../detect/index.ts'
import type { Spellings } from '../../detect/index.ts'
import { timelineOf } from '../../exercise/index.ts'
import type { Alert, Label, Said } from '../../exercise/index.ts'
import { EntityKindSchema, MOST_MOMENTS } from '../../model/index.ts'
import type { EntityKind, ExerciseResult } from '../../model/index.ts'
import { sql } from '../../store/index.ts'
import type { Core } from '../core.ts'

type FoundRow = { kind: string; name: string; hour: number; rules: string[] }

/** What is found on an account or a device under two names was found on one. */
export async function saidOf(
  { store }: Core,
  { nameOf }: Pick<Spellings, 'nameOf'>,
): Promise<readonly Said[]> {
  const told = await store.records.selectFrom('risk_hours').selectAll().execute()
  const toldMs = new Map(
    told.map(({ hour, entity_kind: kind, entity: name, told: at }) => {
      const of = nameOf({ kind: EntityKindSchema.parse(kind), name })
      return [`${hour.getTime() / HOUR_MS} ${kind} ${of}`, at.getTime()]
    }),
  )
  const { rows } = await store.events.ask.query<FoundRow>(
    sql`SELECT toString(entity_kind) AS kind, entity AS name, toUInt32(intDiv(toUnixTimestamp64Milli(time), ${HOUR_MS})) AS hour,
  arraySort(groupUniqArray(toString(rule))) AS rules FROM findings WHERE entity != '' GROUP BY kind, name, hour`,
  )
  const found = rows.map(({ kind: text, name, hour, rules }) => {
    const kind = EntityKindSchema.parse(text)
    return { entity: { kind, name: nameOf({ kind, name }) }, hour, rules }
  })
  const groups = Map.groupBy(found, ({ entity: { kind, name }, hour }) => `${hour} ${kind} ${name}`)
  return [...groups].flatMap(([key, some]) => {
    const rules = [...new Set(some.flatMap((one) => one.rules))].toSorted()
    return some.slice(0, 1).map((one) => ({ ...one, rules, toldMs: toldMs.get(key) ?? null }))
  })
}

/** Labels by the names under which things were found. */
export function namedAlike(
  labels: readonly Label[],
  { nameOf }: Pick<Spellings, 'nameOf'>,
): readonly Label[] {
  return labels.map((label) => ({
    ...label,
    entities: label.entities.map(({ kind, name }) => ({ kind, name: nameOf({ kind, name }) })),
  }))
}

export type Titles = ReadonlyMap<string, { readonly en: string; readonly fr: string }>

export function titlesOf({ detection, analytics }: Core): Titles {
  const facts = [...detection.shelf.current.facts, ...(analytics?.facts ?? [])]
  return new Map(facts.map(([rule, { title }]) => [rule, title]))
}

/** Hours of which a person was told, each thing to look at once. */
export function alertsOf(said: readonly Said[], titles: Titles): readonly Alert[] {
  return alertsOfHours(
    said.flatMap(({ entity, hour, rules, toldMs }) => {
      const because = rules.map((rule) => titles.get(rule)?.en ?? rule)
      return toldMs === null ? [] : [{ entity, hour, toldMs, because }]
    }),
  )
}

export type ToldHour = Pick<Alert, 'entity' | 'toldMs' | 'because'> & { readonly hour: number }

/** Joined as the budget joins them. */
export function alertsOfHours(told: readonly ToldHour[]): readonly Alert[] {
  const keyed = told.map((one) => ({ ...one, of: one.entity, entity: keyOf(one.entity) }))
  return episodesOf(keyed).map(({ hours }) => ({
    entity: hours[0].of,
    hours: hours.map(({ hour }) => hour),
    toldMs: Math.min(...hours.map(({ toldMs }) => toldMs)),
    because: [...new Set(hours.flatMap(({ because }) => because))],
  }))
}

const keyOf = ({ kind, name }: { readonly kind: EntityKind; readonly name: string }) =>
  `${kind} ${name}`

export type Timeline = Pick<ExerciseResult, 'moments' | 'titles'>

export function shownTimeline(
  labels: readonly Label[],
  said: readonly Said[],
  titles: Titles,
): Timeline {
  const moments = timelineOf({ labels, said, alerts: alertsOf(said, titles) }).slice(
    0,
    MOST_MOMENTS,
  )
  const rules = new Set(moments.flatMap((moment) => moment.said.flatMap((one) => one.rules)))
  return {
    moments: [...moments],
    titles: Object.fromEntries(
      [...rules].map((rule) => [rule, titles.get(rule) ?? { en: rule, fr: rule }]),
    ),
  }
}
