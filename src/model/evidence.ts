// Evidence as people and the API see it: the log's state, what a verification found, a bundle for a third party.

import { z } from 'zod'
import { QUORUM_STATES, WitnessingSchema } from './witness.ts'

const Instant = z.iso.datetime()

export const EvidenceStateSchema = z.object({
  asOf: Instant,
  /** The log's name, and the key that its checkpoints are signed with. */
  origin: z.string(),
  key: z.string(),
  /** Entries in the log, and those that have no place in it yet. */
  size: z.number().int(),
  waiting: z.number().int(),
  /** The newest checkpoint, a signed note; null before the first. */
  checkpoint: z.string().nullable(),
  checkpointMade: Instant.nullable(),
  witnessing: WitnessingSchema,
})
export type EvidenceState = z.infer<typeof EvidenceStateSchema>

export const EVIDENCE_FLAWS = [
  'rolled_back',
  'checkpoint_unsigned',
  'tree_differs',
  'entry_missing',
  'entry_changed',
  'entry_unreadable',
  'batch_missing',
  'batch_unknown',
  'lines_missing',
  'lines_added',
  'lines_changed',
  'ledger_missing',
  'ledger_differs',
] as const
export const EvidenceFlawSchema = z.object({
  kind: z.enum(EVIDENCE_FLAWS),
  /** A batch's id, an entry's place, or a checkpoint's size. */
  what: z.string(),
  /** Lines of the batch, or entries of the log, as far as it can be said. */
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
})
export type EvidenceFlaw = z.infer<typeof EvidenceFlawSchema>

export const EvidenceReportSchema = z.object({
  state: z.enum(['running', 'done', 'failed']),
  asked: Instant,
  ended: Instant.nullable(),
  size: z.number().int(),
  root: z.string(),
  /** Signed states of the log that it still agrees with. */
  checkpoints: z.number().int(),
  batches: z.object({
    /** Digests made again from the stored lines, and equal. */
    verified: z.number().int(),
    /** Dropped by the retention that the log itself records. */
    expired: z.number().int(),
    /** Stored before there was a log. */
    uncovered: z.number().int(),
  }),
  lines: z.number().int(),
  /** The first of them. */
  flaws: z.array(EvidenceFlawSchema),
  flawCount: z.number().int(),
  problem: z.string().nullable(),
  /** Of the log as it is now; and the hubs that were asked what they signed of it last. */
  quorum: z.enum(QUORUM_STATES),
  elsewhere: z.object({ asked: z.number().int(), answered: z.number().int() }),
})
export type EvidenceReport = z.infer<typeof EvidenceReportSchema>

export const EvidenceReportsSchema = z.object({ report: EvidenceReportSchema.nullable() })

export const VerifyAskSchema = z.object({
  /** Checkpoints that were kept elsewhere. */
  checkpoints: z.array(z.string().max(100_000)).max(100).default([]),
})

const BatchId = z.string().min(1).max(100)
const LineNumber = z.number().int().min(0).max(4_294_967_295)
export const MOST_EXPORTED_LINES = 10_000

export const ExportAskSchema = z.object({
  /** Lines that a finding or a person points at. */
  events: z
    .array(z.object({ batch: BatchId, line: LineNumber }))
    .max(MOST_EXPORTED_LINES)
    .default([]),
  batches: z.array(BatchId).max(100).default([]),
  alert: z.string().max(200).optional(),
})
export type ExportAsk = z.infer<typeof ExportAskSchema>

const Base64 = z.base64()
const Hashes = z.array(Base64).max(64)
/** One leaf's place in a small tree, and the way to its root. */
const StepSchema = z.object({
  index: z.number().int().nonnegative(),
  size: z.number().int().positive(),
  proof: Hashes,
})

export const EvidenceBundleSchema = z.object({
  format: z.literal('vigie-evidence-1'),
  made: Instant,
  key: z.string().max(1000),
  checkpoint: z.string().max(1_000_000),
  /** The quorum of witnesses that its station goes by, as C2SP tlog-policy; absent where none is set. */
  policy: z
    .string()
    .max(64 * 1024)
    .optional(),
  entries: z
    .array(
      z.object({
        at: z.number().int().nonnegative(),
        entry: z.string().max(65_535),
        proof: Hashes,
      }),
    )
    .max(MOST_EXPORTED_LINES),
  lines: z
    .array(
      z.object({
        batch: BatchId,
        line: LineNumber,
        /** UTC milliseconds. */
        received: z.number().int(),
        source: z.string(),
        context: z.string(),
        raw: Base64,
        /** The line in its 256 lines, and those in the batch. */
        inChunk: StepSchema,
        inBatch: StepSchema,
      }),
    )
    .max(MOST_EXPORTED_LINES),
})
export type EvidenceBundle = z.infer<typeof EvidenceBundleSchema>

export const BundleCheckSchema = z.object({
  origin: z.string(),
  size: z.string(),
  signedBy: z.array(z.object({ name: z.string(), at: Instant.nullable() })),
  quorum: z.enum(QUORUM_STATES),
  /** The policy came with the bundle, not from whoever checks. */
  isOwnPolicy: z.boolean(),
  entries: z.number().int(),
  lines: z.number().int(),
  flaws: z.array(z.object({ what: z.string(), reason: z.string() })),
})
export type BundleCheck = z.infer<typeof BundleCheckSchema>
