// One station for each data folder, whichever engines it uses: whoever has it listens on a socket inside it.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { VigieError } from '../core/index.ts'

/** Longest path of a local socket that Linux (108 bytes with the end) and macOS (104) both take. */
const MAX_SOCKET_PATH_BYTES = 103

/** Creates the folder and holds it until the returned function is called. Throws DATA_FOLDER_BUSY when another has it. */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true })
  const path = socketPath(realpathSync(folder))
  const server = (await listenOn(path)) ?? (await takeOver(path))
  if (server === undefined) throw new VigieError('DATA_FOLDER_BUSY', { folder })
  server.unref()
  return async () => {
    server.close()
    await once(server, 'close')
  }
}

function socketPath(folder: string): string {
  const inside = join(folder, 'station.sock')
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES) return inside
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  return join(tmpdir(), `vigie-${name}.sock`)
}

/** Undefined when something stands there already. */
async function listenOn(path: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy())
  server.listen(path)
  try {
    await once(server, 'listening')
    return server
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') return undefined
    throw cause
  }
}

/** A station that was killed leaves its socket behind, and nobody answers there. */
async function takeOver(path: string): Promise<Server | undefined> {
  if (await isAnswered(path)) return undefined
  rmSync(path, { force: true })
  return listenOn(path)
}

async function isAnswered(path: string): Promise<boolean> {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
