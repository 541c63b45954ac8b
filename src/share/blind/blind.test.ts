import { expect, test } from 'vitest'
import { evaluateBlinded, newEpochKey, publishTags } from './epoch.ts'
import { blindBatch, matchTags, openAnswer } from './member.ts'
import { blindInput } from './values.ts'

const KEY = newEpochKey()
const PUBLISHED = publishTags(KEY, [
  { kind: 'address', value: '198.51.100.3', record: 'TLP:AMBER call us' },
  { kind: 'domain', value: 'bad.example', record: 'proxy' },
])
const BUDGET = { spent: 0, most: 1000 }

test('a member learns of its own values which are in the list, and what to do; and nothing else', () => {
  const batch = blindBatch([
    { kind: 'address', value: '::ffff:198.51.100.3' },
    { kind: 'domain', value: 'Bad.Example.' },
    { kind: 'domain', value: 'good.example' },
  ])
  const answer = evaluateBlinded(KEY, batch.blinded, BUDGET)
  if (!answer.ok) throw new Error(answer.problem)
  const tagged = openAnswer(batch, answer.value, KEY.publicKey)
  if (!tagged.ok) throw new Error(tagged.problem)
  expect(matchTags(tagged.value, PUBLISHED).map(({ of, record }) => [of.value, record])).toEqual([
    ['::ffff:198.51.100.3', 'TLP:AMBER call us'],
    ['Bad.Example.', 'proxy'],
  ])
})

test('the list says neither how many there are nor what they are', () => {
  expect(PUBLISHED).toHaveLength(1024)
  expect(new Set(PUBLISHED.map(({ record }) => record.length)).size).toBe(1)
  expect(JSON.stringify(PUBLISHED)).not.toContain(Buffer.from('call us').toString('base64'))
})

test('what the hub sees of one value is never the same twice', () => {
  const one = () =>
    Buffer.from(blindBatch([{ kind: 'address', value: '192.0.2.1' }]).blinded[0] ?? []).toString(
      'hex',
    )
  expect(one()).not.toBe(one())
})

test('an answer by another key, with another’s proof, or of another length is refused', () => {
  const batch = blindBatch([
    { kind: 'address', value: '192.0.2.1' },
    { kind: 'address', value: '192.0.2.2' },
  ])
  const other = newEpochKey()
  const right = evaluateBlinded(KEY, batch.blinded, BUDGET)
  const wrong = evaluateBlinded(other, batch.blinded, BUDGET)
  if (!right.ok || !wrong.ok) throw new Error('not evaluated')
  expect(openAnswer(batch, wrong.value, KEY.publicKey)).toEqual({
    ok: false,
    problem: 'not the pinned key',
  })
  expect(openAnswer(batch, { ...wrong.value, proof: right.value.proof }, KEY.publicKey).ok).toBe(
    false,
  )
  expect(
    openAnswer(
      batch,
      { ...right.value, evaluated: right.value.evaluated.toReversed() },
      KEY.publicKey,
    ).ok,
  ).toBe(false)
  expect(openAnswer(batch, { ...right.value, evaluated: [] }, KEY.publicKey)).toEqual({
    ok: false,
    problem: 'another number of answers',
  })
})

test.each([
  ['budget spent', blindBatch([{ kind: 'hash', value: 'a' }]).blinded, { spent: 10, most: 10 }],
  ['too many at once', [], BUDGET],
  [
    'too many at once',
    Array.from({ length: 1001 }, () => new Uint8Array(32)),
    { spent: 0, most: 10_000 },
  ],
  ['not a blinded value', [new Uint8Array(31)], BUDGET],
  ['not a blinded value', [new Uint8Array(32)], BUDGET],
  ['not a blinded value', [new Uint8Array(32).fill(255)], BUDGET],
])('a hub refuses: %s', (problem, blinded, budget) => {
  expect(evaluateBlinded(KEY, blinded, budget)).toEqual({ ok: false, problem })
})

test('values of one spelling for each kind', () => {
  expect(blindInput({ kind: 'address', value: '192.0.2.1' })).toEqual(
    blindInput({ kind: 'address', value: '::FFFF:192.0.2.1' }),
  )
  expect(blindInput({ kind: 'url', value: 'http://A/' })).not.toEqual(
    blindInput({ kind: 'url', value: 'http://a/' }),
  )
  expect(blindInput({ kind: 'hash', value: 'AB' })).not.toEqual(
    blindInput({ kind: 'domain', value: 'ab' }),
  )
})
