// Ports for programs that are told where to listen.

import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { promisify } from 'node:util'
import { VigieError } from './errors.ts'
import { listenOn } from './listen.ts'

const LOOPBACK = '127.0.0.1'
/** Below what Linux (32768 on) and others (49152 on) give to whoever names no port, so that nobody is given one before it is used. */
const [FIRST, AFTER_LAST] = [20_000, 32_768]
const MOST_TRIES = 100

/** Ports of this machine that nobody listened on a moment ago, each another. Throws ADDRESS_IN_USE where none is found. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers: Server[] = []
  const ports: number[] = []
  try {
    while (ports.length < count) {
      const server = createServer()
      ports.push(await listenAnywhere(server, MOST_TRIES))
      servers.push(server)
    }
  } finally {
    await Promise.all(servers.map((server) => promisify(server.close.bind(server))()))
  }
  return ports
}

/** As `freePorts`, of one. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1)
  return port
}

async function listenAnywhere(server: Server, tries: number): Promise<number> {
  const port = randomInt(FIRST, AFTER_LAST)
  try {
    return await listenOn(server, { listener: 'any', host: LOOPBACK, port })
  } catch (cause) {
    if (tries <= 1 || !(cause instanceof VigieError)) throw cause
    return listenAnywhere(server, tries - 1)
  }
}
