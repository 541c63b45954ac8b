// A port that another program has is expected often enough to deserve its own error.

import { isIPv6 } from 'node:net'
import { VigieError } from '../core/index.ts'

export type Place = { readonly listener: string; readonly host: string; readonly port: number }

/** ADDRESS_IN_USE where that is what happened, else what was thrown. */
export function bindError(thrown: Error, { listener, host, port }: Place): Error {
  const code = 'code' in thrown ? thrown.code : undefined
  if (code !== 'EADDRINUSE') return thrown
  const address = `${isIPv6(host) ? `[${host}]` : host}:${port}`
  return new VigieError('ADDRESS_IN_USE', { listener, address }, { cause: thrown })
}
