// Objects of a bucket (Amazon S3 and what speaks like it): listed by prefix, or named by the messages of a queue (SQS).
// Each is fetched into a file and read as files are: packed, JSON, lines, tables.

import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { readFileInto } from '../files/index.ts'
import type { ObjectsStream } from './collector.ts'
import { escaped, fill, fillRequest } from './fill.ts'
import type { Filled, Values } from './fill.ts'
import type { StreamParts } from './poll-stream.ts'
import { CloudFailure } from './trouble.ts'

type Listed = { readonly key: string; readonly modifiedMs: number; readonly tag: string }

const DAY_MS = 86_400_000
/** The largest object that is fetched. */
const MOST_OBJECT_BYTES = 5 * 1024 * 1024 * 1024

export async function readObjects(stream: ObjectsStream, parts: StreamParts): Promise<never> {
  for (;;) {
    await readNewObjects(stream, parts)
    parts.onRead()
    await sleep(stream.poll_s * 1000, undefined, { signal: parts.signal })
  }
}

async function readNewObjects(stream: ObjectsStream, parts: StreamParts): Promise<void> {
  const { state, nowMs, values } = parts
  const startMs = nowMs()
  const fromMs = state.fromMs(stream.overlap_s * 1000)
  const bucket = { endpoint: stream.endpoint, bucket: fill(stream.bucket, values) }
  for (const prefix of prefixesOf(fill(stream.prefix, values), fromMs, startMs)) {
    for await (const objects of listed(bucket, prefix, parts)) {
      for (const object of objects) {
        if (object.modifiedMs < fromMs) continue
        const { key, tag, modifiedMs: timeMs } = object
        await readObject({ ...bucket, key, id: `${key} ${tag}`, timeMs }, parts)
      }
    }
  }
  state.untilMs = startMs
  state.forget(startMs - stream.overlap_s * 1000)
  state.note(parts.intake)
}

/** One prefix for each day (UTC) where it holds a day. */
function prefixesOf(prefix: string, fromMs: number, toMs: number): readonly string[] {
  if (!/\{(?:yyyy|mm|dd)\}/.test(prefix)) return [prefix]
  const found = new Set<string>()
  for (let ms = fromMs; ; ms += DAY_MS) {
    const [yyyy = '', mm = '', dd = ''] = new Date(Math.min(ms, toMs)).toISOString().split(/[-T]/)
    found.add(fill(prefix, { yyyy, mm, dd }))
    if (ms >= toMs) return [...found]
  }
}

type Bucket = { readonly endpoint: string; readonly bucket: string }

/** ListObjectsV2, page by page. */
async function* listed(
  { endpoint, bucket }: Bucket,
  prefix: string,
  { asker, values }: StreamParts,
): AsyncGenerator<readonly Listed[]> {
  let token = ''
  do {
    const query: Values = {
      'list-type': '2',
      'encoding-type': 'url',
      prefix,
      ...(token === '' ? {} : { 'continuation-token': token }),
    }
    const request = { method: 'GET', url: `${endpoint}/`, query, headers: {} } as const
    const { text } = await asker.ask(fillRequest(request, { ...values, bucket }))
    if (!text.includes('<ListBucketResult'))
      throw new CloudFailure({ code: 'unreadable', reason: 'no list of a bucket' })
    yield objectsOf(text)
    const next = element(text, 'NextContinuationToken')
    if (next !== '' && next === token) throw new CloudFailure({ code: 'repeats' })
    token = next
  } while (token !== '')
}

/** Keys are written as in addresses (`encoding-type=url`), so that no entity of XML is in them. */
function objectsOf(text: string): readonly Listed[] {
  return [...text.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, inner = '']) => ({
    key: decodeURIComponent(element(inner, 'Key').replaceAll('+', ' ')),
    modifiedMs: Date.parse(element(inner, 'LastModified')),
    tag: element(inner, 'ETag'),
  }))
}

function element(text: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? ''
}

type ObjectPlace = Bucket & {
  readonly key: string
  /** What tells this state of the object from another. */
  readonly id: string
  readonly timeMs: number
}

/** Reads what was not read lately. An object that cannot be read whole is said; what stands before the damage is kept. */
export async function readObject(
  { endpoint, bucket, key, id, timeMs }: ObjectPlace,
  parts: StreamParts,
): Promise<void> {
  const { state, intake, origin, signal, onTrouble, values, asker } = parts
  // Folders, and the digests by which CloudTrail proves its own files.
  if (key.endsWith('/') || key.includes('/CloudTrail-Digest/') || state.wasSeen(id)) return
  const folder = await mkdtemp(join(tmpdir(), 'vigie-object-'))
  try {
    const path = join(
      folder,
      key
        .split('/')
        .at(-1)
        ?.replaceAll(/[^\w.-]/g, '_')
        .slice(-100) ?? '',
    )
    const address = `${fill(endpoint, { ...values, bucket })}/${key.split('/').map(escaped).join('/')}`
    const request: Filled = { method: 'GET', url: new URL(address), headers: {}, body: undefined }
    const response = await asker.open(request)
    const body = Readable.fromWeb(response as Parameters<typeof Readable.fromWeb>[0])
    await pipeline(body, limited(MOST_OBJECT_BYTES), createWriteStream(path), { signal })
    const from = state.object?.id === id ? { offset: 0, lines: state.object.lines } : undefined
    const { problems } = await readFileInto({
      path,
      name: origin.origin.source,
      kind: 'cloud',
      intake,
      signal,
      ...(from === undefined ? {} : { from }),
      onCheckpoint: ({ lines }) => {
        state.object = { id, lines }
        state.note(intake)
      },
    })
    // A stop is no end: the rest is read from here next time.
    signal.throwIfAborted()
    for (const { code } of problems) onTrouble({ code: 'object', key, reason: code })
    state.object = undefined
    state.see(id, timeMs)
    state.note(intake)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function limited(mostBytes: number) {
  return async function* cut(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let bytes = 0
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > mostBytes) throw new CloudFailure({ code: 'too_large', limitBytes: mostBytes })
      yield chunk
    }
  }
}
