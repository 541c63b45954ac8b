// The HTTP API's bodies. The server validates with them, the OpenAPI document is made from them, the console and the CLI are typed by them.

import { z } from 'zod'
import {
  AlertHistorySchema,
  AlertSchema,
  AlertStateSchema,
  AssessmentSchema,
  GuidanceSchema,
  HistoryRunSchema,
  RuleSchema,
  SeveritySchema,
  SourceSchema,
} from './records.ts'

const Instant = z.iso.datetime()

export const ProblemBodySchema = z.object({
  code: z.string(),
  sentence: z.object({ en: z.string(), fr: z.string() }),
})

export const SignInSchema = z.object({ token: z.string().min(1).max(200) })
export const SessionSchema = z.object({
  user: z.string(),
  language: z.enum(['en', 'fr']),
  station: z.string(),
  version: z.string(),
})

export const AlertFilterSchema = z.object({
  state: z.array(AlertStateSchema).optional(),
  severity: z.array(SeveritySchema).optional(),
  rule: z.string().optional(),
  entity: z.string().optional(),
  assignee: z.string().optional(),
  /** Free text over title, entity and sentence. */
  text: z.string().max(200).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  limit: z.number().int().min(1).max(1000).optional(),
  offset: z.number().int().min(0).optional(),
})
export type AlertFilter = z.infer<typeof AlertFilterSchema>

export const AlertGroupSchema = z.object({
  rule: z.string(),
  title: z.object({ en: z.string(), fr: z.string() }),
  severity: SeveritySchema,
  alerts: z.number().int(),
  events: z.number().int(),
  firstSeen: Instant,
  lastSeen: Instant,
})
export const AlertListSchema = z.object({
  asOf: Instant,
  total: z.number().int(),
  alerts: z.array(AlertSchema),
  /** The same filter, by rule. */
  groups: z.array(AlertGroupSchema),
})

/** A change to many alerts at once. Closing asks for an assessment and a reason. */
export const AlertChangeSchema = z.object({
  ids: z.array(z.string()).min(1).max(1000),
  state: AlertStateSchema.optional(),
  assessment: AssessmentSchema.optional(),
  reason: z.string().max(2000).optional(),
  assignee: z.string().max(200).nullable().optional(),
  comment: z.string().max(5000).optional(),
})
export type AlertChange = z.infer<typeof AlertChangeSchema>
export const AlertUndoSchema = z.object({ undo: z.string().min(1).max(200) })
export const AlertUndoneSchema = z.object({ changed: z.number().int() })
export const AlertChangedSchema = z.object({ undo: z.string(), changed: z.number().int() })

/** An event as rows show it: column name → text; absent values are left out. Always has `batch`, `line`, `time`. */
export const EventRowSchema = z.record(z.string(), z.string())
export type EventRow = z.infer<typeof EventRowSchema>

export const AlertDetailSchema = z.object({
  alert: AlertSchema,
  /** What logs call its entity, the name of the alert first. */
  names: z.array(z.string()),
  history: z.array(AlertHistorySchema),
  /** Newest events that the rule met, at most 50. */
  evidence: z.array(EventRowSchema),
  /** Events of the same entity around the last one, oldest first, at most 200. */
  timeline: z.array(EventRowSchema),
  /** Other alerts on the same entity, under any of its names. */
  related: z.array(AlertSchema),
  description: z.object({ en: z.string(), fr: z.string() }),
  guidance: GuidanceSchema,
  falsePositives: z.array(z.string()),
  /** Whether a Sigma rule raised it, which can be looked up and excepted from; else an analytic, or the station itself. */
  ofRule: z.boolean(),
  ruleText: z.string(),
})

/** `query` is `field:value` syntax; `sql` is a SELECT over `events`. One of the two. */
export const HuntSchema = z.object({
  query: z.string().max(10_000).optional(),
  sql: z.string().max(50_000).optional(),
  from: Instant,
  to: Instant,
})
export type Hunt = z.infer<typeof HuntSchema>

