// Readiness as people and the API see it: goals, what proves them, plans, gaps.

import { z } from 'zod'

const Instant = z.iso.datetime()
const Both = z.object({ en: z.string(), fr: z.string() })

export const GoalSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]{1,60}$/),
  order: z.number().int(),
  /** Official number; null where it is not confirmed. */
  id: z.string().nullable(),
  pillar: z.enum(['Govern', 'Identify', 'Protect', 'Detect', 'Respond', 'Recover']),
  title: z.strictObject({
    en: z.string(),
    en_official: z.boolean(),
    fr: z.string(),
    fr_official: z.boolean(),
  }),
  content_confirmed: z.enum(['full', 'partly', 'none']),
  scope: z.array(z.enum(['IT', 'OT'])),
  outcome: Both,
  techniques: z.array(z.string()),
  csf2: z.array(z.string()),
  csf2_basis: z.enum(['derived', 'unknown', 'toolkit']),
  cpg: z.array(z.string()),
  risk: z.number().int().min(1).max(10),
  effort: z.number().int().min(1).max(5),
  cost: z.enum(['low', 'medium', 'high']),
  criteria: z
    .array(
      z.strictObject({
        key: z.string(),
        evidence: z.string().optional(),
        en: z.string(),
        fr: z.string(),
      }),
    )
    .min(1),
})
export type Goal = z.infer<typeof GoalSchema>

export const GoalCorrectionSchema = z.strictObject({
  id: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  title: z
    .strictObject({
      en: z.string().min(1).max(300).optional(),
      fr: z.string().min(1).max(300).optional(),
    })
    .optional(),
  csf2: z
    .array(z.string().regex(/^[A-Z]{2}\.[A-Z]{2}-\d{2}$/))
    .max(50)
    .optional(),
})
export type GoalCorrection = z.infer<typeof GoalCorrectionSchema>

export const PROOF_STATES = ['met', 'partly', 'not_met', 'unknown'] as const
export const GOAL_STATES = ['met', 'partly', 'not_met', 'not_assessable', 'not_applicable'] as const
export type ProofState = (typeof PROOF_STATES)[number]
export type GoalState = (typeof GOAL_STATES)[number]

export const ProofSchema = z.object({
  state: z.enum(PROOF_STATES),
  /** What was seen, in one sentence. */
  said: Both,
  /** The rows behind it: shown text and where in the console they are. */
  rows: z.array(z.object({ text: z.string(), link: z.string().nullable() })),
})
export type Proof = z.infer<typeof ProofSchema>

export const AttestationSchema = z.object({
  goal: z.string(),
  criterion: z.string(),
  answer: z.enum(['met', 'partly', 'not_met']),
  statement: z.string(),
  who: z.string(),
  role: z.string(),
  made: Instant,
  expires: Instant,
})
export type Attestation = z.infer<typeof AttestationSchema>

export const AttestAskSchema = z.strictObject({
  criterion: z.string().max(60),
  answer: z.enum(['met', 'partly', 'not_met']),
  statement: z.string().trim().min(1).max(2000),
  /** The named person who answers for it. */
  who: z.string().trim().min(2).max(200),
  role: z.string().trim().max(200).default(''),
  /** At most 400 days on; a year where nothing is said. */
  expires: Instant.optional(),
})
export type AttestAsk = z.infer<typeof AttestAskSchema>

export const GoalAskSchema = z.strictObject({
  owner: z.string().max(200).nullable().optional(),
  due: Instant.nullable().optional(),
  cost: z.string().max(100).nullable().optional(),
  effort: z.string().max(100).nullable().optional(),
  /** Why it does not apply; null = it does. */
  notApplicable: z.string().trim().min(3).max(1000).nullable().optional(),
})
export type GoalAsk = z.infer<typeof GoalAskSchema>

export const CriterionStateSchema = z.object({
  key: z.string(),
  title: Both,
  state: z.enum(PROOF_STATES),
  /** What the state rests on. */
  basis: z.enum(['evidence', 'attestation', 'none']),
  proof: ProofSchema.nullable(),
  attestation: AttestationSchema.nullable(),
  /** A person says otherwise than what is seen. */
  contradicted: z.boolean(),
})
export type CriterionState = z.infer<typeof CriterionStateSchema>

export const GoalStateSchema = z.object({
  goal: GoalSchema,
  state: z.enum(GOAL_STATES),
  /** Share that counts for the score, 0 to 1. */
  share: z.number(),
  criteria: z.array(CriterionStateSchema),
  owner: z.string().nullable(),
  due: Instant.nullable(),
  cost: z.string().nullable(),
  effort: z.string().nullable(),
  notApplicable: z.string().nullable(),
  /** What closes it next; null when nothing is open. */
  next: Both.nullable(),
})
export type GoalAssessment = z.infer<typeof GoalStateSchema>

export const LogCoverageSchema = z.object({
  key: z.string(),
  order: z.number().int(),
  tier: z.string(),
  title: Both,
  state: z.enum(['arrives', 'silent', 'missing']),
  parsers: z.array(z.string()),
  first: Instant.nullable(),
  last: Instant.nullable(),
  keepDays: z.number().int(),
  /** Days from the first line until now. */
  heldDays: z.number().int(),
  /** Days without a line between the first and now. */
  gapDays: z.number().int(),
  gaps: z.array(z.object({ from: z.iso.date(), to: z.iso.date(), days: z.number().int() })),
  /** Share of lines that carry each field. */
  fields: z.array(z.object({ name: z.string(), share: z.number() })),
  /** Days of the last 548 (18 months) that an investigation would lack. */
  lacking18Months: z.number().int(),
})
export type LogCoverage = z.infer<typeof LogCoverageSchema>

export const ScorePointSchema = z.object({
  at: Instant,
  score: z.number().int(),
  moved: z.array(z.object({ goal: z.string(), from: z.string(), to: z.string() })),
})
export type ScorePoint = z.infer<typeof ScorePointSchema>

export const GapSchema = z.object({
  goal: z.string(),
  criterion: z.string(),
  title: Both,
  /** Risk reduced per effort; higher first. */
  worth: z.number(),
  state: z.enum(PROOF_STATES),
})
export type Gap = z.infer<typeof GapSchema>

export const ReadinessSchema = z.object({
  asOf: Instant,
  organization: z.string(),
  score: z.number().int(),
  goals: z.array(GoalStateSchema),
  gaps: z.array(GapSchema),
  logs: z.array(LogCoverageSchema),
  history: z.array(ScorePointSchema),
})
export type Readiness = z.infer<typeof ReadinessSchema>
