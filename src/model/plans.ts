// Plans that are kept ready: response, recovery, continuity, communications. Structured, so that what is missing can be said.

import { z } from 'zod'

const Line = z.string().trim().min(1).max(500)
const Day = z.iso.date()

export const PLAN_KINDS = ['response', 'recovery', 'continuity', 'communications'] as const
export const PlanKindSchema = z.enum(PLAN_KINDS)
export type PlanKind = z.infer<typeof PlanKindSchema>

export const ContactSchema = z.strictObject({
  name: Line,
  role: Line,
  organization: z.string().max(200).default(''),
  /** Ways that do not pass through what may be down: telephone first. */
  phone: z.string().max(60).default(''),
  otherPhone: z.string().max(60).default(''),
  outsideMail: z.string().max(200).default(''),
  kind: z.enum([
    'lead',
    'alternate',
    'executive',
    'legal',
    'privacy',
    'provider',
    'authority',
    'police',
    'insurer',
    'media',
    'other',
  ]),
  /** Day it was last tried and answered. */
  tested: Day.nullable().default(null),
})
export type Contact = z.infer<typeof ContactSchema>

export const ExerciseSchema = z.strictObject({
  on: Day,
  kind: z.enum(['tabletop', 'functional', 'restore', 'full', 'incident']),
  scenario: Line,
  lessons: z.string().max(4000).default(''),
  lessonsClosed: z.boolean().default(false),
})

export const PlanSchema = z.strictObject({
  title: Line,
  owner: Line,
  approvedBy: z.string().max(200).default(''),
  approved: Day.nullable().default(null),
  reviewed: Day.nullable().default(null),
  /** Where it lies outside the network. */
  offlineCopy: z.string().max(500).default(''),
  contacts: z.array(ContactSchema).max(200).default([]),
  exercises: z.array(ExerciseSchema).max(200).default([]),
  /** Response: who decides, when it starts, what is done by kind of incident. */
  scenarios: z
    .array(
      z.strictObject({ name: Line, starts: Line, steps: z.array(Line).max(100), decides: Line }),
    )
    .max(100)
    .default([]),
  /** Recovery and continuity: systems in the order they come back. */
  systems: z
    .array(
      z.strictObject({
        name: Line,
        order: z.number().int().min(1),
        /** Longest it may be gone, and most that may be lost, in hours. */
        backWithinHours: z.number().positive().nullable().default(null),
        loseAtMostHours: z.number().min(0).nullable().default(null),
        backup: z.string().max(500).default(''),
        keptApart: z.boolean().default(false),
        manualWay: z.string().max(1000).default(''),
      }),
    )
    .max(500)
    .default([]),
  /** Communications: who is told, by whom, how, within which time. */
  notices: z
    .array(
      z.strictObject({
        to: Line,
        by: Line,
        way: Line,
        withinHours: z.number().positive().nullable().default(null),
        template: z.string().max(8000).default(''),
      }),
    )
    .max(100)
    .default([]),
})
export type Plan = z.infer<typeof PlanSchema>

export const PLAN_GAPS = [
  'missing',
  'not_approved',
  'not_reviewed',
  'no_offline_copy',
  'no_lead',
  'no_alternate',
  'no_authority',
  'no_provider',
  'contact_without_phone',
  'contact_not_tested',
  'no_scenario',
  'scenario_without_steps',
  'no_system',
  'system_without_goal',
  'system_without_backup',
  'backup_not_apart',
  'no_manual_way',
  'no_notice',
  'notice_without_template',
  'not_exercised',
  'lessons_open',
] as const
export type PlanGap = (typeof PLAN_GAPS)[number]

export const PlanGapSchema = z.object({ gap: z.enum(PLAN_GAPS), detail: z.string() })
export const PlanStateSchema = z.object({
  kind: PlanKindSchema,
  plan: PlanSchema.nullable(),
  version: z.number().int(),
  updated: z.iso.datetime().nullable(),
  by: z.string(),
  gaps: z.array(PlanGapSchema),
})
export type PlanState = z.infer<typeof PlanStateSchema>
export const PlansSchema = z.object({ asOf: z.iso.datetime(), plans: z.array(PlanStateSchema) })
