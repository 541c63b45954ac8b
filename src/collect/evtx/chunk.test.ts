import { describe, expect, test } from 'vitest'
import { readEvtxChunk } from './chunk.ts'
import { ARRAY, FREE_SPACE_AT, LIMITS, TYPE } from './layout.ts'
import { ChunkWriter, NULL, typed, utf16 } from './write-evtx.test-helper.ts'
import type { Fragment, Node, Text, Value } from './write-evtx.test-helper.ts'

/** The only record of a chunk, as text. */
function lineOf(fragment: Fragment): string {
  const { lines, count, damaged } = readEvtxChunk(new ChunkWriter().record(fragment).bytes)
  expect({ count, damaged }).toEqual({ count: 1, damaged: [] })
  return lines.toString().trimEnd()
}

/** `<E>` with this content, filled with these values. */
function elementOf(content: readonly (Node | Text)[], ...values: Value[]): string {
  return lineOf({ template: { name: 'E', content }, values })
}

/** A single value in an element. */
function valueOf(value: Value): string {
  return elementOf([{ slot: 0 }], value).slice('{"E":'.length, -1)
}

function u64(value: bigint): number[] {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return [...bytes]
}

describe('values', () => {
  test.each<[string, Value, string]>([
    ['text', utf16('C:\\a "b"'), '"C:\\\\a \\"b\\""'],
    ['text keeps trailing spaces', utf16('cmd.exe  '), '"cmd.exe  "'],
    ['text loses closing NULs only', utf16(' a\0b\0\0'), '" a\\u0000b"'],
    ['text breaks no line', utf16('a\r\n\tb\u001f\b\f'), '"a\\r\\n\\tb\\u001f\\b\\f"'],
    ['text in French, Inuktitut and beyond the basic plane', utf16('é ᐃᓄᒃ 😀'), '"é ᐃᓄᒃ 😀"'],
    ['lone surrogates become U+FFFD', utf16('a\ud800b\udc00'), '"a\ufffdb\ufffd"'],
    ['an empty text', utf16(''), '""'],
    ['an odd byte of text is left out', typed(TYPE.utf16, 0x61, 0, 0x62), '"a"'],
    ['ANSI text', typed(TYPE.ansi, 0xe9, 0x80, 0), '"é€"'],
    ['int8', typed(TYPE.int8, 0xff), '-1'],
    ['uint8', typed(TYPE.uint8, 0xff), '255'],
    ['int16', typed(TYPE.int16, 0, 0x80), '-32768'],
    ['uint16', typed(TYPE.uint16, 0x0a, 0), '10'],
    ['int32', typed(TYPE.int32, 0, 0, 0, 0x80), '-2147483648'],
    ['uint32', typed(TYPE.uint32, 0xff, 0xff, 0xff, 0xff), '4294967295'],
    [
      'int64',
      typed(TYPE.int64, ...u64(BigInt.asUintN(64, -9007199254740993n))),
      '-9007199254740993',
    ],
    ['uint64 of 2^53 - 1', typed(TYPE.uint64, ...u64(9007199254740991n)), '9007199254740991'],
    [
      'uint64 beyond 2^53 exactly',
      typed(TYPE.uint64, ...u64(2n ** 64n - 1n)),
      '18446744073709551615',
    ],
    ['uint64 of a power of ten', typed(TYPE.uint64, ...u64(10n ** 15n)), '1000000000000000'],
    ['float with its own digits', typed(TYPE.real32, 0xcd, 0xcc, 0x8c, 0x3f), '1.1'],
    ['double', typed(TYPE.real64, 0, 0, 0, 0, 0, 0, 0xf8, 0xbf), '-1.5'],
    ['double that is no number', typed(TYPE.real64, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f), '"NaN"'],
    ['true', typed(TYPE.bool, 1, 0, 0, 0), 'true'],
    ['any other boolean is true', typed(TYPE.bool, 0, 0, 0, 0x40), 'true'],
    ['false', typed(TYPE.bool, 0, 0, 0, 0), 'false'],
    ['binary', typed(TYPE.binary, 0x0a, 0xff), '"0AFF"'],
    ['hexadecimal 32', typed(TYPE.hex32, 0x78, 3, 0, 0), '"0x378"'],
    ['hexadecimal 64', typed(TYPE.hex64, ...u64(0x8020000000000000n)), '"0x8020000000000000"'],
    ['hexadecimal 64 keeps inner zeroes', typed(TYPE.hex64, ...u64(0x100000001n)), '"0x100000001"'],
    ['size of 32 bits', typed(TYPE.sizeT, 0xec, 0x7e, 0, 0), '"0x7eec"'],
    ['size of 64 bits', typed(TYPE.sizeT, ...u64(0x17fffn)), '"0x17fff"'],
    ['SID', typed(TYPE.sid, 1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0), '"S-1-5-32-544"'],
    [
      'SID cut short is not made up',
      typed(TYPE.sid, 1, 2, 0, 0, 0, 0, 0, 5, 32),
      '"010200000000000520"',
    ],
    [
      'FILETIME with seven digits',
      typed(TYPE.fileTime, ...u64(133_938_405_000_513_480n)),
      '"2025-06-08T07:15:00.0513480Z"',
    ],
    ['FILETIME 0', typed(TYPE.fileTime, ...u64(0n)), '"1601-01-01T00:00:00.0000000Z"'],
    ['FILETIME never', typed(TYPE.fileTime, ...u64(2n ** 63n - 1n)), '"0x7fffffffffffffff"'],
    [
      'SYSTEMTIME',
      typed(TYPE.systemTime, 0xea, 7, 2, 0, 0, 0, 28, 0, 23, 0, 59, 0, 58, 0, 0xe7, 3),
      '"2026-02-28T23:59:58.9990000Z"',
    ],
    [
      'SYSTEMTIME of no date',
      typed(TYPE.systemTime, ...Array<number>(16).fill(0)),
      `"${'00'.repeat(16)}"`,
    ],
    ['a number too short for its type', typed(TYPE.uint32, 1, 2), 'null'],
    ['null', NULL, 'null'],
    [
      'texts',
      { type: TYPE.utf16 | ARRAY, bytes: Buffer.from('a\0\0b\0', 'utf16le') },
      '["a","","b"]',
    ],
    ['numbers', typed(TYPE.uint16 | ARRAY, 1, 0, 2, 0, 9), '[1,2,null]'],
    ['no texts', typed(TYPE.utf16 | ARRAY), '[]'],
    ['an unknown type', typed(0x7e, 1), '"01"'],
  ])('%s', (_, value, json) => {
    expect(valueOf(value)).toBe(json)
  })

  test('a GUID is upper-case without braces', () => {
    const bytes = [
      0x25, 0x96, 0x84, 0x54, 0x78, 0x54, 0x94, 0x49, 0xa5, 0xba, 0x3e, 0x3b, 3, 0x28, 0xc3, 0x0d,
    ]
    expect(valueOf(typed(TYPE.guid, ...bytes))).toBe('"54849625-5478-4994-A5BA-3E3B0328C30D"')
  })
})

