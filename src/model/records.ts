// The records a station keeps in PostgreSQL, as people and the API see them.

import { z } from 'zod'
import { SOURCE_KINDS } from './source-kinds.ts'

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'informational'] as const
export const SeveritySchema = z.enum(SEVERITIES)
export type Severity = z.infer<typeof SeveritySchema>

export const ALERT_STATES = ['new', 'acknowledged', 'in_progress', 'closed'] as const
export const AlertStateSchema = z.enum(ALERT_STATES)
export type AlertState = z.infer<typeof AlertStateSchema>

/** What a closed alert turned out to be. */
export const ASSESSMENTS = [
  'compromise',
  'attempt',
  'policy_violation',
  'authorised',
  'false_positive',
  'inconclusive',
] as const
export const AssessmentSchema = z.enum(ASSESSMENTS)
export type Assessment = z.infer<typeof AssessmentSchema>

/** What an alert gathers on. */
export const ENTITY_KINDS = ['account', 'address', 'device', 'source'] as const
export const EntityKindSchema = z.enum(ENTITY_KINDS)
export type EntityKind = z.infer<typeof EntityKindSchema>

/** One reason a rule fired: the selection, the field, the value found and the pattern it met. */
export const ReasonSchema = z.object({
  selection: z.string(),
  field: z.string(),
  value: z.string(),
  pattern: z.string(),
  /** Of a correlation alone, whose `selection` is its type and `value` what was measured: within how long, as `10m`. */
  timespan: z.string().optional(),
})
export type Reason = z.infer<typeof ReasonSchema>

/** One rule met one event (or, for a correlation, one group of events). */
export const FindingSchema = z.object({
  rule: z.string(),
  title: z.string(),
  severity: SeveritySchema,
  time: z.iso.datetime(),
  entityKind: EntityKindSchema,
  entity: z.string(),
  batch: z.string(),
  line: z.number().int(),
  reasons: z.array(ReasonSchema),
})
export type Finding = z.infer<typeof FindingSchema>

/** What an alert takes over from its rule. */
export type RuleFacts = {
  readonly id: string
  readonly title: { readonly en: string; readonly fr: string }
  readonly severity: Severity
  readonly attack: readonly string[]
  readonly author: string
  readonly reference: string
  /** The sentence that says why, where it is not the rule's. */
  readonly why?: { readonly en: string; readonly fr: string }
}

export const AlertSchema = z.object({
  id: z.string(),
  rule: z.string(),
  title: z.object({ en: z.string(), fr: z.string() }),
  severity: SeveritySchema,
  entityKind: EntityKindSchema,
  entity: z.string(),
  count: z.number().int(),
  firstSeen: z.iso.datetime(),
  lastSeen: z.iso.datetime(),
  /** One sentence that says why, in both languages. */
  why: z.object({ en: z.string(), fr: z.string() }),
  reasons: z.array(ReasonSchema),
  attack: z.array(z.string()),
  /** Rule author and address: the rules' licence asks for them on every alert. */
  author: z.string(),
  reference: z.string(),
  state: AlertStateSchema,
  assessment: AssessmentSchema.nullable(),
  /** Why it was closed, in the analyst's words. */
  reason: z.string().nullable(),
  assignee: z.string().nullable(),
  reopened: z.number().int(),
  updated: z.iso.datetime(),
  /** It is about somebody or something that is watched first: whom, and until when somebody must take it. */
  critical: z
    .object({
      band: z.enum(['C1', 'C2', 'C3', 'C4']),
      name: z.string(),
      acknowledgeBy: z.iso.datetime(),
      acknowledged: z.boolean(),
    })
    .nullable()
    .optional(),
})
export type Alert = z.infer<typeof AlertSchema>

export const AlertHistorySchema = z.object({
  at: z.iso.datetime(),
  who: z.string(),
  action: z.enum(['raised', 'reopened', 'changed', 'commented', 'undone']),
  from: z.string().nullable(),
  to: z.string().nullable(),
  comment: z.string().nullable(),
})
export type AlertHistory = z.infer<typeof AlertHistorySchema>

export const SourceSchema = z.object({
  name: z.string(),
  kind: z.enum(SOURCE_KINDS),
  /** Name of the sensor its lines come through; null for what comes to the station itself. */
  sensor: z.string().nullable(),
  /** Null for a stream of a provider that has brought nothing yet. */
  firstSeen: z.iso.datetime().nullable(),
  lastSeen: z.iso.datetime().nullable(),
  lines: z.number().int(),
  bytes: z.number().int(),
  /** Lines no parser understood. */
  unknown: z.number().int(),
  /** Lines a parser took but could not read whole. */
  partial: z.number().int(),
  /** Lines per parser. */
  parsers: z.record(z.string(), z.number().int()),
  /** Parser forced by an operator, else null: recognised line by line. */
  parser: z.string().nullable(),
  /** Lines a second over the last five minutes. */
  rate: z.number(),
  /** Milliseconds from receipt to being searchable, 99th percentile of the last five minutes. */
  lagMs: z.number().nullable(),
  /** UDP messages that the station had to drop since it started, because its disk was slower than they came. */
  dropped: z.number().int(),
  /** What keeps a provider's stream from being read now. */
  trouble: z.object({ en: z.string(), fr: z.string() }).nullable(),
  /** Quiet for longer than is usual for this source. */
  silent: z.boolean(),
  /** Lines of each of the last 24 hours, oldest first. */
  hourly: z.array(z.number().int()),
})
export type Source = z.infer<typeof SourceSchema>

