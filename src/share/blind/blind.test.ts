import { ristretto255_oprf as noble } from '@noble/curves/ed25519.js'
import { beforeAll, expect, test } from 'vitest'
import { openRecord, filledUp, recordBytes, sealRecord, tagOf } from './tags.ts'
import { inputOf } from './values.ts'
import {
  blindInput,
  evaluateBatch,
  evaluateInput,
  finalizeBatch,
  newKeyPair,
  readyVoprf,
} from './voprf.ts'
import type { KeyPair } from './voprf.ts'

let [key, other]: KeyPair[] = []
beforeAll(async () => {
  await readyVoprf()
  ;[key, other] = [newKeyPair(), newKeyPair()]
})
const pair = (one: KeyPair | undefined): KeyPair => {
  if (one === undefined) throw new Error('not prepared')
  return one
}

const INPUTS = ['198.51.100.3', '198.51.100.4', '198.51.100.5'].map((value) =>
  inputOf({ kind: 'address', value }),
)
const askedOf = (inputs: readonly Uint8Array[]) =>
  inputs.map((input) => ({ input, ...blindInput(input) }))
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

test('what a member gets is what whoever holds the key gets, and what @noble/curves gets, in both directions', () => {
  const { secretKey, publicKey } = pair(key)
  const asked = askedOf(INPUTS)
  const blinded = asked.map((one) => one.blinded)
  const own = finalizeBatch(asked, evaluateBatch(pair(key), blinded), publicKey)?.map(hex)
  expect(own).toEqual(INPUTS.map((input) => hex(evaluateInput(secretKey, input))))
  const theirs = noble.voprf.blindEvaluateBatch(secretKey, publicKey, blinded)
  expect(finalizeBatch(asked, theirs, publicKey)?.map(hex)).toEqual(own)
  const { evaluated, proof } = evaluateBatch(pair(key), blinded)
  const items = asked.map((one, at) => ({ ...one, evaluated: evaluated[at] ?? one.input }))
  expect(noble.voprf.finalizeBatch(items, publicKey, proof).map(hex)).toEqual(own)
})

test('what the hub sees of one value is never the same twice', () => {
  const one = () => hex(blindInput(INPUTS[0] ?? new Uint8Array()).blinded)
  expect(one()).not.toBe(one())
})

test('an answer by another key, with another’s proof, in another order or of another length is refused', () => {
  const { publicKey } = pair(key)
  const asked = askedOf(INPUTS)
  const blinded = asked.map((one) => one.blinded)
  const right = evaluateBatch(pair(key), blinded)
  const wrong = evaluateBatch(pair(other), blinded)
  const largest = Buffer.from(right.proof).fill(255, 32)
  for (const answer of [
    wrong,
    { ...wrong, proof: right.proof },
    { ...right, proof: wrong.proof },
    { ...right, proof: largest },
    { ...right, proof: right.proof.subarray(1) },
    { ...right, evaluated: right.evaluated.toReversed() },
    { ...right, evaluated: right.evaluated.slice(1) },
  ])
    expect(finalizeBatch(asked, answer, publicKey)).toBeUndefined()
})

test.each([
  ['nothing', 0, 32],
  ['another length', 1, 31],
  ['the identity', 0, 32],
])('a hub does not evaluate what is no element: %s', (name, fill, length) => {
  const elements = name === 'nothing' ? [] : [new Uint8Array(length).fill(fill)]
  expect(() => evaluateBatch(pair(key), elements)).toThrow()
})

test('values of one spelling for each kind', () => {
  const of = (kind: 'address' | 'domain' | 'hash', value: string) => hex(inputOf({ kind, value }))
  expect(of('address', '192.0.2.1')).toBe(of('address', '::FFFF:192.0.2.1'))
  expect(of('domain', 'Bad.Example.')).toBe(of('domain', 'bad.example'))
  expect(of('hash', 'AB')).not.toBe(of('domain', 'ab'))
})

const RECORD = {
  id: 'indicator--00000000-0000-4000-8000-000000000001',
  note: 'call us',
  marking: 'amber',
} as const

test('a record opens for whoever holds the value, and says nothing by its length', () => {
  const { recordKey } = tagOf(evaluateInput(pair(key).secretKey, INPUTS[0] ?? new Uint8Array()))
  const wrong = tagOf(evaluateInput(pair(key).secretKey, INPUTS[1] ?? new Uint8Array())).recordKey
  const sealed = sealRecord(RECORD, recordKey)
  expect(openRecord(sealed, recordKey)).toEqual(RECORD)
  expect(openRecord(sealed, wrong)).toBeUndefined()
  expect(openRecord(sealed, '')).toBeUndefined()
  expect(sealRecord({ ...RECORD, note: '' }, recordKey)).toHaveLength(sealed.length)
  const long = { ...RECORD, note: 'é'.repeat(300) }
  expect(recordBytes(long)).toBeGreaterThan(510)
  expect(() => sealRecord(long, recordKey)).toThrow(RangeError)
})

test('the list is as long as the next step, in no order, with padding that stays the same within an epoch', () => {
  const own = [{ tag: '8'.repeat(32), record: sealRecord(RECORD, 'ab'.repeat(32)) }]
  const list = (epoch: number, secret = 's') => filledUp(own, { secret, epoch })
  const tags = list(1).map(({ tag }) => tag)
  expect(tags).toHaveLength(1024)
  expect(tags).toEqual(tags.toSorted())
  expect(tags).toContain(own[0]?.tag)
  expect(new Set(list(1).map(({ record }) => record.length)).size).toBe(1)
  expect(list(1)).toEqual(list(1))
  const shared = (some: typeof tags) => some.filter((tag) => tags.includes(tag))
  expect(shared(list(2).map(({ tag }) => tag))).toEqual([own[0]?.tag])
  expect(shared(list(1, 't').map(({ tag }) => tag))).toEqual([own[0]?.tag])
  expect(filledUp([], { secret: 's', epoch: 1 })).toHaveLength(1024)
})
