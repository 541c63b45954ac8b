import { expect, test } from 'vitest'
import { markedParts } from './marked-parts.ts'

const shown = (text: string, ...values: string[]): string =>
  markedParts(text, values)
    .map(({ part, isMarked }) => (isMarked ? `[${part}]` : part))
    .join('')

test.each([
  ['user Bob came', ['bob'], 'user [Bob] came'],
  ['a.b a.b', ['a.b'], '[a.b] [a.b]'],
  ['axb', ['a.b'], 'axb'],
  ['abcd', ['ab', 'abc'], '[abc]d'],
  ['x', ['x'], 'x'],
  ['', ['ab'], ''],
])('%j with %j', (text, values, result) => {
  expect(shown(text, ...values)).toBe(result)
})
