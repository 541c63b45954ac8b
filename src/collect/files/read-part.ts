// A file, or a member of an archive, whatever it holds: recognised, unpacked, read. Trouble with it is reported and
// ends it alone; only the intake's own trouble is thrown.

import { peek } from './chunks.ts'
import type { Chunks } from './chunks.ts'
import { MAGIC_BYTES, detectContainer } from './container.ts'
import { guard } from './guard.ts'
import { memberName } from './member-name.ts'
import { readEvtx } from './read-evtx.ts'
import { readText } from './read-text.ts'
import { StopReading, report } from './reading.ts'
import type { Reading } from './reading.ts'
import { withSpilled } from './spill.ts'
import { tally } from './tally.ts'
import { tarMembers } from './tar-stream.ts'
import { unpack } from './unpack.ts'
import type { Packing } from './unpack.ts'
import { zipMembers } from './zip-members.ts'
import type { ZipMember } from './zip-members.ts'

export type Part = {
  /** As problems name it: path, then the names of members. */
  readonly file: string
  readonly source: string
  readonly chunks: Chunks
  /** Compressed layers around it. */
  readonly depth: number
  /** Where the bytes lie as they are, if they do: archives and event logs are read there. */
  readonly path?: string | undefined
}

/** An archive, and archives inside it; then no more. */
const MAX_DEPTH = 2
/** Tar packs nothing, and `.tar.gz` is one thing to those who make it; but tars may not nest without end. */
const TAR_DEPTH = 0.5
const MAX_TAR_DEPTH = 3

export async function readPart(reading: Reading, part: Part): Promise<void> {
  await guard(reading, { file: part.file, format: 'text' }, async () => {
    const { head, all } = await peek(part.chunks, MAGIC_BYTES)
    await readAs(reading, { ...part, chunks: all }, head)
  })
}

async function readAs(reading: Reading, part: Part, head: Buffer): Promise<void> {
  const container = detectContainer(head)
  const { file } = part
  switch (container.kind) {
    case 'text':
      return readText(reading, { ...part, isWhole: part.depth === 0 && part.path !== undefined })
    case 'gzip':
    case 'zstd':
      return readPacked(reading, part, container.kind)
    case 'zip':
      if (isTooDeep(reading, part, MAX_DEPTH)) return
      return onDisk(reading, part, (path) => readZip(reading, part, path))
    case 'tar':
      if (isTooDeep(reading, part, MAX_TAR_DEPTH)) return
      return guard(reading, { file, format: 'tar' }, () => readTar(reading, part))
    case 'evtx':
      return onDisk(reading, part, (path) => readEvtx(reading, part, path))
    case 'unsupported':
      return report(reading, { file, code: 'unsupported', details: { format: container.format } })
  }
}

function isTooDeep(reading: Reading, { file, depth }: Part, limit: number): boolean {
  if (depth < limit) return false
  report(reading, { file, code: 'nested_too_deep', details: {} })
  return true
}

async function readPacked(reading: Reading, part: Part, packing: Packing): Promise<void> {
  if (isTooDeep(reading, part, MAX_DEPTH)) return
  await unpacked(reading, part, packing)
}

/** One member after another; one that cannot be read does not stop the others. */
async function readZip(reading: Reading, archive: Part, path: string): Promise<void> {
  await guard(reading, { file: archive.file, format: 'zip' }, async () => {
    for await (const member of zipMembers(path)) {
      if (reading.signal?.aborted === true) return
      await readZipMember(reading, archive, member)
    }
  })
}

async function readZipMember(reading: Reading, archive: Part, member: ZipMember): Promise<void> {
  const names = namesIn(archive, member.name)
  const { file } = names
  if (member.kind === 'encrypted') return report(reading, { file, code: 'encrypted', details: {} })
  if (member.kind === 'unknown') {
    return report(reading, { file, code: 'unsupported', details: { format: member.method } })
  }
  await guard(reading, { file, format: 'zip' }, async () => {
    const raw = await member.open()
    const chunks = archive.depth === 0 ? tally(raw, reading.advance) : raw
    if (member.packing === null)
      return readPart(reading, { ...names, chunks, depth: archive.depth + 1 })
    return unpacked(reading, { ...names, chunks, depth: archive.depth }, member.packing)
  })
}

async function readTar(reading: Reading, archive: Part): Promise<void> {
  for await (const { name, chunks } of tarMembers(archive.chunks)) {
    if (reading.signal?.aborted === true) return
    await readPart(reading, { ...namesIn(archive, name), chunks, depth: archive.depth + TAR_DEPTH })
  }
}

function namesIn(archive: Part, raw: string): { readonly file: string; readonly source: string } {
  const name = memberName(raw)
  return { file: `${archive.file}/${name}`, source: `${archive.source}/${name}` }
}

/** Reads what `part.chunks` unpack to. Shared with zip, whose members are packed as well. */
async function unpacked(reading: Reading, part: Part, packing: Packing): Promise<void> {
  await guard(reading, { file: part.file, format: packing }, async () => {
    let packedBytes = 0
    const packed = tally(part.chunks, (bytes) => {
      packedBytes += bytes
    })
    const plain = metered(reading, unpack(packed, packing), {
      file: part.file,
      packed: () => packedBytes,
    })
    const { head, all } = await peek(plain, MAGIC_BYTES)
    const inner = { file: part.file, source: part.source, chunks: all, depth: part.depth + 1 }
    await readAs(reading, inner, head)
  })
}

/** Passes chunks on while they stay within the limits; throws StopReading where they do not. */
async function* metered(
  { budget }: Reading,
  chunks: Chunks,
  { file, packed }: { readonly file: string; readonly packed: () => number },
): AsyncGenerator<Buffer> {
  const { totalBytes, ratio, ratioFromBytes } = budget.limits
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (!budget.take(chunk.length)) {
      throw new StopReading({ file, code: 'total_exceeded', details: { limitBytes: totalBytes } })
    }
    if (bytes > ratioFromBytes && bytes > packed() * ratio) {
      throw new StopReading({ file, code: 'ratio_exceeded', details: { ratio } })
    }
    yield chunk
  }
}

function onDisk(
  reading: Reading,
  { path, chunks }: Part,
  use: (path: string) => Promise<void>,
): Promise<void> {
  return path === undefined ? withSpilled(reading.tempFolder, chunks, use) : use(path)
}
