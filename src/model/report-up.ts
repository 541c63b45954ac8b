// Reports of incidents that a station sends to its hubs, and what a hub answers.

import { z } from 'zod'
import { CaseMarkingSchema } from './cases.ts'
import { IncidentReportSchema } from './incident-report.ts'

const Instant = z.iso.datetime()
const Digest = z.string().regex(/^[0-9a-f]{64}$/)

export const ReportUpSchema = z.strictObject({
  report: IncidentReportSchema,
  /** SHA-256 of the report as canonical JSON: what was approved. */
  digest: Digest,
  approved: z.strictObject({ by: z.string().min(1).max(200), at: Instant }),
})
export type ReportUp = z.infer<typeof ReportUpSchema>
/** Asks of reports that were taken before. */
export const ReportsAskedSchema = z.strictObject({ digests: z.array(Digest).max(100) })

export const ReportTakenUpSchema = z.object({
  digest: Digest,
  /** What both sides call it from now on. */
  reference: z.string().regex(/^VR-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
  received: Instant,
  /** A person of the hub has read it. */
  acknowledged: z.object({ by: z.string().max(200), at: Instant }).nullable(),
})
export type ReportTakenUp = z.infer<typeof ReportTakenUpSchema>
export const ReportsTakenUpSchema = z.object({ reports: z.array(ReportTakenUpSchema).max(100) })

/** What a hub has of members. */
export const ReportsReceivedSchema = z.object({
  asOf: Instant,
  reports: z.array(
    z.object({
      reference: z.string(),
      peer: z.string(),
      organisation: z.string(),
      title: z.string(),
      marking: CaseMarkingSchema,
      approvedBy: z.string(),
      received: Instant,
      acknowledged: z.object({ by: z.string(), at: Instant }).nullable(),
      report: IncidentReportSchema,
    }),
  ),
})
export type ReportsReceived = z.infer<typeof ReportsReceivedSchema>
export const ReportAcknowledgeSchema = z.strictObject({ reference: z.string().max(40) })
