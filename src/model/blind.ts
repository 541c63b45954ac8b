// Blind matching: a hub's sensitive values, and what a station and a hub say to each other so that neither shows its hand.

import { z } from 'zod'
import { IndicatorKindSchema, MarkingSchema } from './indicators.ts'
import { PeerNameSchema } from './sharing.ts'

const Instant = z.iso.datetime()

/** Kinds of values that are matched blindly. */
export const BLIND_KINDS = ['address', 'domain', 'hash'] as const
export const BlindKindSchema = IndicatorKindSchema.extract(BLIND_KINDS)
export type BlindKind = z.infer<typeof BlindKindSchema>

/**
 * Each class has a key of its own. Blinded values say nothing of what they are, but an answer under the key of one class is worth
 * nothing for the other: so there can be a smaller budget for addresses, which can be tried one by one.
 */
export const BLIND_CLASSES = ['address', 'other'] as const
export const BlindClassSchema = z.enum(BLIND_CLASSES)
export type BlindClass = z.infer<typeof BlindClassSchema>
export const classOfKind = (kind: BlindKind): BlindClass =>
  kind === 'address' ? 'address' : 'other'

/** Values of one question. */
export const MOST_BLINDED = 1000
/** Tags of one page of a hub's list. */
export const BLIND_PAGE = 1024
/** Sensitive values of one hub. */
export const MOST_SENSITIVE = 10_000
const ELEMENT_BASE64 = 44

const Element = z.string().regex(/^[0-9a-f]{64}$/)
export const BlindKeysSchema = z.object({ address: Element, other: Element })
export type BlindKeys = z.infer<typeof BlindKeysSchema>

/** Left of a budget, and how long until there is more. */
const LeftSchema = z.object({ address: z.number().int().min(0), other: z.number().int().min(0) })

export const BlindListAskSchema = z.object({
  /** Digest of the list that is held. */
  known: z.string().max(64),
  /** The last tag of the page before; '' for the first. */
  after: z.string().regex(/^(?:[0-9a-f]{32})?$/),
})
export type BlindListAsk = z.infer<typeof BlindListAskSchema>
const TagSchema = z.object({
  tag: z.string().regex(/^[0-9a-f]{32}$/),
  record: z.base64().max(720),
})
export const BlindListSchema = z.object({
  epoch: z.number().int().min(1).max(1_000_000),
  keys: BlindKeysSchema,
  ends: Instant,
  digest: z.string().length(64),
  size: z.number().int().min(0).max(65_536),
  left: LeftSchema,
  tags: z.array(TagSchema).max(BLIND_PAGE),
  more: z.boolean(),
})
export type BlindList = z.infer<typeof BlindListSchema>

/** Elements of 32 bytes, one behind the other, base64. */
const Elements = z
  .base64()
  .min(ELEMENT_BASE64)
  .max(Math.ceil((MOST_BLINDED * 32) / 3) * 4)
export const BlindQuestionSchema = z.object({
  epoch: z.number().int(),
  class: BlindClassSchema,
  blinded: Elements,
})
export type BlindQuestion = z.infer<typeof BlindQuestionSchema>
export const BlindAnswerSchema = z.object({ evaluated: Elements, proof: z.base64().max(100) })

export const BLIND_REFUSALS = [
  'not readable',
  'not agreed',
  'another epoch',
  'budget of the day',
  'budget of the hour',
  'no element',
] as const
export const BlindRefusedSchema = z.object({ refused: z.enum(BLIND_REFUSALS) })
export type BlindRefusal = (typeof BLIND_REFUSALS)[number]

