import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { BLOCK_CHUNKS } from './block.ts'
import { readEvtxFile } from './file.ts'
import type { EvtxOptions } from './file.ts'
import { isEvtx } from './header.ts'
import { FILE_DIRTY, TYPE } from './layout.ts'
import { summaryBuilder } from './summary.ts'
import { ChunkWriter, evtxFile, typed, utf16 } from './write-evtx.test-helper.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-evtx-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Three records a chunk, numbered through the file. */
function chunks(count: number): Buffer[] {
  const template = {
    name: 'E',
    content: [
      { name: 'n', content: [{ slot: 0 }] },
      { name: 't', content: [{ slot: 1 }] },
    ],
  }
  return Array.from({ length: count }, (_, chunk) => {
    const writer = new ChunkWriter()
    for (let i = 0; i < 3; i += 1) {
      const n = Buffer.alloc(4)
      n.writeUInt32LE(chunk * 3 + i)
      writer.record({ template, values: [typed(TYPE.uint32, ...n), utf16('é')] })
    }
    return writer.bytes
  })
}

async function read(bytes: Buffer, options: EvtxOptions = { workers: 0 }) {
  const path = join(folder, 'x.evtx')
  writeFileSync(path, bytes)
  const numbers: number[] = []
  let counted = 0
  const summary = await readEvtxFile(
    path,
    async (lines, count) => {
      counted += count
      for (const line of lines.toString().trimEnd().split('\n')) numbers.push(JSON.parse(line).E.n)
      await new Promise(setImmediate)
    },
    options,
  )
  expect(counted).toBe(numbers.length)
  expect(summary.records).toBe(numbers.length)
  return { summary, numbers }
}

describe('readEvtxFile', () => {
  test.each([0, 1, 2])('gives all records in order with %d workers', async (workers) => {
    const count = BLOCK_CHUNKS * 5 + 3
    const { summary, numbers } = await read(evtxFile(chunks(count)), { workers })
    expect(numbers).toEqual(Array.from({ length: count * 3 }, (_, i) => i))
    expect(summary).toEqual({
      records: count * 3,
      salvaged: 0,
      chunks: count,
      damages: 0,
      damaged: [],
      dirty: false,
    })
  })

  test('reads every chunk of a log that was not closed, whatever its header counts', async () => {
    const bytes = evtxFile(chunks(3), FILE_DIRTY)
    bytes.writeUInt16LE(0, 42)
    expect((await read(bytes)).summary).toMatchObject({
      records: 9,
      chunks: 3,
      damages: 0,
      dirty: true,
    })
  })

  test('goes past a chunk without its magic and past one of zeroes', async () => {
    const [first, second, third] = chunks(3)
    const bad = Buffer.from(second ?? '')
    bad[0] = 0
    const parts = [first, bad, Buffer.alloc(65_536), third].map((part) => part ?? Buffer.alloc(0))
    const { summary, numbers } = await read(evtxFile(parts))
    expect(numbers).toEqual([0, 1, 2, 6, 7, 8])
    expect(summary.damaged).toEqual([
      { chunk: 1, offset: 0, reason: 'a chunk without its magic "ElfChnk"' },
    ])
  })

  test('what stands in space never written is no damage, but where a chunk follows it is', async () => {
    const [first, second] = chunks(2)
    const noise = Buffer.alloc(65_536, 7)
    const parts = [first ?? noise, noise, second ?? noise, noise]
    const bytes = evtxFile(parts, FILE_DIRTY)
    bytes.writeUInt16LE(1, 42)
    const { summary } = await read(bytes)
    expect(summary).toMatchObject({ records: 6, damages: 1, damaged: [{ chunk: 1 }] })
  })

  test.each([
    ['empty', 0, 'the file ends within its header'],
    ['cut in its header', 100, 'the file ends within its header'],
  ])('says that a file is %s', async (_, length, reason) => {
    const { summary } = await read(evtxFile(chunks(1)).subarray(0, length))
    expect(summary).toMatchObject({ records: 0, damaged: [{ chunk: -1, offset: 0, reason }] })
  })

  test('takes a header alone as a log without records', async () => {
    expect((await read(evtxFile([]))).summary).toMatchObject({ records: 0, damages: 0 })
  })

  test('tells the chunk in which the file ends', async () => {
    const bytes = evtxFile(chunks(2))
    const { summary } = await read(bytes.subarray(0, bytes.length - 1000))
    expect(summary).toMatchObject({
      records: 6,
      damaged: [{ chunk: 1, offset: 64_536, reason: 'the file ends within this chunk' }],
    })
  })

  test('reads on without the magic of the file', async () => {
    const bytes = evtxFile(chunks(1))
    bytes[0] = 0
    expect(isEvtx(bytes)).toBe(false)
    expect((await read(bytes)).summary).toMatchObject({
      records: 3,
      damaged: [{ chunk: -1, reason: 'a file without its magic "ElfFile"' }],
    })
  })

  test('tells a thousand damaged places and counts the rest', () => {
    const summary = summaryBuilder({ isDirty: false, chunkCount: 2000 })
    for (let i = 0; i < 1001; i += 1) {
      summary.add({ kind: 'foreign', count: 0, salvaged: 0, damaged: [] })
    }
    expect(summary.done().damages).toBe(1001)
    expect(summary.done().damaged).toHaveLength(1000)
  })

  test.each([0, 2])('passes on what the receiver throws, with %d workers', async (workers) => {
    const path = join(folder, 'y.evtx')
    writeFileSync(path, evtxFile(chunks(BLOCK_CHUNKS * 4)))
    const failing = readEvtxFile(path, () => Promise.reject(new Error('full')), { workers })
    await expect(failing).rejects.toThrow('full')
  })

  test('rejects for a file that is not there', async () => {
    await expect(readEvtxFile(join(folder, 'none'), () => undefined)).rejects.toThrow('ENOENT')
  })
})
