import { describe, expect, test } from 'vitest'
import { readItem } from './modifiers.ts'
import { checkRegex } from './regex-subset.ts'
import type { Item } from './rule.ts'
import { parseText, showText } from './sigma-text.ts'
import { textLike, textRegex } from './text-sql.ts'
import type { ScalarTree } from './tree.ts'

function scalar(value: string | number | boolean | null): ScalarTree {
  return { kind: 'scalar', value, text: String(value ?? ''), at: { line: 1, column: 1 } }
}

function item(key: string, values: readonly (string | number | boolean | null)[]): Item | string {
  const [field = '', ...modifiers] = key.split('|')
  const read = readItem({
    field,
    modifiers,
    values: values.map(scalar),
    listed: true,
    placeholders: new Map([['admins', ['root', 'ad*']]]),
  })
  return read.ok ? read.value : read.problem
}

function shown(
  key: string,
  ...values: readonly (string | number | boolean | null)[]
): readonly string[] {
  const read = item(key, values)
  if (typeof read === 'string') return [`refused: ${read}`]
  return read.tests.map((one) => (one.kind === 'text' ? showText(one.text) : JSON.stringify(one)))
}

describe('escapes', () => {
  test.each([
    [String.raw`a\b`, ['a\\b']],
    [String.raw`a\\b`, ['a\\b']],
    [String.raw`a\*b`, ['a*b']],
    [String.raw`a\?b`, ['a?b']],
    [String.raw`a\\*b`, ['a\\', '*', 'b']],
    [String.raw`a\\\*b`, ['a\\*b']],
    [String.raw`a\\\\b`, ['a\\\\b']],
    [String.raw`a\\\b`, ['a\\\\b']],
    ['a*b?', ['a', '*', 'b', '?']],
    ['a\\', ['a\\']],
    ['', []],
  ])('reads %s', (source, expected) => {
    const tokens = parseText(source).map((token) =>
      token.kind === 'literal' ? token.text : { any: '*', one: '?', dash: '-' }[token.kind],
    )
    expect(tokens).toEqual(expected)
  })

  test.each([
    ['a.b', String.raw`(?is)\Aa\.b\z`, 'a.b'],
    ['*a%_b', String.raw`(?is)a%_b\z`, String.raw`%a\%\_b`],
    ['a b?*', String.raw`(?is)\Aa\x20b.`, 'a b_%'],
    ['*', '(?is)', '%'],
  ])('writes %s for both engines', (source, regex, like) => {
    expect(textRegex(parseText(source), false)).toBe(regex)
    expect(textLike(parseText(source))).toBe(like)
  })
})