describe('elements', () => {
  test('attributes stand under #attributes and text beside them under #text', () => {
    const node: Node = {
      name: 'EventID',
      attributes: [
        ['Qualifiers', { slot: 0 }],
        ['b', 'x', { entity: 'amp' }, 'y'],
      ],
      content: [{ slot: 1 }],
    }
    expect(elementOf([node], typed(TYPE.uint16, 0, 64), typed(TYPE.uint16, 1, 0))).toBe(
      '{"E":{"EventID":{"#attributes":{"Qualifiers":16384,"b":"x&y"},"#text":1}}}',
    )
  })

  test('an optional null takes its attribute away, and the last attribute #attributes', () => {
    const node: Node = {
      name: 'EventID',
      attributes: [['Qualifiers', { slot: 0, optional: true }]],
      content: [{ slot: 1 }],
    }
    expect(elementOf([node], NULL, typed(TYPE.uint8, 7))).toBe('{"E":{"EventID":7}}')
  })

  test('an optional null takes its element away, a plain null leaves it', () => {
    const content: Node[] = [
      { name: 'a', content: [{ slot: 0, optional: true }] },
      { name: 'b', content: [{ slot: 0 }] },
      { name: 'c', content: [{ slot: 9, optional: true }] },
    ]
    expect(elementOf(content, NULL)).toBe('{"E":{"b":null}}')
  })

  test('an empty element is null, an empty Data an empty text', () => {
    const content: Node[] = [
      { name: 'a' },
      { name: 'Data', attributes: [['Name', 'x']] },
      { name: 'b', content: [] },
    ]
    expect(elementOf(content)).toBe('{"E":{"a":null,"x":"","b":null}}')
  })

  test('a named Data is a member, unnamed ones are an array even when alone', () => {
    const named: Node = {
      name: 'Data',
      attributes: [['Name', 'Threat Name']],
      content: [{ slot: 0 }],
    }
    const unnamed: Node = { name: 'Data', content: [{ slot: 0 }] }
    expect(elementOf([named, unnamed], utf16('v'))).toBe('{"E":{"Threat Name":"v","Data":["v"]}}')
  })

  test('an array in Data is as many Data', () => {
    const list: Value = { type: TYPE.utf16 | ARRAY, bytes: Buffer.from('a\0b\0', 'utf16le') }
    const none = typed(TYPE.utf16 | ARRAY)
    const content: Node[] = [0, 1, 2].map((slot) => ({ name: 'Data', content: [{ slot }] }))
    expect(elementOf(content, list, none, utf16('c'))).toBe('{"E":{"Data":["a","b","c"]}}')
    expect(elementOf(content, none, none, none)).toBe('{"E":{"Data":[]}}')
  })

  test('elements of one name are an array where the first of them stands', () => {
    const content: Node[] = [
      { name: 'a', content: ['1'] },
      { name: 'b', content: ['2'] },
      { name: 'a', content: [{ slot: 0, optional: true }] },
    ]
    expect(elementOf(content, utf16('3'))).toBe('{"E":{"a":["1","3"],"b":"2"}}')
    expect(elementOf(content, NULL)).toBe('{"E":{"a":"1","b":"2"}}')
  })

  test('pieces of text become one text', () => {
    const text: Text[] = [
      'a',
      { charRef: 0x22 },
      { cdata: '<b>' },
      { slot: 0 },
      { slot: 1 },
      { slot: 2 },
      { entity: 'own' },
    ]
    const list: Value = { type: TYPE.utf16 | ARRAY, bytes: Buffer.from('x\0y\0', 'utf16le') }
    expect(JSON.parse(elementOf(text, utf16('"'), typed(TYPE.uint8, 5), list))).toEqual({
      E: 'a"<b>"5["x","y"]&own;',
    })
  })

  test('white space between elements and processing instructions are no text', () => {
    expect(elementOf([{ instruction: 'x' }, '\r\n  ', { name: 'a' }, '\n'])).toBe(
      '{"E":{"a":null}}',
    )
    expect(elementOf(['  '])).toBe('{"E":"  "}')
  })

  test('several elements stand at the top of a record', () => {
    expect(lineOf({ nodes: [{ name: 'a' }, { name: 'b', content: ['1'] }] })).toBe(
      '{"a":null,"b":"1"}',
    )
  })
})

