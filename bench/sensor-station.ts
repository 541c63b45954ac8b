// The station's side of `sensor.ts`: the real door and spool in a process of its own; segments are counted and taken away.
// Argument: folder. Prints a code, then the lines on disk so far, again and again.

import { openMemoryDoor } from '../src/collect/sensors/memory-door.test-helper.ts'

let lines = 0
const door = await openMemoryDoor({
  folder: process.argv[2] ?? '',
  segmentMs: 500,
  onSegment: (segment) => {
    lines += segment.records
  },
})
process.stdout.write(`${await door.invite('bench')}\n`)
setInterval(() => process.stdout.write(`${JSON.stringify({ lines })}\n`), 50)
