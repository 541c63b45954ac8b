import { describe, expect, test } from 'vitest'
import { readEvtxChunk } from './chunk.ts'
import { ARRAY, TYPE } from './layout.ts'
import { seeded } from './seeded.test-helper.ts'
import { ChunkWriter, typed, utf16 } from './write-evtx.test-helper.ts'
import type { Node } from './write-evtx.test-helper.ts'

/** A chunk with one of everything. */
function richChunk(): Buffer {
  const data: Node = {
    name: 'EventData',
    content: [
      { name: 'Data', attributes: [['Name', 'Image']], content: [{ slot: 0 }] },
      { name: 'Data', attributes: [['Name', 'Id']], content: [{ slot: 1, optional: true }] },
      { name: 'Data', content: [{ slot: 2 }] },
    ],
  }
  const event: Node = {
    name: 'Event',
    attributes: [['xmlns', 'urn:x']],
    content: [
      {
        name: 'System',
        content: [
          { name: 'Provider', attributes: [['Guid', { slot: 0 }]] },
          { name: 'Security', attributes: [['UserID', { slot: 1, optional: true }]] },
          { name: 'TimeCreated', attributes: [['SystemTime', { slot: 2 }]] },
        ],
      },
      { slot: 3, optional: true },
    ],
  }
  const list = { type: TYPE.utf16 | ARRAY, bytes: Buffer.from('a\0b\0', 'utf16le') }
  const writer = new ChunkWriter()
  for (let i = 0; i < 20; i += 1) {
    writer.record({
      template: event,
      values: [
        typed(TYPE.guid, ...Array.from({ length: 16 }, (_, at) => at)),
        typed(TYPE.sid, 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0),
        typed(TYPE.fileTime, 0, 0x80, 0x3e, 0xd5, 0xde, 0xb1, 0x9d, 1),
        {
          nested: {
            template: data,
            values: [utf16(`C:\\${i}.exe`), typed(TYPE.hex32, i, 1, 0, 0), list],
          },
        },
      ],
    })
    writer.record({
      nodes: [{ name: 'Event', content: ['a', { entity: 'lt' }, { cdata: 'b' }, { charRef: 99 }] }],
    })
  }
  return writer.bytes
}

describe('random damage', () => {
  const whole = richChunk()
  const used = whole.readUInt32LE(48)

  test('the chunk itself is whole', () => {
    expect(readEvtxChunk(whole)).toMatchObject({ count: 40, damaged: [] })
  })

  test.each([
    ['one byte', 1, 1500],
    ['twenty bytes', 20, 500],
  ])(
    'of %s never throws, never hangs, and gives whole lines only',
    (_, changes, rounds) => {
      const next = seeded(20_260_805)
      let records = 0
      let damages = 0
      for (let round = 0; round < rounds; round += 1) {
        const bytes = Buffer.from(whole)
        for (let i = 0; i < changes; i += 1) bytes[next() % used] = next() & 0xff
        const { lines, count, damaged } = readEvtxChunk(bytes, { salvage: round % 2 === 0 })
        const texts = lines.toString().split('\n').slice(0, -1)
        expect(texts).toHaveLength(count)
        for (const text of texts) JSON.parse(text)
        records += count
        damages += damaged.length
      }
      expect(damages).toBeGreaterThan(rounds / 4)
      expect(records).toBeGreaterThan(rounds * 10)
    },
    60_000,
  )
})
