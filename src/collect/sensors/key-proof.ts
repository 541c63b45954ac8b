// Whether whoever offers a public key holds the private one.

import { createPublicKey, verify } from 'node:crypto'
import type { z } from 'zod'
import type { KeyOfferSchema } from '../../model/index.ts'

/** False also for what is no P-256 key. */
export function isProven(
  { publicKey, proof }: z.infer<typeof KeyOfferSchema>,
  over: Buffer,
): boolean {
  try {
    const key = createPublicKey(publicKey)
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false
    return verify('sha256', over, key, Buffer.from(proof, 'base64'))
  } catch {
    return false
  }
}
