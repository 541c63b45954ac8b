// Reading what a sensor asks at the door: who it is by its certificate, which of the things it wants, and its body
// within bounds.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import { SENSOR_QUEUES } from '../../model/index.ts'
import type { SensorQueue } from '../../model/index.ts'
import type { SensorSubject } from './authority.ts'

const unpack = promisify(zstdDecompress)

/** Of a piece, as sent and unpacked. A sensor's pieces are a few MiB. */
export const MAX_PIECE_BYTES = 64 * 1024 * 1024
const MAX_JSON_BYTES = 64 * 1024

export type DoorRoute =
  | { readonly kind: 'enrol' | 'greet' | 'renew' | 'content' | 'sightings' }
  | { readonly kind: 'piece'; readonly queue: SensorQueue; readonly seq: number }

const PIECE = /^\/sensor\/pieces\/([a-z]+)\/(\d{1,15})$/

/** Undefined for an address that is not here. */
export function doorRoute({ method, url = '' }: IncomingMessage): DoorRoute | undefined {
  if (method !== 'POST') return undefined
  if (url === '/sensor/enrol') return { kind: 'enrol' }
  if (url === '/sensor/greet') return { kind: 'greet' }
  if (url === '/sensor/renew') return { kind: 'renew' }
  if (url === '/sensor/content') return { kind: 'content' }
  if (url === '/sensor/sightings') return { kind: 'sightings' }
  const [, named, seq] = PIECE.exec(url) ?? []
  const queue = SENSOR_QUEUES.find((one) => one === named)
  return queue === undefined ? undefined : { kind: 'piece', queue, seq: Number(seq) }
}

export type Visitor = SensorSubject & { readonly certificateExpires: Date }

/** Who the client certificate names; undefined without one that our authority signed and that is valid now. */
export function visitorOf({ socket }: IncomingMessage): Visitor | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined
  const { subject, valid_to: validTo } = socket.getPeerCertificate()
  const name: unknown = subject?.CN
  const enrolment: unknown = Object.entries(subject ?? {}).find(
    ([key]) => key === 'serialNumber',
  )?.[1]
  if (typeof name !== 'string' || typeof enrolment !== 'string') return undefined
  return { name, enrolment, certificateExpires: new Date(validTo) }
}

/** What is not taken, as the sensor is told. */
export class DoorRefusal extends Error {
  readonly status: number

  constructor(status: number, reason: string) {
    super(reason)
    this.status = status
  }
}

export async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const body = await wholeBody(request, MAX_JSON_BYTES)
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new DoorRefusal(400, 'no JSON')
  }
}

/** The bytes of a piece, unpacked. */
export async function pieceBody(request: IncomingMessage): Promise<Buffer> {
  if (request.headers['content-encoding'] !== 'zstd') throw new DoorRefusal(415, 'zstd expected')
  const packed = await wholeBody(request, MAX_PIECE_BYTES)
  try {
    return await unpack(packed, { maxOutputLength: MAX_PIECE_BYTES })
  } catch {
    throw new DoorRefusal(422, 'the compressed body is damaged or too large')
  }
}

async function wholeBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    bytes += chunk.length
    if (bytes > mostBytes) throw new DoorRefusal(413, `more than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}
