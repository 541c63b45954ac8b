// One measurement in a process of its own: lines of one kind through spool, parser, rules and store. Prints JSON.
// Arguments: kind, number of lines.

import { trusted } from '../src/store/index.ts'
import { fortigate, suricata, windows } from './lines.ts'
import { openStation } from './station.ts'

const MAKERS = { fortigate, suricata, windows } as const
const kind = process.argv[2] as keyof typeof MAKERS
const count = Number(process.argv[3])
const station = await openStation(() => undefined)
const { core } = station
const { intake } = core.wayIn
const from = intake.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
const make = MAKERS[kind](7)

/** Lines are made beforehand in slices, outside the clock. */
async function send(lines: readonly Buffer[]): Promise<number> {
  const startMs = performance.now()
  for (const line of lines) {
    if (!intake.write(from, line, 0, line.length)) await intake.drained()
  }
  await core.wayIn.settled()
  return performance.now() - startMs
}

const slice = (size: number, at: number) =>
  Array.from({ length: size }, (_, line) => Buffer.from(make(at + line)))
// Patterns and expressions are compiled once, when a station starts.
await core.warmed
await send(slice(2000, 0))
const lines = slice(count, 2000)
const bytes = lines.reduce((sum, { length }) => sum + length, 0)
station.peakRssMib()
const ms = await send(lines)
const peakRssMib = station.peakRssMib()
await core.store.events.ask.command(trusted('OPTIMIZE TABLE events FINAL'))
const disk = await core.store.events.ask.query<{ bytes: string }>(
  trusted(
    "SELECT sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = currentDatabase() AND table = 'events'",
  ),
)
process.stdout.write(
  `${JSON.stringify({
    perSecond: Math.round((count * 1000) / ms),
    bytesPerLine: Math.round(bytes / count),
    peakRssMib,
    rawToDisk: Math.round((bytes / Number(disk.rows[0]?.bytes)) * 10) / 10,
  })}\n`,
)
await station.close()
