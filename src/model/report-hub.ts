// Where the report of a case went among hubs.

import { z } from 'zod'
import { PeerNameSchema } from './sharing.ts'

const Instant = z.iso.datetime()
const Digest = z.string().regex(/^[0-9a-f]{64}$/)

export const REPORT_UP_STATES = ['none', 'ready', 'taken', 'acknowledged', 'refused'] as const
/** A hub that a report of a case went to, or may go to. */
export const ReportHubSchema = z.object({
  peer: z.string(),
  organisation: z.string(),
  state: z.enum(REPORT_UP_STATES),
  by: z.string().nullable(),
  at: Instant.nullable(),
  reference: z.string(),
  acknowledgedBy: z.string().nullable(),
  /** Why it was refused. */
  reason: z.string(),
  /** The report changed since: what the hub has is an earlier text. */
  isEarlier: z.boolean(),
})
export type ReportHub = z.infer<typeof ReportHubSchema>
export const ReportHubAskSchema = z.strictObject({
  peer: PeerNameSchema,
  digest: Digest,
  language: z.enum(['en', 'fr']).optional(),
})