/** What a tag's record says to whoever holds the value. */
export const BlindRecordSchema = z.object({
  id: z.string().regex(/^indicator--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  note: z.string().max(400),
  marking: MarkingSchema,
})
export type BlindRecord = z.infer<typeof BlindRecordSchema>

/** Why a station does not ask a hub, or not now. The sentence is made in `words`. */
export const BLIND_PROBLEMS = [
  ...BLIND_REFUSALS,
  'key changed',
  'epoch went back',
  'not proven',
  'not understood',
  'unreachable',
  'may not ask',
] as const
export type BlindProblem = (typeof BLIND_PROBLEMS)[number]
export const BlindProblemSchema = z.object({
  code: z.enum(BLIND_PROBLEMS),
  about: z.string().max(300),
  since: Instant,
})

/** Who decides whether a hub hears of a hit. */
export const BLIND_TELL = ['each', 'rule'] as const
const Both = z.object({ en: z.string(), fr: z.string() })

export const AskedHubSchema = z.object({
  peer: z.string(),
  isOn: z.boolean(),
  tell: z.enum(BLIND_TELL),
  by: z.string().nullable(),
  epoch: z.number().int().nullable(),
  /** Of both public keys: people compare it by telephone. */
  fingerprint: z.string().nullable(),
  ends: Instant.nullable(),
  /** Tags in its list, padding among them. */
  listed: z.number().int(),
  /** Values asked about under this key. */
  asked: z.number().int(),
  lastAsked: Instant.nullable(),
  problem: z.object({ code: z.string(), since: Instant, sentence: Both }).nullable(),
})
export type AskedHub = z.infer<typeof AskedHubSchema>

export const BlindHitSchema = z.object({
  id: z.number().int(),
  peer: z.string(),
  kind: BlindKindSchema,
  value: z.string(),
  /** The hub's words to whoever holds the value. */
  note: z.string(),
  marking: MarkingSchema,
  met: Instant,
  events: z.number().int(),
  first: Instant,
  last: Instant,
  state: z.enum(['new', 'told', 'kept', 'refused']),
  decided: Instant.nullable(),
  by: z.string().nullable(),
})
export type BlindHit = z.infer<typeof BlindHitSchema>

export const SensitiveSchema = z.object({
  id: z.string(),
  kind: BlindKindSchema,
  value: z.string(),
  note: z.string(),
  marking: MarkingSchema,
  made: Instant,
  by: z.string(),
  /** Members that told of it. */
  members: z.number().int(),
})
export type Sensitive = z.infer<typeof SensitiveSchema>

const SpentSchema = z.object({ address: z.number().int(), other: z.number().int() })
export const BlindMemberSchema = z.object({
  peer: z.string(),
  /** Values a day. */
  budget: SpentSchema,
  /** In the last 24 hours. */
  asked: SpentSchema,
  refused: SpentSchema,
  lastHour: Instant.nullable(),
})
export type BlindMember = z.infer<typeof BlindMemberSchema>

export const BlindStateSchema = z.object({
  asOf: Instant,
  asking: z.array(AskedHubSchema),
  hits: z.array(BlindHitSchema),
  /** Null for a station that is no hub. */
  hub: z
    .object({
      epoch: z.number().int().nullable(),
      fingerprint: z.string().nullable(),
      ends: Instant.nullable(),
      sensitive: z.array(SensitiveSchema),
      total: z.number().int(),
      members: z.array(BlindMemberSchema),
    })
    .nullable(),
  log: z.array(
    z.object({ at: Instant, peer: z.string(), act: z.string(), about: z.string(), by: z.string() }),
  ),
})
export type BlindState = z.infer<typeof BlindStateSchema>

export const BlindSwitchSchema = z.object({
  peer: PeerNameSchema,
  isOn: z.boolean(),
  tell: z.enum(BLIND_TELL).default('each'),
  by: z.string().trim().min(1).max(200).optional(),
})
export type BlindSwitch = z.infer<typeof BlindSwitchSchema>
export const BlindDecisionSchema = z.object({
  hits: z.array(z.number().int().min(1)).min(1).max(1000),
  tell: z.boolean(),
})
export const SensitiveAskSchema = z.object({
  marking: MarkingSchema.exclude(['', 'red']).default('amber'),
  note: z.string().trim().max(300).default(''),
  /** Names of members, separated by commas; absent = whoever may by marking and agreement. */
  audience: z.string().max(4000).optional(),
})
export type SensitiveAsk = z.infer<typeof SensitiveAskSchema>
export const SensitiveAddedSchema = z.object({
  added: z.number().int(),
  known: z.number().int(),
  refused: z.array(z.object({ id: z.string(), reason: z.string() })),
})
export type SensitiveAdded = z.infer<typeof SensitiveAddedSchema>
export const BlindBudgetAskSchema = z.object({
  peer: PeerNameSchema,
  address: z.number().int().min(0).max(1_000_000),
  other: z.number().int().min(0).max(10_000_000),
})
export type BlindBudgetAsk = z.infer<typeof BlindBudgetAskSchema>
