// One datagram is one message (RFC 5426 section 3.1). Nobody waits on UDP: what the intake cannot take is counted.

import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Intake, OriginHandle } from '../intake.ts'
import { bindError } from './address-in-use.ts'
import { newDatagramCounters } from './counters.ts'
import type { DatagramCounters } from './counters.ts'
import { kernelDrops } from './kernel-drops.ts'
import { isTerminator } from './octet-count.ts'
import { Senders, senderSource } from './sender.ts'
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
  /** Taken beyond what the intake asked for, so that one slow fsync loses nothing. */
  readonly overrunBytes?: number
  readonly onEvent: (event: SyslogEvent) => void
}

/** Asked of the kernel, which may give less: a burst then waits there rather than being lost. */
const RECEIVE_BUFFER_BYTES = 16 * 1024 * 1024
const OVERRUN_BYTES = 16 * 1024 * 1024
const MOST_COUNTED_APART = 10_000
/** Where devices cut their datagrams. */
const DEVICE_LIMITS = new Set([1024, 2048])

export async function listenUdp(options: UdpOptions): Promise<UdpListener> {
  const socket = createSocket({ type: isIPv6(options.host) ? 'udp6' : 'udp4', reuseAddr: false })
  const receiver = new DatagramReceiver(options)
  socket.on('message', (bytes, { address }) => receiver.take(bytes, address))
  const port = await bind(socket, options)
  socket.on('error', (cause) => {
    options.onEvent({ kind: 'listener_failed', transport: 'udp', reason: cause.message })
  })
  const before = kernelDrops(port) ?? 0
  return {
    port,
    counters: () => {
      const drops = kernelDrops(port)
      return {
        ...receiver.counters,
        droppedByKernel: drops === null ? null : Math.max(0, drops - before),
      }
    },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

function bind(socket: Socket, { host, port }: UdpOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (thrown: Error) =>
      reject(bindError(thrown, { listener: 'syslog UDP', host, port }))
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

/** One way through the intake, and whether it is full. */
type Way = { isWaiting: boolean; isDropping: boolean; overrunBytes: number }

class DatagramReceiver {
  readonly counters = newDatagramCounters()
  readonly #intake: Intake
  readonly #senders: Senders
  readonly #onEvent: (event: SyslogEvent) => void
  readonly #overrunBytes: number
  readonly #ways = new Map<string, Way>()

  constructor({ intake, onEvent, overrunBytes = OVERRUN_BYTES }: UdpOptions) {
    this.#intake = intake
    this.#overrunBytes = overrunBytes
    this.#senders = new Senders(intake)
    this.#onEvent = onEvent
  }

  take(bytes: Buffer, address: string): void {
    this.counters.messages += 1
    this.counters.bytes += bytes.length
    if (DEVICE_LIMITS.has(bytes.length)) this.counters.likelyTruncated += 1
    const handle = this.#senders.handle(address)
    const way = this.#wayOf(handle)
    if (way.overrunBytes + bytes.length > this.#overrunBytes) return this.#drop(way, address)
    let end = bytes.length
    while (end > 0 && isTerminator(bytes[end - 1])) end -= 1
    if (end === 0) return
    const goesOn = this.#intake.write(handle, bytes, 0, end)
    if (goesOn && !way.isWaiting) return
    way.overrunBytes += end
    if (!goesOn) this.#awaitRoom(way)
  }

  #wayOf({ queue = '' }: OriginHandle): Way {
    const known = this.#ways.get(queue)
    if (known !== undefined) return known
    const made = { isWaiting: false, isDropping: false, overrunBytes: 0 }
    this.#ways.set(queue, made)
    return made
  }

  #drop(way: Way, address: string): void {
    const source = senderSource(address)
    const { droppedFrom } = this.counters
    this.counters.dropped += 1
    if (droppedFrom.has(source) || droppedFrom.size < MOST_COUNTED_APART)
      droppedFrom.set(source, (droppedFrom.get(source) ?? 0) + 1)
    if (way.isDropping) return
    way.isDropping = true
    this.#onEvent({ kind: 'datagrams_dropped', source })
  }

  /** Asked at once after the refusal: the intake then knows which way is meant. */
  #awaitRoom(way: Way): void {
    if (way.isWaiting) return
    way.isWaiting = true
    const goOn = () => Object.assign(way, { isWaiting: false, isDropping: false, overrunBytes: 0 })
    // A refusing disk is reported by the intake itself; here it only means that the wait is over.
    this.#intake.drained().then(goOn, goOn)
  }
}
