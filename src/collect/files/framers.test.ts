import { describe, expect, test } from 'vitest'
import { MAX_LINE_BYTES } from '../intake.ts'
import { contextOf } from './headed-framer.ts'
import { LineWriter } from './line-writer.ts'
import { recordingIntake } from './recording-intake.test-helper.ts'
import { sniffFraming } from './sniff.ts'
import { TextReader } from './text-reader.ts'

/** Reads the input in parts of `size` bytes. */
function read(input: string | Buffer, size = Number.POSITIVE_INFINITY) {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input
  const intake = recordingIntake()
  const reader = new TextReader(new LineWriter(intake, { kind: 'file', source: 'file/x' }))
  for (let at = 0; at < bytes.length; at += size)
    reader.push(bytes.subarray(at, Math.min(at + size, bytes.length)))
  reader.end()
  return { reader, intake, texts: intake.texts() }
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2)
const EVENTS = [{ a: 1, b: 'x y' }, { a: 'tab\t "quoted" \\ {[', c: [1, { d: null }] }, { a: 3 }]
const COMPACT = EVENTS.map((event) => JSON.stringify(event))

describe('what a text is, by its first bytes', () => {
  test.each([
    ['lines', 'Mar 14 09:26:53 host sshd[1]: x\n'],
    ['lines', '[2026-03-14 09:26:53] [error] x\n'],
    ['lines', '[Wed Mar 14 09:26:53 2026] [core:error] x\n'],
    ['lines', '# a comment\nx\n'],
    ['lines', '{"a":1}\n{"a":2}\n'],
    ['lines', '{"value":[1,2]}\n{"a":2}\n'],
    ['lines', '<189>date=2026-03-14\n'],
    ['lines', ''],
    ['json', '[{"a":1}]'],
    ['json', '\n [\n  {"a":1}]'],
    ['json', '{"a":1}{"a":2}'],
    ['json', '{\n "a":1}'],
    ['json', '{"Records":[{"a":1}]}'],
    ['json', '{"@odata.context":"https://g/v1","value":[{"a":1}]}'],
    ['detail', 'Mon Nov  3 10:00:01 2025\n\tUser-Name = "a"\n'],
    ['xml', '<Event xmlns="http://x"><System/></Event>'],
    ['xml', '<?xml version="1.0"?>\n<Events><Event/></Events>'],
    ['headed', '#separator \\x09\n#fields\tts\n'],
    ['headed', '### kept by the archive\n#separator \\x09\n#fields\tts\n'],
    ['headed', 'ts\tuid\tid.orig_h\n1.0\tC1\t192.0.2.1\n'],
    ['lines', 'name\taddress\nserver\t192.0.2.1\n'],
    ['lines', '# a note\n# another\nMar 14 09:26:53 host sshd[1]: x\n'],
    [
      'headed',
      '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Fields: date time\r\n',
    ],
  ])('%s: %j', (framing, text) => {
    expect(sniffFraming(Buffer.from(text))).toBe(framing)
  })
})

describe('lines under a header', () => {
  test('names of columns alone are a header, once', () => {
    const { intake } = read(Buffer.from('ts\tuid\n1.0\tC1\nts\tuid\n'))
    expect(intake.lines.map(({ text, context }) => [text, context])).toEqual([
      ['1.0\tC1', '#fields\tts\tuid'],
      ['ts\tuid', '#fields\tts\tuid'],
    ])
  })

  test('a comment above the header is no event', () => {
    const { intake } = read(Buffer.from('### kept\n#separator \\x09\n#fields\tts\tuid\n1.0\tC1\n'))
    expect(intake.texts()).toEqual(['1.0\tC1'])
    expect(intake.lines[0]?.context).toBe('#separator \\x09\n#fields\tts\tuid')
  })
})

