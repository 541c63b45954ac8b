// RFC 9497 in its verifiable mode over ristretto255, for batches. All arithmetic is libsodium's, all hashing to scalars and points
// @noble/curves' and Node's; what stands here is the order in which the RFC puts them together. Held to the RFC's vectors and to
// @noble/curves' own VOPRF, which is ten times slower, in both directions.

import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js'
import type Library from 'libsodium-wrappers-sumo'

export type KeyPair = { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array }
export type Evaluation = { readonly evaluated: readonly Uint8Array[]; readonly proof: Uint8Array }
export type Blinded = { readonly blind: Uint8Array; readonly blinded: Uint8Array }

export const ELEMENT_BYTES = 32
export const SCALAR_BYTES = 32
export const PROOF_BYTES = 2 * SCALAR_BYTES
/** Two bytes hold the place of an element in a batch (section 2.2.1). */
const MOST_IN_PROOF = 0xff_ff

/** Section 3.1: CreateContextString(modeVOPRF, "ristretto255-SHA512"). */
const CONTEXT = Buffer.concat([
  Buffer.from('OPRFV1-'),
  Buffer.of(1),
  Buffer.from('-ristretto255-SHA512'),
])
const TO_GROUP = Buffer.concat([Buffer.from('HashToGroup-'), CONTEXT])
const TO_SCALAR = Buffer.concat([Buffer.from('HashToScalar-'), CONTEXT])
const SEED = Buffer.concat([Buffer.from('Seed-'), CONTEXT])

const sha512 = Object.assign((message: Uint8Array) => hash('sha512', message, 'buffer'), {
  outputLen: 64,
  blockLen: 128,
  canXOF: false,
  create: () => {
    throw new TypeError('hashed in one go')
  },
})

/** Loaded when somebody computes: its WebAssembly takes 17 MiB, and most stations ask nobody blindly. */
let sodium: typeof Library

/** Resolves when the functions below may be called. */
export async function readyVoprf(): Promise<void> {
  const library = await import('libsodium-wrappers-sumo')
  await library.ready
  sodium = library.default
}

export function newKeyPair(): KeyPair {
  const secretKey = randomScalar()
  return { secretKey, publicKey: sodium.crypto_scalarmult_ristretto255_base(secretKey) }
}

/** Section 3.3.1, Blind. `blind` is chance, and given by tests alone. */
export function blindInput(input: Uint8Array, blind = randomScalar()): Blinded {
  return { blind, blinded: sodium.crypto_scalarmult_ristretto255(blind, toGroup(input)) }
}

/** Section 3.3.2, BlindEvaluate of a batch. Throws for what is no element, or the identity. */
export function evaluateBatch(
  { secretKey, publicKey }: KeyPair,
  blinded: readonly Uint8Array[],
  chance = randomScalar(),
): Evaluation {
  bounded(blinded)
  const evaluated = blinded.map((one) => sodium.crypto_scalarmult_ristretto255(secretKey, one))
  const weights = weightsOf(publicKey, blinded, evaluated)
  // ComputeCompositesFast: the key saves the second sum.
  const m = weightedSum(blinded, weights)
  const z = sodium.crypto_scalarmult_ristretto255(secretKey, m)
  const t2 = sodium.crypto_scalarmult_ristretto255_base(chance)
  const t3 = sodium.crypto_scalarmult_ristretto255(chance, m)
  const c = toScalar(transcript([publicKey, m, z, t2, t3], 'Challenge'))
  const ck = sodium.crypto_core_ristretto255_scalar_mul(c, secretKey)
  const s = sodium.crypto_core_ristretto255_scalar_sub(chance, ck)
  return { evaluated, proof: Buffer.concat([c, s]) }
}

export type Asked = Blinded & { readonly input: Uint8Array }

/** Section 3.3.2, Finalize of a batch. Undefined where the proof is not of this key and these elements; throws for what is no element. */
export function finalizeBatch(
  asked: readonly Asked[],
  { evaluated, proof }: Evaluation,
  publicKey: Uint8Array,
): readonly Buffer[] | undefined {
  bounded(asked)
  const blinded = asked.map((one) => one.blinded)
  if (evaluated.length !== asked.length) return undefined
  if (!isProven(publicKey, { blinded, evaluated, proof })) return undefined
  return asked.map(({ input, blind }, at) => {
    const inverse = sodium.crypto_core_ristretto255_scalar_invert(blind)
    return outputOf(
      input,
      sodium.crypto_scalarmult_ristretto255(inverse, evaluated[at] ?? new Uint8Array()),
    )
  })
}

