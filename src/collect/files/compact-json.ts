// JSON over several lines becomes one line: white space between tokens goes, every other byte stays.

import { CR, LF, SPACE, TAB } from './framer.ts'

const QUOTE = 34
const BACKSLASH = 92

/** Writes into `into` (at least as long as the input) and returns the length. */
export function compactJson(bytes: Buffer, start: number, end: number, into: Buffer): number {
  let length = 0
  let inString = false
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0
    if (inString && byte === BACKSLASH && at + 1 < end) {
      into[length] = byte
      length += 1
      at += 1
      into[length] = bytes[at] ?? 0
      length += 1
      continue
    }
    if (byte === QUOTE) inString = !inString
    if (!inString && (byte === SPACE || byte === LF || byte === CR || byte === TAB)) continue
    into[length] = byte
    length += 1
  }
  return length
}
