import { randomInt } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { literalFinder } from './literal-finder.ts'
import { packIndicators, wordFinder } from './token-hash.ts'

const bytesOf = (text: string) => Buffer.from(text, 'utf8')

describe('words of a list', () => {
  const sha = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  const find = wordFinder(
    packIndicators([
      { value: '192.0.2.66', below: false },
      { value: '2001:db8::bad', below: false },
      { value: 'evil.example', below: true },
      { value: 'exact.example', below: false },
      { value: sha, below: false },
    ]),
    true,
  )
  const met = (text: string) => {
    const bytes = bytesOf(text)
    const at = find(bytes, 0, bytes.length)
    return at === undefined ? undefined : bytes.toString('utf8', at.from, at.to)
  }

  test.each([
    ['src=192.0.2.66 dst=198.51.100.9', '192.0.2.66'],
    ['to 192.0.2.66:443', '192.0.2.66'],
    ['{"dest_ip":"192.0.2.66"}', '192.0.2.66'],
    ['192.0.2.66', '192.0.2.66'],
    ['GET http://evil.example/x', 'evil.example'],
    ['query www.cdn.EVIL.example. IN A', 'EVIL.example'],
    ['from <a@mail.evil.example>', 'evil.example'],
    ['exact.example', 'exact.example'],
    [`SHA256=${sha.toUpperCase()},x`, sha.toUpperCase()],
    ['"src":"2001:DB8:0:0::BAD","x":1', '2001:DB8:0:0::BAD'],
    ['2001:0db8:0000:0000:0000:0000:0000:0bad', '2001:0db8:0000:0000:0000:0000:0000:0bad'],
  ])('are met in %s', (text, word) => {
    expect(met(text)).toBe(word)
  })

  test.each([
    '192.0.2.6',
    '192.0.2.660',
    '1192.0.2.66',
    '1.192.0.2.66',
    '192.0.2.66.1',
    'notevil.example',
    'evil.example.org',
    'www.exact.example',
    sha.slice(1),
    `${sha}0`,
    '12:34:56 2001:db8::bad0',
    'example',
    '',
    '...',
    ':::::',
  ])('are not met in %s', (text) => {
    expect(met(text)).toBeUndefined()
  })

  test('random lists and lines agree with looking each word up', () => {
    const label = () => 'ab'.repeat(randomInt(1, 3)) + String(randomInt(0, 4))
    for (let round = 0; round < 300; round += 1) {
      const values = Array.from({ length: randomInt(0, 30) }, () => ({
        value: Array.from({ length: randomInt(2, 4) }, label).join('.'),
        below: randomInt(0, 2) === 1,
      }))
      const finder = wordFinder(packIndicators(values), false)
      const words = Array.from({ length: 8 }, () =>
        Array.from({ length: randomInt(1, 5) }, label).join('.'),
      )
      const line = bytesOf(words.join(' '))
      const expected = words.some((word) =>
        values.some(({ value, below }) => word === value || (below && word.endsWith(`.${value}`))),
      )
      expect(finder(line, 0, line.length) !== undefined).toBe(expected)
    }
  })

  test('nothing outside the span is looked at, and hostile lines end', () => {
    const line = bytesOf('xx evil.example yy')
    expect(find(line, 0, 10)).toBeUndefined()
    const dots = bytesOf('a.'.repeat(500_000))
    const startMs = performance.now()
    expect(find(dots, 0, dots.length)).toBeUndefined()
    expect(performance.now() - startMs).toBeLessThan(2000)
  })
})

describe('texts in a line', () => {
  const has = (texts: readonly string[], line: string) => {
    const bytes = bytesOf(line)
    return literalFinder(texts)(bytes, 0, bytes.length)
  }

  test.each([
    [['he', 'she', 'hers'], 'ushe', true],
    [['abcd', 'bc'], 'xabcx', true],
    [['abab', 'bb'], 'abaabab', true],
    [['"event_type":"alert"'], '{"event_type":"alerts"}', false],
    [['é'], 'café', true],
    [[], 'x', false],
    [[''], 'x', false],
  ])('%j in %s: %s', (texts, line, expected) => {
    expect(has(texts, line)).toBe(expected)
  })

  test('random texts and lines agree with indexOf', () => {
    const word = (most: number) =>
      Array.from({ length: randomInt(1, most) }, () => 'abc'[randomInt(0, 3)]).join('')
    for (let round = 0; round < 2000; round += 1) {
      const texts = Array.from({ length: randomInt(1, 6) }, () => word(6))
      const line = word(30)
      expect(has(texts, line), `${texts.join()} in ${line}`).toBe(
        texts.some((text) => line.includes(text)),
      )
    }
  })
})
