// Change records are signed by the station when a signed-in person writes one, and again when one is taken back: a row that somebody
// put into the database, or changed there, covers nothing. Ed25519 (RFC 8032).

import { createPrivateKey, createPublicKey, hkdfSync, sign, verify } from 'node:crypto'
import type { ChangeRecord } from '../../model/index.ts'

type Said = Omit<ChangeRecord, 'isSigned'>

export type RecordSigner = {
  /** Signature in base64url. */
  readonly sign: (record: Said) => string
  readonly isOurs: (record: Said, signature: string) => boolean
}

const SEED_BYTES = 32
/** PKCS #8 of an Ed25519 key, before its 32 bytes (RFC 8410 section 7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** `secret`: the station's, never in its records. Another secret makes another key. */
export function recordSigner(secret: Uint8Array): RecordSigner {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'vigie change records', SEED_BYTES))
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const own = createPublicKey(key)
  return {
    sign: (record) => sign(null, textOf(record), key).toString('base64url'),
    isOurs: (record, signature) =>
      signature !== '' && verify(null, textOf(record), own, Buffer.from(signature, 'base64url')),
  }
}

/** Everything that is said, in one order. */
function textOf(record: Said): Buffer {
  const { id, device, starts, ends, allows, reason, reference } = record
  const { recorded, recordedBy, revoked, revokedBy } = record
  return Buffer.from(
    JSON.stringify([
      'vigie/change-record/1',
      id,
      device,
      starts,
      ends,
      allows,
      reason,
      reference,
      recorded,
      recordedBy,
      revoked,
      revokedBy,
    ]),
  )
}
