// The file header: whether this is an event log, and what it says of itself. Its counts are hints, never a limit.

import { u16, u32 } from './cursor.ts'
import {
  CHUNK_MAGIC,
  CHUNK_COUNT_AT,
  FILE_DIRTY,
  FILE_FLAGS_AT,
  FILE_HEADER_BYTES,
  FILE_MAGIC,
} from './layout.ts'

export type FileHeader = {
  /** The log was not closed. */
  readonly isDirty: boolean
  readonly chunkCount: number
  /** Why the header is not to be believed. */
  readonly problem?: string
}

/** Whether a file that begins so is a Windows event log (`ElfFile`). */
export function isEvtx(head: Buffer): boolean {
  return head.length >= FILE_MAGIC.length && head.subarray(0, FILE_MAGIC.length).equals(FILE_MAGIC)
}

/** Whether bytes are chunks of a log whose file header is lost. */
export function isChunk(head: Buffer): boolean {
  return head.subarray(0, CHUNK_MAGIC.length).equals(CHUNK_MAGIC)
}

export function readHeader(bytes: Buffer): FileHeader {
  if (isChunk(bytes)) return { isDirty: false, chunkCount: 0, problem: 'a file without its header' }
  if (bytes.length < FILE_HEADER_BYTES) {
    return { isDirty: false, chunkCount: 0, problem: 'the file ends within its header' }
  }
  const header = {
    isDirty: (u32(bytes, FILE_FLAGS_AT) & FILE_DIRTY) !== 0,
    chunkCount: u16(bytes, CHUNK_COUNT_AT),
  }
  return isEvtx(bytes) ? header : { ...header, problem: 'a file without its magic "ElfFile"' }
}
