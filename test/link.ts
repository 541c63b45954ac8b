// A link that can be cut: a TCP proxy between a sensor and its station.

import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'

export type Link = {
  readonly port: number
  /** Ends every connection and takes no other until `mend()`. */
  readonly cut: () => void
  readonly mend: () => void
  /** Bytes that went up since the link was made. */
  readonly upBytes: () => number
  readonly close: () => void
}

export async function openLink(target: () => number): Promise<Link> {
  const open = new Set<Socket>()
  let isCut = false
  let upBytes = 0
  const server = createServer((socket) => {
    if (isCut) {
      socket.destroy()
      return
    }
    const onward = connect(target(), '127.0.0.1')
    for (const end of [socket, onward]) {
      open.add(end)
      end.on('error', () => undefined)
      end.once('close', () => {
        open.delete(end)
        socket.destroy()
        onward.destroy()
      })
    }
    socket.on('data', (chunk) => {
      upBytes += chunk.length
    })
    socket.pipe(onward)
    onward.pipe(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut: () => {
      isCut = true
      for (const socket of open) socket.destroy()
    },
    mend: () => {
      isCut = false
    },
    upBytes: () => upBytes,
    close: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