describe('lines', () => {
  test('strips CR, drops empty lines, keeps NUL and bytes that are no UTF-8', () => {
    const bytes = Buffer.from('a\r\n\r\n\nb\0c\xff\nlast', 'latin1')
    const { intake } = read(bytes)
    expect(intake.lines.map((line) => line.bytes.toString('latin1'))).toEqual([
      'a',
      'b\0c\xff',
      'last',
    ])
  })

  test('cuts a line longer than the limit, in flat memory, and counts the pieces', () => {
    const chunk = Buffer.alloc(256 * 1024, 'x')
    const intake = recordingIntake()
    const reader = new TextReader(new LineWriter(intake, { kind: 'file', source: 's' }))
    for (let sent = 0; sent < 5; sent += 1) reader.push(chunk)
    reader.push(Buffer.from('\nnext\n'))
    reader.end()
    expect(intake.lines.map(({ bytes }) => bytes.length)).toEqual([MAX_LINE_BYTES, chunk.length, 4])
    expect(reader.cut).toBe(1)
  })

  test('says from where reading can go on', () => {
    const intake = recordingIntake()
    const reader = new TextReader(new LineWriter(intake, { kind: 'file', source: 's' }))
    reader.push(Buffer.from(`${'0123456789\n'.repeat(500)}half`))
    expect(reader.resumeAt).toBe(5500)
  })
})

describe('encodings', () => {
  const text = 'Journal de sécurité\nécole 🍁 ok\n'
  const utf16le = Buffer.from(text, 'utf16le')
  const utf16be = Buffer.from(utf16le).swap16()
  test.each([
    ['UTF-8 with mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
    ['UTF-16 LE with mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le])],
    ['UTF-16 BE with mark', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be])],
    ['UTF-16 LE', utf16le],
    ['UTF-16 BE', utf16be],
  ])('%s', (_name, bytes) => {
    expect(read(bytes, 7).texts).toEqual(['Journal de sécurité', 'école 🍁 ok'])
  })
})

describe('JSON', () => {
  test.each([
    ['an array', JSON.stringify(EVENTS)],
    ['an indented array', pretty(EVENTS)],
    ['objects one after another', COMPACT.join('')],
    ['indented objects one after another', EVENTS.map(pretty).join('\n')],
    ['indented objects, CRLF', EVENTS.map(pretty).join('\n').replaceAll('\n', '\r\n')],
    ['AWS records', JSON.stringify({ Records: EVENTS })],
    [
      'several AWS documents',
      `${JSON.stringify({ Records: EVENTS.slice(0, 2) })}\n${JSON.stringify({ Records: EVENTS.slice(2) })}`,
    ],
    ['Azure records, indented', pretty({ records: EVENTS })],
    [
      'Graph values',
      JSON.stringify({
        '@odata.context': 'https://g/$metadata',
        value: EVENTS,
        '@odata.nextLink': 'https://g/next',
      }),
    ],
    ['a text sequence (RFC 7464)', EVENTS.map((event) => `\x1e${pretty(event)}\n`).join('')],
  ])('%s, in parts of any size', (_name, text) => {
    for (const size of [1, 2, 3, 7, 64, 100_000])
      expect(read(text, size).texts, `size ${size}`).toEqual(COMPACT)
  })

  test('keeps the bytes of an element on one line', () => {
    expect(read('[{"a" : 1.0e2,  "b":"\\u00e9"} ,{"a":2 }]').texts).toEqual([
      '{"a" : 1.0e2,  "b":"\\u00e9"}',
      '{"a":2 }',
    ])
  })

  test('a broken element costs only itself', () => {
    const text =
      '{"a": 1, "b": "never ended\n{"a":2}\n{"a":\n{"a":3}\n{"a":4}\nplain text here\n{"a":5}\n'
    const { texts } = read(text)
    expect(texts).toContain('{"a":2}')
    expect(texts).toContain('{"a":4}')
    expect(texts).toContain('plain text here')
    expect(texts).toContain('{"a":5}')
    expect(texts[0]).toBe('{"a": 1, "b": "never ended')
  })

  test('keeps what follows the array of a wrapper', () => {
    expect(read('{"Records":[{"a":1}],"extra":{"b":2}}{"a":3}').texts).toEqual([
      '{"a":1}',
      ',"extra":{"b":2}}',
      '{"a":3}',
    ])
  })

  test('an element larger than the limit comes in pieces that together are it', () => {
    const large = JSON.stringify({ a: 'x \n y'.repeat(300_000) })
    const { texts, reader } = read(`[{"z":1},\n${large}]`, 65_536)
    expect(texts.slice(1).join('')).toBe(large)
    expect(texts[1]?.length).toBe(MAX_LINE_BYTES)
    expect(reader.cut).toBe(1)
  })

  test('an element without end is kept and reported', () => {
    const { texts, reader } = read('[{"a":1},{"b":')
    expect(texts).toEqual(['{"a":1}', '{"b":'])
    expect(reader.isUnended).toBe(true)
  })

  test('never throws and never loses a letter, whatever comes', () => {
    const alphabet = [
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ',',
      ':',
      '\n',
      'a',
      'Z',
      '1',
      '{"Records":[',
      '{"k":1}',
      '\0',
    ]
    let state = 7
    const next = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    for (let round = 0; round < 500; round += 1) {
      const body = Array.from({ length: 80 }, () => alphabet[next(alphabet.length)]).join('')
      const text = `[{"s":1},${body}`
      const letters = (of: string) => of.replaceAll(/[^aZk]/g, '')
      const found = read(text, 1 + next(20)).texts.join('')
      expect(letters(found), JSON.stringify(text)).toBe(
        letters(text.replaceAll('{"Records":[', '')).slice(0),
      )
    }
  })
})

