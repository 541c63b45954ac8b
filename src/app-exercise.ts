// Wires an exercise: a station with a simulated clock, and the lines of an invented organisation through its way in.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCore } from './app-core.ts'
import type { Core } from './app-core.ts'
import { tellNetworks } from './app-exercise-networks.ts'
import type { Intake, OriginHandle } from './collect/index.ts'
import { HOUR_MS, MINUTE_MS } from './core/index.ts'
import type { Settings } from './core/index.ts'
import { episodesOf } from './detect/index.ts'
import { START_MS, scoreOf, simulate } from './exercise/index.ts'
import type { Alert, Found, Hour, Label, Score, SimulationOptions } from './exercise/index.ts'
import { EntityKindSchema, SOURCE_KINDS } from './model/index.ts'
import type { EntityKind, Severity } from './model/index.ts'
import { sql } from './store/index.ts'

export type ExerciseOptions = SimulationOptions & {
  /**
   * How often the station looks over what came, in simulated hours that divide a day; 12 at most, since hours that are a day old are
   * told no more. A running one looks every minute.
   */
  readonly stepHours: number
  readonly settings: Settings
  /** Called as each simulated day ends. */
  readonly onDay: (progress: { readonly day: number; readonly days: number }) => void
  readonly onTrouble: (cause: unknown) => void
  readonly signal: AbortSignal
}

/** What a station found, so that it can be weighed again without playing the exercise again. */
export type KeptFinding = {
  readonly rule: string
  readonly severity: Severity
  readonly kind: EntityKind
  readonly name: string
  readonly timeMs: number
  /** When the station knew of it, in simulated time. */
  readonly judgedMs: number
  /** Reasons as they stand with the finding, JSON. */
  readonly reasons: string
}

export type Exercised = {
  readonly score: Score
  readonly labels: readonly Label[]
  readonly findings: readonly KeptFinding[]
  /** When the station looked over what came. */
  readonly looksMs: readonly number[]
}

/**
 * Plays one organisation's exercise through a station of its own in a temporary folder. The embedded engine binds one folder a
 * process: a second organisation needs a second process. Stops early, with a score of what was played, when the signal says so.
 */