/** Section 3.3.2, Evaluate: what a member gets for the input, for whoever holds the key. */
export function evaluateInput(secretKey: Uint8Array, input: Uint8Array): Buffer {
  return outputOf(input, sodium.crypto_scalarmult_ristretto255(secretKey, toGroup(input)))
}

type Proof = {
  readonly blinded: readonly Uint8Array[]
  readonly evaluated: readonly Uint8Array[]
  readonly proof: Uint8Array
}

/** Section 2.2.2, VerifyProof. */
function isProven(publicKey: Uint8Array, { blinded, evaluated, proof }: Proof): boolean {
  if (proof.length !== PROOF_BYTES) return false
  const [c, s] = [proof.subarray(0, SCALAR_BYTES), proof.subarray(SCALAR_BYTES)]
  if (!isReduced(c) || !isReduced(s)) return false
  const weights = weightsOf(publicKey, blinded, evaluated)
  const m = weightedSum(blinded, weights)
  const z = weightedSum(evaluated, weights)
  const t2 = sum(times(s), times(c, publicKey))
  const t3 = sum(times(s, m), times(c, z))
  return timingSafeEqual(c, toScalar(transcript([publicKey, m, z, t2, t3], 'Challenge')))
}

function isReduced(scalar: Uint8Array): boolean {
  const wide = Buffer.concat([scalar, Buffer.alloc(SCALAR_BYTES)])
  const reduced = sodium.crypto_core_ristretto255_scalar_reduce(wide)
  return scalar.some((byte) => byte !== 0) && timingSafeEqual(scalar, reduced)
}

const times = (scalar: Uint8Array, element?: Uint8Array) =>
  element === undefined
    ? sodium.crypto_scalarmult_ristretto255_base(scalar)
    : sodium.crypto_scalarmult_ristretto255(scalar, element)

const sum = (one: Uint8Array, other: Uint8Array) => sodium.crypto_core_ristretto255_add(one, other)

function weightedSum(elements: readonly Uint8Array[], weights: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(), ...rest] = elements.map((element, at) =>
    times(weights[at] ?? new Uint8Array(), element),
  )
  return rest.reduce(sum, first)
}

/** Section 2.2.1: the weight of each pair hangs on all that the proof is about. */
function weightsOf(
  publicKey: Uint8Array,
  blinded: readonly Uint8Array[],
  evaluated: readonly Uint8Array[],
): readonly Uint8Array[] {
  const seed = sha512(transcript([publicKey, SEED]))
  return blinded.map((element, at) =>
    toScalar(
      Buffer.concat([
        transcript([seed]),
        Buffer.of(at >> 8, at & 0xff),
        transcript([element, evaluated[at] ?? new Uint8Array()], 'Composite'),
      ]),
    ),
  )
}

/** Each part behind its length in two bytes, then the word. */
function transcript(parts: readonly Uint8Array[], word = ''): Buffer {
  const pieces = parts.flatMap((part) => [Buffer.of(part.length >> 8, part.length & 0xff), part])
  return Buffer.concat([...pieces, Buffer.from(word)])
}

function outputOf(input: Uint8Array, element: Uint8Array): Buffer {
  return sha512(transcript([input, element], 'Finalize'))
}

/** Section 2.1, by wide reduction: libsodium's own asks for chance byte by byte, which costs more than a multiplication. */
function randomScalar(): Uint8Array {
  return sodium.crypto_core_ristretto255_scalar_reduce(randomBytes(2 * SCALAR_BYTES))
}

/** RFC 9497 section 4.1, RFC 9496 section 4.3.4. */
function toGroup(input: Uint8Array): Uint8Array {
  return sodium.crypto_core_ristretto255_from_hash(expand_message_xmd(input, TO_GROUP, 64, sha512))
}

function toScalar(message: Uint8Array): Uint8Array {
  const wide = expand_message_xmd(message, TO_SCALAR, 64, sha512)
  return sodium.crypto_core_ristretto255_scalar_reduce(wide)
}

function bounded({ length }: readonly unknown[]): void {
  if (length === 0 || length > MOST_IN_PROOF) throw new RangeError(`${length} elements`)
}
