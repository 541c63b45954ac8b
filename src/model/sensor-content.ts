// What a station sends its sensors beside certificates: how providers are asked, which lines go first, which values are met
// at once; and what a sensor answers when it met one.

import { z } from 'zod'

/** Of a package, as it travels. */
export const MOST_CONTENT_BYTES = 4 * 1024 * 1024

const FileName = z.string().regex(/^[a-z0-9-]{1,60}\.yml$/)
const FileText = z.string().max(256 * 1024)

export const SensorContentSchema = z.object({
  /** Grows with each change; milliseconds since 1970, so that it grows after a loss of the station's disk too. */
  version: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  /** Vigie that made it. */
  vigie: z.string().max(50),
  /** `content/collectors`, and the station's own. */
  collectors: z
    .record(FileName, FileText)
    .refine((files) => Object.keys(files).length <= 200, 'at most 200 files'),
  /** A line with one of these goes first: an appliance's alert. */
  first: z.array(z.string().min(4).max(200)).max(500),
  indicators: z.object({
    count: z.number().int().min(0).max(50_000),
    hasSix: z.boolean(),
    /** Numbers of the values, not the values: base64 of what `packIndicators` gives. */
    packed: z.string().max(600_000),
  }),
})
export type SensorContent = z.infer<typeof SensorContentSchema>

/** As it travels and lies on disk: the text that was signed, and the signature of the station's authority over it. */
export const SealedContentSchema = z.object({ content: z.string(), signature: z.string().max(500) })
export type SealedContent = z.infer<typeof SealedContentSchema>

/** A value of a list that stood in a line: said at once, before the line itself arrives. */
export const SightingSchema = z.object({
  value: z.string().min(1).max(300),
  source: z.string().max(500),
  count: z.number().int().min(1),
  firstMs: z.number().int().min(0).max(8.64e15),
  lastMs: z.number().int().min(0).max(8.64e15),
})
export type Sighting = z.infer<typeof SightingSchema>
export const SightingsSchema = z.object({ sightings: z.array(SightingSchema).min(1).max(50) })
