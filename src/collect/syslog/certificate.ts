// A certificate for a station that was given none: devices can then at least encrypt what they send.

import { isIP } from 'node:net'
import { DAY_MS } from '../../core/index.ts'

export type Certificate = { readonly key: string; readonly cert: string }

/** Long, because nobody renews what they did not make; the operator replaces it with a real one. */
const VALID_DAYS = 3650

/** PEM key and certificate (P-256, SHA-256) valid for these host names and addresses from `nowMs`. */
export async function makeCertificate(
  names: readonly string[],
  nowMs: number,
): Promise<Certificate> {
  // Loaded only where there is none yet: it is half of what a sensor would otherwise hold in memory.
  const { generate } = await import('selfsigned')
  const made = await generate([{ name: 'commonName', value: names[0] ?? 'vigie' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // One day back: the clocks of old devices are often slow.
    notBeforeDate: new Date(nowMs - DAY_MS),
    notAfterDate: new Date(nowMs + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map(alternativeName) },
    ],
  })
  return { key: made.private, cert: made.cert }
}

/** RFC 5280 section 4.2.1.6: type 7 is an address, type 2 a DNS name. */
function alternativeName(name: string) {
  return isIP(name) === 0 ? { type: 2 as const, value: name } : { type: 7 as const, ip: name }
}
