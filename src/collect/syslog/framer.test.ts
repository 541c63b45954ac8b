import { describe, expect, test } from 'vitest'
import { MAX_MESSAGE_BYTES, MAX_UNENDED_BYTES, SyslogFramer } from './framer.ts'

/** All frames of the pieces, pushed one after another and ended. */
function frames(...pieces: string[]): string[] {
  const found: string[] = []
  const framer = new SyslogFramer((bytes, start, end) => {
    found.push(bytes.toString('latin1', start, end))
    return true
  })
  for (const piece of pieces) framer.push(Buffer.from(piece, 'latin1'))
  framer.end()
  return found
}

function counted(...messages: string[]): string {
  return messages.map((message) => `${message.length} ${message}`).join('')
}

describe('newline framing', () => {
  test.each([
    ['LF', '<13>one\n<13>two\n', ['<13>one', '<13>two']],
    ['CRLF', '<13>one\r\n<13>two\r\n', ['<13>one', '<13>two']],
    ['NUL', '<13>one\0<13>two\0', ['<13>one', '<13>two']],
    ['empty frames', '\n\r\n\0<13>one\n\n\n<13>two\n', ['<13>one', '<13>two']],
    ['a last line without an end', '<13>one\n<13>tw', ['<13>one', '<13>tw']],
    ['no priority', 'Mar 14 09:26:53 a b\n1042: rtr: c\n', ['Mar 14 09:26:53 a b', '1042: rtr: c']],
    [
      'a year or version first',
      '2026 Mar 14 x\n1 2026-03-14T09:26:53Z y\n',
      ['2026 Mar 14 x', '1 2026-03-14T09:26:53Z y'],
    ],
  ])('%s', (_name, sent, expected) => {
    expect(frames(sent)).toEqual(expected)
  })

  test('keeps a NUL inside a line', () => {
    expect(frames('<13>a\0b c\n<13>d\n')).toEqual(['<13>a\0b c', '<13>d'])
  })
})

describe('octet counting', () => {
  test('reads messages with newlines inside', () => {
    expect(frames(counted('<13>one\ntwo', '<13>three'))).toEqual(['<13>one\ntwo', '<13>three'])
  })

  test('mixes with newline framing on one connection', () => {
    const sent = `${counted('<13>one')}<13>two\n${counted('<13>three', '<13>four')}\n<13>five\n`
    expect(frames(sent)).toEqual(['<13>one', '<13>two', '<13>three', '<13>four', '<13>five'])
  })

  test('strips a terminator that was counted', () => {
    expect(frames(counted('<13>one\r\n', '<13>two\n'))).toEqual(['<13>one', '<13>two'])
  })

  test('recognises a sender that counts the space as well', () => {
    const messages = [
      '<134>1 2026-03-14T09:26:53Z a b c d e1',
      '<134>1 2026-03-14T09:26:54Z f g',
      '<13>last',
    ]
    const sent = messages.map((message) => `${message.length + 1} ${message}`).join('')
    expect(frames(sent)).toEqual(messages)
    const cutAt = sent.indexOf('f g')
    expect(frames(sent.slice(0, cutAt), sent.slice(cutAt))).toEqual(messages)
  })

  test('keeps a last digit that belongs to the message', () => {
    const messages = ['<134>1 2026-03-14T09:26:53Z a port=4', '<134>1 2026-03-14T09:26:54Z port=7']
    expect(frames(counted(...messages))).toEqual(messages)
    expect(frames(...counted(...messages).split(''))).toEqual(messages)
  })

  test.each([
    ['too small', '5 <13>a longer message\n<13>next\n'],
    ['too large', '300 <13>a longer message\n<13>next\n'],
    ['larger than any message', '9999999999 <13>a longer message\n<13>next\n'],
  ])('falls back to newlines when the count is %s', (_name, sent) => {
    expect(frames(sent)).toEqual(['<13>a longer message', '<13>next'])
  })

  test('finds the next count after a wrong one where no newline stands', () => {
    const sent = `9 <13>a longer message${counted('<13>next', '<13>more')}`
    expect(frames(sent)).toEqual(['<13>a longer message', '<13>next', '<13>more'])
  })

  test('takes more than ten digits for text', () => {
    expect(frames('12345678901 <13>a\n<13>b\n')).toEqual(['12345678901 <13>a', '<13>b'])
  })

  test('reads counted messages without priority', () => {
    const messages = ['{"a":1,"b":"long enough"}', '{"a":2,"b":"long enough"}']
    expect(frames(counted(...messages))).toEqual(messages)
  })
})

describe('limits', () => {
  test('cuts a line at 64 KiB and goes on after it', () => {
    const long = `<13>${'x'.repeat(MAX_MESSAGE_BYTES + 10)}`
    const found = frames(`${long}\n<13>next\n`)
    expect(found.map((text) => text.length)).toEqual([MAX_MESSAGE_BYTES, 14, 8])
    expect(found.slice(0, 2).join('')).toBe(long)
  })

  test('says when a peer never ends its line, and holds less than two messages', () => {
    const framer = new SyslogFramer(() => true)
    const chunk = Buffer.alloc(50_000, 'y')
    for (let sent = 0; sent < MAX_UNENDED_BYTES + chunk.length * 2; sent += chunk.length) {
      expect(framer.isRunaway).toBe(framer.cut * MAX_MESSAGE_BYTES >= MAX_UNENDED_BYTES)
      framer.push(chunk)
      expect(framer.heldBytes).toBeLessThan(MAX_MESSAGE_BYTES)
    }
    expect(framer.isRunaway).toBe(true)
  })

  test('passes on that the sink wants a pause', () => {
    const framer = new SyslogFramer((_bytes, start) => start > 0)
    expect(framer.push(Buffer.from('<13>a\n<13>b\n'))).toBe(false)
    expect(framer.push(Buffer.from('\n<13>b\n'))).toBe(true)
  })
})

/** Small deterministic generator, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('properties', () => {
  test('any split into reads gives the same well-framed messages', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = random(seed)
      const messages = Array.from(
        { length: 8 },
        (_, index) => `<${next(190)}>${index} ${'m 4'.repeat(1 + next(40))}`,
      )
      const sent = messages
        .map((text) => (next(2) === 0 ? `${text.length} ${text}` : `${text}\n`))
        .join('')
      const pieces: string[] = []
      for (let at = 0; at < sent.length;) {
        const size = 1 + next(60)
        pieces.push(sent.slice(at, at + size))
        at += size
      }
      expect(frames(...pieces), `seed ${seed}`).toEqual(messages)
    }
  })

  test('never throws and never loses a byte of hostile input other than framing', () => {
    const alphabet = ['<', '>', '1', '9', '0', ' ', '\n', '\r', '\0', 'a', '{', '13 <13>', '<13>']
    for (let seed = 1; seed <= 500; seed += 1) {
      const next = random(seed)
      const sent = Array.from({ length: 120 }, () => alphabet[next(alphabet.length)]).join('')
      const letters = (text: string) => text.replaceAll(/[^a{]/g, '')
      const found = frames(sent.slice(0, 50), sent.slice(50, 51), sent.slice(51)).join('')
      expect(letters(found), `seed ${seed}`).toBe(letters(sent))
    }
  })
})
