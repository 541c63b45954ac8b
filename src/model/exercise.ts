// An exercise as people and the API see it: what is asked for, how far it is, and what a station made of it. Nothing in it is real.

import { z } from 'zod'
import { EntityKindSchema } from './records.ts'

/** Invented organisations that can be played. */
export const ORGANISATION_KINDS = [
  'town',
  'band-council',
  'territory',
  'province',
  'school-board',
  'water-utility',
  'health-authority',
  'msp',
] as const
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number]

export const LEAST_DAYS = 14
export const MOST_DAYS = 120

export const ExerciseAskSchema = z.strictObject({
  organisation: z.enum(ORGANISATION_KINDS),
  days: z.number().int().min(LEAST_DAYS).max(MOST_DAYS),
  /** 0 careless, 1 as the bulletin describes them, 2 patient, 3 knows the detectors. */
  stealth: z.literal([0, 1, 2, 3]),
  /** The same number plays the same exercise. */
  seed: z.number().int().min(0).max(999_999_999),
})
export type ExerciseAsk = z.infer<typeof ExerciseAskSchema>

const Instant = z.iso.datetime()
const Count = z.number().int()
const Entity = z.object({ kind: EntityKindSchema, name: z.string() })

/** Rows of a timeline; more are cut off at its end. */
export const MOST_MOMENTS = 2000

/** One step of a campaign within a clock hour, or an alert that was about none; and what the station said of it. */
export const ExerciseMomentSchema = z.object({
  id: z.string(),
  time: Instant,
  /** Null for an alert that nothing was done for. */
  campaign: z.string().nullable(),
  step: z.string().nullable(),
  /** Technique of ATT&CK; empty where there is no step. */
  attack: z.string(),
  lines: Count,
  entities: z.array(Entity),
  state: z.enum(['told', 'found', 'unseen', 'not-collected', 'false']),
  said: z.array(
    Entity.extend({
      /** When a person was told, in the exercise's time; null where it stayed below the budget. */
      told: Instant.nullable(),
      /** Ids of rules and analytics. */
      rules: z.array(z.string()),
    }),
  ),
})
export type ExerciseMoment = z.infer<typeof ExerciseMomentSchema>

export const ExerciseResultSchema = z.object({
  ask: ExerciseAskSchema,
  who: z.string(),
  version: z.string(),
  /** In real time. */
  ended: Instant,
  seconds: Count,
  lines: Count,
  /** Days on which something can be told, and those of them on which nothing was done. */
  days: Count,
  quietDays: Count,
  campaigns: z.array(
    z.object({
      campaign: z.string(),
      begins: Instant,
      hoursToFirstAlert: Count.nullable(),
      steps: z.array(
        z.object({
          step: z.string(),
          attack: z.string(),
          lines: Count,
          state: z.enum(['told', 'found', 'unseen', 'not-collected']),
        }),
      ),
    }),
  ),
  trueAlerts: Count,
  falseAlerts: Count,
  totals: z.object({
    played: Count,
    found: Count,
    medianHours: Count.nullable(),
    steps: Count,
    stepsTold: Count,
    stepsFound: Count,
    precision: z.number().nullable(),
    alertsADay: z.number(),
    falseADay: z.number(),
    falseAQuietDay: z.number(),
  }),
  moments: z.array(ExerciseMomentSchema).max(MOST_MOMENTS),
  /** What rules and analytics of the timeline are called. */
  titles: z.record(z.string(), z.object({ en: z.string(), fr: z.string() })),
})
export type ExerciseResult = z.infer<typeof ExerciseResultSchema>

export const ExerciseStateSchema = z.object({
  asOf: Instant,
  running: z
    .object({ ask: ExerciseAskSchema, who: z.string(), started: Instant, day: Count })
    .nullable(),
  /** Why the last one did not come to an end. */
  problem: z.object({ en: z.string(), fr: z.string() }).nullable(),
  newest: ExerciseResultSchema.nullable(),
})
export type ExerciseState = z.infer<typeof ExerciseStateSchema>
