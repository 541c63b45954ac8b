// What was done beside what the station said of it, in the order it was done. Alerts that nothing was done for stand among them.

import { HOUR_MS } from '../core/index.ts'
import type { ExerciseMoment } from '../model/index.ts'
import type { Entity } from './campaigns/campaign.ts'
import { keyOf, keysOf } from './score.ts'
import type { Alert } from './score.ts'
import type { Label } from './simulate.ts'

/** What was found on an entity in one clock hour, and when a person was told of it. */
export type Said = {
  readonly entity: Entity
  readonly hour: number
  readonly rules: readonly string[]
  /** Null where it stayed below the budget. */
  readonly toldMs: number | null
}

export type TimelineOptions = {
  readonly labels: readonly Label[]
  readonly said: readonly Said[]
  readonly alerts: readonly Alert[]
}

export function timelineOf({ labels, said, alerts }: TimelineOptions): readonly ExerciseMoment[] {
  const byKey = new Map(said.map((one) => [keyOf(one.entity, one.hour), one]))
  const steps = Map.groupBy(labels, ({ campaign, step, timeMs }) =>
    [campaign, step, hourOf(timeMs)].join(' '),
  )
  const labelled = keysOf(labels)
  const wrong = alerts.filter(({ entity, hours }) =>
    hours.every((hour) => !labelled.has(keyOf(entity, hour))),
  )
  return [
    ...[...steps].map(([id, some]) => stepMoment(id, some, byKey)),
    ...wrong.map((alert) => falseMoment(alert, byKey)),
  ].toSorted((a, b) => a.time.localeCompare(b.time) || a.id.localeCompare(b.id))
}

const hourOf = (timeMs: number) => Math.floor(timeMs / HOUR_MS)

type ByKey = ReadonlyMap<string, Said>

function stepMoment(id: string, labels: readonly Label[], byKey: ByKey): ExerciseMoment {
  const [first] = labels
  if (first === undefined) throw new TypeError('a step without lines')
  const said = [...keysOf(labels)].flatMap((key) => byKey.get(key) ?? [])
  const entities = labels.flatMap((label) => label.entities)
  return {
    id,
    time: new Date(Math.min(...labels.map(({ timeMs }) => timeMs))).toISOString(),
    campaign: first.campaign,
    step: first.step,
    attack: first.attack,
    lines: labels.length,
    entities: [...new Map(entities.map((one) => [keyOf(one, 0), one])).values()],
    state: stateOf(said, labels),
    said: said.map(shown),
  }
}

function stateOf(said: readonly Said[], labels: readonly Label[]): ExerciseMoment['state'] {
  if (said.some(({ toldMs }) => toldMs !== null)) return 'told'
  if (said.length > 0) return 'found'
  return labels.some(({ isCollected }) => isCollected) ? 'unseen' : 'not-collected'
}

function falseMoment({ entity, hours }: Alert, byKey: ByKey): ExerciseMoment {
  const [first = 0] = hours
  return {
    id: `alert ${keyOf(entity, first)}`,
    time: new Date(first * HOUR_MS).toISOString(),
    campaign: null,
    step: null,
    attack: '',
    lines: 0,
    entities: [entity],
    state: 'false',
    said: hours.flatMap((hour) => byKey.get(keyOf(entity, hour)) ?? []).map(shown),
  }
}

function shown({ entity, rules, toldMs }: Said): ExerciseMoment['said'][number] {
  const told = toldMs === null ? null : new Date(toldMs).toISOString()
  return { ...entity, told, rules: [...rules] }
}
