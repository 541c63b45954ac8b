// A report of an incident, with the fields that make one actionable to those who help: what people state, and what the case holds.

import { z } from 'zod'
import { CaseMarkingSchema } from './cases.ts'
import { ReportHubSchema } from './report-hub.ts'

const Instant = z.iso.datetime()
const Text = z.string().trim().max(4000).default('')
const Name = z.string().trim().max(200).default('')

export const GOVERNMENT_KINDS = [
  'province',
  'territory',
  'first_nation',
  'inuit',
  'metis',
  'municipality',
  'other',
] as const
export const INCIDENT_CATEGORIES = [
  'denial_of_service',
  'social_engineering',
  'improper_usage',
  'unauthorized_access',
  'identified_vulnerability',
  'information_breach',
  'malicious_code',
] as const
export const ESTATES = ['it', 'ot', 'both', 'unknown'] as const

/** What nobody but a person can say. */
export const StatedReportSchema = z.strictObject({
  reporter: z.strictObject({
    name: Name,
    role: Name,
    phone: Name,
    email: Name,
    /** Reached at any hour. */
    always: z.boolean().default(false),
  }),
  organization: z.strictObject({
    name: Name,
    kind: z.enum(GOVERNMENT_KINDS).default('municipality'),
    sector: Name,
    size: Name,
    /** Who manages its services, where somebody does. */
    provider: Name,
  }),
  consent: z.strictObject({
    /** Another organisation that agreed to be reported for; '' for one's own. */
    onBehalfOf: Name,
    sharing: CaseMarkingSchema.default('amber'),
    anonymise: z.boolean().default(false),
    /** A Nation's own terms and decision, where its data are concerned. */
    terms: Text,
    /** Reference of what was approved beforehand. */
    priorApproval: Name,
  }),
  category: z.enum(INCIDENT_CATEGORIES).default('unauthorized_access'),
  /** How it was found. */
  found: Text,
  impact: z.strictObject({
    services: Text,
    systems: z.number().int().min(0).max(10_000_000).nullable().default(null),
    estate: z.enum(ESTATES).default('unknown'),
    data: Text,
    persons: z.number().int().min(0).max(100_000_000).nullable().default(null),
    safety: Text,
  }),
  vector: z.strictObject({ entry: Text, means: Text }),
  helpWanted: Text,
  /** Values that people recognised as the intruder's. */
  indicators: z
    .array(z.strictObject({ value: z.string().trim().min(1).max(2000), context: Text }))
    .max(1000)
    .default([]),
  /** Values of alerts that are no sign of the intruder. */
  leftOut: z.array(z.string().max(2000)).max(1000).default([]),
})
export type StatedReport = z.infer<typeof StatedReportSchema>

export const REPORT_INDICATOR_KINDS = [
  'address',
  'domain',
  'url',
  'hash',
  'email',
  'other',
] as const
export const ReportIndicatorSchema = z.object({
  kind: z.enum(REPORT_INDICATOR_KINDS),
  value: z.string(),
  firstSeen: Instant.nullable(),
  lastSeen: Instant.nullable(),
  context: z.string(),
})
export type ReportIndicator = z.infer<typeof ReportIndicatorSchema>

/** Everything that would leave. */
export const IncidentReportSchema = StatedReportSchema.omit({
  indicators: true,
  leftOut: true,
}).extend({
  case: z.number().int(),
  title: z.string(),
  narrative: z.string(),
  occurred: Instant.nullable(),
  detected: Instant.nullable(),
  state: z.enum(['open', 'contained', 'closed']),
  timeline: z.array(z.object({ at: Instant, what: z.string() })),
  indicators: z.array(ReportIndicatorSchema),
  techniques: z.array(z.string()),
  artifacts: z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.number().int() })),
  actions: z.array(z.string()),
  othersTold: z.array(z.string()),
})
export type IncidentReport = z.infer<typeof IncidentReportSchema>

/** What must never be submitted. */
export const FORBIDDEN_KINDS = [
  'social_insurance_number',
  'birth_date',
  'payment_card',
  'bank_account',
  'health_number',
  'password',
] as const
export const ForbiddenSchema = z.object({
  kind: z.enum(FORBIDDEN_KINDS),
  /** Where in the report, as `timeline.3.what`. */
  place: z.string(),
  /** The words around it, itself masked. */
  excerpt: z.string(),
})
export type Forbidden = z.infer<typeof ForbiddenSchema>

