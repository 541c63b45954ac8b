// What the devices of a group should say, how a device differs from it, and digests of images that makers publish.

import { z } from 'zod'
import { AuditChangeSchema } from './audit.ts'

const Instant = z.iso.datetime()
const Lines = (most: number) => z.array(z.string().trim().min(1).max(500)).max(most)

export const GoldenNameSchema = z.string().trim().min(1).max(100)

export const GoldenAskSchema = z.strictObject({
  /** Names of devices; `*` stands for anything. */
  devices: Lines(10_000).min(1),
  /** A version that was taken in, as the known-good one; without it, the one that is there stays. */
  version: z.string().max(100).optional(),
  /** What the configuration does not say may be anything. */
  isPart: z.boolean().default(false),
  /** Beginnings of statements that may differ, as in a change record. */
  allows: Lines(500).default([]),
  /** Who works on these devices, by the names that the devices know; empty: not judged. */
  operators: Lines(1000).default([]),
  /** Networks that they work from, as `192.0.2.0/24`; empty: whatever is not the Internet. */
  management: z
    .array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()]))
    .max(1000)
    .default([]),
})
export type GoldenAsk = z.infer<typeof GoldenAskSchema>

export const GoldenSchema = z.object({
  name: z.string(),
  devices: z.array(z.string()),
  /** What the known-good configuration was read from; null where there is none. */
  source: z.string().nullable(),
  isPart: z.boolean(),
  allows: z.array(z.string()),
  operators: z.array(z.string()),
  management: z.array(z.string()),
  set: Instant,
  setBy: z.string(),
})
export type Golden = z.infer<typeof GoldenSchema>
export const GoldensSchema = z.object({ asOf: Instant, groups: z.array(GoldenSchema) })
export type Goldens = z.infer<typeof GoldensSchema>

export const GoldenFileAskSchema = z.strictObject({
  name: GoldenNameSchema,
  source: z.string().min(1).max(500),
})
export type GoldenFileAsk = z.infer<typeof GoldenFileAskSchema>

/** Of the newest version. `before`: what should stand; `after`: what stands. */
export const DriftSchema = z.object({
  group: z.string(),
  source: z.string(),
  /** False: the device is of another make than the known-good configuration. */
  isComparable: z.boolean(),
  /** The first 200. */
  changes: z.array(AuditChangeSchema),
  changeCount: z.number().int(),
})
export type Drift = z.infer<typeof DriftSchema>

export const HashAskSchema = z.strictObject({ source: z.string().min(1).max(500) })
export const HashesTakenSchema = z.object({
  taken: z.number().int(),
  /** Numbers of lines that hold no file name with a digest; the first hundred. */
  refused: z.array(z.number().int()),
})
export type HashesTaken = z.infer<typeof HashesTakenSchema>
