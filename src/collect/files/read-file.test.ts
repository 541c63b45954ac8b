import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ChunkWriter, evtxFile, utf16 } from '../evtx/write-evtx.test-helper.ts'
import type { Fragment } from '../evtx/write-evtx.test-helper.ts'
import { describeProblem } from './problem.ts'
import { readFileInto } from './read-file.ts'
import type { Checkpoint, ReadFileOptions } from './read-file.ts'
import { recordingIntake } from './recording-intake.test-helper.ts'
import { tarOf, zipOf } from './zip-and-tar.test-helper.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-read-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const LINES = Array.from(
  { length: 30_000 },
  (_, index) => `<13>line ${index} ${(index * 2_654_435_761) % 1_000_003}`,
)
const TEXT = Buffer.from(`${LINES.join('\n')}\n`)

async function read(content: Buffer, changes: Partial<ReadFileOptions> = {}, name = 'x.log') {
  const path = join(folder, name)
  await writeFile(path, content)
  return readPath(path, changes)
}

async function readPath(path: string, changes: Partial<ReadFileOptions> = {}) {
  const intake = recordingIntake()
  const result = await readFileInto({
    path,
    name: 'file/x',
    intake,
    kind: 'file',
    tempFolder: folder,
    ...changes,
  })
  return { intake, result, texts: intake.texts(), codes: result.problems.map(({ code }) => code) }
}

describe('what is packed', () => {
  test.each([
    ['plain', TEXT],
    ['gzip', gzipSync(TEXT)],
    [
      'gzip members in a row',
      Buffer.concat([gzipSync(TEXT.subarray(0, 5000)), gzipSync(TEXT.subarray(5000))]),
    ],
    ['zstd', zstdCompressSync(TEXT)],
    [
      'zstd frames in a row',
      Buffer.concat([
        zstdCompressSync(TEXT.subarray(0, 5000)),
        zstdCompressSync(TEXT.subarray(5000)),
      ]),
    ],
    ['zip', zipOf([{ name: 'a.log', content: TEXT }])],
    ['zip, stored', zipOf([{ name: 'a.log', content: TEXT, method: 0 }])],
    ['zip of gzip', zipOf([{ name: 'a.log.gz', content: gzipSync(TEXT), method: 0 }])],
    ['gzip of zip', gzipSync(zipOf([{ name: 'a.log', content: TEXT }]))],
    ['tar', tarOf([{ name: 'a.log', content: TEXT }])],
    [
      'tar.gz with a gzip inside',
      gzipSync(tarOf([{ name: 'var/log/a.gz', content: gzipSync(TEXT) }])),
    ],
  ])('%s', async (_name, content) => {
    const { texts, result } = await read(content)
    expect(result).toMatchObject({ lines: LINES.length, problems: [] })
    expect(texts).toEqual(LINES)
  })

  test('members have names of their own, and strange ones are only shown', async () => {
    const { intake, result } = await read(
      zipOf([
        { name: 'empty/', content: Buffer.alloc(0) },
        { name: '../../etc/x\u0007.log', content: Buffer.from('one\n') },
        { name: 'b.json', content: Buffer.from('[{"a":1},\n{"a":2}]') },
      ]),
    )
    expect(result.problems).toEqual([])
    expect(intake.lines.map(({ source, text }) => [source, text])).toEqual([
      ['file/x/../../etc/x?.log', 'one'],
      ['file/x/b.json', '{"a":1}'],
      ['file/x/b.json', '{"a":2}'],
    ])
  })

  test('long tar names, and what is no file in a tar', async () => {
    const { intake } = await read(
      tarOf([
        { name: '././@LongLink', content: Buffer.from(`${'d/'.repeat(80)}x.log\0`), type: 'L' },
        { name: 'cut off', content: Buffer.from('one\n') },
        { name: 'link', content: Buffer.alloc(0), type: '2' },
        { name: 'last', content: Buffer.from('two\n') },
      ]),
    )
    expect(intake.lines.map(({ source, text }) => [source, text])).toEqual([
      [`file/x/${'d/'.repeat(80)}x.log`, 'one'],
      ['file/x/last', 'two'],
    ])
  })
})