describe('BinXml inside a value', () => {
  const outer: Node = { name: 'Event', content: [{ name: 'System', content: ['s'] }, { slot: 0 }] }

  test('its elements stand beside those of the template', () => {
    const template: Node = {
      name: 'EventData',
      content: [{ name: 'Data', attributes: [['Name', 'x']], content: [{ slot: 0 }] }],
    }
    const nested: Value = { nested: { template, values: [utf16('v')] } }
    expect(lineOf({ template: outer, values: [nested] })).toBe(
      '{"Event":{"System":"s","EventData":{"x":"v"}}}',
    )
  })

  test('elements without a template have no dependency id', () => {
    const nested: Value = {
      nested: {
        nodes: [{ name: 'RenderingInfo', attributes: [['Culture', 'fr-CA']], content: ['é'] }],
      },
    }
    expect(lineOf({ template: outer, values: [nested] })).toBe(
      '{"Event":{"System":"s","RenderingInfo":{"#attributes":{"Culture":"fr-CA"},"#text":"é"}}}',
    )
  })

  test('a name met on both sides becomes an array', () => {
    const nested: Value = { nested: { nodes: [{ name: 'System', content: ['t'] }] } }
    expect(lineOf({ template: outer, values: [nested] })).toBe('{"Event":{"System":["s","t"]}}')
  })

  test('its text joins the text around it', () => {
    const template: Node = { name: 'E', content: ['a', { slot: 0 }] }
    expect(lineOf({ template, values: [{ nested: { nodes: [] } }] })).toBe('{"E":"a"}')
  })

  test('nothing in it leaves its element null', () => {
    const template: Node = { name: 'E', content: [{ name: 'U', content: [{ slot: 0 }] }] }
    expect(lineOf({ template, values: [{ nested: { nodes: [] } }] })).toBe('{"E":{"U":null}}')
    expect(lineOf({ template, values: [typed(TYPE.binXml)] })).toBe('{"E":{"U":null}}')
  })
})

