// Identities as people and the API see them: what was imported, verdicts of checks, who is watched first.

import { z } from 'zod'
import { REGIONS } from './registrations.ts'

const Instant = z.iso.datetime()
const Both = z.object({ en: z.string(), fr: z.string() })

export const VERDICTS = ['pass', 'fail', 'not_assessable'] as const

export const IdentityCheckSchema = z.object({
  id: z.string(),
  title: Both,
  severity: z.enum(['critical', 'high', 'medium', 'low']),
  group: z.string(),
  verdict: z.enum(VERDICTS),
  found: z.number().int(),
  /** The first of what was found, or of whom the answer is not known, with what is shown of each. */
  rows: z.array(z.record(z.string(), z.unknown())),
  sources: z.array(z.string()),
  /** What it lacks, where it is not assessable. */
  missing: z.array(z.object({ field: z.string(), en: z.string(), fr: z.string() })),
  /** Directories that it could not be asked of, beside `sources`. */
  lacking: z.array(
    z.object({
      source: z.string(),
      missing: z.array(z.object({ field: z.string(), en: z.string(), fr: z.string() })),
    }),
  ),
  policies: z.array(z.string()),
  goals: z.array(z.string()),
  why: Both,
  fix: Both,
  /** The question as it is asked; null where a check has none. */
  sql: z.string().nullable(),
  since: Instant.nullable(),
})
export type IdentityCheck = z.infer<typeof IdentityCheckSchema>

export const IdentityPartSchema = z.object({
  source: z.string(),
  system: z.string(),
  part: z.string(),
  file: z.string(),
  rows: z.number().int(),
  imported: Instant,
  by: z.string(),
})

export const IdentitySchema = z.object({
  asOf: Instant,
  checked: Instant.nullable(),
  accounts: z.number().int(),
  people: z.number().int(),
  parts: z.array(IdentityPartSchema),
  counts: z.object({
    fail: z.number().int(),
    pass: z.number().int(),
    not_assessable: z.number().int(),
  }),
  checks: z.array(IdentityCheckSchema),
  /** What to hand in, in order, and which checks it would make assessable. */
  next: z.array(
    z.object({
      id: z.string(),
      title: Both,
      /** Where it comes from: a request, or a command. */
      how: z.string(),
      opens: z.array(z.string()),
    }),
  ),
})
export type IdentityView = z.infer<typeof IdentitySchema>

export const AccountSchema = z.object({
  source: z.string(),
  id: z.string(),
  system: z.string(),
  login: z.string(),
  name: z.string().nullable(),
  kind: z.string(),
  tier: z.number().int(),
  assurance: z.string(),
  strongest: z.string(),
  person: z.string().nullable(),
  enabled: z.boolean().nullable(),
  lastUse: Instant.nullable(),
  owner: z.string().nullable(),
})
export const AccountsSchema = z.object({
  asOf: Instant,
  accounts: z.array(AccountSchema),
  more: z.boolean(),
})

const SourceName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:@-]{0,99}$/u)
export const IdentityImportAskSchema = z.object({
  file: z.string().min(1).max(300),
  source: SourceName.optional(),
  form: z.enum(['vpn', 'local', 'staff', 'access-paths', 'accounts']).optional(),
})
export const IdentityImportedSchema = z.object({
  file: z.string(),
  source: z.string(),
  system: z.string(),
  part: z.string(),
  rows: z.number().int(),
})
export type IdentityImported = z.infer<typeof IdentityImportedSchema>

/** A word on what no export holds: service desk, logs shipped, break-glass tests. */
export const StatementAskSchema = z.strictObject({
  value: z.enum(['yes', 'no']),
  by: z.string().trim().min(2).max(200),
  until: Instant.optional(),
})
export const StatementKeySchema = z.enum(['service_desk', 'logs_shipped', 'break_glass'])
export const LinkAskSchema = z.strictObject({
  source: SourceName,
  account: z.string().max(1024),
  person: z.string().trim().min(1).max(200),
})

export const BandSchema = z.enum(['C1', 'C2', 'C3', 'C4'])
export const CriticalItemSchema = z.object({
  id: z.string(),
  kind: z.enum(['identity', 'resource']),
  name: z.string(),
  band: BandSchema,
  score: z.number().int(),
  reasons: z.array(z.object({ kind: z.string(), detail: z.string() })),
  state: z.enum(['proposed', 'confirmed', 'refused']),
  owner: z.string().nullable(),
  reason: z.string().nullable(),
  review: Instant.nullable(),
  ladder: z.array(z.object({ who: z.string(), how: z.string(), afterMinutes: z.number() })),
  sources: z.array(z.string()),
  /** Log sources that spoke of it by themselves; they are watched too. */
  seenSources: z.array(z.string()),
})
export const CriticalClockSchema = z.object({
  id: z.string(),
  item: z.string(),
  band: BandSchema,
  alert: z.string(),
  received: Instant,
  acknowledgeBy: Instant,
  acknowledged: Instant.nullable(),
  acknowledgedBy: z.string().nullable(),
})
/** A step of the escalation ladder that came due. */
export const CriticalCallSchema = z.object({
  id: z.string(),
  clock: z.string(),
  item: z.string(),
  alert: z.string(),
  who: z.string(),
  channel: z.enum(['mail', 'webhook', 'call']),
  /** Address or telephone number. */
  target: z.string(),
  due: Instant,
  state: z.enum(['waiting', 'sent', 'failed', 'open', 'done', 'needless']),
  problem: z.string().nullable(),
  ended: Instant.nullable(),
  endedBy: z.string().nullable(),
  note: z.string().nullable(),
})
export const CriticalCalledSchema = z.strictObject({ note: z.string().trim().max(500).default('') })
const Minute = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
/** When somebody is at work: clocks of C3 and C4 run only then. */
export const OfficeHoursSchema = z.strictObject({
  zone: z.string().min(1).max(60),
  /** Whose holidays are kept: a province or territory, or `federal`. */
  region: z.enum(REGIONS),
  from: Minute,
  to: Minute,
  /** 1 = Monday. */
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  /** Days the organization closes on its own. */
  closed: z.array(z.iso.date()).max(100),
})
export type OfficeHours = z.infer<typeof OfficeHoursSchema>
export const CriticalSchema = z.object({
  asOf: Instant,
  items: z.array(CriticalItemSchema),
  clocks: z.array(CriticalClockSchema),
  calls: z.array(CriticalCallSchema),
  hours: OfficeHoursSchema,
  /** Confirmed items, and those of them of which a source spoke within a day. */
  coverage: z.object({ confirmed: z.number().int(), heard: z.number().int() }),
  measured: z.array(
    z.object({
      band: BandSchema,
      count: z.number().int(),
      p50Ms: z.number().nullable(),
      p90Ms: z.number().nullable(),
      withinShare: z.number().nullable(),
    }),
  ),
})
export const CriticalDecisionSchema = z.strictObject({
  state: z.enum(['confirmed', 'refused']),
  band: BandSchema.optional(),
  owner: z.string().max(200).optional(),
  reason: z.string().max(1000).optional(),
  people: z
    .array(z.strictObject({ who: z.string().min(1).max(200), how: z.string().min(1).max(200) }))
    .max(8)
    .optional(),
  sources: z.array(z.string().max(300)).max(50).optional(),
})
