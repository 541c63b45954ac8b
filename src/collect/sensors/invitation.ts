// The one code that brings a sensor to its station: where it is, how its certificate is recognised, and a secret that is
// good once.

import { z } from 'zod'

export type Invitation = {
  /** `host:port`, an IPv6 address in brackets. */
  readonly address: string
  /** SHA-256 of the station's certificate, hex. */
  readonly fingerprint: string
  readonly secret: string
}

const PREFIX = 'vigie1.'
const PartsSchema = z.tuple([
  z.string().regex(/^(?:\[[0-9a-f:.]+\]|[^\s:/[\]]+):\d{1,5}$/iu),
  z.string().regex(/^[0-9a-f]{64}$/),
  z.string().regex(/^[\w-]{20,100}$/),
])

export function encodeInvitation({ address, fingerprint, secret }: Invitation): string {
  return PREFIX + Buffer.from(JSON.stringify([address, fingerprint, secret])).toString('base64url')
}

/** Undefined when the text is no code of ours, or not all of one. */
export function decodeInvitation(code: string): Invitation | undefined {
  const text = code.trim()
  if (!text.startsWith(PREFIX)) return undefined
  try {
    const json: unknown = JSON.parse(
      Buffer.from(text.slice(PREFIX.length), 'base64url').toString('utf8'),
    )
    const parts = PartsSchema.safeParse(json)
    if (!parts.success) return undefined
    const [address, fingerprint, secret] = parts.data
    return { address, fingerprint, secret }
  } catch {
    return undefined
  }
}

/** What a sensor's new key signs at enrolment: the key is then known to be held by whoever has the secret. */
export function enrolProof(secret: string): Buffer {
  return Buffer.from(`vigie sensor enrol\n${secret}`)
}

/** What a sensor's new key signs when its certificate is renewed. */
export function renewProof(name: string): Buffer {
  return Buffer.from(`vigie sensor renew\n${name}`)
}