describe('Windows event logs', () => {
  const event: Fragment = {
    template: { name: 'Event', content: [{ slot: 0 }] },
    values: [utf16('x\ny')],
  }
  const chunk = new ChunkWriter().record(event).record(event)
  const log = evtxFile([chunk.bytes])

  test.each([
    ['as a file', log],
    ['in a zip', zipOf([{ name: 'Security.evtx', content: log }])],
    ['in a tar.gz', gzipSync(tarOf([{ name: 'Security.evtx', content: log }]))],
  ])('%s: a line an event', async (_name, content) => {
    const { texts, result } = await read(content)
    expect(result).toMatchObject({ lines: 2, problems: [] })
    expect(texts).toEqual(['{"Event":"x\\ny"}', '{"Event":"x\\ny"}'])
  })

  test.each([
    ['destroyed', Buffer.from(log).fill(0, 0, 4096)],
    ['lost', log.subarray(4096)],
  ])('is read though its file header is %s, and that is said', async (_name, content) => {
    const { texts, codes } = await read(content)
    expect(texts).toHaveLength(2)
    expect(codes).toEqual(['evtx_damaged'])
  })

  test('a corrupt chunk costs only itself, and is said', async () => {
    const bad = Buffer.from(chunk.bytes).fill(0xff, 0, 8)
    const { texts, codes } = await read(evtxFile([chunk.bytes, bad, chunk.bytes]))
    expect(texts).toHaveLength(4)
    expect(codes).toContain('evtx_damaged')
  })
})

