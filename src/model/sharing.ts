// Sharing as people and the API see it: peers, what was agreed with them, what came, what goes and why.

import { z } from 'zod'
import { MARKINGS } from './indicators.ts'
import {
  AGREEMENT_STANDINGS,
  AgreementSchema,
  BothLanguages,
  OrganisationSchema,
  PeerOfferSchema,
  RenewalAskSchema,
  SHARING_PURPOSE,
  TermsSchema,
} from './sharing-agreement.ts'

const Instant = z.iso.datetime()

export const PeerNameSchema = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    'lower-case letters, digits and hyphens, at most 40',
  )

/** Why nothing comes from a peer or goes to it. The sentence is made in `words`. */
export const PEER_PROBLEMS = [
  'unreachable',
  'key changed',
  'not known there',
  'ended there',
  'refused',
  'not taxii',
  'no progress',
  'time travel',
  'flood',
  'unexpected',
] as const
export const PeerProblemSchema = z.object({
  code: z.enum(PEER_PROBLEMS),
  about: z.string().max(500),
  since: Instant,
})
export type PeerProblem = z.infer<typeof PeerProblemSchema>

export const SharePeerSchema = z.object({
  name: z.string(),
  role: z.enum(['member', 'hub']),
  state: z.enum(['invited', 'joined', 'ended']),
  organisation: z.string(),
  address: z.string().nullable(),
  /** SHA-256 of its public key. */
  pin: z.string().nullable(),
  invitedUntil: Instant.nullable(),
  joined: Instant.nullable(),
  lastSeen: Instant.nullable(),
  agreedUntil: Instant.nullable(),
  /** Null while nothing is agreed, or no longer. */
  standing: z.enum(AGREEMENT_STANDINGS).nullable(),
  /** Waits for a person of the member. */
  offer: PeerOfferSchema.nullable(),
  endedBy: z.enum(['us', 'them']).nullable(),
  problem: z.object({ code: z.string(), since: Instant, sentence: BothLanguages }).nullable(),
  /** Of a hub: objects by what became of them. Of a member: objects it reported. */
  objects: z.record(z.string(), z.number().int()),
  waiting: z.number().int(),
})
export type SharePeer = z.infer<typeof SharePeerSchema>

export const ShareStateSchema = z.object({
  asOf: Instant,
  self: z.object({
    organisation: z.string(),
    identity: z.string(),
    community: z.string().nullable(),
    pin: z.string(),
  }),
  /** Where members reach this hub; null for a station that is none. */
  address: z.string().nullable(),
  peers: z.array(SharePeerSchema),
})
export type ShareState = z.infer<typeof ShareStateSchema>

export const PeerInviteSchema = RenewalAskSchema.extend({
  name: PeerNameSchema,
  address: z.string().min(1).max(300).optional(),
})
export const PeerInvitedSchema = z.object({ code: z.string(), address: z.string(), until: Instant })

export const JoinAskSchema = z.object({
  code: z.string().max(2000),
  /** Digest of the agreement that was read; absent = only show it. */
  accept: z.string().max(100).optional(),
  by: z.string().trim().min(1).max(200).optional(),
  organisation: z.string().trim().min(1).max(200).optional(),
  community: z.string().trim().min(1).max(200).optional(),
})
export type JoinAsk = z.infer<typeof JoinAskSchema>
export const JoinAnswerSchema = z.object({
  address: z.string(),
  pin: z.string(),
  agreement: AgreementSchema,
  digest: z.string(),
  /** What this program does under it. */
  terms: TermsSchema,
  /** Name of the peer, once joined. */
  joined: z.string().nullable(),
})
export type JoinAnswer = z.infer<typeof JoinAnswerSchema>

export const PublishAskSchema = z.object({
  /** For what says nothing itself. */
  marking: z.enum(MARKINGS).default(''),
  priority: z.enum(['routine', 'urgent']).default('routine'),
  confidence: z.coerce.number().int().min(0).max(100).default(50),
  /** Names of peers, separated by commas; absent = whoever may by marking and agreement. */
  audience: z.string().max(4000).optional(),
  /** Not before this instant. */
  release: Instant.optional(),
  community: z.string().trim().min(1).max(200).optional(),
})
export type PublishAsk = z.infer<typeof PublishAskSchema>
export const PublishedSchema = z.object({
  collection: z.string(),
  added: z.number().int(),
  known: z.number().int(),
  refused: z.array(z.object({ id: z.string(), reason: z.string() })),
})
export type Published = z.infer<typeof PublishedSchema>

