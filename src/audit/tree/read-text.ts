// Bytes into text and text into lines: encodings, line ends and what a terminal leaves behind.

import type { TreeProblem } from './config-tree.ts'
import { LIMITS } from './node-builder.ts'
import { hasTerminalMarks, withoutTerminalMarks } from './terminal.ts'

export type TextRead =
  | {
      readonly ok: true
      readonly text: string
      readonly encoding: 'utf-8' | 'utf-16' | 'windows-1252'
    }
  | { readonly ok: false; readonly problem: TreeProblem }

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** UTF-8 where it is that; else one byte a character, so that no byte is lost. */
export function readText(bytes: Uint8Array): TextRead {
  if (bytes.length > LIMITS.size)
    return { ok: false, problem: { kind: 'too_large', line: 0, limit: LIMITS.size } }
  const utf16 = utf16Label(bytes)
  if (utf16 !== undefined)
    return { ok: true, text: new TextDecoder(utf16).decode(bytes), encoding: 'utf-16' }
  const zero = bytes.indexOf(0)
  if (zero !== -1) {
    const line = bytes
      .subarray(0, zero)
      .reduce((count, byte) => (byte === 10 ? count + 1 : count), 1)
    return { ok: false, problem: { kind: 'binary', line, limit: 0 } }
  }
  try {
    return { ok: true, text: UTF8.decode(bytes), encoding: 'utf-8' }
  } catch {
    return {
      ok: true,
      text: new TextDecoder('windows-1252').decode(bytes),
      encoding: 'windows-1252',
    }
  }
}

/** By its mark; without one, by every other byte of the beginning being zero. */
function utf16Label(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, 32)
  if (start.length < 4) return undefined
  if (start.every((byte, at) => (byte === 0) === (at % 2 === 1))) return 'utf-16le'
  return start.every((byte, at) => (byte === 0) === (at % 2 === 0)) ? 'utf-16be' : undefined
}

/** Lines without their ends. What a pager wrote over is taken away; line numbers stay as they are. */
export function splitLines(text: string): readonly string[] {
  const marked = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  // An old Macintosh, or a terminal that only returns.
  const source = marked.includes('\n') ? marked : marked.replaceAll('\r', '\n')
  const lines: string[] = []
  let start = 0
  for (let end = source.indexOf('\n'); end !== -1; end = source.indexOf('\n', start)) {
    lines.push(
      source.slice(start, source.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end),
    )
    start = end + 1
  }
  if (start < source.length) {
    const stop = source.charCodeAt(source.length - 1) === 13 ? source.length - 1 : source.length
    lines.push(source.slice(start, stop))
  }
  return hasTerminalMarks(source) ? lines.map(withoutTerminalMarks) : lines
}