describe('a chunk', () => {
  const template: Node = {
    name: 'E',
    content: [
      { name: 'k', content: ['c'] },
      { name: 'v', content: [{ slot: 0 }] },
    ],
  }
  const chunkOf = (count: number) => {
    const writer = new ChunkWriter()
    for (let i = 0; i < count; i += 1) writer.record({ template, values: [utf16(`v${i}`)] })
    return writer
  }

  test('gives one line a record, in order, of one template', () => {
    const { lines, count } = readEvtxChunk(chunkOf(3).bytes)
    expect(count).toBe(3)
    expect(lines.toString()).toBe([0, 1, 2].map((i) => `{"E":{"k":"c","v":"v${i}"}}\n`).join(''))
  })

  test('of zeroes was never used', () => {
    expect(readEvtxChunk(Buffer.alloc(65_536))).toMatchObject({
      kind: 'unused',
      count: 0,
      damaged: [],
    })
  })

  test.each([0, 0xffff_ffff, 511])(
    'is read to its last record with a free space offset of %d',
    (free) => {
      const { bytes } = chunkOf(3)
      bytes.writeUInt32LE(free, FREE_SPACE_AT)
      expect(readEvtxChunk(bytes)).toMatchObject({ count: 3, damaged: [] })
    },
  )

  test('tells where the chain of records breaks, and finds those beyond only when asked', () => {
    const { bytes, records } = chunkOf(4)
    const at = records[1] ?? 0
    bytes.writeUInt32LE(0, at + 4)
    const damaged = [{ offset: at, reason: 'a record of 0 bytes' }]
    expect(readEvtxChunk(bytes)).toMatchObject({ count: 1, salvaged: 0, damaged })
    expect(readEvtxChunk(bytes, { salvage: true })).toMatchObject({
      count: 3,
      salvaged: 2,
      damaged,
    })
  })

  test.each([
    ['size 27', 4, 27, 'a record of 27 bytes'],
    ['size 0xFFFFFFFF', 4, 0xffff_ffff, 'a record of 4294967295 bytes'],
    ['magic overwritten', 0, 0x41414141, 'no record where one was expected'],
  ])('survives a record with its %s', (_, field, value, reason) => {
    const { bytes, records } = chunkOf(2)
    const at = records[1] ?? 0
    bytes.writeUInt32LE(value, at + field)
    expect(readEvtxChunk(bytes)).toMatchObject({ count: 1, damaged: [{ offset: at, reason }] })
  })

  test('cut within a record gives those before it', () => {
    const { bytes, records } = chunkOf(3)
    const cut = bytes.subarray(0, (records[2] ?? 0) + 40)
    const { count, damaged } = readEvtxChunk(cut)
    expect(count).toBe(2)
    expect(damaged.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^a record of \d+ bytes$/),
      'the file ends within this chunk',
    ])
  })

  /** Template offset, 34 bytes behind the start of a record: header 24, fragment header 4, token and u8 2, id 4. */
  const TEMPLATE_OFFSET = 34

  test.each([0xffff_ffff, 65_530, 0])('goes on after a template offset of %d', (offset) => {
    const { bytes, records } = chunkOf(3)
    bytes.writeUInt32LE(offset, (records[1] ?? 0) + TEMPLATE_OFFSET)
    const { lines, count, damaged } = readEvtxChunk(bytes)
    expect(damaged).toHaveLength(1)
    expect(damaged[0]?.offset).toBe(records[1])
    expect(count).toBe(2)
    expect(lines.toString()).toContain('"v2"')
  })

  test('does not pass off a record without elements as an event', () => {
    expect(readEvtxChunk(new ChunkWriter().record({ nodes: [] }).bytes)).toMatchObject({
      count: 0,
      damaged: [{ reason: 'a record without an element' }],
    })
  })

  test('ends on a count of values of 0xFFFFFFFF', () => {
    const { bytes, records } = chunkOf(3)
    bytes.writeUInt32LE(0xffff_ffff, (records[1] ?? 0) + TEMPLATE_OFFSET + 4)
    expect(readEvtxChunk(bytes)).toMatchObject({ count: 2, damaged: [{ offset: records[1] }] })
  })

  test('ends on a template that holds itself', () => {
    const { bytes, records } = chunkOf(1)
    const at = records[0] ?? 0
    const definition = at + TEMPLATE_OFFSET + 4
    // In place of the element: an instance of the definition it stands in.
    bytes.set([0x0c, 1, 0x34, 0x12, 0, 0], definition + 28)
    bytes.writeUInt32LE(definition, definition + 34)
    expect(readEvtxChunk(bytes)).toMatchObject({
      count: 0,
      damaged: [{ offset: at, reason: `more than ${LIMITS.depth} levels` }],
    })
  })

  test('ends on elements nested too deeply', () => {
    let node: Node = { name: 'a' }
    for (let i = 0; i < 100; i += 1) node = { name: 'a', content: [node] }
    expect(readEvtxChunk(new ChunkWriter().record({ nodes: [node] }).bytes)).toMatchObject({
      count: 0,
      damaged: [{ reason: `more than ${LIMITS.depth} levels` }],
    })
  })

  test('ends on a record that expands without measure', () => {
    const content = Array.from({ length: 2000 }, () => ({ slot: 0 }))
    const writer = new ChunkWriter().record({
      template: { name: 'E', content },
      values: [utf16('x'.repeat(9000))],
    })
    expect(readEvtxChunk(writer.bytes)).toMatchObject({
      count: 0,
      damaged: [{ reason: 'a record that becomes longer than a line may be' }],
    })
  })
})
