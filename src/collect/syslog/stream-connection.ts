// One TCP or TLS connection: bytes through the framer into the intake, waiting when the intake is full.

import type { Socket } from 'node:net'
import type { Intake } from '../intake.ts'
import { senderSource } from '../sender.ts'
import type { StreamCounters } from './counters.ts'
import { SyslogFramer } from './framer.ts'
import type { Gate } from './gate.ts'
import type { SyslogEvent, SyslogTransport } from './syslog-event.ts'

export type StreamContext = {
  readonly intake: Intake
  /** Of all connections to the intake. */
  readonly gate: Gate
  readonly transport: SyslogTransport
  readonly counters: StreamCounters
  readonly onEvent: (event: SyslogEvent) => void
}

/** A peer that vanished without a word is noticed after this long without traffic. */
const KEEP_ALIVE_MS = 60_000

export function receive(
  socket: Socket,
  { intake, gate, transport, counters, onEvent }: StreamContext,
): void {
  const source = senderSource('syslog', socket.remoteAddress)
  const handle = intake.open({ kind: 'syslog', source, context: '' })
  const framer = new SyslogFramer((bytes, start, end) => intake.write(handle, bytes, start, end))
  const tally = countFrames(framer, counters)
  const waiter = { pause: () => socket.pause(), resume: () => socket.resume() }
  counters.connections += 1
  counters.accepted += 1
  socket.setKeepAlive(true, KEEP_ALIVE_MS)
  const leave = gate.join(handle, waiter)
  socket.on('data', (chunk) => {
    counters.bytes += chunk.length
    const willing = framer.push(chunk)
    tally()
    if (framer.isRunaway) {
      counters.runaways += 1
      onEvent({ kind: 'runaway', transport, source })
      socket.destroy()
    } else if (!willing) {
      gate.close(handle)
    }
    gate.wasRead(handle, waiter)
  })
  socket.on('error', (cause) => {
    onEvent({ kind: 'connection_failed', transport, source, reason: cause.message })
  })
  socket.once('close', () => {
    leave()
    framer.end()
    tally()
    counters.connections -= 1
  })
}

/** Adds what the framer counted since the last call. */
function countFrames(framer: SyslogFramer, counters: StreamCounters): () => void {
  let [frames, cut, wrongCounts] = [0, 0, 0]
  return () => {
    counters.messages += framer.frames - frames
    counters.cut += framer.cut - cut
    counters.wrongCounts += framer.wrongCounts - wrongCounts
    ;({ frames, cut, wrongCounts } = framer)
  }
}
