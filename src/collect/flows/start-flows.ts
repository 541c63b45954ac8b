// Listens for flows over UDP and hands them to the intake as lines.

import type { Intake } from '../intake.ts'
import { Senders, senderAddress, senderSource } from '../sender.ts'
import { DatagramRoom } from '../udp/datagram-room.ts'
import type { DropCounters } from '../udp/datagram-room.ts'
import { openDatagramSocket } from '../udp/datagram-socket.ts'
import { FlowReader } from './flow-reader.ts'
import type { FlowCounters, FlowTrouble } from './flow-reader.ts'

export type FlowsOptions = {
  readonly intake: Intake
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly nowMs: () => number
  /** As in `DatagramRoomOptions`. */
  readonly overrunBytes?: number | undefined
  readonly onEvent: (event: FlowEvent) => void
}

export type FlowEvent =
  | { readonly kind: FlowTrouble | 'dropped'; readonly source: string }
  | { readonly kind: 'failed'; readonly reason: string }

export type FlowsService = {
  readonly port: number
  readonly counters: () => FlowsCounters
  readonly close: () => Promise<void>
}

export type FlowsCounters = Readonly<FlowCounters> &
  Readonly<DropCounters> & {
    readonly datagrams: number
    /** Bytes that wait for their templates. */
    readonly heldBytes: number
    /** Datagrams that never reached us; null where the system does not say. */
    readonly droppedByKernel: number | null
  }

/** A line holds one flow of at most some thousand members; longer ones grow it. */
const LINE_BYTES = 4096

/** Throws ADDRESS_IN_USE when the port is taken. */
export async function startFlows(options: FlowsOptions): Promise<FlowsService> {
  const { intake, host, port, nowMs, overrunBytes, onEvent } = options
  const drops: DropCounters = { dropped: 0, droppedFrom: new Map() }
  const senders = new Senders(intake, 'flow')
  const room = new DatagramRoom({
    intake,
    counters: drops,
    overrunBytes,
    onDropped: (source) => onEvent({ kind: 'dropped', source }),
  })
  const reader = new FlowReader({
    nowMs,
    onTrouble: (kind, address) => onEvent({ kind, source: senderSource('flow', address) }),
  })
  let datagrams = 0
  let line = Buffer.allocUnsafeSlow(LINE_BYTES)
  const onMessage = (bytes: Buffer, remote: string) => {
    datagrams += 1
    const handle = senders.handle(remote)
    if (!room.has(handle, bytes.length)) return
    reader.read(bytes, senderAddress(remote), (text) => {
      // Three bytes hold any UTF-16 unit in UTF-8.
      if (text.length * 3 > line.length) line = Buffer.allocUnsafeSlow(text.length * 3)
      room.write(handle, line, 0, line.write(text))
    })
  }
  const onFailed = (reason: string) => onEvent({ kind: 'failed', reason })
  const socket = await openDatagramSocket({ listener: 'flows', host, port, onMessage, onFailed })
  return {
    port: socket.port,
    counters: () => ({
      ...reader.counters,
      ...drops,
      datagrams,
      heldBytes: reader.heldBytes,
      droppedByKernel: socket.droppedByKernel(),
    }),
    close: socket.close,
  }
}
