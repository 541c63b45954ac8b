// The rule workbench: a rule or an exception being written, what is wrong with it, and what it would have done.

import { z } from 'zod'
import { FindingSchema, HistoryRunSchema, SeveritySchema } from './records.ts'

const Instant = z.iso.datetime()

/** Sigma documents as typed: rules, filters, correlations. */
export const RuleTextSchema = z.object({ text: z.string().min(1).max(200_000) })

export const RuleCheckSchema = z.object({
  rules: z.number().int(),
  filters: z.number().int(),
  correlations: z.number().int(),
  lints: z.array(
    z.object({
      /** `error`: it cannot be used. `remark`: it can, but its author will want to know. */
      severity: z.enum(['error', 'remark']),
      sentence: z.string(),
      line: z.number().int().nullable(),
      column: z.number().int().nullable(),
    }),
  ),
})
export type RuleCheck = z.infer<typeof RuleCheckSchema>

/** `to` is not part of the span. */
export const TrialAskSchema = RuleTextSchema.extend({ from: Instant, to: Instant })
export type TrialAsk = z.infer<typeof TrialAskSchema>

/** A rule or a filter over stored events, without a finding stored or an alert raised. */
export const RuleTrialSchema = HistoryRunSchema.pick({
  id: true,
  from: true,
  to: true,
  reached: true,
  by: true,
  events: true,
  judged: true,
  unread: true,
  leftOut: true,
  problem: true,
  seconds: true,
  secondsLeft: true,
  waits: true,
}).extend({
  state: z.enum(['running', 'done', 'stopped', 'failed']),
  rules: z.array(
    z.object({
      id: z.string(),
      title: z.object({ en: z.string(), fr: z.string() }),
      severity: SeveritySchema,
      /** Events that the rule describes. */
      hits: z.number().int(),
      /** Of these, those that a filter in the text would accept; null where none is for this rule. */
      accepted: z.number().int().nullable(),
    }),
  ),
  hits: z.number().int(),
  accepted: z.number().int(),
  /** Alerts that hits would gather in: one for each rule and entity. */
  alerts: z.number().int(),
  /** Hits in the hour with the most: past the breaker's limit the rule would have stopped itself. */
  mostInAnHour: z.number().int(),
  breakerLimit: z.number().int(),
  /** Hits by hour or by day, oldest first, those without a hit left out. */
  buckets: z.array(z.object({ from: Instant, hits: z.number().int(), accepted: z.number().int() })),
  bucketSeconds: z.number().int(),
  entities: z.array(z.object({ kind: z.string(), entity: z.string(), hits: z.number().int() })),
  /** Newest hits; with a filter, those it would accept. */
  samples: z.array(FindingSchema),
  /** Correlations in the text: their windows are not looked at by a test. */
  untried: z.array(z.string()),
})
export type RuleTrial = z.infer<typeof RuleTrialSchema>

/** Whence a draft is written: an event gives a rule, an alert an exception to its rule. */
export const DraftAskSchema = z.union([
  z.object({ batch: z.string().min(1).max(200), line: z.coerce.number().int().min(0) }),
  z.object({ alert: z.string().min(1).max(200) }),
])
export type DraftAsk = z.infer<typeof DraftAskSchema>

/** A rule file of the station's own. */
export const RuleFileSchema = z.object({ name: z.string(), file: z.string() })
export type RuleFile = z.infer<typeof RuleFileSchema>
