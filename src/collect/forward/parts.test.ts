import { describe, expect, test } from 'vitest'
import { linesOf } from '../sensors/memory-door.test-helper.ts'
import { encodeMark, encodeSegment } from '../spool/record.ts'
import { sealedPart } from '../spool/recover.ts'
import { seal } from '../spool/segment-file.ts'
import { partName, partsOf, readPartName } from './parts.ts'

const texts = Array.from({ length: 1000 }, (_, at) => `line ${at} ${'x'.repeat(at % 97)}`)
const lines = encodeSegment(texts, { source: 'syslog/192.0.2.1', context: '', receivedMs: 1 })
const position = { inode: 1, offset: 1, lines: 1, fingerprint: '', done: false, seq: 1 }
const sealed = [lines, encodeMark({ ...position, path: '/a' })]
const segment = Buffer.concat([...sealed, seal(sealed)])

describe('a segment', () => {
  test('that is small is sent as it is', () => {
    expect(partsOf(segment)).toEqual([segment])
  })

  test.each([200, 1000, 5000, 50_000])('is cut into sealed parts of at most %i bytes', (most) => {
    const parts = partsOf(segment, most)
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts) {
      expect(sealedPart(part).bytes).toBe(part.length)
      expect(part.length).toBeLessThanOrEqual(most + 30)
    }
    expect(parts.flatMap((part) => linesOf(part).map(({ text }) => text))).toEqual(texts)
  })

  test('a line longer than a part is a part of its own', () => {
    expect(partsOf(segment, 10).length).toBe(texts.length)
  })
})

test.each([
  ['20261124T021500000-9f2c41ab', 1, 1],
  ['20261124T021500000-9f2c41ab', 2, 5],
])('%s, part %i of %i, is known again by its name', (id, number, count) => {
  expect(readPartName(partName(id, number, count))).toEqual({ id, number, count })
})
