// Bytes to text. Windows tools write UTF-16; what is neither is refused, because guessed letters make wrong names.

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
    throw new ExportRefused('', 'not_text')
  }
}
