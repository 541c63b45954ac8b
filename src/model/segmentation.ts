// What is said about zones: verdicts with the packet and the lines that prove them, findings, questions to single filters.

import { z } from 'zod'
import type { Severity } from './records.ts'

const list = <S extends z.ZodType>(schema: S) => z.array(schema).readonly()

export const SegmentVerdictSchema = z.enum(['open', 'conditional', 'indeterminate', 'blocked'])
export type SegmentVerdict = z.infer<typeof SegmentVerdictSchema>

export const ShownPacketSchema = z.object({
  source: z.string(),
  destination: z.string(),
  /** `tcp/502`, `icmp/8.0`, `gre`. */
  service: z.string(),
})
export type ShownPacket = z.infer<typeof ShownPacketSchema>

export const ShownRuleSchema = z.object({
  filter: z.string(),
  /** What a person finds the rule by; `null`: no rule decides, what happens otherwise does. */
  rule: z.string().nullable(),
  first: z.number().int(),
  last: z.number().int(),
  text: z.string(),
  because: list(z.string()),
})
export type ShownRule = z.infer<typeof ShownRuleSchema>

export const ShownHopSchema = z.object({
  device: z.string(),
  file: z.string(),
  enters: z.string(),
  leaves: z.string(),
  rules: list(ShownRuleSchema),
  /** Translations that applied, by what a person finds them by. */
  translations: list(z.object({ label: z.string(), first: z.number().int() })),
  isAssumed: z.boolean(),
})
export type ShownHop = z.infer<typeof ShownHopSchema>

export const ShownWitnessSchema = z.object({
  packet: ShownPacketSchema,
  arrives: ShownPacketSchema,
  hops: list(ShownHopSchema),
  answers: z.enum(['pass', 'blocked', 'unknown']),
})
export type ShownWitness = z.infer<typeof ShownWitnessSchema>

export const ShownAnswerSchema = z.object({
  verdict: SegmentVerdictSchema,
  witness: ShownWitnessSchema.nullable(),
  reasons: list(z.string()),
  /** Some of the packets, as boxes. */
  packets: list(z.string()),
  /** Services of the catalogue that get through. */
  services: list(z.object({ name: z.string(), verdict: SegmentVerdictSchema })),
})
export type ShownAnswer = z.infer<typeof ShownAnswerSchema>

export const ShownPairSchema = z.object({
  from: z.string(),
  to: z.string(),
  fromKind: z.string(),
  toKind: z.string(),
  all: ShownAnswerSchema,
  beyond: ShownAnswerSchema,
  /** What a change let through that did not pass before; `null` without an earlier version. */
  opened: ShownAnswerSchema.nullable(),
})
export type ShownPair = z.infer<typeof ShownPairSchema>

export const ShownDeviceSchema = z.object({
  name: z.string(),
  file: z.string(),
  make: z.string(),
  interfaces: z.number().int(),
  rules: z.number().int(),
  /** Rules that are not understood: what they are about is indeterminate. */
  unreadRules: z.number().int(),
  limits: list(z.string()),
})
export type ShownDevice = z.infer<typeof ShownDeviceSchema>

export type ShownSegmentFinding = {
  readonly kind: string
  readonly severity: Severity
  readonly from: string
  readonly to: string
  readonly verdict: SegmentVerdict
  readonly techniques: readonly string[]
  readonly about: readonly string[]
  readonly sentence: string
}

export type SegmentReport = {
  readonly madeMs: number
  readonly version: string
  readonly devices: readonly ShownDevice[]
  readonly pairs: readonly ShownPair[]
  readonly findings: readonly ShownSegmentFinding[]
  /** Interfaces that the zones file names and no configuration has. */
  readonly missing: readonly string[]
  readonly problems: readonly { readonly file: string; readonly sentence: string }[]
}

export const ShownDeadRuleSchema = z.object({
  device: z.string(),
  file: z.string(),
  rule: ShownRuleSchema,
  covers: list(ShownRuleSchema),
  /** Some of what covers it does the opposite. */
  isContrary: z.boolean(),
})
export type ShownDeadRule = z.infer<typeof ShownDeadRuleSchema>

export type ShownFound = {
  readonly device: string
  readonly file: string
  readonly filter: string
  readonly packet: ShownPacket
  readonly rule: ShownRule
}

export type ShownDifference = {
  readonly filter: string
  readonly widened: readonly string[]
  readonly narrowed: readonly string[]
  /** It took too much to say. */
  readonly isTooLarge: boolean
}
