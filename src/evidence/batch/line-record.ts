// One stored line as bytes to be hashed. Whoever holds the row can make them: no part comes from a file that is gone.

import { leafHash } from '../merkle/hashes.ts'

/** What a row says of a line before any parser read it. */
export type StoredLine = {
  readonly line: number
  /** UTC milliseconds. */
  readonly received: number
  readonly source: string
  readonly context: string
  /** The bytes as they came. */
  readonly raw: Uint8Array
}

/** Line UInt32, received Int64, then source and context each behind its length UInt32, then raw; little end first. */
export function lineRecord({ line, received, source, context, raw }: StoredLine): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt32LE(line, 0)
  head.writeBigInt64LE(BigInt(received), 4)
  return Buffer.concat([head, ...[source, context].flatMap(withLength), raw])
}

function withLength(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return [length, bytes]
}

export function lineHash(line: StoredLine): Buffer {
  return leafHash(lineRecord(line))
}
