// What a member reports of an address: a tag that is the same at every member that met it, one share of a secret that enough shares
// give, and what it says, sealed under that secret. All of it follows from what the holder's key makes of the address (RFC 9497), so
// whoever cannot ask the holder can make none, and from one place for each group of members, so that related members add nothing to
// each other. Shamir's sharing with coefficients that hang on the value, as STAR (Davidson and others, 2022) has it.

import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { ThresholdSaidSchema } from '../../model/index.ts'
import type { ThresholdReport, ThresholdSaid } from '../../model/index.ts'
import { ORDER, evaluateAt, hexOf, numberOf } from './field.ts'

export type Sharing = {
  /** Of the terms: under other terms everything is another. */
  readonly digest: string
  readonly least: number
  /** The word for the members that count as one. */
  readonly group: string
}

const TAG_BYTES = 16
const IV_BYTES = 12
const SEAL_BYTES = 16
/** All reports are of one length: an address in the longer form tells nothing. */
const PLAIN_BYTES = 256

/** `output`: of the function for this address, 64 bytes. */
export function reportOf(
  output: Uint8Array,
  said: ThresholdSaid,
  { digest, least, group }: Sharing,
): ThresholdReport {
  const derived = (about: string, bytes: number) => derive(output, `${digest}\n${about}`, bytes)
  const coefficients = Array.from({ length: least }, (_, at) =>
    wide(derived(`coefficient ${at} of ${least}`, 64)),
  )
  const [secret = 0n] = coefficients
  const tag = derived('tag', TAG_BYTES).toString('hex')
  return {
    tag,
    share: hexOf(evaluateAt(coefficients, placeOf(group))),
    commitment: commitmentOf(secret),
    sealed: seal(said, { secret, tag, group }),
  }
}

const wide = (bytes: Uint8Array): bigint => numberOf(bytes) % ORDER

function derive(key: Uint8Array, about: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha512', key, 'vigie threshold 1', about, bytes))
}

/** Where a group's share lies; never 0, where the secret lies. */
export function placeOf(group: string): bigint {
  const digest = createHash('sha512').update(`vigie threshold 1 place\n${group}`).digest()
  return 1n + (numberOf(digest) % (ORDER - 1n))
}

/** Tells a right secret from a wrong one, and nothing else. */
export function commitmentOf(secret: bigint): string {
  return derive(Buffer.from(hexOf(secret), 'hex'), 'commitment', TAG_BYTES).toString('hex')
}

const keyOf = (secret: bigint) => derive(Buffer.from(hexOf(secret), 'hex'), 'seal', 32)

type Sealing = { readonly secret: bigint; readonly tag: string; readonly group: string }
const aboutOf = ({ tag, group }: Omit<Sealing, 'secret'>) => Buffer.from(`${tag}\n${group}`, 'utf8')

/** Members seal under one key, each with a nonce by chance. */
function seal(said: ThresholdSaid, { secret, ...about }: Sealing): string {
  const plain = Buffer.from(JSON.stringify(said), 'utf8')
  if (plain.length > PLAIN_BYTES) throw new RangeError(`${plain.length} bytes`)
  const padded = Buffer.alloc(PLAIN_BYTES, ' ')
  plain.copy(padded)
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv)
  cipher.setAAD(aboutOf(about))
  const sealed = [iv, cipher.update(padded), cipher.final(), cipher.getAuthTag()]
  return Buffer.concat(sealed).toString('base64')
}

/** Undefined where the secret is not that of the report, or what it says is not what a report says. */
export function openSealed(
  sealed: string,
  { secret, ...about }: Sealing,
): ThresholdSaid | undefined {
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length !== IV_BYTES + PLAIN_BYTES + SEAL_BYTES) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, IV_BYTES))
    decipher.setAAD(aboutOf(about))
    decipher.setAuthTag(bytes.subarray(-SEAL_BYTES))
    const within = bytes.subarray(IV_BYTES, -SEAL_BYTES)
    const plain = Buffer.concat([decipher.update(within), decipher.final()]).toString('utf8')
    const said: unknown = JSON.parse(plain)
    return ThresholdSaidSchema.safeParse(said).data
  } catch {
    return undefined
  }
}
