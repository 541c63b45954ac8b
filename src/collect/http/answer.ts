// Answers in HEC's JSON, and what happens to a body nobody will read.

import type { IncomingMessage, ServerResponse } from 'node:http'

/** A sender that does not stop after a refusal is cut off after as much. */
const MAX_DISCARDED_BYTES = 1024 * 1024
const MAX_DISCARD_MS = 2000

export function answer(
  response: ServerResponse,
  status: number,
  body: Readonly<Record<string, unknown>>,
): void {
  if (response.headersSent || response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  })
  response.end(text)
}

/** Reads the rest of a refused body for a moment: closed at once, the sender would see a reset and no answer. */
export function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return
  let bytes = 0
  const timer = setTimeout(() => request.destroy(), MAX_DISCARD_MS)
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MAX_DISCARDED_BYTES) request.destroy()
  })
  request.once('error', () => {})
  request.once('close', () => clearTimeout(timer))
}
