// The regular files of a tar archive (POSIX.1-1988 ustar, pax, GNU long names), as a stream.

import type { Chunks } from './chunks.ts'
import { TruncatedError } from './unpack.ts'

export type TarMember = { readonly name: string; readonly chunks: Chunks }

const BLOCK = 512
/** Longest extended header that is read; a longer one is skipped. */
const MAX_EXTENDED = 64 * 1024

/** The chunks of a member are to be read before the next one is asked for; what is left of them is skipped. */
export async function* tarMembers(source: Chunks): AsyncGenerator<TarMember> {
  const bytes = new ByteQueue(source)
  let [longName, longSize]: [string | undefined, number | undefined] = [undefined, undefined]
  for (let block = await bytes.exactly(BLOCK); block !== null; block = await bytes.exactly(BLOCK)) {
    if (isEmpty(block)) continue
    const header = readHeader(block)
    const size = longSize ?? header.size
    if (header.type === 'L' || header.type === 'x') {
      const extended = await extendedHeader(bytes, header.size)
      if (header.type === 'L') longName = extended.replace(/\0.*$/s, '')
      else
        ({ name: longName, size: longSize } = {
          name: longName,
          size: longSize,
          ...paxRecords(extended),
        })
      continue
    }
    const member = new MemberBytes(bytes, size)
    if (header.isFile) yield { name: longName ?? header.name, chunks: member.chunks() }
    await member.skip()
    ;[longName, longSize] = [undefined, undefined]
  }
}

class MemberBytes {
  readonly #bytes: ByteQueue
  readonly #padding: number
  #left: number

  constructor(bytes: ByteQueue, size: number) {
    this.#bytes = bytes
    this.#left = size
    this.#padding = (BLOCK - (size % BLOCK)) % BLOCK
  }

  async *chunks(): AsyncGenerator<Buffer> {
    while (this.#left > 0) {
      const chunk = await this.#bytes.atMost(this.#left)
      if (chunk === null) throw new TruncatedError('unexpected end of archive')
      this.#left -= chunk.length
      yield chunk
    }
  }

  async skip(): Promise<void> {
    for (let left = this.#left + this.#padding; left > 0;) {
      const chunk = await this.#bytes.atMost(left)
      if (chunk === null) return
      left -= chunk.length
    }
  }
}

class ByteQueue {
  readonly #input: AsyncIterator<Buffer>
  #chunk: Buffer = Buffer.alloc(0)

  constructor(source: Chunks) {
    this.#input = source[Symbol.asyncIterator]()
  }

  async atMost(count: number): Promise<Buffer | null> {
    while (this.#chunk.length === 0) {
      const next = await this.#input.next()
      if (next.done === true) return null
      this.#chunk = next.value
    }
    const taken = this.#chunk.subarray(0, count)
    this.#chunk = this.#chunk.subarray(taken.length)
    return taken
  }

  /** Null at the end of the input; throws TruncatedError where it ends in between. */
  async exactly(count: number): Promise<Buffer | null> {
    const parts: Buffer[] = []
    for (let left = count; left > 0;) {
      const part = await this.atMost(left)
      if (part === null && parts.length === 0) return null
      if (part === null) throw new TruncatedError('unexpected end of archive')
      parts.push(part)
      left -= part.length
    }
    return Buffer.concat(parts)
  }
}

type TarHeader = {
  readonly name: string
  readonly size: number
  readonly type: string
  readonly isFile: boolean
}

function readHeader(block: Buffer): TarHeader {
  if (octal(block, 148, 156) !== checksum(block)) throw new Error('bad tar header')
  const type = String.fromCharCode(block[156] ?? 0)
  const prefix = text(block, 345, 500)
  const name = text(block, 0, 100)
  const isFile = type === '0' || type === '\0' || type === '7'
  return { name: prefix === '' ? name : `${prefix}/${name}`, size: readSize(block), type, isFile }
}

/** Octal digits, or base 256 where the first bit is set (GNU), for files above 8 GB. */
function readSize(block: Buffer): number {
  const isBinary = ((block[124] ?? 0) & 0x80) !== 0
  const size = isBinary ? Number(block.readBigUInt64BE(128)) : octal(block, 124, 136)
  if (!Number.isSafeInteger(size) || size < 0) throw new Error('bad tar header')
  return size
}

function octal(block: Buffer, start: number, end: number): number {
  const digits = text(block, start, end).trim()
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits === '' ? '0' : digits, 8) : Number.NaN
}

/** Sum of the header's bytes with its checksum field as spaces. */
function checksum(block: Buffer): number {
  let sum = 8 * 32
  for (let at = 0; at < BLOCK; at += 1) if (at < 148 || at >= 156) sum += block[at] ?? 0
  return sum
}

function text(block: Buffer, start: number, end: number): string {
  return block.toString('utf8', start, end).replace(/\0.*$/s, '')
}

function isEmpty(block: Buffer): boolean {
  return block.every((byte) => byte === 0)
}

async function extendedHeader(bytes: ByteQueue, size: number): Promise<string> {
  const member = new MemberBytes(bytes, size)
  const content = size <= MAX_EXTENDED ? await bytesOf(member) : Buffer.alloc(0)
  await member.skip()
  return content.toString('utf8')
}

async function bytesOf(member: MemberBytes): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const chunk of member.chunks()) parts.push(chunk)
  return Buffer.concat(parts)
}

/** `LENGTH key=value\n` (POSIX.1-2001 pax); only what is needed. */
function paxRecords(records: string): { name?: string; size?: number } {
  const name = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(records)?.[1]
  const size = Number(/(?:^|\n)\d+ size=(\d+)\n/.exec(records)?.[1] ?? Number.NaN)
  return {
    ...(name === undefined ? {} : { name }),
    ...(Number.isSafeInteger(size) ? { size } : {}),
  }
}
