// The station's side of `sensor.ts`: the real door and spool in a process of its own; segments are counted and taken away.
// Argument: folder. Prints a code, then the lines on disk so far, again and again.

import { join } from 'node:path'
import { readPriorities } from '../src/collect/sensors/index.ts'
import { openMemoryDoor } from '../src/collect/sensors/memory-door.test-helper.ts'

let lines = 0
const door = await openMemoryDoor({
  folder: process.argv[2] ?? '',
  segmentMs: 500,
  onSegment: (segment) => {
    lines += segment.records
  },
})
// As every station does: what goes first is looked for in each line.
const raise = (cause: unknown) => {
  throw cause
}
const priorities = readPriorities(join(import.meta.dirname, '../content/priority'), raise)
door.give({ version: Date.now(), first: priorities.flatMap((one) => one.lines) })
process.stdout.write(`${await door.invite('bench')}\n`)
setInterval(() => process.stdout.write(`${JSON.stringify({ lines })}\n`), 50)
