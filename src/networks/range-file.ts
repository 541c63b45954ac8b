// Ranges on their way into the engine: a file in its RowBinary.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { NetworkRange } from './network-range.ts'
import { familyOf } from './position.ts'

export const RANGE_STRUCTURE =
  'family UInt8, first UInt64, last UInt64, asn UInt32, organisation String, kind String, country String'

const AT_ONCE = 1000

/** Writes all of them; gives how many there were. */
export async function writeRangeFile(
  file: string,
  ranges: AsyncIterable<NetworkRange> | Iterable<NetworkRange>,
): Promise<number> {
  const stream = createWriteStream(file, { mode: 0o600 })
  let count = 0
  let waiting: Buffer[] = []
  const flush = async () => {
    if (!stream.write(Buffer.concat(waiting))) await once(stream, 'drain')
    waiting = []
  }
  for await (const range of ranges) {
    waiting.push(bytesOf(range))
    count += 1
    if (waiting.length === AT_ONCE) await flush()
  }
  await flush()
  stream.end()
  await once(stream, 'close')
  return count
}

function bytesOf({ first, last, asn, organisation, kind, country }: NetworkRange): Buffer {
  const numbers = Buffer.allocUnsafe(21)
  numbers.writeUInt8(familyOf(first), 0)
  numbers.writeBigUInt64LE(first, 1)
  numbers.writeBigUInt64LE(last, 9)
  numbers.writeUInt32LE(asn, 17)
  return Buffer.concat([numbers, ...[organisation, kind, country].map(textBytes)])
}

/** A string of the engine: its length in bytes as unsigned LEB128 (here of at most two bytes), then the bytes. */
function textBytes(text: string): Buffer {
  const bytes = Buffer.from(text)
  const { length } = bytes
  const size = length < 128 ? [length] : [(length & 127) | 128, length >>> 7]
  return Buffer.concat([Buffer.from(size), bytes])
}