export async function playExercise(options: ExerciseOptions): Promise<Exercised> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-exercise-'))
  const now = { intakeMs: START_MS, lookMs: START_MS }
  try {
    const core = await openCore({
      settings: { ...options.settings, data: folder },
      clock: { nowMs: () => now.intakeMs },
      lookClock: { nowMs: () => now.lookMs },
      durable: true,
      onTrouble: (cause) => {
        if (cause !== null) options.onTrouble(cause)
      },
    })
    try {
      await tellNetworks(core, { folder, clock: { nowMs: () => now.intakeMs } })
      return await playIn(core, now, options)
    } finally {
      await core.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Now = { intakeMs: number; lookMs: number }

async function playIn(core: Core, now: Now, options: ExerciseOptions): Promise<Exercised> {
  const { labels, hours } = simulate(options)
  await core.warmed
  const looksMs: number[] = []
  let lines = 0
  let hoursPlayed = 0
  for (const hour of hours()) {
    if (options.signal.aborted) break
    await write(core, now, hour)
    lines += hour.lines.length
    hoursPlayed += 1
    if (hoursPlayed % options.stepHours === 0) {
      await core.wayIn.settled()
      now.lookMs = hour.endMs + ARRIVED_MS
      looksMs.push(now.lookMs)
      await lookAt(core)
    }
    if (hoursPlayed % 24 === 0) options.onDay({ day: hoursPlayed / 24, days: options.days })
  }
  for (const { analytic, problem } of (await core.analytics?.list()) ?? [])
    if (problem !== null) options.onTrouble(new Error(`${analytic.id}: ${problem}`))
  const score = scoreOf({
    organisation: options.kind,
    days: options.days,
    lines,
    labels,
    alerts: await alertsOf(core),
    found: await foundOf(core),
  })
  return { score, labels, findings: await keptFindings(core), looksMs }
}

/** Lines are taken to be there this long after their hour. */
const ARRIVED_MS = 3 * MINUTE_MS

async function write({ wayIn }: Core, now: Now, { lines, endMs }: Hour): Promise<void> {
  now.intakeMs = endMs - HOUR_MS
  const { intake } = wayIn
  const handles = new Map<string, OriginHandle>()
  for (const { source, text, timeMs } of lines) {
    const bytes = Buffer.from(text)
    if (!intake.writeReceived(handleOf(intake, handles, source), timeMs, bytes, 0, bytes.length))
      await intake.drained()
  }
  now.intakeMs = endMs
}

/** The first part of a source's name is its kind. */
function handleOf(
  intake: Intake,
  handles: Map<string, OriginHandle>,
  source: string,
): OriginHandle {
  const known = handles.get(source)
  if (known !== undefined) return known
  const kind = SOURCE_KINDS.find((one) => source.startsWith(`${one}/`)) ?? 'file'
  const handle = intake.open({ kind, source, context: '' })
  handles.set(source, handle)
  return handle
}

/** As the station does by itself, each when its time has come. */
async function lookAt({ correlations, analytics, risk }: Core): Promise<void> {
  await correlations.settle('so far')
  await analytics?.look()
  await risk?.look()
}

async function alertsOf({ store, detection, analytics }: Core): Promise<readonly Alert[]> {
  const rows = await store.records.selectFrom('risk_hours').selectAll().execute()
  const rules = await rulesByHour(store)
  const facts = new Map([...detection.shelf.current.facts, ...(analytics?.facts ?? [])])
  const titleOf = (rule: string) => facts.get(rule)?.title.en ?? rule
  return alertsOfHours(
    rows.map(({ entity_kind, entity, hour, told }) => {
      const kind = EntityKindSchema.parse(entity_kind)
      const at = hour.getTime() / HOUR_MS
      const because = (rules.get(`${at} ${kind} ${entity}`) ?? []).map(titleOf)
      return { entity: { kind, name: entity }, hour: at, toldMs: told.getTime(), because }
    }),
  )
}

export type ToldHour = Pick<Alert, 'entity' | 'toldMs' | 'because'> & { readonly hour: number }

/** Hours that were told, joined as the budget joins them. */
export function alertsOfHours(told: readonly ToldHour[]): readonly Alert[] {
  const keyed = told.map((one) => ({ ...one, of: one.entity, entity: keyOf(one.entity) }))
  return episodesOf(keyed).map(({ hours }) => ({
    entity: hours[0].of,
    hours: hours.map(({ hour }) => hour),
    toldMs: Math.min(...hours.map(({ toldMs }) => toldMs)),
    because: [...new Set(hours.flatMap(({ because }) => because))],
  }))
}

const keyOf = ({ kind, name }: Alert['entity']) => `${kind} ${name}`

async function rulesByHour({
  events,
}: Pick<Core['store'], 'events'>): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await events.ask.query<{ key: string; rules: string[] }>(
    sql`SELECT concat(toString(toUInt32(intDiv(toUnixTimestamp64Milli(time), ${HOUR_MS}))), ' ', toString(entity_kind), ' ', entity) AS key,
  arraySort(groupUniqArray(toString(rule))) AS rules FROM findings GROUP BY key`,
  )
  return new Map(rows.map(({ key, rules }) => [key, rules]))
}

async function foundOf({ store }: Core): Promise<readonly Found[]> {
  const { rows } = await store.events.ask.query<{ kind: string; name: string; hour: number }>(
    sql`SELECT DISTINCT toString(entity_kind) AS kind, entity AS name, toUInt32(intDiv(toUnixTimestamp64Milli(time), ${HOUR_MS})) AS hour FROM findings WHERE entity != ''`,
  )
  return rows.map(({ kind, name, hour }) => ({
    entity: { kind: EntityKindSchema.parse(kind), name },
    hour,
  }))
}

type KeptRow = Omit<KeptFinding, 'timeMs' | 'judgedMs'> & {
  readonly timeMs: string
  readonly judgedMs: string
}

async function keptFindings({ store }: Core): Promise<readonly KeptFinding[]> {
  const { rows } = await store.events.ask.query<KeptRow>(
    sql`SELECT toString(rule) AS rule, toString(severity) AS severity, toString(entity_kind) AS kind, entity AS name, reasons,
  toUnixTimestamp64Milli(time) AS timeMs, toUnixTimestamp64Milli(judged) AS judgedMs FROM findings ORDER BY judged, time, rule, name`,
  )
  return rows.map((row) => ({
    ...row,
    timeMs: Number(row.timeMs),
    judgedMs: Number(row.judgedMs),
  }))
}
