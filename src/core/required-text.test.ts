import { expect, test } from 'vitest'
import { requiredText } from './required-text.ts'

test.each([
  ['plain text', ['plain text']],
  [String.raw`\bdate=\d{4}`, ['date=']],
  [String.raw`a\.b\[c`, ['a.b[c']],
  ['short.*the longest of them', ['the longest of them']],
  ['(?:one|three)', ['one', 'three']],
  ['(?:one|[xy])z', ['z']],
  ['abcd?efg', ['abc', 'efg']],
  ['ab+cd', ['ab']],
  ['(?:word)?xy', ['xy']],
  ['(?:word)+xy', ['word']],
  ['word{0,3}', ['wor']],
  ['word{2}', ['word']],
  ['[^"]*"name": ?"', ['"name":']],
  ['[]a]bcd', ['bcd']],
  [String.raw`[\]a]bcd`, ['bcd']],
  ['[[:alpha:]]bcd', ['bcd']],
  [String.raw`\x41bcd\x{1F600}ef`, ['bcd']],
  [String.raw`\pLbcd\p{Lu}e`, ['bcd']],
  ['first|second', ['first', 'second']],
  ['(?<name>inside)', ['inside']],
])('%s requires %j', (pattern, texts) => {
  const found = requiredText(pattern)
  // Of two runs of one length either will do.
  expect(found).toEqual(pattern === 'abcd?efg' ? [expect.stringMatching(/^(?:abc|efg)$/)] : texts)
})

test.each([['first|[xy]'], ['(?i)tête'], ['(?i:x|[yz])'], [String.raw`\d+`], [''], ['a|']])(
  '%s requires nothing',
  (pattern) => {
    expect(requiredText(pattern)).toBeUndefined()
  },
)

test.each([
  ['(?i)Any Case', [{ anyCase: 'any case' }]],
  ['(?i:Any|Case)', [{ anyCase: 'any' }, { anyCase: 'case' }]],
  ['"(?i:Name)": ?x', [{ anyCase: 'name' }]],
  ['"(?i:Id)": of the longest', ['": of the longest']],
  ['(?i)a name(?-i:AND THIS)', ['AND THIS']],
  ['first|(?i)Second|Third', ['first', { anyCase: 'second' }, { anyCase: 'third' }]],
  ['((?i)Inside)after it', ['after it']],
  ['(?s)With.*', ['With']],
])('%s requires %j, in any case where it says so', (pattern, texts) => {
  expect(requiredText(pattern)).toEqual(texts)
})

test.each([['a)b'], ['(a'], ['[a'], ['a\\'], ['(?'], ['a{2'], ['(?=look)ahead'], ['*']])(
  '%j is no pattern, and does no harm',
  (pattern) => {
    expect(() => requiredText(pattern)).not.toThrow()
  },
)

// What is promised must hold: random patterns, and texts made from them, judged by the regular expressions of JavaScript.
test('a text without what is required is never matched', () => {
  const pieces = [
    'ab',
    'c',
    '.',
    '.*',
    'd?',
    'e+',
    '[fg]',
    '(?:hi|j)',
    '(?:k|)',
    String.raw`\.`,
    '(?i:lm)',
  ]
  const samples = ['ab', 'c', 'x', '', 'd', 'e', 'ee', 'f', 'hi', 'j', 'k', '.', 'lm', 'Lm', 'LM']
  let seed = 7
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const some = (length: number, from: readonly string[]) =>
    Array.from({ length }, () => from[next(from.length)] ?? '').join('')
  let judged = 0
  for (let times = 0; times < 20_000; times += 1) {
    const pattern = some(1 + next(3), pieces)
    const required = requiredText(pattern)
    const text = some(1 + next(6), samples)
    if (required === undefined || !new RegExp(pattern, 's').test(text)) continue
    judged += 1
    expect(
      required.some((word) =>
        typeof word === 'string' ? text.includes(word) : text.toLowerCase().includes(word.anyCase),
      ),
    ).toBe(true)
  }
  expect(judged).toBeGreaterThan(1000)
})