describe('bad input', () => {
  test.each([
    ['gzip', gzipSync(TEXT)],
    ['zstd', zstdCompressSync(TEXT)],
  ])('truncated %s gives every line up to the break', async (format, packed) => {
    const { texts, result } = await read(packed.subarray(0, Math.floor(packed.length / 2)))
    expect(result.problems).toMatchObject([{ code: 'truncated', details: { format } }])
    // As much as the decoder can know of, in the same order; its last line may be half.
    expect(texts.length).toBeGreaterThan(LINES.length / 4)
    expect(texts.slice(0, -1)).toEqual(LINES.slice(0, texts.length - 1))
  })

  test('truncated gzip gives exactly what zcat gives', async () => {
    const packed = gzipSync(TEXT)
    const path = join(folder, 'cut.gz')
    await writeFile(path, packed.subarray(0, packed.length - 1000))
    const { intake } = await readPath(path)
    const shown = execFileSync('sh', ['-c', 'gzip -dc "$1" 2>/dev/null; true', 'sh', path], {
      maxBuffer: 1e8,
    })
    expect(intake.texts().join('\n')).toBe(shown.toString())
  })

  test('gzip damaged in the middle keeps what came before', async () => {
    const packed = Buffer.from(gzipSync(TEXT))
    packed.fill(0xff, packed.length - 20_000, packed.length - 19_000)
    const { texts, codes } = await read(packed)
    expect(codes).toEqual(['damaged'])
    expect(texts.slice(0, 1000)).toEqual(LINES.slice(0, 1000))
  })

  test('a zip with a bad, an encrypted and an unknown member gives the good ones', async () => {
    const bad = zipOf([
      { name: 'bad.log', content: TEXT },
      { name: 'secret.log', content: TEXT, flags: 0x801 },
      { name: 'other.log', content: Buffer.from('x'), method: 9 },
      { name: 'good.log', content: Buffer.from('good\n') },
    ])
    bad.fill(0xff, 2000, 2100)
    const { texts, result } = await read(bad)
    expect(texts.at(-1)).toBe('good')
    expect(result.problems.map(({ code, file }) => [code, file.split('/').at(-1)])).toEqual([
      ['damaged', 'bad.log'],
      ['encrypted', 'secret.log'],
      ['unsupported', 'other.log'],
    ])
  })

  test('a zip without its directory is a problem, not an error', async () => {
    expect((await read(zipOf([{ name: 'a', content: TEXT }]).subarray(0, 5000))).codes).toEqual([
      'damaged',
    ])
  })

  test('an archive inside an archive inside an archive is left alone', async () => {
    const inner = gzipSync(gzipSync(TEXT))
    const { codes, texts } = await read(
      zipOf([
        { name: 'a', content: inner, method: 0 },
        { name: 'b', content: Buffer.from('b\n') },
      ]),
    )
    expect(codes).toEqual(['nested_too_deep'])
    expect(texts).toEqual(['b'])
  })

  test('a bomb is stopped by its ratio, and the rest of the archive is read', async () => {
    const bomb = Buffer.alloc(40 * 1024 * 1024)
    const limits = { totalBytes: 1024 ** 3, ratio: 500, ratioFromBytes: 8 * 1024 * 1024 }
    const archive = zipOf([
      { name: 'bomb', content: bomb },
      { name: 'good', content: Buffer.from('good\n') },
    ])
    const { texts, result } = await read(archive, { limits })
    expect(result.problems).toContainEqual(
      expect.objectContaining({ code: 'ratio_exceeded', details: { ratio: 500 } }),
    )
    expect(texts.at(-1)).toBe('good')
    expect(result.bytes).toBeLessThan(32 * 1024 * 1024)
  })

  test.each([gzipSync(TEXT), zstdCompressSync(TEXT)])(
    'a file larger than the limit unpacked is read up to it',
    async (packed) => {
      const limits = { totalBytes: 300_000, ratio: 1000, ratioFromBytes: 1024 ** 3 }
      const { codes, result } = await read(packed, { limits })
      expect(codes).toEqual(['total_exceeded'])
      expect(result.bytes).toBeLessThanOrEqual(300_000)
    },
  )

  test.each([
    ['ELF', '7f454c4602010100'],
    ['PNG', '89504e470d0a1a0a'],
    ['PE', '4d5a90000300'],
    ['pcap', 'd4c3b2a102000400'],
  ])('%s is named and left alone', async (format, magic) => {
    const { result, texts } = await read(Buffer.from(magic + '00'.repeat(600), 'hex'))
    expect(result.problems).toMatchObject([{ code: 'unsupported', details: { format } }])
    expect(texts).toEqual([])
  })

  test('what is no file of ours never stops anything', async () => {
    const fifo = join(folder, 'fifo')
    execFileSync('mkfifo', [fifo])
    expect((await readPath(fifo)).codes).toEqual(['not_a_file'])
    expect((await readPath(folder)).codes).toEqual(['not_a_file'])
    expect((await readPath(join(folder, 'none'))).codes).toEqual(['not_found'])
    await symlink('/etc/hostname', join(folder, 'link'))
    expect((await readPath(join(folder, 'link'), { followLinks: false })).codes).toEqual([
      'symbolic_link',
    ])
    expect((await read(Buffer.alloc(0))).result).toEqual({ lines: 0, bytes: 0, problems: [] })
  })

  test.skipIf(process.getuid?.() === 0)('a file without permission is unreadable', async () => {
    const path = join(folder, 'locked')
    await writeFile(path, 'x')
    await chmod(path, 0)
    expect((await readPath(path)).codes).toEqual(['unreadable'])
  })

  test('every problem has a sentence in both languages', async () => {
    const { result } = await read(gzipSync(TEXT).subarray(0, 5000))
    const [problem] = result.problems
    expect(problem && describeProblem(problem, 'en')).toMatch(/gzip data end too early/)
    expect(problem && describeProblem(problem, 'fr')).toMatch(/données gzip s’arrêtent trop tôt/)
  })

  test('no temporary file is left behind', async () => {
    await read(gzipSync(zipOf([{ name: 'a', content: TEXT }]).subarray(0, 3000)))
    expect(readdirSync(folder).filter((name) => name.startsWith('vigie-'))).toEqual([])
  })
})

