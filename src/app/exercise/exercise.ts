// Wires an exercise: a station with a simulated clock, and the lines of an invented organisation through its way in.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Intake, OriginHandle } from '../../collect/index.ts'
import { HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import type { Settings } from '../../core/index.ts'
import { knownSpellings } from '../../detect/index.ts'
import { START_MS, scoreOf, simulate } from '../../exercise/index.ts'
import type { Hour, Label, Score, SimulationOptions } from '../../exercise/index.ts'
import { SOURCE_KINDS } from '../../model/index.ts'
import type { EntityKind, Severity } from '../../model/index.ts'
import { sql } from '../../store/index.ts'
import { openCore } from '../core.ts'
import type { Core } from '../core.ts'
import { tellNetworks } from './networks.ts'
import { alertsOf, namedAlike, saidOf, shownTimeline, titlesOf } from './said.ts'
import type { Timeline } from './said.ts'

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
  readonly timeline: Timeline
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
  const spellings = await knownSpellings(core.store.events.ask, now.lookMs)
  const said = await saidOf(core, spellings)
  const done = namedAlike(labels, spellings)
  const titles = titlesOf(core)
  const score = scoreOf({
    organisation: options.kind,
    days: options.days,
    lines,
    labels: done,
    alerts: alertsOf(said, titles),
    found: said,
  })
  const timeline = shownTimeline(done, said, titles)
  return { score, labels, findings: await keptFindings(core), looksMs, timeline }
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
