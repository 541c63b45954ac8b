// Sockets that listen: where one could not, the error says which and why.

import type { Server as HttpServer } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { isIPv6 } from 'node:net'
import type { Server, Socket } from 'node:net'
import { VigieError, reasonOf } from './errors.ts'

export type Place = {
  readonly listener: string
  readonly host: string
  readonly port: number
  /** The setting that names the host, where a host that cannot be listened on is a setting's fault. */
  readonly setting?: string
}

/** Gives the port; 0 takes any free one. Throws ADDRESS_IN_USE, SETTING_INVALID where a setting is named, else what was thrown. */
export function listenOn(
  server: Server,
  { backlog, ...place }: Place & { readonly backlog?: number },
): Promise<number> {
  const { host, port } = place
  keepConnected(server)
  return new Promise((resolve, reject) => {
    const refuse = (thrown: Error) => reject(bindError(thrown, place))
    server.once('error', refuse)
    server.listen({ host, port, ...(backlog === undefined ? {} : { backlog }) }, () => {
      server.off('error', refuse)
      const bound = server.address()
      resolve(bound !== null && typeof bound === 'object' ? bound.port : port)
    })
  })
}

/** A port that another program has is expected often enough to deserve its own error. */
export function bindError(thrown: Error, { listener, host, port, setting }: Place): Error {
  const address = addressOf(host, port)
  const code = 'code' in thrown ? thrown.code : undefined
  if (code === 'EADDRINUSE')
    return new VigieError('ADDRESS_IN_USE', { listener, address }, { cause: thrown })
  if (setting === undefined) return thrown
  const details = { name: setting, met: address, expected: reasonOf(thrown) }
  return new VigieError('SETTING_INVALID', details, { cause: thrown })
}

/** `127.0.0.1:80`, `[::1]:80`. */
export function addressOf(host: string, port: number): string {
  return `${hostOf(host)}:${port}`
}

/** As a host stands in an address. */
export function hostOf(host: string): string {
  return isIPv6(host) ? `[${host}]` : host
}

/** Who is connected to servers that listen, also before it asked anything. */
const connected = new WeakMap<Server, Set<Socket>>()

function keepConnected(server: Server): void {
  const sockets = new Set<Socket>()
  connected.set(server, sockets)
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
}

/** Ends a server that listens and whoever is still connected, also those whose handshake or answer has not ended. */
export function closeNow(server: HttpServer | HttpsServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
    for (const socket of connected.get(server) ?? []) socket.destroy()
  })
}
