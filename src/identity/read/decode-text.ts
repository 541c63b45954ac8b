// Bytes to text. Windows tools write UTF-16, and a spreadsheet in French saves its CSV in Windows letters; what is none of these is
// refused, because guessed letters make wrong names.

import { ExportRefused, clean } from './row.ts'

export const MOST_BYTES = 256 * 1024 * 1024

/** Throws ExportRefused. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES)
    throw new ExportRefused('', 'too_large', `${Math.ceil(bytes.length / 1_048_576)} MiB`)
  if (bytes.length === 0) throw new ExportRefused('', 'empty')
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (text.trim() === '') throw new ExportRefused('', 'empty')
    if (text.slice(0, 4096).includes('\0')) throw new ExportRefused('', 'not_text')
    return clean(text)
  } catch (thrown) {
    if (thrown instanceof ExportRefused) throw thrown
    if (encoding === 'utf-8' && isWindows(bytes))
      return clean(new TextDecoder('windows-1252').decode(bytes))
    throw new ExportRefused('', 'not_text')
  }
}

/** The accents of Western European names, and the quotes and dashes that a word processor puts in. */
const SIGNS: readonly number[] = [
  0x85, 0x8c, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x9c, 0x9f, 0xa0, 0xab, 0xb0, 0xb7, 0xbb,
]
const LETTERS = new Set([...Array.from({ length: 0x40 }, (_, at) => 0xc0 + at), ...SIGNS])
const SHOWN_BYTES = 1024 * 1024

/** Text whose only high bytes are those letters, each beside a plain one: binary data has others, and other languages have runs. */
function isWindows(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, SHOWN_BYTES)
  let run = 0
  for (const byte of head) {
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) return false
    if (byte < 0x80) run = 0
    else if (!LETTERS.has(byte)) return false
    else run += 1
    // No French word has four letters with accents in a row; Cyrillic and Greek of their own Windows have.
    if (run > 3) return false
  }
  return true
}
