// Addresses that logged in to several members: what stations and two hubs say to each other, so that an address is learned only where
// enough unrelated members met it.

import { z } from 'zod'
import { PeerNameSchema, PublishAskSchema } from './sharing.ts'

const Instant = z.iso.datetime()
const Identity = z.string().regex(/^identity--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const Digest = z.string().regex(/^[0-9a-f]{64}$/)
const Scalar = z.string().regex(/^[0-9a-f]{64}$/)
const Epoch = z.number().int().min(1).max(1_000_000)

/** Of unrelated members, who must have met an address before the hub learns it. */
export const LEAST_MEMBERS = { usual: 3, least: 2, most: 50 } as const
const Least = z.number().int().min(LEAST_MEMBERS.least).max(LEAST_MEMBERS.most)

const SideSchema = z.object({ identity: Identity, organisation: z.string().min(1).max(300) })

/** What a hub offers and each member accepts by its digest: from how many on, and who holds the key that is not the hub. */
export const ThresholdTermsSchema = z.object({
  id: z.uuid(),
  hub: SideSchema,
  /** By its key too, so that nobody else can be put in its place. */
  holder: SideSchema.extend({ pin: Digest }),
  least: Least,
  made: Instant,
  text: z.object({ en: z.string().max(5000), fr: z.string().max(5000) }),
})
export type ThresholdTerms = z.infer<typeof ThresholdTermsSchema>

/** Values of one question to the holder, and reports of one message to the hub. */
export const MOST_REPORTS = 200
/** Of one member under one key. */
export const MOST_REPORTS_KEPT = 20_000

export const ThresholdKeyAnswerSchema = z.object({
  epoch: Epoch,
  key: Digest,
  ends: Instant,
  left: z.number().int().min(0),
})
export const ThresholdTermsAskSchema = z.object({
  /** Of the terms that were accepted; '' while none are. */
  accepted: z.union([Digest, z.literal('')]),
  by: z.string().max(200),
  /** The holder's epoch that this member reports under; 0 before it knows one. */
  epoch: z.number().int().min(0).max(1_000_000),
  /** It reports no more: what is not open is to be forgotten. */
  forget: z.boolean(),
})
export const ThresholdTermsAnswerSchema = z.object({
  terms: ThresholdTermsSchema,
  /** Members with the same word count as one. */
  group: z.string().min(1).max(200),
})

export const ThresholdReportSchema = z.object({
  tag: z.string().regex(/^[0-9a-f]{32}$/),
  share: Scalar,
  commitment: z.string().regex(/^[0-9a-f]{32}$/),
  sealed: z.base64().length(380),
})
export type ThresholdReport = z.infer<typeof ThresholdReportSchema>
export const ThresholdReportsSchema = z.object({
  accepted: Digest,
  epoch: Epoch,
  reports: z.array(ThresholdReportSchema).max(MOST_REPORTS),
})
export const ThresholdReportsAnswerSchema = z.object({
  /** Tags of this member, of all it reported, that are open now. */
  opened: z.array(z.string().regex(/^[0-9a-f]{32}$/)).max(1000),
})

/** What a report says to whoever can open it. */
export const ThresholdSaidSchema = z.object({
  address: z.union([z.ipv4(), z.ipv6()]),
  logins: z.number().int().min(1).max(1_000_000_000),
  first: Instant,
  last: Instant,
})
export type ThresholdSaid = z.infer<typeof ThresholdSaidSchema>

export const THRESHOLD_REFUSALS = [
  'not readable',
  'not agreed',
  'no terms',
  'other terms',
  'another epoch',
  'budget of the day',
  'budget of the hour',
  'no element',
  'too many',
] as const
export type ThresholdRefusal = (typeof THRESHOLD_REFUSALS)[number]
export const ThresholdRefusedSchema = z.object({ refused: z.enum(THRESHOLD_REFUSALS) })

/** Why a station does not report, or not now. The sentence is made in `words`. */
export const THRESHOLD_PROBLEMS = [
  ...THRESHOLD_REFUSALS,
  'key changed',
  'epoch went back',
  'not proven',
  'not understood',
  'unreachable',
  'may not report',
  'holder not joined',
] as const
export type ThresholdProblem = (typeof THRESHOLD_PROBLEMS)[number]
export const ThresholdProblemSchema = z.object({
  code: z.enum(THRESHOLD_PROBLEMS),
  about: z.string().max(300),
  since: Instant,
})

const Both = z.object({ en: z.string(), fr: z.string() })

/** A hub that this station reports to, or could. */
export const ThresholdHubSchema = z.object({
  peer: z.string(),
  isOn: z.boolean(),
  by: z.string().nullable(),
  terms: ThresholdTermsSchema.nullable(),
  group: z.string().nullable(),
  epoch: z.number().int().nullable(),
  /** Of the holder's key: people compare it by telephone. */
  fingerprint: z.string().nullable(),
  ends: Instant.nullable(),
  reported: z.number().int(),
  waiting: z.number().int(),
  opened: z.array(ThresholdSaidSchema),
  problem: z.object({ code: z.string(), since: Instant, sentence: Both }).nullable(),
})
export type ThresholdHub = z.infer<typeof ThresholdHubSchema>

export const ThresholdOpenedSchema = z.object({
  address: z.string(),
  opened: Instant,
  first: Instant,
  last: Instant,
  /** Who met it, and whose share was not right. */
  members: z.array(z.string()),
  wrong: z.array(z.string()),
})
export type ThresholdOpened = z.infer<typeof ThresholdOpenedSchema>

export const ThresholdStateSchema = z.object({
  asOf: Instant,
  hubs: z.array(ThresholdHubSchema),
  /** Null for a station that is no hub. */
  hub: z
    .object({
      terms: ThresholdTermsSchema.nullable(),
      members: z.array(
        z.object({
          peer: z.string(),
          group: z.string(),
          /** Null while the member did not accept the terms. */
          by: z.string().nullable(),
          accepted: Instant.nullable(),
          reports: z.number().int(),
        }),
      ),
      /** How many addresses that many unrelated members met, of those that are not open. */
      closed: z.array(z.object({ members: z.number().int(), addresses: z.number().int() })),
      opened: z.array(ThresholdOpenedSchema),
      /** What may be offered: from how many unrelated members on. */
      bounds: z.object({
        usual: z.number().int(),
        least: z.number().int(),
        most: z.number().int(),
      }),
      /** What this hub holds the key of, for others. */
      key: z
        .object({
          epoch: z.number().int(),
          fingerprint: z.string(),
          ends: Instant,
          asked: z.array(
            z.object({ peer: z.string(), asked: z.number().int(), refused: z.number().int() }),
          ),
        })
        .nullable(),
    })
    .nullable(),
})
export type ThresholdState = z.infer<typeof ThresholdStateSchema>

export const ThresholdShowSchema = z.object({ peer: PeerNameSchema })
export const ThresholdShownSchema = z.object({ terms: ThresholdTermsSchema, digest: Digest })
export type ThresholdShown = z.infer<typeof ThresholdShownSchema>
export const ThresholdSwitchSchema = z.object({
  peer: PeerNameSchema,
  isOn: z.boolean(),
  /** The beginning of the digest of the terms that were read; at least 12 signs. */
  accept: z
    .string()
    .regex(/^[0-9a-f]{12,64}$/)
    .optional(),
  by: z.string().trim().min(1).max(200).optional(),
})
export type ThresholdSwitch = z.infer<typeof ThresholdSwitchSchema>
export const ThresholdOfferSchema = z.object({
  /** A hub that this hub joined. */
  holder: PeerNameSchema,
  least: Least.default(LEAST_MEMBERS.usual),
})
export type ThresholdOffer = z.infer<typeof ThresholdOfferSchema>
/** An opened address that a person gives out as an indicator. */
export const ThresholdIndicatorSchema = PublishAskSchema.extend({
  address: z.union([z.ipv4(), z.ipv6()]),
  marking: z.enum(['clear', 'green', 'amber', 'amber+strict']),
})
export type ThresholdIndicator = z.infer<typeof ThresholdIndicatorSchema>
export const ThresholdGroupSchema = z.object({
  peer: PeerNameSchema,
  /** '' = related to nobody. */
  group: z.string().trim().max(100),
})
export type ThresholdGroup = z.infer<typeof ThresholdGroupSchema>
