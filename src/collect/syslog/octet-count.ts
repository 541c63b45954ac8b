// What the first bytes of a syslog frame on a stream say (RFC 6587 section 3.4.1): an octet count, or not.

export const LF = 10
export const CR = 13
export const NUL = 0
const SPACE = 32
const LESS_THAN = 60
const MORE_THAN = 62
/** A count of more digits is none: 10 digits are already 9 GB. */
const MAX_COUNT_DIGITS = 10

/** `body` is where the message starts. `cut`: the bytes end before it can be told. */
export type OctetCount =
  | { readonly kind: 'count'; readonly length: number; readonly body: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'none' }

const CUT: OctetCount = { kind: 'cut' }
const NONE: OctetCount = { kind: 'none' }

/** Reads `LEN SP` at `at`. The first digit is 1 to 9 (NONZERO-DIGIT). */
export function readOctetCount(bytes: Buffer, at: number, end: number): OctetCount {
  if (!isNonzeroDigit(bytes[at])) return NONE
  let length = 0
  for (let index = at; index < end; index += 1) {
    const byte = bytes[index] ?? 0
    if (byte === SPACE) {
      return index + 1 < end ? { kind: 'count', length, body: index + 1 } : CUT
    }
    if (!isDigit(byte) || index - at >= MAX_COUNT_DIGITS) return NONE
    length = length * 10 + (byte - 48)
  }
  return CUT
}

/** Whether a frame may start at `at`: `<n`, `LEN SP`, a terminator, or nothing known yet. */
export function mayStartFrame(bytes: Buffer, at: number, end: number): boolean {
  if (at >= end || isTerminator(bytes[at])) return true
  if (bytes[at] === LESS_THAN) return at + 1 >= end || isDigit(bytes[at + 1])
  return readOctetCount(bytes, at, end).kind !== 'none'
}

/** First place in [from, end) where `LEN SP <n` stands, else -1. Finds the next frame after a wrong count. */
export function findOctetCount(bytes: Buffer, from: number, end: number): number {
  let opening = bytes.indexOf(' <', from, 'latin1')
  while (opening !== -1 && opening < end) {
    const start = countBefore(bytes, from, opening)
    if (start !== -1 && hasPriority(bytes, opening + 1, end)) return start
    opening = bytes.indexOf(' <', opening + 1, 'latin1')
  }
  return -1
}

/** Where the digits that end at `space` begin, at most ten of them, the first not 0; else -1. */
function countBefore(bytes: Buffer, from: number, space: number): number {
  let start = space
  while (start > from && space - start < MAX_COUNT_DIGITS && isDigit(bytes[start - 1])) start -= 1
  while (start < space && !isNonzeroDigit(bytes[start])) start += 1
  return start < space ? start : -1
}

/** `<` and one to three digits and `>` (RFC 5424 section 6.2.1). */
function hasPriority(bytes: Buffer, at: number, end: number): boolean {
  let index = at + 1
  while (index < end && index - at <= 3 && isDigit(bytes[index])) index += 1
  return index > at + 1 && bytes[index] === MORE_THAN
}

export function isPriorityStart(byte: number | undefined): boolean {
  return byte === LESS_THAN
}

export function isTerminator(byte: number | undefined): boolean {
  return byte === LF || byte === CR || byte === NUL
}

export function isNonzeroDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 49 && byte <= 57
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57
}
