// Listens for syslog over TCP (RFC 6587) or TLS (RFC 5425).

import { createServer as createTcpServer } from 'node:net'
import type { Server, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { listenOn } from '../../core/index.ts'
import { senderSource } from '../sender.ts'
import type { StreamCounters } from './counters.ts'
import { receive } from './stream-connection.ts'
import type { StreamContext } from './stream-connection.ts'

export type TlsMaterial = {
  readonly key: string | Buffer
  readonly cert: string | Buffer
  /** Authorities of client certificates. Given, a client without a certificate from them is refused. */
  readonly ca?: string | Buffer
}

export type StreamListener = {
  readonly port: number
  readonly counters: () => StreamCounters
  readonly close: () => Promise<void>
}

export type StreamOptions = StreamContext & { readonly host: string; readonly port: number }

const MAX_CONNECTIONS = 4096
const BACKLOG = 1024
const HANDSHAKE_TIMEOUT_MS = 10_000

export function listenTcp(options: StreamOptions): Promise<StreamListener> {
  const open = new Set<Socket>()
  const server = createTcpServer((socket) => accept(socket, open, options))
  return listen(server, open, options)
}

export function listenTls(
  options: StreamOptions,
  { key, cert, ca }: TlsMaterial,
): Promise<StreamListener> {
  const open = new Set<Socket>()
  const clients = ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true }
  const server = createTlsServer(
    // TLS 1.2 is still all that many devices speak (RFC 9662 asks for no less).
    { key, cert, minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_TIMEOUT_MS, ...clients },
    (socket) => receive(socket, options),
  )
  // Kept from the first byte on, so that an unfinished handshake does not outlive the server.
  server.on('connection', (socket) => track(socket, open))
  server.on('tlsClientError', (cause, socket) => {
    options.counters.failedHandshakes += 1
    const source = senderSource('syslog', socket.remoteAddress)
    options.onEvent({ kind: 'handshake_failed', source, reason: cause.message })
  })
  return listen(server, open, options)
}

function accept(socket: Socket, open: Set<Socket>, options: StreamOptions): void {
  track(socket, open)
  receive(socket, options)
}

function track(socket: Socket, open: Set<Socket>): void {
  open.add(socket)
  socket.once('close', () => open.delete(socket))
}

async function listen(
  server: Server,
  open: Set<Socket>,
  options: StreamOptions,
): Promise<StreamListener> {
  const { transport, counters, onEvent } = options
  server.maxConnections = MAX_CONNECTIONS
  server.on('drop', () => {
    counters.refused += 1
    onEvent({ kind: 'too_many_connections', transport, limit: MAX_CONNECTIONS })
  })
  const port = await listenOn(server, {
    listener: `syslog ${options.transport.toUpperCase()}`,
    host: options.host,
    port: options.port,
    backlog: BACKLOG,
  })
  server.on('error', (cause) =>
    onEvent({ kind: 'listener_failed', transport, reason: cause.message }),
  )
  return {
    port,
    counters: () => ({ ...counters }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
