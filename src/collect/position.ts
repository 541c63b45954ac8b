// How far a file was read. It travels in the spool with the lines before it: after a crash both are there, or neither.

import { z } from 'zod'

/** Checked where it is read back from a segment file. */
export const PositionSchema = z.object({
  inode: z.number(),
  /** Everything before it was taken; 0 for a file that is read again from its beginning (packed, JSON, XML). */
  offset: z.number(),
  /** Lines that were taken. A file read again leaves out as many. */
  lines: z.number(),
  /** `LENGTH:HASH` of the first bytes; LENGTH is at most 256, and less for a file that was shorter then. */
  fingerprint: z.string(),
  /** Read to its end; only moving it away is left. */
  done: z.boolean(),
  /** What a provider's stream remembers beside; nothing for files. */
  cursor: z.string().optional(),
  /** Grows with each position of a path, whatever the clock says, so that the newest of several is known. */
  seq: z.number(),
})
export type Position = z.infer<typeof PositionSchema>

export const MarkSchema = PositionSchema.extend({ path: z.string() })
/** A position, and the file it belongs to. */
export type Mark = z.infer<typeof MarkSchema>
