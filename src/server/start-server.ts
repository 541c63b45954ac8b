// The app on a socket. A port in use is said so; closing ends the windows that follow live.

import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { VigieError, reasonOf } from '../core/index.ts'
import { createApp } from './create-app.ts'
import type { AppOptions } from './create-app.ts'

export type ServerOptions = AppOptions & { readonly host: string; readonly port: number }
export type RunningServer = {
  /** `http://127.0.0.1:8321` */
  readonly address: string
  readonly close: () => Promise<void>
}

const MOST_CONNECTIONS = 1000
const REQUEST_TIMEOUT_MS = 60_000
const HEADERS_TIMEOUT_MS = 20_000

/** Throws ADDRESS_IN_USE when the port is taken. Port 0 takes a free one. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const isEverywhere = options.host === '0.0.0.0' || options.host === '::'
  const hosts = [...(options.hosts ?? []), ...(isEverywhere ? [] : [bracketed(options.host)])]
  const app = createApp({ ...options, hosts })
  const server = createServer(getRequestListener(app.fetch))
  server.maxConnections = MOST_CONNECTIONS
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.headersTimeout = HEADERS_TIMEOUT_MS
  await listen(server, options)
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : options.port
  return { address: `http://${bracketed(options.host)}:${port}`, close: () => close(server) }
}

function listen(server: Server, { host, port }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const address = `${bracketed(host)}:${port}`
      reject(
        cause.code === 'EADDRINUSE'
          ? new VigieError('ADDRESS_IN_USE', { listener: 'console', address }, { cause })
          : new VigieError(
              'SETTING_INVALID',
              { name: 'listen', met: address, expected: reasonOf(cause) },
              { cause },
            ),
      )
    })
    server.listen(port, host, resolve)
  })
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeAllConnections()
  await closed
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
