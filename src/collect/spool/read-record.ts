// Reading back what `record.ts` describes: where one record of a segment begins, ends, and what it is.

import { MARK_CONTEXT, RECORD_HEAD_BYTES } from './record.ts'

export type RecordAt = {
  readonly kind: 'line' | 'mark' | 'seal'
  /** Where source and context stand, with the lengths before them. */
  readonly originStart: number
  readonly originEnd: number
  readonly source: Text
  readonly context: Text
  readonly rawStart: number
  readonly end: number
}

/** Undefined when there is no whole record at this place. */
export function readRecord(bytes: Buffer, at: number): RecordAt | undefined {
  const source = readText(bytes, at + RECORD_HEAD_BYTES)
  const context = source && readText(bytes, source.end)
  const raw = context && readText(bytes, context.end)
  if (source === undefined || context === undefined || raw === undefined) return undefined
  const kind = source.start === source.end ? ownKind(bytes, at, context) : 'line'
  return (
    kind && {
      kind,
      originStart: at + RECORD_HEAD_BYTES,
      originEnd: context.end,
      source,
      context,
      rawStart: raw.start,
      end: raw.end,
    }
  )
}

export type Text = { readonly start: number; readonly end: number }

/** A seal does not vouch for itself, so all of it but the checksum is known. */
function ownKind(bytes: Buffer, at: number, { start, end }: Text): 'mark' | 'seal' | undefined {
  if (bytes.subarray(start, end).toString('latin1') === MARK_CONTEXT) return 'mark'
  const isZero = bytes.subarray(at, at + RECORD_HEAD_BYTES).every((byte) => byte === 0)
  return isZero && start === end ? 'seal' : undefined
}

/** Where a length-prefixed text starts and ends; undefined when it would run past the file. */
function readText(bytes: Buffer, at: number): Text | undefined {
  let length = 0
  for (let shift = 0; shift < 5; shift += 1) {
    const byte = bytes[at + shift]
    if (byte === undefined) return undefined
    length += (byte & 127) * 2 ** (7 * shift)
    if (byte < 128) {
      const start = at + shift + 1
      return start + length <= bytes.length ? { start, end: start + length } : undefined
    }
  }
  return undefined
}
