// A pack in a file: a line that says what it is, a line of JSON that says from when and from whom, a line with key and signature
// (Ed25519) over both, then the ranges, compressed. Who changes a byte breaks the digest or the signature.

import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { NetworkSourceSchema } from '../model/index.ts'

export const FORMAT = 'vigie-networks 1'

export const PackHeaderSchema = z.strictObject({
  dated: z.iso.datetime(),
  made: z.iso.datetime(),
  ranges: z.number().int().min(1),
  /** Of the compressed ranges. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sources: z.array(NetworkSourceSchema).min(1).max(50),
})
export type PackHeader = z.infer<typeof PackHeaderSchema>

export const MOST_HEADER_BYTES = 64 * 1024

export type SignedHeader = {
  readonly header: PackHeader
  /** SPKI in base64. */
  readonly key: string
}

/** What stands before the ranges, or why it cannot be trusted to say anything. */
export function readHeader(
  lines: readonly [string, string, string],
): SignedHeader | 'not_a_pack' | 'bad_signature' {
  const [format, json, signed] = lines
  const [key = '', signature = ''] = signed.split(' ')
  if (format !== FORMAT) return 'not_a_pack'
  if (![key, signature].every(isCanonical)) return 'bad_signature'
  if (!isSigned(`${format}\n${json}\n`, key, signature)) return 'bad_signature'
  const header = PackHeaderSchema.safeParse(jsonOf(json))
  return header.success ? { header: header.data, key } : 'not_a_pack'
}

/** One text for the same bytes: otherwise a known key could be written another way. */
function isCanonical(base64: string): boolean {
  return Buffer.from(base64, 'base64').toString('base64') === base64
}

function isSigned(text: string, key: string, signature: string): boolean {
  try {
    const publicKey = createPublicKey({
      key: Buffer.from(key, 'base64'),
      format: 'der',
      type: 'spki',
    })
    return (
      publicKey.asymmetricKeyType === 'ed25519' &&
      verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))
    )
  } catch {
    return false
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
