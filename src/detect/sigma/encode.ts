// Encodings that `wide`, `utf16*` and `base64offset` ask for.

export type Utf16 = 'wide' | 'utf16be' | 'utf16'

/** `wide` is little-endian; `utf16` carries its byte order mark. */
export function encodeUtf16(text: string, form: Utf16): Uint8Array {
  const little = Buffer.from(text, 'utf16le')
  if (form === 'utf16be') return little.swap16()
  return form === 'utf16' ? Buffer.concat([Buffer.from([0xff, 0xfe]), little]) : little
}

const START = [0, 2, 3]
const END = [undefined, -3, -2]

/**
 * The three spellings a value can have inside a longer Base64 text: encoded after 0, 1 and 2 other bytes, without the
 * characters that also depend on what stands before and after. Lengths are of bytes.
 */
export function base64Offsets(bytes: Uint8Array): readonly string[] {
  return START.map((start, offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset, 0x20), bytes]).toString('base64')
    return encoded.slice(start, END[(bytes.length + offset) % 3])
  })
}
