// Event logs decoded in one thread and given to nobody: what the reader itself costs. Prints a table: the median of nine
// rounds and the best one. Arguments: a folder that holds logs of real systems (`*.evtx`), seconds for each kind of log.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readBlock } from '../src/collect/evtx/block.ts'
import { CHUNK_BYTES, CHUNK_MAGIC, FILE_HEADER_BYTES } from '../src/collect/evtx/layout.ts'

type Corpus = { readonly name: string; readonly blocks: readonly Buffer[] }

const BLOCK_CHUNKS = 8
const ROUNDS = 9
/** Chunks less full than this are mostly slack: reading them measures nothing. */
const DENSE_BYTES = 60_000
const FREE_SPACE_AT = 48
const KINDS = ['security', 'system', 'application', 'sysmon']

const [folder = '.', seconds = '1'] = process.argv.slice(2)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.evtx'),
)
const corpora = [
  ...KINDS.map((kind) => corpus(kind, (file) => isOfKind(nameOf(file), kind))),
  corpus('all dense', () => true),
]
for (const { name, blocks } of corpora) report(name, blocks)

function nameOf(file: string): string {
  return (file.split('/').at(-1) ?? '').toLowerCase()
}

/** Logs of other channels have whole paths in their names: `E_Windows_system32_…`. */
function isOfKind(name: string, kind: string): boolean {
  return name.includes(kind) && !name.includes('windows')
}

function corpus(name: string, isWanted: (file: string) => boolean): Corpus {
  const chunks = files
    .filter(isWanted)
    .flatMap((file) => chunksOf(readFileSync(join(folder, file))))
  const blocks: Buffer[] = []
  for (let at = 0; at < chunks.length; at += BLOCK_CHUNKS)
    blocks.push(Buffer.concat(chunks.slice(at, at + BLOCK_CHUNKS)))
  return { name, blocks }
}

function chunksOf(file: Buffer): Buffer[] {
  const chunks: Buffer[] = []
  for (let at = FILE_HEADER_BYTES; at + CHUNK_BYTES <= file.length; at += CHUNK_BYTES) {
    const chunk = file.subarray(at, at + CHUNK_BYTES)
    const isRecords = chunk.subarray(0, CHUNK_MAGIC.length).equals(CHUNK_MAGIC)
    if (isRecords && chunk.readUInt32LE(FREE_SPACE_AT) >= DENSE_BYTES) chunks.push(chunk)
  }
  return chunks
}

function report(name: string, blocks: readonly Buffer[]): void {
  if (blocks.length === 0) return
  const sizeBytes = blocks.reduce((sum, block) => sum + block.length, 0)
  const once = pass(blocks)
  const rounds = Array.from({ length: ROUNDS }, () => round(blocks)).toSorted((a, b) => a - b)
  const perSecond = 1 / (rounds[ROUNDS >> 1] ?? Number.NaN)
  const best = 1 / (rounds[0] ?? Number.NaN)
  const row = [
    name.padEnd(12),
    `${(sizeBytes / 1e6).toFixed(1)} MB`.padStart(8),
    `${((sizeBytes * perSecond) / 1e6).toFixed(1)} MB/s`.padStart(11),
    `best ${((sizeBytes * best) / 1e6).toFixed(1)}`.padStart(11),
    `${Math.round((once.records * perSecond) / 1000)} k records/s`.padStart(15),
    `${((once.bytes * perSecond) / 1e6).toFixed(0)} MB/s of JSON`.padStart(18),
  ]
  process.stdout.write(`${row.join('  ')}\n`)
}

/** Processor seconds a pass. */
function round(blocks: readonly Buffer[]): number {
  const before = process.cpuUsage()
  const endMs = performance.now() + (Number(seconds) * 1000) / ROUNDS
  let passes = 0
  while (performance.now() < endMs) {
    pass(blocks)
    passes += 1
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6 / passes
}

function pass(blocks: readonly Buffer[]): { records: number; bytes: number } {
  let records = 0
  let bytes = 0
  for (const block of blocks) {
    const { lines, chunks } = readBlock(block, {})
    bytes += lines.length
    for (const chunk of chunks) records += chunk.count
  }
  return { records, bytes }
}