/** Why a value of an alert is not among the indicators. */
export const WITHHELD_REASONS = ['own', 'private', 'left_out', 'account'] as const
export const ReportViewSchema = z.object({
  asOf: Instant,
  report: IncidentReportSchema,
  stated: StatedReportSchema,
  forbidden: z.array(ForbiddenSchema),
  withheld: z.array(z.object({ value: z.string(), reason: z.enum(WITHHELD_REASONS) })),
  /** Fields without which the reader has to ask back. */
  missing: z.array(z.string()),
  /** SHA-256 of the report as canonical JSON: what is approved is this text and no other. */
  digest: z.string(),
  /** What was approved; null while nothing is, or what would leave differs from it. */
  approval: z
    .object({
      by: z.string(),
      at: Instant,
      digest: z.string(),
      /** Of a rule recorded beforehand, and the one recipient it is for; null where a person approved. */
      rule: z.object({ id: z.string(), recipient: z.string() }).nullable(),
    })
    .nullable(),
  /** How it went out, and the reference that came back; null until somebody says so. */
  sent: z
    .object({ by: z.string(), at: Instant, how: z.string(), reference: z.string() })
    .nullable(),
  /** Hubs it went to, or may go to. */
  hubs: z.array(ReportHubSchema),
})
export type ReportView = z.infer<typeof ReportViewSchema>

export const ReportSentSchema = z.strictObject({
  how: z.string().trim().min(1).max(500),
  reference: z.string().trim().max(200).default(''),
})
export type ReportSent = z.infer<typeof ReportSentSchema>

/** Somebody a report may be encrypted for. */
const RecipientName = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    'lower-case letters, digits and hyphens, at most 40',
  )
export const RecipientAskSchema = z.strictObject({
  name: RecipientName,
  /** An OpenPGP public key, armored. */
  key: z
    .string()
    .min(1)
    .max(256 * 1024),
})
export type RecipientAsk = z.infer<typeof RecipientAskSchema>
export const RecipientSchema = z.object({
  name: z.string(),
  fingerprint: z.string(),
  users: z.array(z.string()),
  expires: Instant.nullable(),
  setBy: z.string(),
  made: Instant,
})
export type Recipient = z.infer<typeof RecipientSchema>

/** What a person approved beforehand: reports of which kind, to whom, until when. */
export const ReportRuleAskSchema = z.strictObject({
  by: z.string().trim().min(1).max(200),
  recipient: RecipientName,
  categories: z.array(z.enum(INCIDENT_CATEGORIES)).min(1).max(INCIDENT_CATEGORIES.length),
  /** The strictest marking of a report that it covers. */
  mostMarking: CaseMarkingSchema.default('amber'),
  until: Instant,
})
export type ReportRuleAsk = z.infer<typeof ReportRuleAskSchema>
export const ReportRuleSchema = ReportRuleAskSchema.extend({
  id: z.string(),
  revoked: Instant.nullable(),
  recordedBy: z.string(),
  made: Instant,
})
export type ReportRule = z.infer<typeof ReportRuleSchema>
export const ReportSendingSchema = z.object({
  asOf: Instant,
  recipients: z.array(RecipientSchema),
  rules: z.array(ReportRuleSchema),
})
export type ReportSending = z.infer<typeof ReportSendingSchema>

export const ReportApprovalAskSchema = z.strictObject({
  digest: z.string().length(64),
  language: z.enum(['en', 'fr']).optional(),
  /** By a rule that was recorded beforehand, instead of by the person who asks. */
  rule: z.string().max(100).optional(),
})

export const REPORT_FORMATS = ['html', 'pdf', 'json', 'stix'] as const
export const ReportFormatSchema = z.enum(REPORT_FORMATS)
export type ReportFormat = z.infer<typeof ReportFormatSchema>
/** Formats that are text; a PDF is made of the page. */
export type ReportText = Exclude<ReportFormat, 'pdf'>

export const SealAskSchema = z.strictObject({
  recipient: RecipientName,
  format: ReportFormatSchema,
  language: z.enum(['en', 'fr']).optional(),
})
export const SealedReportSchema = z.object({
  /** What the file is best called. */
  name: z.string(),
  fingerprint: z.string(),
  /** An OpenPGP message, armored. */
  message: z.string(),
})
export type SealedReport = z.infer<typeof SealedReportSchema>
