// A link between a station and its hub that can be cut and mended: a TCP relay on this machine.

import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'

export type CuttableLink = {
  /** `host:port` in place of the hub's. */
  readonly address: string
  readonly cut: () => void
  readonly mend: () => void
  readonly close: () => void
}

export async function openCuttableLink(target: string): Promise<CuttableLink> {
  const { hostname, port } = new URL(`tcp://${target}`)
  const open = new Set<Socket>()
  let isCut = false
  const end = () => {
    for (const socket of open) socket.destroy()
  }
  const server = createServer((socket) => {
    if (isCut) {
      socket.destroy()
      return
    }
    const onward = connect(Number(port), hostname)
    for (const side of [socket, onward]) {
      open.add(side)
      side.on('error', () => undefined)
      side.once('close', () => {
        open.delete(side)
        socket.destroy()
        onward.destroy()
      })
    }
    socket.pipe(onward).pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  return {
    address: `127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`,
    cut: () => {
      isCut = true
      end()
    },
    mend: () => {
      isCut = false
    },
    close: () => {
      server.close()
      end()
    },
  }
}
