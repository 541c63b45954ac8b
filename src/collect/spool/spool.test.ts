import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../core/index.ts'
import type { Position } from '../position.ts'
import { recoverSpool, sealedPart } from './recover.ts'
import type { ClosedSegment } from './segment-file.ts'
import { SPOOL_DEFAULTS, Spool } from './spool.ts'
import type { SpoolOptions } from './spool.ts'

let folder = ''
let closed: ClosedSegment[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-spool-'))
  closed = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function newSpool(change: Partial<SpoolOptions> = {}): Spool {
  return new Spool({
    ...SPOOL_DEFAULTS,
    folder,
    clock: systemClock,
    onSegment: (segment) => closed.push(segment),
    onTrouble: () => undefined,
    ...change,
  })
}

function writeLines(spool: Spool, count: number, text = (at: number) => `line ${at}`): void {
  const from = spool.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
  for (let at = 0; at < count; at += 1) {
    const bytes = Buffer.from(text(at))
    spool.write(from, bytes, 0, bytes.length)
  }
}

describe('spool', () => {
  test('has every synced line on disk, under a seal', async () => {
    const spool = newSpool()
    writeLines(spool, 1000)
    await spool.synced()
    const [open] = readdirSync(folder)
    expect(open).toMatch(/^open-/)
    expect(sealedPart(readFileSync(join(folder, open ?? ''))).records).toBe(1000)
    await spool.close()
  })

  test('closes a segment at its number of lines and counts each line once', async () => {
    const spool = newSpool({ segmentLines: 100, segmentMs: 60_000 })
    for (let round = 0; round < 10; round += 1) {
      writeLines(spool, 60)
      await spool.synced()
    }
    await spool.close()
    expect(closed.length).toBeGreaterThan(3)
    expect(closed.reduce((sum, { records }) => sum + records, 0)).toBe(600)
    expect(closed.map(({ file }) => sealedPart(readFileSync(file)).records)).toEqual(
      closed.map(({ records }) => records),
    )
  })

  test('digests exactly the bytes of the file', async () => {
    const spool = newSpool()
    writeLines(spool, 5000, (at) => 'x'.repeat(at % 900))
    await spool.close()
    expect(
      closed.map(({ file, sha256 }) => sealedPart(readFileSync(file)).sha256 === sha256),
    ).toEqual([true])
  })

  test('asks readers to wait while too much is not loaded, and wakes them', async () => {
    const spool = newSpool({ maxWaitingBytes: 10 })
    writeLines(spool, 10)
    await spool.flush()
    let woke = false
    const waiting = spool.drained().then(() => {
      woke = true
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(woke).toBe(false)
    spool.released({ bytes: closed[0]?.bytes ?? 0, marks: [] })
    await waiting
    await spool.close()
  })

  describe('a segment that is old enough', () => {
    let nowMs = 0
    const clock = { ...systemClock, nowMs: () => nowMs }
    const records = () => closed.map((segment) => segment.records)
    /** What a spool has looked at several times since. */
    const later = async (ms: number) => {
      nowMs += ms
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    beforeEach(() => (nowMs = 1_000_000))

    test('is closed when nothing else is being loaded, and a while after', async () => {
      const spool = newSpool({ clock })
      writeLines(spool, 10)
      await spool.synced()
      await later(499)
      expect(records()).toEqual([])
      await later(1)
      await expect.poll(records).toEqual([10])
      writeLines(spool, 10)
      await spool.synced()
      await later(600)
      expect(records()).toEqual([10])
      for (const segment of closed) spool.released(segment)
      await expect.poll(records, { timeout: 10_000 }).toEqual([10, 10])
      await spool.close()
    })

    test('of many lines is closed while one is being loaded, and not while two are', async () => {
      const spool = newSpool({ clock })
      for (const expected of [[6000], [6000, 6000], [6000, 6000]]) {
        writeLines(spool, 6000)
        await spool.synced()
        await later(500)
        await expect.poll(records).toEqual(expected)
      }
      for (const segment of closed) spool.released(segment)
      await expect.poll(records).toEqual([6000, 6000, 6000])
      await spool.close()
    })
  })

  test('takes a line larger than a block', async () => {
    const spool = newSpool()
    writeLines(spool, 2, () => 'y'.repeat(3_000_000))
    await spool.close()
    expect(closed[0]?.records).toBe(2)
  })
})

describe('how far a file was read', () => {
  const position = (lines: number): Position => {
    return { inode: 7, offset: lines * 8, lines, fingerprint: '4:ab', done: false, seq: lines }
  }

  test('stands under the seal of the lines before it', async () => {
    const spool = newSpool()
    for (const lines of [100, 200, 300]) {
      writeLines(spool, 100)
      spool.note('/var/log/a', position(lines))
      spool.note('/var/log/b', position(lines))
      await spool.synced()
    }
    const [open] = readdirSync(folder)
    const bytes = readFileSync(join(folder, open ?? ''))
    for (let at = 0; at <= bytes.length; at += 5) {
      const { records, marks } = sealedPart(bytes.subarray(0, at))
      const kept = records === 0 ? [] : [position(records), position(records)]
      expect(marks.map(({ path: _path, ...rest }) => rest)).toEqual(kept)
    }
    await spool.close()
    expect(closed.map(({ records, marks }) => [records, marks.map(({ seq }) => seq)])).toEqual([
      [300, [300, 300]],
    ])
  })

  test('is never committed between the lines and what is noted of them', async () => {
    const spool = newSpool()
    for (let round = 1; round <= 3; round += 1) {
      // More than is worth a commit of its own, several times.
      writeLines(spool, 4000, () => 'z'.repeat(4000))
      spool.note('/var/log/a', position(round * 4000))
      await spool.drained()
    }
    await spool.close()
    const counts = closed.map(({ file }) => sealedPart(readFileSync(file)))
    let lines = 0
    for (const { records, marks } of counts) {
      lines += records
      expect(marks.map((mark) => mark.lines)).toEqual([lines])
    }
    expect(lines).toBe(12_000)
  })

  test('is known of an earlier run, newest first, until the records hold it', async () => {
    const spool = newSpool()
    const mark = (seq: number) => ({ ...position(seq), path: '/var/log/a' })
    spool.adopted({ bytes: 10, marks: [mark(5)] })
    spool.adopted({ bytes: 10, marks: [mark(4)] })
    expect(spool.noted('/var/log/a')).toEqual(mark(5))
    spool.released({ bytes: 10, marks: [mark(4)] })
    expect(spool.noted('/var/log/a')).toEqual(mark(5))
    spool.released({ bytes: 10, marks: [mark(5)] })
    expect(spool.noted('/var/log/a')).toBeUndefined()
    await spool.close()
  })
})

describe('recovery', () => {
  async function segment(): Promise<Buffer> {
    const spool = newSpool()
    writeLines(spool, 50)
    await spool.synced()
    writeLines(spool, 50)
    await spool.close()
    return readFileSync(closed[0]?.file ?? '')
  }

  test('keeps all sealed lines whatever byte is cut or changed, and never throws', async () => {
    const bytes = await segment()
    for (let at = 0; at < bytes.length; at += 7) {
      expect([0, 50, 100]).toContain(sealedPart(bytes.subarray(0, at)).records)
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0x41
      expect([0, 50]).toContain(sealedPart(changed).records)
    }
    expect(sealedPart(bytes).records).toBe(100)
  })

  test('sets a torn tail aside and queues the rest', async () => {
    const bytes = await segment()
    rmSync(closed[0]?.file ?? '')
    writeFileSync(
      join(folder, 'open-20260101T000000000-00000000.rb'),
      Buffer.concat([bytes, bytes.subarray(0, 70)]),
    )
    const quarantine = join(folder, 'quarantine')
    const { segments, quarantined } = recoverSpool(folder, quarantine)
    expect(segments.map(({ id, records }) => [id, records])).toEqual([
      ['20260101T000000000-00000000', 100],
    ])
    expect(quarantined.map((entry) => entry.bytes)).toEqual([70])
    expect(readdirSync(quarantine)).toHaveLength(1)
  })
})
