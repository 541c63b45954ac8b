// A device that sends as fast as it can: varied FortiGate lines over four TCP connections, made before the first is sent.
// Arguments: port, lines. Waits for a line on stdin, then sends.

import { once } from 'node:events'
import { connect } from 'node:net'
import { fortigate } from './lines.ts'

const CONNECTIONS = 4
const VARIED = 50_000
const port = Number(process.argv[2])
const count = Number(process.argv[3])
const make = fortigate(7)
const varied = Array.from({ length: VARIED }, (_, at) => make(at))
process.stdout.write('ready\n')
await once(process.stdin, 'data')
await Promise.all(
  Array.from({ length: CONNECTIONS }, async (_, connection) => {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    for (let at = connection * 100; at < count; at += CONNECTIONS * 100) {
      const lines = Array.from(
        { length: Math.min(100, count - at) },
        (_none, line) => varied[(at + line) % VARIED],
      )
      if (!socket.write(`${lines.join('\n')}\n`)) await once(socket, 'drain')
    }
    socket.end()
    await once(socket, 'close')
  }),
)
process.exit(0)
