import { expect, test } from 'vitest'
import { chipsOf, invertedChip, quoted, withCondition, withoutChip } from './query-chips.ts'

const shape = (query: string): unknown[] =>
  chipsOf(query).map(({ kind, field, value, isExcluded }) => [kind, field, value, isExcluded])

test.each([
  ['', []],
  ['  ', []],
  ['src_ip:10.0.0.1', [['field', 'src_ip', '10.0.0.1', false]]],
  ['-action:deny', [['field', 'action', 'deny', true]]],
  ['src_ip:2001:db8::1', [['field', 'src_ip', '2001:db8::1', false]]],
  ['proc_cmd:"net user \\"bob\\""', [['field', 'proc_cmd', 'net user "bob"', false]]],
  ['mimikatz', [['words', '', 'mimikatz', false]]],
  [
    '"two words" -"not these"',
    [
      ['words', '', 'two words', false],
      ['words', '', 'not these', true],
    ],
  ],
  ['a:"unclosed quote', [['field', 'a', 'unclosed quote', false]]],
  ['a:1 OR b:2', [['expression', '', 'a:1 OR b:2', false]]],
  ['(a:1 b:2) c:3', [['expression', '', '(a:1 b:2) c:3', false]]],
])('%s', (query, chips) => {
  expect(shape(query)).toEqual(chips)
})

test.each(['C:\\Windows\\a b.exe', 'say "hi"', 'é à', 'OR', '*', '(x)', '', '-v'])(
  'the value %j comes back as it was',
  (value) => {
    expect(chipsOf(`f:${quoted(value)}`)[0]?.value).toBe(value)
  },
)

test('including what is excluded turns the condition around', () => {
  expect(withCondition('a:1 -b:2', 'b', '2')).toBe('a:1 b:2')
})

test('a condition on an expression keeps the expression whole', () => {
  expect(withCondition('a:1 OR b:2', 'c', '3', true)).toBe('(a:1 OR b:2) -c:3')
})

test('a chip can be removed and turned around', () => {
  expect(withoutChip('a:1 b:"x y" c:3', 1)).toBe('a:1 c:3')
  expect(invertedChip('a:1 -b:2', 0)).toBe('-a:1 -b:2')
  expect(invertedChip('a:1 -b:2', 1)).toBe('a:1 b:2')
})
