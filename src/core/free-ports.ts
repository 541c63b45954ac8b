// Ports for programs that are told where to listen.

import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { listenOn } from './listen.ts'

const LOOPBACK = '127.0.0.1'

/** Ports of this machine that nobody listened on a moment ago, each another. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(
    servers.map((server) => listenOn(server, { listener: 'any', host: LOOPBACK, port: 0 })),
  )
  await Promise.all(servers.map((server) => promisify(server.close.bind(server))()))
  return ports
}
