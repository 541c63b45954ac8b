// One UDP socket with as large a buffer as the kernel gives, and what the kernel dropped of it.

import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { bindError } from '../../core/index.ts'
import { kernelDrops } from './kernel-drops.ts'

export type DatagramSocket = {
  readonly port: number
  /** Datagrams since the socket was opened that never reached us; null where the system does not say. */
  readonly droppedByKernel: () => number | null
  readonly close: () => Promise<void>
}

export type DatagramSocketOptions = {
  /** What an error calls it. */
  readonly listener: string
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** The bytes are the receiver's for the length of the call. */
  readonly onMessage: (bytes: Buffer, address: string) => void
  readonly onFailed: (reason: string) => void
}

/** Asked of the kernel, which may give less: a burst then waits there rather than being lost. */
const RECEIVE_BUFFER_BYTES = 16 * 1024 * 1024

/** Throws ADDRESS_IN_USE when the port is taken. */
export async function openDatagramSocket(options: DatagramSocketOptions): Promise<DatagramSocket> {
  const socket = createSocket({ type: isIPv6(options.host) ? 'udp6' : 'udp4', reuseAddr: false })
  socket.on('message', (bytes, { address }) => options.onMessage(bytes, address))
  const port = await bind(socket, options)
  socket.on('error', (cause) => options.onFailed(cause.message))
  const before = kernelDrops(port) ?? 0
  return {
    port,
    droppedByKernel: () => {
      const drops = kernelDrops(port)
      return drops === null ? null : Math.max(0, drops - before)
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

function bind(socket: Socket, { listener, host, port }: DatagramSocketOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (thrown: Error) => reject(bindError(thrown, { listener, host, port }))
    socket.once('error', refuse)
    socket.bind({ address: host, port }, () => {
      socket.off('error', refuse)
      widen(socket)
      resolve(socket.address().port)
    })
  })
}

/** Best effort: the kernel's limit (net.core.rmem_max) decides, and some systems refuse rather than give less. */
function widen(socket: Socket): void {
  for (let size = RECEIVE_BUFFER_BYTES; size >= 1024 * 1024; size /= 2) {
    try {
      socket.setRecvBufferSize(size)
      return
    } catch {
      // A smaller one is tried.
    }
  }
}
