// Agreements between a hub and its members: what is offered, what is accepted, and what stands in place of another.

import { z } from 'zod'

const Instant = z.iso.datetime()

/** What sharing is for. An agreement and a consent name it; nothing leaves for another purpose. */
export const SHARING_PURPOSE = 'defence'

export const PEER_RELATIONS = ['organisation', 'client', 'community'] as const
const AgreedMarking = z.enum(['clear', 'green', 'amber', 'amber+strict'])

export const OrganisationSchema = z.object({
  identity: z.string().regex(/^identity--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  organisation: z.string().trim().min(1).max(200),
})
export type Organisation = z.infer<typeof OrganisationSchema>

/** What a hub offers and a member accepts. Its digest stands for it. */
export const AgreementSchema = z.object({
  id: z.uuid(),
  hub: OrganisationSchema,
  text: z.object({ en: z.string().min(1).max(20_000), fr: z.string().min(1).max(20_000) }),
  purposes: z.array(z.string().min(1).max(100)).min(1).max(20),
  from: Instant,
  until: Instant,
  /** What the hub may give the member. */
  down: z.object({
    relation: z.enum(PEER_RELATIONS),
    mostMarking: AgreedMarking,
    /** Whether a member that is a hub too may give it to its own members. */
    onward: z.boolean(),
    /** Rules, analytics and checks come into use by themselves, or once a person of the member accepts each; absent = each. */
    content: z.enum(['automatic', 'each']).optional(),
  }),
  /** What the member may give the hub, and whether a person looks at each. */
  up: z.object({
    relation: z.enum(PEER_RELATIONS),
    mostMarking: AgreedMarking,
    kinds: z.array(z.string().min(1).max(100)).max(50),
    approval: z.enum(['automatic', 'each']),
  }),
  /** The hub gives no figure over fewer members. */
  cohortFloor: z.number().int().min(2).max(10_000),
})
export type SharingAgreement = z.infer<typeof AgreementSchema>

export const BothLanguages = z.object({ en: z.string(), fr: z.string() })
/** A sentence each. */
export const TermsSchema = z.object({ en: z.array(z.string()), fr: z.array(z.string()) })

/** An agreement offered in place of the one that holds. `terms`: what this program does under it; `former`: what it does now. */
export const PeerOfferSchema = z.object({
  digest: z.string(),
  text: BothLanguages,
  until: Instant,
  terms: TermsSchema,
  former: TermsSchema,
})
export type PeerOffer = z.infer<typeof PeerOfferSchema>

/** How an agreement stands: `ending` within thirty days of its end. */
export const AGREEMENT_STANDINGS = ['holds', 'ending', 'over'] as const

/** What a hub offers a member in place of what holds. */
export const RenewalAskSchema = z.object({
  relation: z.enum(PEER_RELATIONS).default('client'),
  approval: z.enum(['automatic', 'each']).default('automatic'),
  onward: z.boolean().default(false),
  content: z.enum(['automatic', 'each']).default('each'),
  days: z.number().int().min(1).max(3660).default(365),
})
export type RenewalAsk = z.infer<typeof RenewalAskSchema>
/** A named person accepts what was offered, by the digest of what was read. */
export const AcceptanceAskSchema = z.object({
  accept: z.string().min(1).max(100),
  by: z.string().trim().min(1).max(200).optional(),
})
export type AcceptanceAsk = z.infer<typeof AcceptanceAskSchema>
/** A member accepts what its hub offers in place of what holds. */
export const RenewalAcceptSchema = z.object({
  digest: z.string().length(64),
  acceptedBy: z.string().trim().min(1).max(200),
})
