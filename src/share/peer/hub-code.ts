// The one code that brings a station to a hub: where it is, the key it is known by, and a secret that is good once.

import { z } from 'zod'
import type { PinnedPeer } from './pinned-fetch.ts'

export type HubCode = PinnedPeer & { readonly secret: string }

const PREFIX = 'vigiehub1.'
const PartsSchema = z.tuple([
  z.string().regex(/^(?:\[[0-9a-f:.]+\]|[^\s:/[\]@?#]+):\d{1,5}$/iu),
  z.string().regex(/^[0-9a-f]{64}$/),
  z.string().regex(/^[\w-]{20,100}$/),
])

export function encodeHubCode({ address, pin, secret }: HubCode): string {
  return PREFIX + Buffer.from(JSON.stringify([address, pin, secret])).toString('base64url')
}

/** Undefined when the text is no code of a hub, or not all of one. */
export function decodeHubCode(code: string): HubCode | undefined {
  const text = code.trim()
  if (!text.startsWith(PREFIX) || text.length > 2000) return undefined
  try {
    const json: unknown = JSON.parse(
      Buffer.from(text.slice(PREFIX.length), 'base64url').toString('utf8'),
    )
    const parts = PartsSchema.safeParse(json)
    if (!parts.success) return undefined
    const [address, pin, secret] = parts.data
    return { address, pin, secret }
  } catch {
    return undefined
  }
}
