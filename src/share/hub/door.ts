// The hub's port: HTTPS with certificates on both sides. Who somebody is, the key says; what it may do, the agreement.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { closeNow, listenOn } from '../../core/index.ts'
import { pinOf } from '../peer/station-key.ts'
import type { StationKey } from '../peer/station-key.ts'
import type { TaxiiAnswer, TaxiiRequest } from '../taxii/asked.ts'
import { TAXII_MEDIA } from '../taxii/media-types.ts'
import type { Asking } from './hub-answers.ts'

export type HubDoorOptions = {
  readonly host: string
  readonly port: number
  readonly key: StationKey
  readonly answer: (asking: Asking) => Promise<TaxiiAnswer>
  readonly onTrouble: (cause: unknown) => void
}

export type HubDoor = {
  readonly port: number
  /** Ends the connections of a key now. */
  readonly disconnect: (pin: string) => void
  readonly close: () => Promise<void>
}

const MAX_CONNECTIONS = 4096
/** Of one visitor. */
const MAX_CONNECTIONS_EACH = 16
const HANDSHAKE_TIMEOUT_MS = 15_000
const HEADERS_TIMEOUT_MS = 20_000
/** A slow link is not silent. */
const IDLE_MS = 120_000
const KEEP_ALIVE_MS = 60_000

/** Throws ADDRESS_IN_USE when the port is taken. Port 0 takes any free one. */
export async function openHubDoor(options: HubDoorOptions): Promise<HubDoor> {
  const visits = new Map<Socket, string>()
  const { key } = options
  const server = createServer(
    {
      key: key.key,
      cert: key.certificate,
      requestCert: true,
      // Keys are pinned: no authority stands behind them.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: 0,
    },
    (request, response) => void serve(options, request, response),
  )
  server.maxConnections = MAX_CONNECTIONS
  server.timeout = IDLE_MS
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.on('secureConnection', (socket) => {
    const pin = pinOfSocket(socket)
    if (pin === undefined) return
    const own = [...visits.values()].filter((one) => one === pin).length
    if (own >= MAX_CONNECTIONS_EACH) {
      socket.destroy()
      return
    }
    visits.set(socket, pin)
    socket.once('close', () => visits.delete(socket))
  })
  const { host } = options
  const place = { listener: 'hub', host, port: options.port, setting: 'hubListen' }
  const port = await listenOn(server, place)
  return {
    port,
    disconnect: (pin) => {
      for (const [socket, who] of visits) if (who === pin) socket.destroy()
    },
    close: () => closeNow(server),
  }
}

/** The handshake proved that the visitor holds the key; whether the certificate is valid now is looked at here. */
function pinOfSocket(socket: Socket): string | undefined {
  if (!(socket instanceof TLSSocket)) return undefined
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return undefined
  const nowMs = Date.now()
  const isValid =
    Date.parse(certificate.validFrom) <= nowMs && nowMs <= Date.parse(certificate.validTo)
  return isValid ? pinOf(certificate) : undefined
}

async function serve(
  { answer, onTrouble }: HubDoorOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const asked = requestOf(request)
    const given =
      asked === undefined
        ? { status: 400, headers: {}, body: '' }
        : await answer({
            pin: pinOfSocket(request.socket),
            remote: request.socket.remoteAddress ?? '',
            request: asked,
          })
    send(request, response, given)
  } catch (cause) {
    if (!request.destroyed) onTrouble(cause)
    send(request, response, { status: 503, headers: { 'content-type': TAXII_MEDIA }, body: '{}' })
  }
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: TaxiiAnswer,
): void {
  if (response.headersSent || response.destroyed) return
  // What was not read of the body is not waited for.
  if (!request.complete) response.setHeader('connection', 'close')
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

/** Undefined for an address that cannot be read. */
function requestOf(request: IncomingMessage): TaxiiRequest | undefined {
  const { method = 'GET', url = '/' } = request
  if (url.length > 64 * 1024) return undefined
  try {
    const { pathname, searchParams } = new URL(url, 'https://hub')
    return {
      method,
      path: decodeURIComponent(pathname),
      parameters: searchParams,
      header: (name) => {
        const value = request.headers[name.toLowerCase()]
        return typeof value === 'string' ? value : value?.join(', ')
      },
      body: (most) => bodyOf(request, most),
    }
  } catch {
    return undefined
  }
}

async function bodyOf(request: IncomingMessage, most: number): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request) {
    if (!Buffer.isBuffer(piece)) continue
    bytes += piece.length
    if (bytes > most) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
