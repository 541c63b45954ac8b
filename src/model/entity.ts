// What is known of one account, address, device or source: what it is, what was found on it day by day, what is usual for it.

import { z } from 'zod'
import { AddressNetworkSchema } from './networks.ts'
import { AlertSchema, EntityKindSchema, SeveritySchema } from './records.ts'

const Instant = z.iso.datetime()
const Day = z.iso.date()

export const EntityAskSchema = z.object({
  kind: EntityKindSchema,
  /** As findings and alerts write it. */
  name: z
    .string()
    .min(1)
    .max(500)
    .refine((name) => !name.includes('\0'), 'no NUL'),
})
export type EntityAsk = z.infer<typeof EntityAskSchema>

/** What something is usually seen with, and how today compares. */
export const USUAL_ASPECTS = [
  'network',
  'machine',
  'program',
  'target',
  'started',
  'place',
  'account',
  'event',
] as const
export type UsualAspect = (typeof USUAL_ASPECTS)[number]
export const UsualSchema = z.object({
  aspect: z.enum(USUAL_ASPECTS),
  value: z.string(),
  /** Days before today on which it was seen, in two years. */
  days: z.number().int(),
  first: Instant,
  last: Instant,
  /** Seen today (UTC). */
  today: z.boolean(),
})
export type Usual = z.infer<typeof UsualSchema>

export const EntityDetailSchema = z.object({
  asOf: Instant,
  kind: EntityKindSchema,
  name: z.string(),
  /** What else logs call it: `TOWN\\ann`, `ann@town.example`. */
  alsoNamed: z.array(z.string()),
  /** Who runs the network of an address; null for what is none, or not known. */
  network: AddressNetworkSchema.nullable(),
  /** From imported directories. */
  account: z
    .object({
      kind: z.string(),
      tier: z.number().int(),
      assurance: z.string(),
      critical: z.boolean(),
    })
    .nullable(),
  /** From inventories and scanners. */
  asset: z
    .object({
      criticality: z.string(),
      zone: z.string(),
      owner: z.string(),
      facing: z.string(),
    })
    .nullable(),
  /** Of 30 days, each with what was found; the last is today (UTC). */
  days: z.array(z.object({ day: Day, findings: z.number().int(), rules: z.number().int() })),
  /** Hours that were told as rare, the newest first. */
  rare: z.array(z.object({ hour: Instant, score: z.number() })),
  /** What found something, the newest first. */
  rules: z.array(
    z.object({
      rule: z.string(),
      title: z.string(),
      severity: SeveritySchema,
      findings: z.number().int(),
      first: Instant,
      last: Instant,
    }),
  ),
  alerts: z.array(AlertSchema),
  usual: z.array(UsualSchema),
})
export type EntityDetail = z.infer<typeof EntityDetailSchema>
