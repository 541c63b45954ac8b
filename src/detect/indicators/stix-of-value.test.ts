import { expect, test } from 'vitest'
import { INDICATOR_KINDS } from '../../model/index.ts'
import { normalise } from './normalise.ts'
import { patternOfValue } from './stix-of-value.ts'
import { readPattern } from './stix-pattern.ts'

test.each([
  '45.9.148.7',
  '2a0e:b107::66',
  '91.92.0.0/16',
  '2a0e:b107::/40',
  'evil.example',
  "bad.example/a'b?c=1",
  'a'.repeat(32),
  'b'.repeat(40),
  'c'.repeat(64),
  'thief@mail.example',
])('the pattern of %s is read as the same value', (value) => {
  const read = normalise(value)
  if (!read.ok) throw new Error(read.reason)
  const [compared] = readPattern(patternOfValue(read.kind, read.key) ?? '') ?? []
  expect(compared).toBeDefined()
  const again = normalise(compared?.value ?? '', compared?.kind)
  expect(again).toEqual(read)
})

test('quotes and backslashes come through, and what STIX has no path for has no pattern', () => {
  const key = String.raw`hklm\software\it's`
  expect(readPattern(patternOfValue('registry_key', key) ?? '')).toEqual([
    { kind: 'registry_key', value: key },
  ])
  const without = INDICATOR_KINDS.filter((kind) => patternOfValue(kind, 'x') === undefined)
  // A hash of no known length has none either.
  expect(without).toEqual(['hash', 'fingerprint'])
})
