import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DAY_MS } from '../../core/index.ts'
import type { Mark } from '../position.ts'
import { encodeSegment } from '../spool/record.ts'
import { sealedPart } from '../spool/recover.ts'
import { seal } from '../spool/segment-file.ts'
import { SPOOL_DEFAULTS, Spool } from '../spool/spool.ts'
import { linesOf } from './memory-door.test-helper.ts'
import { standings, takePiece } from './take-piece.ts'
import type { Piece, PieceContext } from './take-piece.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const clock = { nowMs: () => NOW }
let folder = ''
let spool: Spool
let context: PieceContext

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-piece-'))
  spool = new Spool({
    ...SPOOL_DEFAULTS,
    folder,
    clock,
    onSegment: () => undefined,
    onTrouble: () => undefined,
  })
  context = { intake: spool, clock, positions: { get: (path) => spool.noted(path) ?? null } }
})
afterEach(async () => {
  await spool.close()
  rmSync(folder, { recursive: true, force: true })
})

function piece(seq: number, texts: readonly string[], changes: Partial<Origin> = {}): Piece {
  const origin = { source: 'syslog/192.0.2.1', context: '', receivedMs: NOW - 5000, ...changes }
  const lines = encodeSegment(texts, origin)
  const bytes = Buffer.concat([lines, seal([lines])])
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { sensor: 'north', queue: 'normal', seq, segment: `segment-${seq}`, sha256, bytes }
}
type Origin = { source: string; context: string; receivedMs: number }

function onDisk(): { texts: string[]; sources: string[]; times: number[]; marks: readonly Mark[] } {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  const lines = files.flatMap((bytes) => linesOf(bytes.subarray(0, sealedPart(bytes).bytes)))
  return {
    texts: lines.map(({ text }) => text),
    sources: lines.map(({ source }) => source),
    times: lines.map(({ receivedMs }) => receivedMs),
    marks: files.flatMap((bytes) => sealedPart(bytes).marks),
  }
}

describe('a piece', () => {
  test('is on disk with its number when it is taken', async () => {
    const taken = await takePiece(context, piece(1, ['a', 'b']))
    expect(taken).toEqual({ kind: 'taken', standing: { seq: 1, segment: 'segment-1' } })
    const { marks, ...lines } = onDisk()
    expect(lines).toEqual({
      texts: ['a', 'b'],
      sources: ['north:syslog/192.0.2.1', 'north:syslog/192.0.2.1'],
      times: [NOW - 5000, NOW - 5000],
    })
    expect(marks).toMatchObject([
      { path: 'sensor:north/normal', seq: 1, fingerprint: 'segment-1', lines: 2 },
    ])
  })

  test('that comes again is acknowledged and not written again', async () => {
    await takePiece(context, piece(1, ['a']))
    expect(await takePiece(context, piece(1, ['a']))).toMatchObject({ kind: 'taken' })
    expect(onDisk().texts).toEqual(['a'])
  })

  test.each([0, 1, 3])('numbered %i where 2 is next is not written', async (seq) => {
    await takePiece(context, piece(1, ['a']))
    const other = { ...piece(seq, ['x']), segment: 'another' }
    expect(await takePiece(context, other)).toEqual({
      kind: 'conflict',
      standing: { seq: 1, segment: 'segment-1' },
    })
    expect(onDisk().texts).toEqual(['a'])
  })

  test.each([
    ['altered', (whole: Piece) => ({ ...whole, sha256: 'f'.repeat(64) })],
    ['torn', (whole: Piece) => withBytes(whole, whole.bytes.subarray(0, -3))],
    [
      'longer than its seal',
      (whole: Piece) => withBytes(whole, Buffer.concat([whole.bytes, Buffer.from('x')])),
    ],
    ['empty', (whole: Piece) => withBytes(whole, Buffer.alloc(0))],
    ['not ours', (whole: Piece) => withBytes(whole, Buffer.alloc(1000, 0xff))],
  ])('%s is refused, and nothing of it is written', async (_name, harm) => {
    expect(await takePiece(context, harm(piece(1, ['a', 'b'])))).toEqual({ kind: 'damaged' })
    expect(onDisk()).toEqual({ texts: [], sources: [], times: [], marks: [] })
    expect(await standings(context, 'north')).toMatchObject({ normal: { seq: 0 } })
  })

  test.each([
    ['1970', 0, NOW - 90 * DAY_MS],
    ['a month ago', NOW - 30 * DAY_MS, NOW - 30 * DAY_MS],
    ['next year', NOW + 365 * DAY_MS, NOW + DAY_MS],
    ['before time', -(2 ** 60), NOW - 90 * DAY_MS],
  ])('received in %s', async (_name, receivedMs, kept) => {
    await takePiece(context, piece(1, ['a'], { receivedMs }))
    expect(onDisk().times).toEqual([kept])
  })

  test.each([
    ['south:syslog/192.0.2.1', 'north:file/south:syslog/192.0.2.1'],
    ['../x', 'north:file/../x'],
    ['http/a', 'north:http/a'],
  ])('of source %s is named %s', async (source, named) => {
    await takePiece(context, piece(1, ['a'], { source }))
    expect(onDisk().sources).toEqual([named])
  })
})

function withBytes(whole: Piece, bytes: Buffer): Piece {
  return { ...whole, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}
