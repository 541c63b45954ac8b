// An event that stands on several lines of its file becomes one line.

import { CR, LF, SPACE } from './framer.ts'

/** Copies, each newline with the white space around it as one space; tells how many bytes that made. */
export function joinLines(bytes: Buffer, start: number, end: number, into: Buffer): number {
  let length = 0
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte !== LF && byte !== CR) into[length] = byte
    else if (length === 0 || into[length - 1] === SPACE) continue
    else into[length] = SPACE
    length += 1
  }
  return length
}
