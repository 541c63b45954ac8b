import { expect, test } from 'vitest'
import { decimal, sizeText, spanText } from './quantity.ts'

test.each([
  [0, '0 B', '0 o'],
  [999, '999 B', '999 o'],
  [609_900, '609.9 kB', '609,9 ko'],
  [2_000_000_000, '2.0 GB', '2,0 Go'],
  [5e18, '5,000,000.0 TB', '5\u00a0000\u00a0000,0 To'],
])('%i bytes', (bytes, english, french) => {
  expect(sizeText('en', bytes)).toBe(english)
  expect(sizeText('fr', bytes)).toBe(french)
})

test.each([
  [4.24, '4.2 s', '4,2 s'],
  [14.4, '14 s', '14 s'],
  [250, '4 min 10 s', '4 min 10 s'],
])('%d seconds', (seconds, english, french) => {
  expect(spanText('en', seconds)).toBe(english)
  expect(spanText('fr', seconds)).toBe(french)
})

test('a number with its decimals', () => {
  expect(decimal('fr', 14.44)).toBe('14,4')
})
