// After a crash: every sealed line of the spool is kept, a torn tail is set aside, and the segments wait to be loaded.

import { createHash } from 'node:crypto'
import {
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { BatchId } from '../../core/index.ts'
import { MarkSchema } from '../position.ts'
import type { Mark } from '../position.ts'
import { readRecord } from './read-record.ts'
import type { RecordAt } from './read-record.ts'
import { OPEN_PREFIX } from './segment-file.ts'
import type { ClosedSegment } from './segment-file.ts'

export type Recovered = {
  readonly segments: readonly ClosedSegment[]
  /** Bytes set aside because no seal vouches for them. They were never acknowledged, or the disk changed them. */
  readonly quarantined: readonly { readonly file: string; readonly bytes: number }[]
}

/**
 * Checks what the spool folder holds, of the files that `isMeant`. Never refuses to start: what cannot be trusted is moved
 * to `quarantine`.
 */
export function recoverSpool(
  folder: string,
  quarantine: string,
  isMeant: (name: string) => boolean = () => true,
): Recovered {
  mkdirSync(folder, { recursive: true })
  mkdirSync(quarantine, { recursive: true })
  const segments: ClosedSegment[] = []
  const quarantined: { file: string; bytes: number }[] = []
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.rb') && isMeant(file))
    .toSorted(byId)) {
    const file = join(folder, name)
    const sealed = sealedPart(readFileSync(file))
    const torn = statSync(file).size - sealed.bytes
    if (torn > 0) quarantined.push(setAside(file, sealed.bytes, join(quarantine, name)))
    const final = join(folder, idOf(name) + '.rb')
    if (final !== file) renameSync(file, final)
    if (sealed.records > 0 || sealed.marks.length > 0)
      segments.push({ id: idOf(name), file: final, ...sealed })
    else renameSync(final, join(quarantine, `empty-${name}`))
  }
  return { segments, quarantined }
}

function idOf(name: string): BatchId {
  return name.replace(OPEN_PREFIX, '').replace(/\.rb$/, '') as BatchId // schema edge: the name that this room gave the file
}

function byId(a: string, b: string): number {
  return idOf(a) < idOf(b) ? -1 : 1
}

function setAside(file: string, keep: number, to: string): { file: string; bytes: number } {
  const torn = readFileSync(file).subarray(keep)
  writeFileSync(to, torn)
  truncateSync(file, keep)
  return { file: to, bytes: torn.length }
}

export type SealedPart = Pick<ClosedSegment, 'bytes' | 'records' | 'marks' | 'sha256'>

/** How far a segment can be trusted: up to its last seal whose checksum holds. Never throws. */
export function sealedPart(bytes: Buffer): SealedPart {
  let at = 0
  let trusted = 0
  let records = 0
  let sealedRecords = 0
  let unsealed: Mark[] = []
  const marks = new Map<string, Mark>()
  while (at < bytes.length) {
    const record = readRecord(bytes, at)
    if (record === undefined) break
    if (record.kind !== 'seal') {
      if (record.kind === 'line') records += 1
      else unsealed.push(...readMark(bytes.subarray(record.rawStart, record.end)))
      at = record.end
      continue
    }
    if (!holds(bytes, trusted, at, record)) break
    at = record.end
    trusted = at
    sealedRecords = records
    for (const mark of unsealed) marks.set(mark.path, mark)
    unsealed = []
  }
  const digest = createHash('sha256').update(bytes.subarray(0, trusted)).digest('hex')
  return { bytes: trusted, records: sealedRecords, marks: [...marks.values()], sha256: digest }
}

/** Nothing when it is not what this room writes: then the lines behind it may be read twice. */
function readMark(raw: Buffer): readonly Mark[] {
  try {
    const mark = MarkSchema.safeParse(JSON.parse(raw.toString('utf8')))
    return mark.success ? [mark.data] : []
  } catch {
    return []
  }
}

function holds(bytes: Buffer, from: number, to: number, { rawStart, end }: RecordAt): boolean {
  return (
    end - rawStart === 8 &&
    bytes.readUInt32LE(rawStart + 4) === to - from &&
    bytes.readUInt32LE(rawStart) === crc32(bytes.subarray(from, to))
  )
}
