// Rules, analytics and checks that hubs give out, as people and the API see them.

import { z } from 'zod'

const Instant = z.iso.datetime()

/** A Sigma rule, an analytic (SQL over events), a check of configurations. */
export const CONTENT_KINDS = ['rule', 'analytic', 'check'] as const
export type ContentKind = (typeof CONTENT_KINDS)[number]

/** What a member says of one: in use, waiting for a person there, not wanted by a person, not usable there. */
export const CONTENT_ANSWERS = ['in use', 'asked', 'declined', 'refused'] as const
export type ContentAnswer = (typeof CONTENT_ANSWERS)[number]

const ContentStateSchema = z.enum([
  'taken',
  'asked',
  'searching',
  'answered',
  'not watched',
  'declined',
  'refused',
  'withdrawn',
  'kept',
])

export const ReceivedContentSchema = z.object({
  peer: z.string(),
  organisation: z.string(),
  object: z.string(),
  kind: z.enum(CONTENT_KINDS),
  name: z.string(),
  /** The newest that came. */
  version: z.string(),
  state: ContentStateSchema,
  /** Why it cannot be used, or what is to be known of how it was looked for. */
  reason: z.string().nullable(),
  received: Instant,
  /** Times it was met; null while nothing was said. */
  seen: z.number().int().nullable(),
  /** Text of the newest version. */
  text: z.string(),
  /** What is in use of it: possibly a version that came before. */
  used: z
    .object({ version: z.string(), acceptedBy: z.string().nullable(), since: Instant })
    .nullable(),
})
export type ReceivedContent = z.infer<typeof ReceivedContentSchema>

export const GivenContentSchema = z.object({
  object: z.string(),
  kind: z.enum(CONTENT_KINDS),
  name: z.string(),
  version: z.string(),
  isWithdrawn: z.boolean(),
  members: z.array(
    z.object({
      peer: z.string(),
      /** Null where it said nothing of this version. */
      answer: z.enum(CONTENT_ANSWERS).nullable(),
      reason: z.string(),
      /** Times it was met there; 0 = looked, not seen; null = nothing said. */
      seen: z.number().int().nullable(),
      at: Instant.nullable(),
    }),
  ),
})
export type GivenContent = z.infer<typeof GivenContentSchema>

export const SharedContentSchema = z.object({
  asOf: Instant,
  received: z.array(ReceivedContentSchema),
  given: z.array(GivenContentSchema),
})
export type SharedContentState = z.infer<typeof SharedContentSchema>

export const ContentDecisionSchema = z.object({
  peer: z.string().max(60),
  object: z.string().max(300),
  /** The version that was read. */
  version: z.string().max(60),
  accept: z.boolean(),
})
export type ContentDecision = z.infer<typeof ContentDecisionSchema>
