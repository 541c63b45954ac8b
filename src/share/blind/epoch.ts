// A hub's key for a time, and what it publishes under it: tags that mean nothing to whoever does not hold the value, each with a
// sealed record that only whoever holds the value can open (RFC 9497, VOPRF over ristretto255).

import { createCipheriv, createDecipheriv, randomBytes, randomInt } from 'node:crypto'
import { ristretto255_oprf as suite } from '@noble/curves/ed25519.js'
import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { blindInput } from './values.ts'
import type { BlindValue } from './values.ts'

export type EpochKey = { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array }

/** One key for all members, pinned by them: a key of one’s own for a member would mark it. */
export function newEpochKey(): EpochKey {
  return suite.voprf.generateKeyPair()
}

export type PublishedTag = { readonly tag: string; readonly record: string }

const TAG_BYTES = 16
const KEY_FROM = 32
const IV = Buffer.alloc(12)
const SEAL_BYTES = 16

/** Tag and key of a record, from what the function gives for a value. */
export function tagOf(output: Uint8Array): { readonly tag: string; readonly key: Buffer } {
  const bytes = Buffer.from(output)
  return {
    tag: bytes.subarray(0, TAG_BYTES).toString('hex'),
    key: bytes.subarray(KEY_FROM, KEY_FROM + 32),
  }
}

export type SecretIndicator = BlindValue & {
  /** What a member that holds the value is told. */
  readonly record: string
}

/** Records are of one length, so that the length tells nothing. */
const RECORD_BYTES = 512
/** The list is as long as the next of these steps: its length tells little. */
const STEP = 1024

/** Throws RangeError for a record that is too long. */
export function publishTags(
  { secretKey, publicKey }: EpochKey,
  indicators: readonly SecretIndicator[],
): readonly PublishedTag[] {
  const own = indicators.map((indicator): PublishedTag => {
    const input = blindInput(indicator)
    const { blind, blinded } = suite.voprf.blind(input)
    const { evaluated, proof } = suite.voprf.blindEvaluate(secretKey, publicKey, blinded)
    const { tag, key } = tagOf(
      suite.voprf.finalize(input, blind, evaluated, blinded, publicKey, proof),
    )
    return { tag, record: seal(indicator.record, key) }
  })
  const missing = Math.ceil(Math.max(own.length, 1) / STEP) * STEP - own.length
  const padding = Array.from({ length: missing }, (): PublishedTag => ({
    tag: randomBytes(TAG_BYTES).toString('hex'),
    record: randomBytes(RECORD_BYTES + SEAL_BYTES).toString('base64'),
  }))
  return shuffled([...own, ...padding])
}

function shuffled<T>(list: readonly T[]): readonly T[] {
  return list
    .map((item) => ({ item, at: randomInt(2 ** 47) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item)
}

/** The key is that of one value in one epoch and seals one record, so the nonce may be fixed. */
function seal(record: string, key: Buffer): string {
  const plain = Buffer.from(record, 'utf8')
  if (plain.length > RECORD_BYTES - 2)
    throw new RangeError(`a record has at most ${RECORD_BYTES - 2} bytes`)
  const padded = Buffer.alloc(RECORD_BYTES)
  padded.writeUInt16BE(plain.length)
  plain.copy(padded, 2)
  const cipher = createCipheriv('aes-256-gcm', key, IV)
  return Buffer.concat([cipher.update(padded), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  )
}

/** Undefined when the key is not that of the record. */
export function openRecord(record: string, key: Buffer): string | undefined {
  const bytes = Buffer.from(record, 'base64')
  if (bytes.length !== RECORD_BYTES + SEAL_BYTES) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, IV)
    decipher.setAuthTag(bytes.subarray(-SEAL_BYTES))
    const padded = Buffer.concat([
      decipher.update(bytes.subarray(0, -SEAL_BYTES)),
      decipher.final(),
    ])
    return padded.subarray(2, 2 + padded.readUInt16BE()).toString('utf8')
  } catch {
    return undefined
  }
}

/** Blinded values of one batch: 32 bytes each. */
export const MOST_IN_BATCH = 1000
const POINT_BYTES = 32

export type Budget = {
  /** What this member has asked in this epoch's day. */
  readonly spent: number
  /** Blinded values say nothing, so a count is the only thing that keeps a member from trying all addresses. */
  readonly most: number
}

export type Evaluation = { readonly evaluated: readonly Uint8Array[]; readonly proof: Uint8Array }
export type EvaluationFlaw = 'too many at once' | 'budget spent' | 'not a blinded value'

/** The hub's side. It sees points that say nothing of the values. */
export function evaluateBlinded(
  { secretKey, publicKey }: EpochKey,
  blinded: readonly Uint8Array[],
  { spent, most }: Budget,
): Result<Evaluation, EvaluationFlaw> {
  if (blinded.length === 0 || blinded.length > MOST_IN_BATCH) return failed('too many at once')
  if (spent + blinded.length > most) return failed('budget spent')
  if (blinded.some(({ length }) => length !== POINT_BYTES)) return failed('not a blinded value')
  try {
    return ok(suite.voprf.blindEvaluateBatch(secretKey, publicKey, [...blinded]))
  } catch {
    // A point that is none, or the identity: RFC 9497 section 2.1 has it refused.
    return failed('not a blinded value')
  }
}
