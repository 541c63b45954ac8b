// The app on a socket. A port in use is said so; closing ends the windows that follow live.

import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { addressOf, closeNow, hostOf, listenOn } from '../core/index.ts'
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
  const hosts = [...(options.hosts ?? []), ...(isEverywhere ? [] : [hostOf(options.host)])]
  const app = createApp({ ...options, hosts })
  const server = createServer(getRequestListener(app.fetch))
  server.maxConnections = MOST_CONNECTIONS
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.headersTimeout = HEADERS_TIMEOUT_MS
  const { host } = options
  const place = { listener: 'console', host, port: options.port, setting: 'listen' }
  const port = await listenOn(server, place)
  return { address: `http://${addressOf(host, port)}`, close: () => closeNow(server) }
}