export const QueryCostSchema = z.object({
  rowsRead: z.number(),
  bytesRead: z.number(),
  engineMs: z.number(),
})
export const HuntSearchSchema = HuntSchema.extend({
  columns: z.array(z.string()).max(100).optional(),
  limit: z.number().int().min(1).max(5000).default(200),
  /** Rows to skip; pages of one search stay in order. */
  offset: z.number().int().min(0).max(100_000).default(0),
  order: z.enum(['newest', 'oldest']).default('newest'),
})
export type HuntSearch = z.infer<typeof HuntSearchSchema>
export const HuntRowsSchema = z.object({
  columns: z.array(z.string()),
  rows: z.array(EventRowSchema),
  /** Rows beyond this page exist. */
  more: z.boolean(),
  /** Where the search was when its time was over: what lies beyond was not searched. Null when all was. */
  stoppedAt: Instant.nullable(),
  cost: QueryCostSchema,
})
export type HuntRows = z.infer<typeof HuntRowsSchema>
export const HuntHistogramSchema = z.object({
  total: z.number(),
  bucketMs: z.number(),
  buckets: z.array(z.object({ from: Instant, count: z.number() })),
  cost: QueryCostSchema,
})
export const HuntTopRequestSchema = HuntSchema.extend({
  field: z.string(),
  limit: z.number().int().min(1).max(100).default(10),
  /** Counts every event, however long it takes; otherwise the counts of very many are estimated from a sample. */
  exact: z.boolean().default(false),
})
export const HuntTopSchema = z.object({
  field: z.string(),
  /** Values told apart; of a sample, those in it. */
  distinct: z.number(),
  values: z.array(z.object({ value: z.string(), count: z.number() })),
  /** Null: every event found was counted. Else how many the estimate rests on, and about how many there are. */
  sample: z.object({ rows: z.number(), of: z.number() }).nullable(),
  cost: QueryCostSchema,
})
export const HuntFieldSchema = z.object({
  name: z.string(),
  type: z.string(),
  meaning: z.object({ en: z.string(), fr: z.string() }),
  ocsf: z.string().nullable(),
  use: z.enum(['lead', 'filter', 'record']),
})
export const HuntFieldListSchema = z.object({ fields: z.array(HuntFieldSchema) })
export const EventDetailSchema = z.object({
  columns: EventRowSchema,
  /** Every field of the line by the vendor's own name. */
  fields: z.record(z.string(), z.string()),
  raw: z.string(),
})

export const OverviewSchema = z.object({
  asOf: Instant,
  alerts: z.object({
    open: z.record(SeveritySchema, z.number().int()),
    raised24h: z.number().int(),
    raisedBefore24h: z.number().int(),
    /** On what is watched first, and nobody has taken them: before all others. */
    critical: z.array(AlertSchema),
    /** Open alerts of hours rarer than the budget allows: to be looked at first. */
    first: z.array(AlertSchema),
    newest: z.array(AlertSchema),
  }),
  events: z.object({
    total: z.number(),
    last24h: z.number(),
    rate: z.number(),
    hourly: z.array(z.number()),
    storedBytes: z.number(),
    rawBytes: z.number(),
  }),
  sources: z.object({
    total: z.number().int(),
    silent: z.array(z.string()),
    /** Streams of providers that cannot be read now. */
    unread: z.array(z.string()),
    unknownShare: z.number(),
  }),
  sensors: z.object({
    silent: z.array(z.string()),
  }),
  /** Clocks of what is watched first that run, that are past their time, and calls somebody must make. */
  critical: z.object({
    waiting: z.number().int(),
    late: z.number().int(),
    calls: z.number().int(),
  }),
  rules: z.object({
    active: z.number().int(),
    refused: z.number().int(),
    breaker: z.number().int(),
  }),
  /** Where to send logs, so that an empty overview says what to do next. */
  intake: z.object({
    syslog: z.string().nullable(),
    syslogTls: z.string().nullable(),
    http: z.string().nullable(),
    flows: z.string().nullable(),
    inbox: z.string(),
  }),
})

export const SourceListSchema = z.object({
  asOf: Instant,
  /**
   * UDP syslog messages that the operating system dropped since the station started, before it could take them; whose
   * they were is not known. Null where the system does not say.
   */
  droppedBySystem: z.number().int().nullable(),
  sources: z.array(SourceSchema),
})
/** The parser to read a source with; null gives recognition line by line back. */
export const SourceParserSchema = z.object({ parser: z.string().min(1).max(200).nullable() })
export const RuleListSchema = z.object({ asOf: Instant, rules: z.array(RuleSchema) })
export const RuleDetailSchema = z.object({
  rule: RuleSchema,
  text: z.string(),
  sql: z.string().nullable(),
  description: z.object({ en: z.string(), fr: z.string() }),
  guidance: GuidanceSchema,
})

export const HistoryRunListSchema = z.object({ asOf: Instant, runs: z.array(HistoryRunSchema) })
/** Rules to run over stored events; without `rules` all that run. `to` is not part of the span. */
export const HistoryAskSchema = z.object({
  rules: z.array(z.string().min(1).max(1000)).min(1).max(10_000).optional(),
  from: Instant,
  to: Instant,
})
export type HistoryAsk = z.infer<typeof HistoryAskSchema>

/** Server-sent events on /api/live: what changed, never the rows themselves. */
export const LiveSchema = z.object({
  alerts: z.number().int(),
  events: z.number(),
  sources: z.number().int(),
})
