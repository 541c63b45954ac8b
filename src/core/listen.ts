// Sockets that listen: where one could not, the error says which and why.

import type { Server as HttpServer } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { isIPv6 } from 'node:net'
import type { Server } from 'node:net'
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

/** Ends a server and whoever is still connected. */
export function closeNow(server: HttpServer | HttpsServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
