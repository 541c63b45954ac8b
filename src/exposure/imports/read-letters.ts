// Bytes of a report as UTF-8, whatever a spreadsheet or a shell wrote: UTF-16 with its mark, Windows-1252 where it is no UTF-8.

const MARKS = [
  { bytes: [0xff, 0xfe], letters: 'utf-16le' },
  { bytes: [0xfe, 0xff], letters: 'utf-16be' },
] as const
/** An XML document that says so (XML 1.0 section 4.3.3). */
const DECLARED =
  /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["'](?:iso-8859-1|iso-8859-15|windows-1252|latin-?1)["']/i
/** Longest tail of a letter that was cut (RFC 3629: four bytes a letter). */
const CUT = 3

/** How the bytes must be read; undefined: as they are. `start`: what the file begins with, cut anywhere. */
export function lettersOf(start: Uint8Array): string | undefined {
  const marked = MARKS.find(({ bytes }) => bytes.every((byte, at) => start[at] === byte))
  if (marked !== undefined) return marked.letters
  const head = Buffer.from(start.subarray(0, 400)).toString('latin1')
  if (DECLARED.test(head)) return 'windows-1252'
  return isUtf8(start) ? undefined : 'windows-1252'
}

export async function* asUtf8(
  bytes: AsyncIterable<Uint8Array>,
  letters: string | undefined,
): AsyncGenerator<Uint8Array> {
  if (letters === undefined) {
    yield* bytes
    return
  }
  const decoder = new TextDecoder(letters)
  for await (const piece of bytes) yield Buffer.from(decoder.decode(piece, { stream: true }))
  const last = decoder.decode()
  if (last !== '') yield Buffer.from(last)
}

function isUtf8(start: Uint8Array): boolean {
  for (let cut = 0; cut <= Math.min(CUT, start.length); cut += 1) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(start.subarray(0, start.length - cut))
      return true
    } catch {
      // Cut within a letter, or no UTF-8: the next shorter one tells.
    }
  }
  return false
}