test('a line of 300 MB needs memory for one piece only', async () => {
  const path = join(folder, 'long.gz')
  execFileSync('sh', [
    '-c',
    'head -c 300000000 /dev/zero | tr "\\0" x | gzip -1 > "$1"',
    'sh',
    path,
  ])
  let [bytes, lines] = [0, 0]
  const intake = {
    ...recordingIntake(),
    write: (_from: unknown, _bytes: Buffer, start: number, end: number) => {
      bytes += end - start
      lines += 1
      return true
    },
  }
  const before = process.memoryUsage.rss()
  const result = await readFileInto({ path, name: 'x', intake, kind: 'file' })
  expect(bytes).toBe(300_000_000)
  expect(result).toMatchObject({ lines, problems: [{ code: 'lines_cut' }] })
  expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 * 1024)
}, 20_000)

test('progress reaches the size of the file on disk', async () => {
  const seen: number[] = []
  const packed = gzipSync(TEXT)
  await read(packed, { onProgress: ({ bytesRead, size }) => seen.push(bytesRead / size) })
  expect(seen.at(-1)).toBe(1)
})

test('waits while the intake is full', async () => {
  const intake = recordingIntake()
  intake.saturate()
  const path = join(folder, 'wait.gz')
  await writeFile(path, gzipSync(Buffer.concat([TEXT, TEXT, TEXT, TEXT])))
  const reading = readFileInto({ path, name: 'x', intake, kind: 'file' })
  await expect.poll(() => intake.lines.length, { timeout: 30_000 }).toBeGreaterThan(0)
  // It would go on if it did not wait.
  await new Promise((resolve) => setTimeout(resolve, 100))
  const taken = intake.lines.length
  expect(taken).toBeLessThan(LINES.length)
  intake.release()
  await reading
  expect(intake.lines.length).toBe(4 * LINES.length)
})

test("the intake's own trouble is thrown, not taken for the file's", async () => {
  const intake = {
    ...recordingIntake(),
    write: () => false,
    drained: () => Promise.reject(new Error('no space')),
  }
  const path = join(folder, 'y.log')
  await writeFile(path, TEXT)
  await expect(readFileInto({ path, name: 'x', intake, kind: 'file' })).rejects.toThrow('no space')
})

test.each([
  ['plain', TEXT],
  ['gzip', gzipSync(TEXT)],
  [
    'JSON',
    Buffer.from(
      JSON.stringify(
        LINES.map((text) => ({ text })),
        null,
        1,
      ),
    ),
  ],
])(
  'stopped in the middle, %s goes on without losing or doubling a line',
  async (_name, content) => {
    const path = join(folder, 'resume')
    await writeFile(path, content)
    const intake = recordingIntake()
    const stop = new AbortController()
    let reached: Checkpoint | undefined
    const onCheckpoint = (checkpoint: Checkpoint) => {
      reached ??= checkpoint
      stop.abort()
    }
    const options = { path, name: 'x', intake, kind: 'file' } as const
    const first = await readFileInto({ ...options, onCheckpoint, signal: stop.signal })
    expect(first.problems.map(({ code }) => code)).toEqual(['stopped'])
    expect(intake.lines.length).toBeLessThan(LINES.length)
    const second = await readFileInto({ ...options, from: reached })
    expect(second).toMatchObject({ lines: LINES.length, problems: [] })
    expect(intake.lines.length).toBe(LINES.length)
    expect(new Set(intake.texts()).size).toBe(LINES.length)
  },
)

const REAL = join(import.meta.dirname, '../../../../shared/data/logs/logs-zeek.tar.gz')
test.skipIf(!existsSync(REAL))(
  'a real archive of Zeek logs keeps the header beside each line',
  async () => {
    const { intake, result } = await readPath(REAL)
    expect(result.problems.filter(({ code }) => code !== 'unsupported')).toEqual([])
    expect(intake.lines.length).toBeGreaterThan(1000)
    const tabbed = intake.lines.filter(({ context }) => context.includes('#fields'))
    expect(tabbed.every(({ text }) => !text.startsWith('#'))).toBe(true)
  },
)
