// A secret becomes a keyed fingerprint: the same secret gives the same one, and nobody without the station's key can try
// values against it.

import { createHmac, createSecretKey } from 'node:crypto'

export type Fingerprint = (value: string) => string

const SHOWN_CHARACTERS = 16

/** `scope` keeps fingerprints of different devices apart where they must not be comparable; '' = comparable. */
export function fingerprintWith(bytes: Uint8Array, scope = ''): Fingerprint {
  // Made once: a key that is made for each secret takes six times as long as the digest.
  const key = createSecretKey(bytes)
  return (value) =>
    createHmac('sha256', key).update(`${scope}\n${value}`).digest('hex').slice(0, SHOWN_CHARACTERS)
}

/** Instead of a fingerprint, where a change could not be told from a new writing of the same secret. */
export const NOT_ATTESTABLE = 'not-attestable'

export function marker(kind: string, fingerprint: string): string {
  return `⟦${kind}:${fingerprint}⟧`
}

export const MARKER = /⟦(?<kind>[a-z0-9.-]+):(?<fingerprint>[0-9a-f]{16}|not-attestable)⟧/g