/** A run of rules over stored events. */
export const HISTORY_STATES = ['running', 'done', 'stopped', 'interrupted', 'failed'] as const
export const HistoryRunSchema = z.object({
  id: z.string(),
  /** `interrupted`: the station ended before the run did. */
  state: z.enum(HISTORY_STATES),
  /** Rule ids; null = every rule that runs. */
  rules: z.array(z.string()).nullable(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Everything from here to `to` is judged: runs go from the newest event to the oldest. */
  reached: z.iso.datetime(),
  asked: z.iso.datetime(),
  by: z.string(),
  ended: z.iso.datetime().nullable(),
  /** Events of the span. */
  events: z.number().int(),
  judged: z.number().int(),
  /** Events that could not be judged. */
  unread: z.number().int(),
  /** Findings that were not known before. */
  findings: z.number().int(),
  /** Findings that were known already. */
  known: z.number().int(),
  alertsRaised: z.number().int(),
  alertsReopened: z.number().int(),
  /** Rules left out of the rest of the run because they flooded. */
  leftOut: z.array(z.string()),
  /** Why it failed, else null. */
  problem: z.object({ en: z.string(), fr: z.string() }).nullable(),
  /** Working time so far. */
  seconds: z.number(),
  /** Of a run under way, once there is something to go by. */
  secondsLeft: z.number().nullable(),
  /** New lines are behind and go first. */
  waits: z.boolean(),
})
export type HistoryRun = z.infer<typeof HistoryRunSchema>

/** What a rule tells the person with an alert, beside what it is. */
export const GuidanceSchema = z.object({
  /** First steps, in order. */
  investigate: z.object({ en: z.array(z.string()), fr: z.array(z.string()) }),
  robustness: z
    .object({
      /** 1 (ephemeral values) to 5 (core to the technique), as in MITRE's Summiting the Pyramid. */
      level: z.number().int().min(1).max(5),
      /** What an attacker must change so that the rule is silent. */
      evade: z.object({ en: z.string(), fr: z.string() }),
    })
    .nullable(),
})
export type Guidance = z.infer<typeof GuidanceSchema>

export const RULE_STATES = ['active', 'refused', 'no_route', 'breaker'] as const
export const RuleSchema = z.object({
  id: z.string(),
  title: z.object({ en: z.string(), fr: z.string() }),
  severity: SeveritySchema,
  state: z.enum(RULE_STATES),
  /** Why it is not active, else null. */
  problem: z.string().nullable(),
  file: z.string(),
  /** Name of the file where it is one of the station's own, else null. */
  own: z.string().nullable(),
  author: z.string(),
  reference: z.string(),
  attack: z.array(z.string()),
  logsource: z.string(),
  status: z.string(),
  hits: z.number().int(),
  /** Hits on events of the last 24 hours. */
  hits24h: z.number().int(),
  lastHit: z.iso.datetime().nullable(),
  /** Milliseconds of judging for a million judged events, since the rules were last read; null where not measured. */
  cost: z.number().nullable(),
  /** Part of all judging time, 0 to 1. A scan that rules share is divided by the patterns each asks for. */
  costShare: z.number().nullable(),
  falsePositives: z.array(z.string()),
  /** Of a correlation: how hits of its rules are looked at together; else null. */
  correlation: z
    .object({
      type: z.string(),
      groupBy: z.array(z.string()),
      /** As written, `10m`. */
      timespan: z.string(),
      /** Thresholds, or the condition over rules, as written. */
      condition: z.string(),
      rules: z.array(
        z.object({ id: z.string(), title: z.object({ en: z.string(), fr: z.string() }) }),
      ),
      /** Hits that lack a value they are grouped or measured by, and so count nowhere. */
      ungrouped: z.number().int(),
    })
    .nullable(),
  /** Correlations that its hits are part of. */
  feeds: z.array(z.string()),
  /** It raises no alerts itself: its correlations do. */
  isMuted: z.boolean(),
  /** What is accepted here, although the rule describes it. `expires` is a day, YYYY-MM-DD in UTC. */
  filters: z.array(
    z.object({
      title: z.string(),
      reason: z.string(),
      expires: z.string().nullable(),
      file: z.string(),
      /** Name of the file where it is one of the station's own, else null. */
      own: z.string().nullable(),
    }),
  ),
})
export type Rule = z.infer<typeof RuleSchema>
