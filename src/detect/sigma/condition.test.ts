import { describe, expect, test } from 'vitest'
import { parseCondition } from './condition.ts'
import type { Condition } from './condition.ts'

const NAMES = ['a', 'b', 'c', 'filter_x', 'filter_y', '_hidden']

function show(condition: Condition): string {
  if (condition.kind === 'selection') return condition.name
  if (condition.kind === 'not') return `!${show(condition.item)}`
  return `(${condition.items.map(show).join(condition.kind === 'and' ? '&' : '|')})`
}

function read(text: string): string {
  const parsed = parseCondition(text, NAMES)
  return parsed.ok ? show(parsed.value) : `refused: ${parsed.problem}`
}

describe('conditions', () => {
  test.each([
    ['a', 'a'],
    ['a or b and c', '(a|(b&c))'],
    ['(a or b) and c', '((a|b)&c)'],
    ['not a and b', '(!a&b)'],
    ['not not a', '!!a'],
    ['not 1 of filter_* and a', '(!(filter_x|filter_y)&a)'],
    ['a AND NOT b OR c', '((a&!b)|c)'],
    ['1 of them', '(a|b|c|filter_x|filter_y)'],
    ['any of filter_*', '(filter_x|filter_y)'],
    ['all of them', '(a&b&c&filter_x&filter_y)'],
    ['1 of _*', '_hidden'],
    ['1 of *_x', 'filter_x'],
    ['all of f*_*', '(filter_x&filter_y)'],
    ['2 of filter_*', '(filter_x&filter_y)'],
    ['a and _hidden', '(a&_hidden)'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  test.each([
    ['d', 'does not define'],
    ['1 of d*', 'matches no selection'],
    ['a b', '“b” stands where'],
    ['(a', 'never closed'],
    ['a and', 'ends too early'],
    ['', 'ends too early'],
    ['a %', 'no meaning'],
    ['a | count() by x > 3', 'correlation rule'],
    ['a | near b', 'near'],
    ['3 of filter_*', 'more selections'],
  ])('refuses %s', (text, expected) => {
    expect(read(text)).toContain(expected)
  })

  test('refuses what nests too deeply or is too long', () => {
    expect(read(`${'('.repeat(80)}a${')'.repeat(80)}`)).toContain('deeper')
    expect(read(`a${' or a'.repeat(5000)}`)).toContain('at most')
  })

  test('takes no time over a pattern of many stars', () => {
    const names = ['a'.repeat(200)]
    expect(parseCondition(`1 of ${'a*'.repeat(1000)}b`, names).ok).toBe(false)
  })
})
