import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbeddedEngine, trusted } from '../../store/index.ts'
import type { EventEngine } from '../../store/index.ts'
import { treeOf } from '../merkle/tree.ts'
import { CHUNK_LINES } from './digest-sql.ts'
import { decodeEntry, encodeEntry } from './entry.ts'
import { lineHash } from './line-record.ts'
import { digestsOf } from './record-digest.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-digest-'))
let engine: EventEngine

beforeAll(async () => {
  engine = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 1 })
  await engine.ask.command(
    trusted(`CREATE TABLE lines (batch LowCardinality(String), line UInt32, received DateTime64(3, 'UTC'),
      source LowCardinality(String), context LowCardinality(String), raw String) ENGINE = MergeTree ORDER BY raw`),
  )
  // Bytes that are no UTF-8, empty lines and zero bytes are lines too.
  await engine.ask.command(
    trusted(`INSERT INTO lines SELECT concat('b', toString(size)), number, fromUnixTimestamp64Milli(toInt64(1700000000000 + number), 'UTC'),
      'é', if(number % 3 = 0, '', 'head'), if(number % 5 = 0, '', concat('\\0\\xff', toString(number), '\\0'))
      FROM (SELECT arrayJoin([1, 2, 3, 255, 256, 257, 1000]) AS size, arrayJoin(range(size)) AS number)`),
  )
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

function linesOf(size: number) {
  return Array.from({ length: size }, (_, line) => {
    const raw = line % 5 === 0 ? [] : [0, 255, ...Buffer.from(String(line)), 0]
    const context = line % 3 === 0 ? '' : 'head'
    return { line, received: 1_700_000_000_000 + line, source: 'é', context, raw: Buffer.from(raw) }
  })
}

test.each([1, 2, 3, 255, 256, 257, 1000])(
  'the engine and the tree in memory agree on a batch of %i lines',
  async (size) => {
    const from = trusted(`FROM lines WHERE batch = 'b${size}'`)
    const [digest] = await digestsOf(engine.ask, from)
    const hashes = linesOf(size).map(lineHash)
    const root = Buffer.from(await treeOf(hashes).root())
    expect(digest?.entry).toEqual({
      type: 'batch',
      batch: `b${size}`,
      lines: size,
      first: 1_700_000_000_000,
      last: 1_700_000_000_000 + size - 1,
      root: root.toString('hex'),
    })
    const first = Buffer.from(await treeOf(hashes.slice(0, CHUNK_LINES)).root())
    expect(digest?.chunks.subarray(0, 32)).toEqual(first)
    expect(digest?.chunks.length).toBe(Math.ceil(size / CHUNK_LINES) * 32)
  },
)

test.each([
  ['raw', "raw = concat(raw, ' ')"],
  ['received', 'received = received + toIntervalMillisecond(1)'],
  ['source', "source = 'other'"],
  ['context', "context = 'other'"],
])('a changed %s of one line changes the digest of its chunk alone', async (_, change) => {
  const [before] = await digestsOf(engine.ask, trusted("FROM lines WHERE batch = 'b1000'"))
  const [, value = ''] = change.split(' = ', 2)
  const column = change.split(' = ')[0] ?? ''
  const changed = `FROM (SELECT * REPLACE (if(line = 300, ${value}, ${column}) AS ${column}) FROM lines) WHERE batch = 'b1000'`
  const [after] = await digestsOf(engine.ask, trusted(changed))
  const differing = [0, 1, 2, 3].filter(
    (at) =>
      before?.chunks
        .subarray(at * 32, at * 32 + 32)
        .equals(after?.chunks.subarray(at * 32, at * 32 + 32) ?? Buffer.alloc(0)) !== true,
  )
  expect(differing).toEqual([1])
  expect(after?.entry.root).not.toBe(before?.entry.root)
})

test('a number that is missing spoils its chunk and no other', async () => {
  const [before] = await digestsOf(engine.ask, trusted("FROM lines WHERE batch = 'b1000'"))
  const from = trusted("FROM lines WHERE batch = 'b1000' AND line != 3")
  const [after] = await digestsOf(engine.ask, from)
  expect(after?.numbers).toEqual([0, 1, 2, 3])
  expect(after?.chunks.subarray(32)).toEqual(before?.chunks.subarray(32))
  expect(after?.entry.lines).toBe(999)
})

test('an entry in another spelling is none', () => {
  const entry = { type: 'note', about: 'a', digest: '0'.repeat(64), made: 1 } as const
  const bytes = encodeEntry(entry)
  expect(decodeEntry(bytes)).toEqual(entry)
  expect(decodeEntry(Buffer.from(` ${bytes.toString()}`))).toBe(undefined)
  expect(decodeEntry(Buffer.from(bytes.toString().replace('"made":1', '"made":1,"made":1')))).toBe(
    undefined,
  )
  expect(decodeEntry(Buffer.from('{'))).toBe(undefined)
})
