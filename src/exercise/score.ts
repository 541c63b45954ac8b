// What a station made of an exercise. An alert is true when a labelled line is about its entity in one of its hours (clock hours
// of UTC, names in any case), whichever rule it came by; every other alert is false. A step is told when an alert is about one of its
// entities in an hour of its lines, found when findings are but no alert, and unseen otherwise.

import { DAY_MS, HOUR_MS } from '../core/index.ts'
import type { CampaignName, Entity, StepName } from './campaigns/campaign.ts'
import { CAMPAIGN_NAMES } from './campaigns/campaign.ts'
import { START_MS } from './country/calendar.ts'
import type { OrganisationKind } from './country/organisation.ts'
import type { Label } from './simulate.ts'

/** One thing for a person to look at: hours of an entity that were told, close to one another. */
export type Alert = {
  readonly entity: Entity
  /** Hours since 1970. */
  readonly hours: readonly number[]
  readonly toldMs: number
  /** Titles of the rules that met. */
  readonly because: readonly string[]
}

export type Found = { readonly entity: Entity; readonly hour: number }

export type StationOutcome = {
  readonly organisation: OrganisationKind
  readonly days: number
  readonly lines: number
  readonly labels: readonly Label[]
  readonly alerts: readonly Alert[]
  /** Each entity and hour that any rule or analytic found something on. */
  readonly found: readonly Found[]
}

export const STEP_STATES = ['told', 'found', 'unseen', 'not-collected'] as const
export type StepState = (typeof STEP_STATES)[number]

export type StepScore = {
  readonly step: StepName
  readonly attack: string
  readonly lines: number
  readonly state: StepState
}

export type CampaignScore = {
  readonly campaign: CampaignName
  readonly begins: string
  /** From its first line to the first alert on it; null when there is none. */
  readonly hoursToFirstAlert: number | null
  readonly steps: readonly StepScore[]
}

export type JudgedAlert = {
  readonly kind: Entity['kind']
  readonly entity: string
  readonly first: string
  readonly told: string
  readonly because: readonly string[]
  readonly isTrue: boolean
}

export type Score = {
  readonly organisation: OrganisationKind
  readonly lines: number
  /** Days on which something can be told: the first only teaches. */
  readonly days: number
  /** Of these, days without a labelled line. */
  readonly quietDays: number
  readonly campaigns: readonly CampaignScore[]
  readonly alerts: readonly JudgedAlert[]
  readonly trueAlerts: number
  readonly falseAlerts: number
  readonly falseOnQuietDays: number
}

export function scoreOf(outcome: StationOutcome): Score {
  const { organisation, lines, days, labels } = outcome
  const labelled = keysOf(labels)
  const alerts = outcome.alerts.map((alert) => judgedAlert(alert, labelled))
  const busy = new Set(labels.map(({ timeMs }) => dayOf(timeMs)))
  const wrong = alerts.filter(({ isTrue }) => !isTrue)
  const byCampaign = CAMPAIGN_NAMES.map((name) => labels.filter((one) => one.campaign === name))
  return {
    organisation,
    lines,
    days: days - 1,
    quietDays: days - 1 - [...busy].filter((day) => day > 0 && day < days).length,
    campaigns: byCampaign
      .filter((some) => some.length > 0)
      .map((some) => campaignScore(some, outcome)),
    alerts,
    trueAlerts: alerts.length - wrong.length,
    falseAlerts: wrong.length,
    falseOnQuietDays: wrong.filter(({ first }) => !busy.has(dayOf(Date.parse(first)))).length,
  }
}

function dayOf(timeMs: number): number {
  return Math.floor((timeMs - START_MS) / DAY_MS)
}

/** An entity in a clock hour; names in any case. */
export const keyOf = ({ kind, name }: Entity, hour: number) =>
  `${hour} ${kind} ${name.toLowerCase()}`

/** Entity and hour of labelled lines. What is not collected can be met all the same, by what else is written of it. */
export function keysOf(labels: readonly Label[]): ReadonlySet<string> {
  return new Set(
    labels.flatMap(({ entities, timeMs }) =>
      entities.map((entity) => keyOf(entity, Math.floor(timeMs / HOUR_MS))),
    ),
  )
}

