// Analytics as people and the API see them.

import { z } from 'zod'
import { EntityKindSchema, SeveritySchema } from './records.ts'

const Texts = z.object({ en: z.string(), fr: z.string() })
const Lists = z.object({ en: z.array(z.string()), fr: z.array(z.string()) })

/** One run of an analytic. */
export const AnalyticRunSchema = z.object({
  asked: z.iso.datetime(),
  tookMs: z.number(),
  found: z.number().int(),
  problem: z.string().nullable(),
})
export type AnalyticRun = z.infer<typeof AnalyticRunSchema>

export const AnalyticListSchema = z.object({
  asOf: z.iso.datetime(),
  /** Rare hours a day that may be told. */
  alertsADay: z.number(),
  /** Questions about events that were stored long after their time: of this round, those that are left, and the newest that could not be answered. */
  late: z.object({
    questions: z.number().int(),
    left: z.number().int(),
    problem: z.string().nullable(),
  }),
  analytics: z.array(
    z.object({
      id: z.string(),
      title: Texts,
      description: Texts,
      severity: SeveritySchema,
      entity: EntityKindSchema,
      attack: z.array(z.string()),
      /** How often it is asked, and how far back it looks, in milliseconds. */
      everyMs: z.number(),
      windowMs: z.number(),
      historyMs: z.number(),
      parameters: z.record(z.string(), z.number()),
      falsePositives: Lists,
      /** When it finds nothing although something is there. */
      blind: Lists,
      sql: z.string(),
      /** Null before its first run. */
      asked: z.iso.datetime().nullable(),
      tookMs: z.number(),
      found: z.number().int(),
      problem: z.string().nullable(),
      /** Newest first, ten at most. */
      lately: z.array(AnalyticRunSchema),
      /** Findings of thirty days. */
      found30d: z.number().int(),
    }),
  ),
})
export type AnalyticList = z.infer<typeof AnalyticListSchema>
