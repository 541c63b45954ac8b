// Makes a pack, and the key that signs it.

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { VigieError } from '../core/index.ts'
import type { NetworkSource } from '../model/index.ts'
import type { NetworkRange } from './network-range.ts'
import { FORMAT } from './pack.ts'
import type { PackHeader } from './pack.ts'
import { lineOf } from './range-line.ts'
import { oldestOf } from './sources.ts'

/** The public half, SPKI in base64. Makes a key that only its owner may read where there is none. */
export function makeKey(file: string): string {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
  }
  return publicOf(file)
}

function privateOf(file: string) {
  try {
    const key = createPrivateKey(readFileSync(file))
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch (cause) {
    throw new VigieError('NETWORKS_REFUSED', { file, problem: 'not_a_key', met: '' }, { cause })
  }
  throw new VigieError('NETWORKS_REFUSED', { file, problem: 'not_a_key', met: '' })
}

function publicOf(file: string): string {
  return createPublicKey(privateOf(file)).export({ format: 'der', type: 'spki' }).toString('base64')
}

export type PackAsk = {
  readonly ranges: readonly NetworkRange[]
  readonly sources: readonly NetworkSource[]
  readonly keyFile: string
  readonly nowMs: number
}

/** Throws NETWORKS_REFUSED for what is no key. The ranges are in a file beside until the header can name their digest. */
export async function writePack(
  file: string,
  { ranges, sources, keyFile, nowMs }: PackAsk,
): Promise<PackHeader> {
  const key = privateOf(keyFile)
  const body = `${file}.part`
  try {
    await pipeline(
      Readable.from(linesOf(ranges)),
      createGzip({ level: 9 }),
      createWriteStream(body, { mode: 0o600 }),
    )
    const header: PackHeader = {
      dated: oldestOf(sources),
      made: new Date(nowMs).toISOString(),
      ranges: ranges.length,
      sha256: await digestOf(body),
      sources: [...sources],
    }
    const text = `${FORMAT}\n${JSON.stringify(header)}\n`
    const signature = sign(null, Buffer.from(text), key).toString('base64')
    const head = Buffer.from(`${text}${publicOf(keyFile)} ${signature}\n`)
    await pipeline(headed(head, body), createWriteStream(file))
    return header
  } finally {
    rmSync(body, { force: true })
  }
}

function* linesOf(ranges: readonly NetworkRange[]): Generator<string> {
  for (let at = 0; at < ranges.length; at += 1000)
    yield ranges
      .slice(at, at + 1000)
      .map(lineOf)
      .join('')
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function* headed(head: Buffer, body: string): AsyncGenerator<Buffer> {
  yield head
  yield* createReadStream(body)
}