describe('modifiers', () => {
  test('wraps', () => {
    expect(shown('F|contains', 'x')).toEqual(['*x*'])
    expect(shown('F|startswith', 'x')).toEqual(['x*'])
    expect(shown('F|endswith', 'x')).toEqual(['*x'])
    expect(shown('F|contains', '*x*')).toEqual(['*x*'])
  })

  test('an empty value under a wrap is left out of a list and refused alone', () => {
    expect(shown('F|contains', 'x', '')).toEqual(['*x*'])
    expect(shown('F|contains', '')[0]).toContain('match everything')
  })

  test('windash takes every dash that opens an option', () => {
    const read = item('F|contains|windash', ['cmd -a /b x-y'])
    const kinds =
      typeof read === 'object' && read.tests[0]?.kind === 'text'
        ? read.tests[0].text.map(({ kind }) => kind)
        : []
    expect(kinds).toEqual(['any', 'literal', 'dash', 'literal', 'dash', 'literal', 'any'])
  })

  test('base64 and its offsets', () => {
    expect(shown('F|base64|contains', 'foobar')).toEqual(['*Zm9vYmFy*'])
    expect(shown('F|base64offset|contains', 'foobar')).toEqual([
      '*Zm9vYmFy*',
      '*Zvb2Jhc*',
      '*mb29iYX*',
    ])
    // Lengths are of bytes, so é counts twice.
    expect(shown('F|base64offset', 'é')).toEqual([0, 1, 2].map((offset) => offsetForm('é', offset)))
    expect(shown('F|base64', 'a*b')[0]).toContain('wildcards')
  })

  test('every offset is found in every alignment', () => {
    for (const value of ['x', 'ab', 'abc', 'Grüße', 'http://example.test/']) {
      const forms = shown('F|base64offset', value)
      for (let before = 0; before < 6; before += 1) {
        const whole = Buffer.from(`${'#'.repeat(before)}${value}${'~'.repeat(5)}`).toString(
          'base64',
        )
        expect(forms.some((form) => whole.includes(form))).toBe(true)
      }
    }
  })

  test('utf16 in its three forms', () => {
    expect(shown('F|wide|base64', 'ab')).toEqual([Buffer.from('ab', 'utf16le').toString('base64')])
    expect(shown('F|utf16le|base64', 'ab')).toEqual(shown('F|wide|base64', 'ab'))
    expect(shown('F|utf16be|base64', 'ab')).toEqual([
      Buffer.from([0, 97, 0, 98]).toString('base64'),
    ])
    expect(shown('F|utf16|base64', 'ab')).toEqual([
      Buffer.from([255, 254, 97, 0, 98, 0]).toString('base64'),
    ])
  })

  test('placeholders are resolved or refused', () => {
    expect(shown('F|expand', 'x%admins%')).toEqual(['xroot', 'xad*'])
    expect(shown('F|contains|expand', '%admins%')).toEqual(['*root*', '*ad*'])
    expect(shown('F|expand', String.raw`100\%`)).toEqual(['100%'])
    expect(shown('F|expand', '%unknown%')[0]).toContain('has no values')
  })

  test.each([
    ['F|cidr', '10.0.0.0/8', '"network":"10.0.0.0/8","family":4'],
    ['F|cidr', '2001:db8::/32', '"family":6'],
    ['F|exists', true, '"expected":true'],
    ['F|fieldref', 'G', '"other":"G","match":"equals"'],
    ['F|fieldref|startswith', 'G', '"match":"startswith"'],
    ['F|contains|fieldref', 'G', '"match":"contains"'],
    ['F|gte', 5, '"comparison":"gte","number":5'],
    ['F|hour|gt', '18', '"comparison":"gt","number":18,"part":"hour"'],
    ['F|minute', 3, '"comparison":"eq","number":3,"part":"minute"'],
    ['F', null, '"kind":"null"'],
  ])('%s of %s', (key, value, expected) => {
    expect(shown(key, value)[0]).toContain(expected)
  })

  test.each([
    ['F|upper', 'x', 'not known'],
    ['F|all', 'x', 'at least two'],
    ['F|cidr', '10.0.0.0/33', 'no network'],
    ['F|cidr', 'host', 'no network'],
    ['F|gt', 'many', 'no number'],
    ['F|exists', 'yes', 'true or false'],
    ['F|i', 'x', 'belongs to “re”'],
    ['F|contains|re', 'x', 'first modifier'],
    ['F|contains', null, 'null takes no modifier'],
    ['|exists', true, 'needs a field'],
  ])('refuses %s of %s', (key, value, expected) => {
    expect(shown(key, value)[0]).toContain(expected)
  })

  test('numbers keep their text', () => {
    expect(shown('EventID', 4624)).toEqual(['4624'])
  })
})

function offsetForm(value: string, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset, 32), Buffer.from(value)]).toString('base64')
  const end = [undefined, -3, -2][(Buffer.byteLength(value) + offset) % 3]
  return encoded.slice([0, 2, 3][offset], end)
}

describe('regular expressions', () => {
  const none = { i: false, m: false, s: false }

  test.each([
    ['abc$', String.raw`(?-s:abc\z)`],
    [String.raw`a\$`, String.raw`(?-s:a\$)`],
    ['[a$]', '(?-s:[a$])'],
    [String.raw`\/x`, '(?-s:/x)'],
    ['(?i)x', '(?-s:(?i)x)'],
    ['a{2,5}?', '(?-s:a{2,5}?)'],
    ['{', '(?-s:{)'],
  ])('%s runs as %s', (source, regex) => {
    const checked = checkRegex(source, none)
    expect(checked.ok && checked.value.regex).toBe(regex)
  })

  test.each([
    ['(?=a)', 'looks around'],
    ['(?<!a)b', 'looks around'],
    ['(?>a)', 'atomic'],
    ['a++', 'possessive'],
    [String.raw`(a)\1`, 'refers back'],
    [String.raw`\p{L}`, 'subset'],
    ['a{1001}', '1000'],
    ['(a{100}){100}', '1000'],
    ['(a', 'never closed'],
    ['a)', 'closes nothing'],
    ['[a', 'never closed'],
    ['*a', 'repeats nothing'],
    ['a{5,2}', 'ends before'],
    ['(?R)', 'not known'],
    ['\\', 'lone backslash'],
    ['a'.repeat(9000), 'at most'],
    ['('.repeat(100) + ')'.repeat(100), 'deeper'],
  ])('refuses %s', (source, reason) => {
    const checked = checkRegex(source, none)
    expect(checked.ok ? '' : checked.problem).toContain(reason)
  })

  test('tells what may match nothing and what is heavy', () => {
    const cost = (source: string) => {
      const checked = checkRegex(source, none)
      return checked.ok ? [checked.value.nullable, checked.value.heavy] : []
    }
    expect(cost('a*')).toEqual([true, false])
    expect(cost('a|b*')).toEqual([true, false])
    expect(cost('a+')).toEqual([false, false])
    expect(cost('.{900}')).toEqual([false, true])
  })
})
