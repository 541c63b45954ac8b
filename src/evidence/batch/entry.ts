// What is logged, as JSON with one spelling. An entry says nothing of what the lines say: logs are shown to others.

import { z } from 'zod'
import { canonicalJson } from '../../core/index.ts'

const Hash = z.string().regex(/^[0-9a-f]{64}$/)
const Milliseconds = z.number().int().nonnegative()

export const BatchEntrySchema = z.strictObject({
  type: z.literal('batch'),
  batch: z.string().min(1).max(100),
  lines: z.number().int().positive(),
  /** Least and greatest time of reception. */
  first: Milliseconds,
  last: Milliseconds,
  /** Of the tree over its lines. */
  root: Hash,
})
export type BatchEntry = z.infer<typeof BatchEntrySchema>

/** Days before this one are dropped by the retention that the operator set. */
export const RetentionEntrySchema = z.strictObject({
  type: z.literal('retention'),
  before: z.iso.date(),
  days: z.number().int().positive(),
  made: Milliseconds,
})

/** What another room wants to be unable to deny: a decision, a notice, a release. */
export const NoteEntrySchema = z.strictObject({
  type: z.literal('note'),
  about: z.string().min(1).max(100),
  /** Of the thing itself, which stays where it is. */
  digest: Hash,
  made: Milliseconds,
})

export const EntrySchema = z.discriminatedUnion('type', [
  BatchEntrySchema,
  RetentionEntrySchema,
  NoteEntrySchema,
])
export type Entry = z.infer<typeof EntrySchema>

export function encodeEntry(entry: Entry): Buffer {
  return Buffer.from(canonicalJson(entry), 'utf8')
}

/** Undefined for bytes that are no entry, or are one in another spelling. */
export function decodeEntry(bytes: Uint8Array): Entry | undefined {
  try {
    const read = EntrySchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return read.success && encodeEntry(read.data).equals(bytes) ? read.data : undefined
  } catch {
    return undefined
  }
}
