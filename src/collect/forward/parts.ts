// A segment may be larger than one request should be, when many senders had sent at once. It is then sent in parts, the same
// ones each time, each under a seal of its own.

import { readRecord } from '../spool/read-record.ts'
import { seal } from '../spool/segment-file.ts'

/** What a piece holds at most, unless a single line is longer. */
export const MAX_PART_BYTES = 8 * 1024 * 1024

/** The segment itself where it is small enough; else its lines in parts. */
export function partsOf(bytes: Buffer, mostBytes = MAX_PART_BYTES): readonly Buffer[] {
  if (bytes.length <= mostBytes) return [bytes]
  const parts: Buffer[] = []
  let part: Buffer[] = []
  let partBytes = 0
  const end = () => {
    if (part.length > 0) parts.push(Buffer.concat([...part, seal(part)]))
    part = []
    partBytes = 0
  }
  for (let at = 0; at < bytes.length;) {
    const record = readRecord(bytes, at)
    if (record === undefined) break
    const size = record.end - at
    if (partBytes + size > mostBytes) end()
    // Positions of files are this sensor's own; the seals are made anew.
    if (record.kind === 'line') {
      part.push(bytes.subarray(at, record.end))
      partBytes += size
    }
    at = record.end
  }
  end()
  return parts
}

/** How a part is called at the station: `ID`, or `ID_2of5`. */
export function partName(id: string, number: number, count: number): string {
  return count === 1 ? id : `${id}_${number}of${count}`
}

export type PartName = { readonly id: string; readonly number: number; readonly count: number }

export function readPartName(name: string): PartName {
  const [, id = name, number = '1', count = '1'] = /^(.+)_(\d+)of(\d+)$/.exec(name) ?? []
  return { id, number: Number(number), count: Number(count) }
}
