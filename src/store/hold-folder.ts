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
  const server = await hold(realpathSync(folder))
  if (server === undefined) throw new VigieError('DATA_FOLDER_BUSY', { folder })
  server.unref()
  return async () => {
    server.close()
    await once(server, 'close')
  }
}

/** Inside the folder, where containers that share it meet; outside where its file system or its long name allows no socket. */
async function hold(folder: string): Promise<Server | undefined> {
  const inside = join(folder, 'station.sock')
  if (Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES) {
    try {
      return await holdAt(inside)
    } catch {
      // Shared and network folders of some systems hold no sockets.
    }
  }
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 24)
  return holdAt(join(tmpdir(), `vigie-${name}.sock`))
}

async function holdAt(path: string): Promise<Server | undefined> {
  return (await listenOn(path)) ?? (await takeOver(path))
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
