// How far a file was read, kept by whoever passes this in, and how a file is recognised again.

import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

export type Position = {
  readonly inode: number
  /** Everything before it is stored; 0 for a file that is read again from its beginning (packed, JSON, XML). */
  readonly offset: number
  /** Lines that are stored. A file read again leaves out as many. */
  readonly lines: number
  /** `LENGTH:HASH` of the first bytes; LENGTH is at most 256, and less for a file that was shorter then. */
  readonly fingerprint: string
  /** Read to its end; only moving it away is left. */
  readonly done: boolean
}

export type Positions = {
  readonly get: (path: string) => Promise<Position | null> | Position | null
  readonly set: (path: string, position: Position) => Promise<void> | void
}

const FINGERPRINT_BYTES = 256

/** Of the first 256 bytes, or as many as there are. */
export function fingerprintOf(handle: FileHandle): Promise<string> {
  return fingerprint(handle, FINGERPRINT_BYTES)
}

/** Whether the file still begins as it did. A file that only grew does; a truncated or replaced one does not. */
export async function beginsAs(handle: FileHandle, known: string): Promise<boolean> {
  const length = Number.parseInt(known, 10)
  if (!(length >= 0 && length <= FINGERPRINT_BYTES)) return false
  return (await fingerprint(handle, length)) === known
}

async function fingerprint(handle: FileHandle, length: number): Promise<string> {
  const head = Buffer.alloc(length)
  const { bytesRead } = length === 0 ? { bytesRead: 0 } : await handle.read(head, 0, length, 0)
  const hash = createHash('sha256').update(head.subarray(0, bytesRead)).digest('hex').slice(0, 32)
  return `${bytesRead}:${hash}`
}
