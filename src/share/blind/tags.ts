// What a hub publishes of a sensitive value: a tag that means nothing to whoever does not hold the value, and a record that only
// whoever holds it can open. Between them stands padding that nobody can tell from them.

import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { BlindRecordSchema } from '../../model/index.ts'
import type { BlindRecord } from '../../model/index.ts'

export type PublishedTag = { readonly tag: string; readonly record: string }

const TAG_BYTES = 16
const KEY_FROM = 32
const KEY_BYTES = 32
const IV = Buffer.alloc(12)
const SEAL_BYTES = 16
/** Records are of one length, so that the length tells nothing. */
const RECORD_BYTES = 512
export const MOST_RECORD_BYTES = RECORD_BYTES - 2
/** A list is as long as the next of these steps: its length tells little. */
const STEP = 1024

/** Tag and key of a record, hexadecimal, from what the function gives for a value. */
export function tagOf(output: Uint8Array): { readonly tag: string; readonly recordKey: string } {
  const bytes = Buffer.from(output)
  return {
    tag: bytes.subarray(0, TAG_BYTES).toString('hex'),
    recordKey: bytes.subarray(KEY_FROM, KEY_FROM + KEY_BYTES).toString('hex'),
  }
}

/** Bytes of a record before it is sealed. */
export function recordBytes(record: BlindRecord): number {
  return Buffer.byteLength(JSON.stringify(record))
}

/** Base64. The key is that of one value in one epoch and seals one record, so the nonce may be fixed. Throws RangeError for what is too long. */
export function sealRecord(record: BlindRecord, recordKey: string): string {
  const plain = Buffer.from(JSON.stringify(record), 'utf8')
  if (plain.length > MOST_RECORD_BYTES)
    throw new RangeError(`a record has at most ${MOST_RECORD_BYTES} bytes`)
  const padded = Buffer.alloc(RECORD_BYTES)
  padded.writeUInt16BE(plain.length)
  plain.copy(padded, 2)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(recordKey, 'hex'), IV)
  const sealed = [cipher.update(padded), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(sealed).toString('base64')
}

/** Undefined when the key is not that of the record, or what it says is not what a hub says. */
export function openRecord(record: string, recordKey: string): BlindRecord | undefined {
  const bytes = Buffer.from(record, 'base64')
  const key = Buffer.from(recordKey, 'hex')
  if (bytes.length !== RECORD_BYTES + SEAL_BYTES || key.length !== KEY_BYTES) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, IV)
    decipher.setAuthTag(bytes.subarray(-SEAL_BYTES))
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -SEAL_BYTES)), decipher.final()])
    const said: unknown = JSON.parse(plain.subarray(2, 2 + plain.readUInt16BE()).toString('utf8'))
    return BlindRecordSchema.safeParse(said).data
  } catch {
    return undefined
  }
}

/**
 * The list as it is given: in the order of tags, which is no order, filled up with padding to the next step. The padding is the
 * same at each question of an epoch, or whoever asks twice would see what stays.
 */
export function filledUp(
  own: readonly PublishedTag[],
  { secret, epoch }: { readonly secret: string; readonly epoch: number },
): readonly PublishedTag[] {
  const missing = Math.ceil(Math.max(own.length, 1) / STEP) * STEP - own.length
  const padding = Array.from({ length: missing }, (_, at) => paddingAt(secret, epoch, at))
  return [...own, ...padding].toSorted((one, other) => (one.tag < other.tag ? -1 : 1))
}

function paddingAt(secret: string, epoch: number, at: number): PublishedTag {
  const seed = createHmac('sha256', secret).update(`vigie blind padding\n${epoch}\n${at}`).digest()
  const stream = createCipheriv('aes-256-ctr', seed, Buffer.alloc(16))
  const bytes = stream.update(Buffer.alloc(TAG_BYTES + RECORD_BYTES + SEAL_BYTES))
  return {
    tag: bytes.subarray(0, TAG_BYTES).toString('hex'),
    record: bytes.subarray(TAG_BYTES).toString('base64'),
  }
}
