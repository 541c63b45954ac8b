// MISP events as a hub gives them out: the core format, as far as indicators need it.

import { z } from 'zod'
import { PeerNameSchema } from './sharing.ts'

const TagSchema = z.object({ name: z.string(), colour: z.string() })
const OrganisationSchema = z.object({ name: z.string(), uuid: z.string() })

export const MispAttributeSchema = z.object({
  uuid: z.string(),
  type: z.string(),
  category: z.string(),
  value: z.string(),
  to_ids: z.boolean(),
  deleted: z.boolean(),
  disable_correlation: z.boolean(),
  /** 0: the receiving organisation alone. */
  distribution: z.literal('0'),
  /** Seconds since 1970, as text. */
  timestamp: z.string(),
  comment: z.string(),
  first_seen: z.string().optional(),
  Tag: z.array(TagSchema),
})
export type MispAttribute = z.infer<typeof MispAttributeSchema>

const EventHead = z.object({
  info: z.string(),
  date: z.iso.date(),
  timestamp: z.string(),
  threat_level_id: z.enum(['1', '2', '3', '4']),
  analysis: z.enum(['0', '1', '2']),
  Orgc: OrganisationSchema,
  Tag: z.array(TagSchema),
})
export const MispEventSchema = EventHead.extend({
  uuid: z.string(),
  published: z.boolean(),
  publish_timestamp: z.string(),
  distribution: z.literal('0'),
  Attribute: z.array(MispAttributeSchema),
})
export type MispEvent = z.infer<typeof MispEventSchema>

export const MispFeedSchema = z.object({
  manifest: z.record(z.string(), EventHead),
  /** Lines of `hashes.csv`: MD5 of a value, id of the event. */
  hashes: z.string(),
  events: z.array(z.object({ Event: MispEventSchema })),
})
export type MispFeed = z.infer<typeof MispFeedSchema>

export const MispAskSchema = z.object({ peer: PeerNameSchema })

/** What would leave for a member in that form, and why the rest does not. */
export const MispPreviewSchema = z.object({
  peer: z.string(),
  events: z.number().int(),
  indicators: z.number().int(),
  attributes: z.number().int(),
  /** Indicators that do not leave, by the first reason. */
  withheld: z.array(z.object({ rule: z.string(), count: z.number().int() })),
  /** Exactly as they would leave. */
  first: z.array(MispAttributeSchema),
  /** There are more indicators than one feed holds: the newest are in it. */
  isCut: z.boolean(),
})
export type MispPreview = z.infer<typeof MispPreviewSchema>
