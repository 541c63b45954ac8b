// One datagram is one message (RFC 5426 section 3.1).

import type { Intake } from '../intake.ts'
import { Senders } from '../sender.ts'
import { DatagramRoom } from '../udp/datagram-room.ts'
import { openDatagramSocket } from '../udp/datagram-socket.ts'
import { newDatagramCounters } from './counters.ts'
import type { DatagramCounters } from './counters.ts'
import { isTerminator } from './octet-count.ts'
import type { SyslogEvent } from './syslog-event.ts'

export type UdpListener = {
  readonly port: number
  readonly counters: () => DatagramCounters
  readonly close: () => Promise<void>
}

export type UdpOptions = {
  readonly intake: Intake
  readonly host: string
  readonly port: number
  /** As in `DatagramRoomOptions`. */
  readonly overrunBytes?: number
  readonly onEvent: (event: SyslogEvent) => void
}

/** Where devices cut their datagrams. */
const DEVICE_LIMITS = new Set([1024, 2048])

export async function listenUdp(options: UdpOptions): Promise<UdpListener> {
  const { host, port, onEvent } = options
  const receiver = new DatagramReceiver(options)
  const socket = await openDatagramSocket({
    listener: 'syslog UDP',
    host,
    port,
    onMessage: (bytes, address) => receiver.take(bytes, address),
    onFailed: (reason) => onEvent({ kind: 'listener_failed', transport: 'udp', reason }),
  })
  return {
    port: socket.port,
    counters: () => ({ ...receiver.counters, droppedByKernel: socket.droppedByKernel() }),
    close: socket.close,
  }
}

class DatagramReceiver {
  readonly counters = newDatagramCounters()
  readonly #senders: Senders
  readonly #room: DatagramRoom

  constructor({ intake, onEvent, overrunBytes }: UdpOptions) {
    this.#senders = new Senders(intake, 'syslog')
    this.#room = new DatagramRoom({
      intake,
      counters: this.counters,
      overrunBytes,
      onDropped: (source) => onEvent({ kind: 'datagrams_dropped', source }),
    })
  }

  take(bytes: Buffer, address: string): void {
    this.counters.messages += 1
    this.counters.bytes += bytes.length
    if (DEVICE_LIMITS.has(bytes.length)) this.counters.likelyTruncated += 1
    const handle = this.#senders.handle(address)
    if (!this.#room.has(handle, bytes.length)) return
    let end = bytes.length
    while (end > 0 && isTerminator(bytes[end - 1])) end -= 1
    if (end > 0) this.#room.write(handle, bytes, 0, end)
  }
}
