// Devices that send as fast as they can: varied FortiGate lines over four TCP connections, made and joined before the
// first is sent, so that what is measured is the receiver.
// Arguments: port, lines. Waits for a line on stdin, then sends.

import { once } from 'node:events'
import { connect } from 'node:net'
import { fortigate } from './lines.ts'

const CONNECTIONS = 4
const VARIED = 50_000
const PART_LINES = 100
const port = Number(process.argv[2])
const count = Number(process.argv[3])
const make = fortigate(7)
const parts = Array.from({ length: VARIED / PART_LINES }, (_, part) => joined(part * PART_LINES))
process.stdout.write('ready\n')
await once(process.stdin, 'data')
await Promise.all(Array.from({ length: CONNECTIONS }, (_, connection) => send(connection)))
process.exit(0)

async function send(connection: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const step = CONNECTIONS * PART_LINES
  for (let at = connection * PART_LINES; at < count; at += step) {
    const whole = parts[(at / PART_LINES) % parts.length] ?? ''
    const part = count - at < PART_LINES ? joined(at, count - at) : whole
    if (!socket.write(part)) await once(socket, 'drain')
  }
  socket.end()
  await once(socket, 'close')
}

function joined(from: number, lines = PART_LINES): Buffer {
  return Buffer.from(Array.from({ length: lines }, (_, at) => `${make(from + at)}\n`).join(''))
}