describe('Windows events as XML', () => {
  const event = (id: number) =>
    `<Event xmlns='http://e'><System><EventID>${id}</EventID></System><EventData>\r\n  <Data>a\n b</Data></EventData></Event>`
  const flat = (id: number) =>
    `<Event xmlns='http://e'><System><EventID>${id}</EventID></System><EventData> <Data>a b</Data></EventData></Event>`

  test.each([
    ['one after another', event(1) + event(2)],
    ['a line each', `${event(1)}\r\n${event(2)}\r\n`],
    [
      'wrapped',
      `<?xml version="1.0" encoding="utf-8"?>\r\n<Events>\n${event(1)}\n${event(2)}\n</Events>\n`,
    ],
  ])('%s', (_name, text) => {
    for (const size of [1, 5, 8, 64, 100_000]) {
      const found = read(text, size).texts.map((line) => line.replaceAll(/ +/g, ' '))
      expect(found, `size ${size}`).toEqual([flat(1), flat(2)])
    }
  })

  test('keeps text between events, and an event without end', () => {
    const { texts, reader } = read(`<Event >1</Event>\nsomething else\n<Event >2`)
    expect(texts).toEqual(['<Event >1</Event>', 'something else', '<Event >2'])
    expect(reader.isUnended).toBe(true)
  })
})

describe('headers', () => {
  const zeek = [
    '#separator \\x09',
    '#set_separator\t,',
    '#path\tconn',
    '#open\t2026-03-14',
    '#fields\tts\tuid',
    '#types\ttime\tstring',
  ]
  const context =
    '#separator \\x09\n#set_separator\t,\n#path\tconn\n#fields\tts\tuid\n#types\ttime\tstring'

  test('a Zeek header is the context of its lines, and a second one replaces it', () => {
    const second = zeek.map((line) => line.replace('conn', 'dns'))
    const text = [...zeek, '1\ta', '2\tb', '#close\t2026', ...second, '3\tc', ''].join('\n')
    for (const size of [5, 100_000]) {
      const { intake } = read(text, size)
      expect(intake.lines.map((line) => [line.text, line.context])).toEqual([
        ['1\ta', context],
        ['2\tb', context],
        ['3\tc', context.replace('conn', 'dns')],
      ])
    }
  })

  test('an IIS header is the context of its lines', () => {
    const { intake } = read(
      '#Software: IIS\r\n#Version: 1.0\r\n#Date: 2026\r\n#Fields: date time c-ip\r\n2026 09 192.0.2.1\r\n',
    )
    expect(intake.lines).toMatchObject([
      { text: '2026 09 192.0.2.1', context: '#Software: IIS\n#Fields: date time c-ip' },
    ])
  })

  test('the context is found again for a reader that goes on in the middle', () => {
    expect(contextOf(Buffer.from([...zeek, '1\ta', ''].join('\n')))).toBe(context)
  })
})

