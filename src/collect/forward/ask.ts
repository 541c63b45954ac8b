// One request to the station, and its answer as JSON.

import type { IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { RequestOptions } from 'node:https'

export type Ask = {
  readonly path: string
  readonly body: Buffer
  readonly headers?: Readonly<Record<string, string>>
  /** Sends the body at its own pace; without it all at once. */
  readonly pace?: (bytes: number) => Promise<void>
  /** Bytes of the answer that are taken; 64 KiB where nothing is said. */
  readonly mostAnswerBytes?: number
}

export type Answer = { readonly status: number; readonly body: unknown }

/** Silence of the station after which a request is given up. */
const IDLE_MS = 60_000
const CHUNK_BYTES = 16 * 1024
const MAX_ANSWER_BYTES = 64 * 1024

/** Rejects when the link breaks or nothing is heard for a minute. */
export async function ask(
  options: RequestOptions,
  { path, body, headers, pace, mostAnswerBytes = MAX_ANSWER_BYTES }: Ask,
): Promise<Answer> {
  const request = httpsRequest({
    ...options,
    method: 'POST',
    path,
    timeout: IDLE_MS,
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(body.length),
      ...headers,
    },
  })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve)
    request.once('error', reject)
    request.once('timeout', () => request.destroy(new Error('no answer for a minute')))
  })
  // It may fail while the body is still being sent; whoever waits for the answer is told.
  answered.catch(() => undefined)
  if (pace === undefined) request.end(body)
  else await sendSlowly(request, body, pace)
  const response = await answered
  return { status: response.statusCode ?? 0, body: await readJson(response, mostAnswerBytes) }
}

type Request = ReturnType<typeof httpsRequest>

async function sendSlowly(
  request: Request,
  body: Buffer,
  pace: (bytes: number) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < body.length && !request.destroyed; at += CHUNK_BYTES) {
    const chunk = body.subarray(at, at + CHUNK_BYTES)
    await pace(chunk.length)
    if (!request.destroyed) request.write(chunk)
  }
  if (!request.destroyed) request.end()
}

async function readJson(response: IncomingMessage, mostBytes: number): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.length
    if (bytes > mostBytes) throw new Error('the answer is longer than expected')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}
