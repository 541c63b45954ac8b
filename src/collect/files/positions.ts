// How a file is recognised again whose position was noted.

import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import type { Position } from '../position.ts'

export type Positions = {
  /** The newest noted of a path, in this run or before. */
  readonly get: (path: string) => Promise<Position | null> | Position | null
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
