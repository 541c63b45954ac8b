// The vectors of RFC 9497: of the library in all suites and modes, and of what matches blindly here in the one that it is.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decaf448_oprf } from '@noble/curves/ed448.js'
import { ristretto255_oprf } from '@noble/curves/ed25519.js'
import { p256_oprf, p384_oprf, p521_oprf } from '@noble/curves/nist.js'
import { describe, expect, test } from 'vitest'
import { blindInput, evaluateBatch, finalizeBatch, readyVoprf } from './voprf.ts'

const VECTORS = join(import.meta.dirname, '../../../../shared/data/sharing/rfc9497_allVectors.json')
const SUITES = {
  'ristretto255-SHA512': { suite: ristretto255_oprf, isLittle: true },
  'decaf448-SHAKE256': { suite: decaf448_oprf, isLittle: true },
  'P256-SHA256': { suite: p256_oprf, isLittle: false },
  'P384-SHA384': { suite: p384_oprf, isLittle: false },
  'P521-SHA512': { suite: p521_oprf, isLittle: false },
} as const

type Vector = {
  Blind: string
  BlindedElement: string
  EvaluationElement: string
  Input: string
  Output: string
  Info?: string
  Proof?: { proof: string; r: string }
}
type VectorSet = {
  identifier: keyof typeof SUITES
  mode: number
  seed: string
  keyInfo: string
  vectors: Vector[]
}
type Outcome = {
  blinded: Uint8Array[]
  evaluated: Uint8Array[]
  outputs: Uint8Array[]
  proof: Uint8Array
}

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex')

/** Chance that makes the scalar of the vector: the library maps it into 1…n-1. */
function chanceFor(scalar: string, isLittle: boolean) {
  const written = Buffer.from(scalar, 'hex')
  const big = Buffer.from(isLittle ? written.toReversed() : written)
  const less = (BigInt(`0x${big.toString('hex')}`) - 1n).toString(16)
  return (length = 32) => {
    const plain = Buffer.from(less.padStart(length * 2, '0'), 'hex')
    return new Uint8Array(isLittle ? plain.toReversed() : plain)
  }
}

function outcomeOf({ identifier, mode, seed, keyInfo }: VectorSet, vector: Vector): Outcome {
  const { suite, isLittle } = SUITES[identifier]
  const inputs = vector.Input.split(',').map(bytes)
  const chances = vector.Blind.split(',').map((scalar) => chanceFor(scalar, isLittle))
  const proofChance = chanceFor(vector.Proof?.r ?? '02', isLittle)
  const chanceAt = (at: number) => chances[at] ?? proofChance
  const item = (
    input: Uint8Array,
    blind: Uint8Array,
    [blinded, evaluated]: [Uint8Array, Uint8Array],
  ) => ({ input, blind, blinded, evaluated })
  if (mode === 0) {
    const keys = suite.oprf.deriveKeyPair(bytes(seed), bytes(keyInfo))
    const blinds = inputs.map((input, at) => suite.oprf.blind(input, chanceAt(at)))
    const evaluated = blinds.map(({ blinded }) => suite.oprf.blindEvaluate(keys.secretKey, blinded))
    const outputs = inputs.map((input, at) =>
      suite.oprf.finalize(input, blinds[at]?.blind ?? input, evaluated[at] ?? input),
    )
    return {
      blinded: blinds.map(({ blinded }) => blinded),
      evaluated,
      outputs,
      proof: new Uint8Array(),
    }
  }
  if (mode === 1) {
    const keys = suite.voprf.deriveKeyPair(bytes(seed), bytes(keyInfo))
    const blinds = inputs.map((input, at) => suite.voprf.blind(input, chanceAt(at)))
    const blinded = blinds.map((one) => one.blinded)
    const { evaluated, proof } = suite.voprf.blindEvaluateBatch(
      keys.secretKey,
      keys.publicKey,
      blinded,
      proofChance,
    )
    const items = inputs.map((input, at) =>
      item(input, blinds[at]?.blind ?? input, [blinded[at] ?? input, evaluated[at] ?? input]),
    )
    return {
      blinded,
      evaluated,
      outputs: suite.voprf.finalizeBatch(items, keys.publicKey, proof),
      proof,
    }
  }
  const poprf = suite.poprf(bytes(vector.Info ?? ''))
  const keys = poprf.deriveKeyPair(bytes(seed), bytes(keyInfo))
  const blinds = inputs.map((input, at) => poprf.blind(input, keys.publicKey, chanceAt(at)))
  const blinded = blinds.map((one) => one.blinded)
  const { evaluated, proof } = poprf.blindEvaluateBatch(keys.secretKey, blinded, proofChance)
  const items = inputs.map((input, at) =>
    item(input, blinds[at]?.blind ?? input, [blinded[at] ?? input, evaluated[at] ?? input]),
  )
  const [first] = blinds
  return {
    blinded,
    evaluated,
    outputs: poprf.finalizeBatch(items, proof, first?.tweakedKey ?? keys.publicKey),
    proof,
  }
}

describe.skipIf(!existsSync(VECTORS))('RFC 9497', () => {
  test('every vector of every suite and mode comes out, proofs of batches included', () => {
    const sets = JSON.parse(readFileSync(VECTORS, 'utf8')) as VectorSet[]
    for (const set of sets)
      for (const vector of set.vectors) {
        const { blinded, evaluated, outputs, proof } = outcomeOf(set, vector)
        expect(blinded.map(hex).join()).toBe(vector.BlindedElement)
        expect(evaluated.map(hex).join()).toBe(vector.EvaluationElement)
        expect(outputs.map(hex).join()).toBe(vector.Output)
        if (vector.Proof !== undefined) expect(hex(proof)).toBe(vector.Proof.proof)
      }
    expect(sets.reduce((sum, { vectors }) => sum + vectors.length, 0)).toBe(40)
  })

  test('what matches blindly here gives the same elements, proofs and outputs', async () => {
    await readyVoprf()
    const sets = JSON.parse(readFileSync(VECTORS, 'utf8')) as (VectorSet & {
      skSm: string
      pkSm: string
    })[]
    const own = sets.filter(
      ({ identifier, mode }) => identifier === 'ristretto255-SHA512' && mode === 1,
    )
    for (const { skSm, pkSm, vectors } of own)
      for (const vector of vectors) {
        const blinds = vector.Blind.split(',').map(bytes)
        const asked = vector.Input.split(',').map((input, at) => ({
          input: bytes(input),
          ...blindInput(bytes(input), blinds[at]),
        }))
        const blinded = asked.map((one) => one.blinded)
        const key = { secretKey: bytes(skSm), publicKey: bytes(pkSm) }
        const answer = evaluateBatch(key, blinded, bytes(vector.Proof?.r ?? ''))
        expect(blinded.map(hex).join()).toBe(vector.BlindedElement)
        expect(answer.evaluated.map(hex).join()).toBe(vector.EvaluationElement)
        expect(hex(answer.proof)).toBe(vector.Proof?.proof)
        const outputs = finalizeBatch(asked, answer, key.publicKey) ?? []
        expect(outputs.map(hex).join()).toBe(vector.Output)
      }
    expect(own.flatMap(({ vectors }) => vectors)).toHaveLength(3)
  })
})