const ReasonSchema = z.object({ rule: z.string(), about: z.string(), path: z.string() })
/** Something on its way to a peer, exactly as it leaves. */
export const OutgoingSchema = z.object({
  seq: z.number().int(),
  peer: z.string(),
  /** Who sees it: the receiver, and how far its marking lets it go on. */
  seenBy: z.object({ organisation: z.string(), relation: z.string(), marking: z.string() }),
  object: z.string(),
  body: z.record(z.string(), z.unknown()),
  state: z.enum(['waiting', 'ready', 'sent', 'refused', 'rejected']),
  reasons: z.array(ReasonSchema),
  agreement: z.string().nullable(),
  made: Instant,
  decidedBy: z.string().nullable(),
  sent: Instant.nullable(),
  answer: z.string().nullable(),
})
export type Outgoing = z.infer<typeof OutgoingSchema>
export const OutboxSchema = z.object({ asOf: Instant, outgoing: z.array(OutgoingSchema) })
export const OutboxDecisionSchema = z.object({
  seqs: z.array(z.number().int().min(1)).min(1).max(1000),
  approve: z.boolean(),
})

export const PreviewSchema = z.object({
  objects: z.array(
    z.object({
      id: z.string(),
      /** Exactly as it would leave. */
      body: z.record(z.string(), z.unknown()),
      peers: z.array(
        z.object({ peer: z.string(), verdict: z.string(), reasons: z.array(ReasonSchema) }),
      ),
    }),
  ),
  /** There are more objects than are shown. */
  more: z.boolean(),
  refused: z.array(z.object({ id: z.string(), reason: z.string() })),
})
export type Preview = z.infer<typeof PreviewSchema>

export const RECEIVED_STATES = [
  'taken',
  'asked',
  'searching',
  'answered',
  'not watched',
  'declined',
  'kept',
  'refused',
  'withdrawn',
] as const
export const ReceivedSchema = z.object({
  peer: z.string(),
  id: z.string(),
  type: z.string(),
  version: z.string(),
  name: z.string(),
  state: z.enum(RECEIVED_STATES),
  reason: z.string().nullable(),
  seen: z.number().int().nullable(),
  received: Instant,
})
export type Received = z.infer<typeof ReceivedSchema>
export const ReceivedListSchema = z.object({ asOf: Instant, received: z.array(ReceivedSchema) })

/** How many members met an indicator, and how many looked and did not. */
export const SeenSchema = z.object({
  asOf: Instant,
  floor: z.number().int(),
  seen: z.array(
    z.object({
      indicator: z.string(),
      name: z.string(),
      members: z.number().int(),
      looked: z.number().int(),
      first: Instant.nullable(),
      last: Instant.nullable(),
    }),
  ),
})
export type Seen = z.infer<typeof SeenSchema>

/** What a hub gives its members in the name of other hubs. */
export const PassedOnSchema = z.object({
  asOf: Instant,
  passedOn: z.array(
    z.object({
      /** The hub it came from. */
      peer: z.string(),
      id: z.string(),
      type: z.string(),
      name: z.string(),
      marking: z.string(),
      revoked: z.boolean(),
      /** When this hub began to give its last version. */
      since: Instant,
      /** Whether an agreement lets it be passed on now. */
      holds: z.boolean(),
    }),
  ),
})
export type PassedOn = z.infer<typeof PassedOnSchema>

export const TraceSchema = z.object({
  object: z.string(),
  given: z.array(z.object({ peer: z.string(), at: Instant })),
})
export type Trace = z.infer<typeof TraceSchema>

export const ConsentAskSchema = z.object({
  by: z.string().trim().min(1).max(200),
  purpose: z.string().trim().min(1).max(100).default(SHARING_PURPOSE),
  /** Names of peers; absent = whoever has an agreement. */
  peers: z.array(PeerNameSchema).min(1).max(1000).optional(),
  kinds: z.array(z.string().min(1).max(100)).min(1).max(50).optional(),
  days: z.number().int().min(1).max(3660).default(365),
})
export type ConsentAsk = z.infer<typeof ConsentAskSchema>
export const ConsentSchema = z.object({
  id: z.string(),
  by: z.string(),
  purpose: z.string(),
  peers: z.array(z.string()).nullable(),
  kinds: z.array(z.string()).nullable(),
  from: Instant,
  until: Instant,
  revoked: Instant.nullable(),
  recordedBy: z.string(),
})
export type SharingConsent = z.infer<typeof ConsentSchema>
export const ConsentsSchema = z.object({ asOf: Instant, consents: z.array(ConsentSchema) })

/** What a station says at a hub's port, beside TAXII. */
export const JoinOfferSchema = z.object({ secret: z.string().min(20).max(100) })
export const JoinRequestSchema = JoinOfferSchema.extend({
  ...OrganisationSchema.shape,
  digest: z.string().length(64),
  acceptedBy: z.string().trim().min(1).max(200),
})
export const OfferAnswerSchema = z.object({ agreement: AgreementSchema })