function judgedAlert(
  { entity, hours, toldMs, because }: Alert,
  labelled: ReadonlySet<string>,
): JudgedAlert {
  return {
    kind: entity.kind,
    entity: entity.name,
    first: new Date((hours[0] ?? 0) * HOUR_MS).toISOString(),
    told: new Date(toldMs).toISOString(),
    because,
    isTrue: hours.some((hour) => labelled.has(keyOf(entity, hour))),
  }
}

function campaignScore(labels: readonly Label[], { alerts, found }: StationOutcome): CampaignScore {
  const first = labels[0]
  if (first === undefined) throw new TypeError('a campaign without lines')
  const own = keysOf(labels)
  const told = alerts.filter(({ entity, hours }) =>
    hours.some((hour) => own.has(keyOf(entity, hour))),
  )
  const firstMs = Math.min(...labels.map(({ timeMs }) => timeMs))
  const toldMs = Math.min(...told.map(({ toldMs: at }) => at))
  const toldKeys = new Set(
    alerts.flatMap(({ entity, hours }) => hours.map((hour) => keyOf(entity, hour))),
  )
  const foundKeys = new Set(found.map(({ entity, hour }) => keyOf(entity, hour)))
  const bySteps = Map.groupBy(labels, ({ step }) => step)
  return {
    campaign: first.campaign,
    begins: new Date(firstMs).toISOString(),
    hoursToFirstAlert: told.length === 0 ? null : Math.round((toldMs - firstMs) / HOUR_MS),
    steps: [...bySteps].map(([step, some]) => ({
      step,
      attack: some[0]?.attack ?? '',
      lines: some.length,
      state: stateOf(some, toldKeys, foundKeys),
    })),
  }
}

function stateOf(
  labels: readonly Label[],
  told: ReadonlySet<string>,
  found: ReadonlySet<string>,
): StepState {
  const keys = [...keysOf(labels)]
  if (keys.some((key) => told.has(key))) return 'told'
  if (keys.some((key) => found.has(key))) return 'found'
  return labels.some(({ isCollected }) => isCollected) ? 'unseen' : 'not-collected'
}

/** Sums over organisations. */
export type Totals = {
  readonly played: number
  readonly found: number
  readonly medianHours: number | null
  readonly steps: number
  readonly stepsTold: number
  readonly stepsFound: number
  readonly alerts: number
  readonly precision: number | null
  readonly alertsADay: number
  readonly falseADay: number
  readonly falseAQuietDay: number
}

/** A campaign at an organisation counts as one. Found without an alert counts among the slowest for the median. */
export function totalsOf(scores: readonly Score[]): Totals {
  const campaigns = scores.flatMap((score) => score.campaigns)
  const steps = campaigns.flatMap((campaign) => campaign.steps)
  const sum = (of: (score: Score) => number) => scores.reduce((all, score) => all + of(score), 0)
  const days = Math.max(
    1,
    sum((score) => score.days),
  )
  const alerts = sum((score) => score.alerts.length)
  const isFound = ({ hoursToFirstAlert }: CampaignScore) => hoursToFirstAlert !== null
  return {
    played: campaigns.length,
    found: campaigns.filter(isFound).length,
    medianHours: medianOf(campaigns.map(({ hoursToFirstAlert }) => hoursToFirstAlert ?? Infinity)),
    steps: steps.length,
    stepsTold: steps.filter(({ state }) => state === 'told').length,
    stepsFound: steps.filter(({ state }) => state === 'found').length,
    alerts,
    precision: alerts === 0 ? null : sum((score) => score.trueAlerts) / alerts,
    alertsADay: alerts / days,
    falseADay: sum((score) => score.falseAlerts) / days,
    falseAQuietDay:
      sum((score) => score.falseOnQuietDays) /
      Math.max(
        1,
        sum((score) => score.quietDays),
      ),
  }
}

/** Null where nothing was played, or most was never found. */
function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const median = sorted[Math.floor((sorted.length - 1) / 2)]
  return median === undefined || median === Infinity ? null : median
}