describe('tables', () => {
  const names = '#table , ["Time","User","Source IP","Message"]'

  test('the first line names the cells of the others, whatever the chunks', () => {
    const table =
      'Time,User,"Source IP",Message\r\n2026-03-14 15:26:53,jroy,192.0.2.9,"two\r\nlines, and ""more"""\r\n2026-03-14 15:26:54,"jroy",192.0.2.9,""\r\n'
    for (const size of [1, 7, 100_000]) {
      const { intake } = read(table, size)
      expect(intake.lines.map(({ text, context }) => [text, context])).toEqual([
        ['2026-03-14 15:26:53,jroy,192.0.2.9,"two lines, and ""more"""', names],
        ['2026-03-14 15:26:54,"jroy",192.0.2.9,""', names],
      ])
    }
  })

  test.each([
    ['semicolons', ';', 'Horodatage;Utilisateur;Adresse IP;Action\n'],
    ['tabs', '\t', 'timestamp\tuser\tip\taction\n'],
  ])('%s divide as well', (_, separator, header) => {
    const { intake } = read(`${header}2026${separator}a${separator}b${separator}c\n`)
    expect(intake.lines.map(({ context }) => context)).toEqual([
      `#table ${separator} ${JSON.stringify(header.trim().split(separator))}`,
    ])
  })

  test('a line of PowerShell above the names is left out', () => {
    const { intake } = read(
      '#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\r\n"Message","Id","LogName","TimeCreated"\r\n"x","1","S","2026"\r\n',
    )
    expect(intake.lines.map(({ text, context }) => [text, context])).toEqual([
      ['"x","1","S","2026"', '#table , ["Message","Id","LogName","TimeCreated"]'],
    ])
  })

  test.each([
    ['too few names', 'time,user,ip\n1,2,3\n'],
    ['no moment among them', 'name,owner,site,colour\na,b,c,d\n'],
    ['an event', 'Mar 14 09:26:53 fw1,deny,192.0.2.1,date\n'],
    ['values that are no names', '2026-03-14,allow,192.0.2.1,443,date\n'],
    ['keys with values', 'date=2026-03-14,time=09:26:53,type=traffic,action=deny\n'],
    ['one name again and again', 'time,a,a,a,a,a\n1,2,3,4,5,6\n'],
  ])('%s: lines as they are', (_, text) => {
    const { intake, texts } = read(text)
    expect(texts).toEqual(text.trimEnd().split('\n'))
    expect(intake.lines.map(({ context }) => context)).toEqual(texts.map(() => ''))
  })

  test('a quote that is never closed costs a quarter of a megabyte, not the rest of the file', () => {
    const row = '2026-03-14,jroy,192.0.2.9,ok'
    const rest = Array.from({ length: 20_000 }, () => row)
    const head = 'Time,User,Source IP,Message\n2026-03-14,jroy,192.0.2.9,"open\n'
    const { texts } = read(`${head}${rest.join('\n')}\n`)
    expect(texts.filter((text) => text === row).length).toBeGreaterThan(10_000)
    expect(texts.join(' ').length).toBeGreaterThanOrEqual(rest.join(' ').length)
  })

  test('a quote in the middle of a cell is a sign like any other', () => {
    const { texts } = read(
      'Time,User,Source IP,Message\n1,jroy,192.0.2.9,5" disk\n2,jroy,192.0.2.9,ok\n',
    )
    expect(texts).toEqual(['1,jroy,192.0.2.9,5" disk', '2,jroy,192.0.2.9,ok'])
  })
})

describe('records under a time', () => {
  const text =
    'Mon Nov  3 10:00:01 2025\r\n\tUser-Name = "a"\r\n\tCisco-AVPair = "cmd=show run"\r\n\r\nMon Nov  3 10:00:02 2025\n\tUser-Name = "b"\n\nMon Nov  3 10:00:03 2025\n\tUser-Name = "c"'
  test.each([1, 2, 7, 26, 1000])('are a line each, read in parts of %s bytes', (size) => {
    expect(read(text, size).texts).toEqual([
      'Mon Nov  3 10:00:01 2025 \tUser-Name = "a" \tCisco-AVPair = "cmd=show run"',
      'Mon Nov  3 10:00:02 2025 \tUser-Name = "b"',
      'Mon Nov  3 10:00:03 2025 \tUser-Name = "c"',
    ])
  })
})
