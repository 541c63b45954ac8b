// How long a line waits until it is a judged row and its alerts are raised, at a steady rate, and how many processors the
// station keeps busy meanwhile. Prints JSON.
// Arguments: lines a second, seconds.

import { setTimeout as sleep } from 'node:timers/promises'
import { fortigate, suricata, windows } from './lines.ts'
import { openStation } from './station.ts'

const perSecond = Number(process.argv[2])
const seconds = Number(process.argv[3])
const TICK_MS = 20
/** Left out: the first batches compile patterns and expressions, as at a station's start. */
const WARM_MS = 5000

type Tick = { readonly upTo: number; readonly atMs: number }
const ticks: Tick[] = []
const waits: number[] = []
let stored = 0
const startMs = performance.now()
const station = await openStation((lines) => {
  stored += lines
  const nowMs = performance.now()
  // Lanes end batches out of order now and then; a tick counts as stored when as many lines are.
  for (let tick = ticks[0]; tick !== undefined && tick.upTo <= stored; tick = ticks[0]) {
    ticks.shift()
    if (tick.atMs > startSendingMs + WARM_MS) waits.push(nowMs - tick.atMs)
  }
})
const { intake, settled } = { ...station.core.wayIn, intake: station.core.wayIn.intake }
const makers = [fortigate(7), suricata(7), windows(7)]
const origins = makers.map((_, at) =>
  intake.open({ kind: 'syslog', source: `syslog/192.0.2.${at + 1}`, context: '' }),
)
const startSendingMs = performance.now()
let sent = 0
let warm: { readonly cpu: NodeJS.CpuUsage; readonly atMs: number } | undefined
while (performance.now() - startSendingMs < seconds * 1000 + WARM_MS) {
  const due = Math.floor(((performance.now() - startSendingMs) * perSecond) / 1000)
  for (; sent < due; sent += 1) {
    const from = origins[sent % origins.length]
    const line = Buffer.from(makers[sent % makers.length]?.(sent) ?? '')
    if (from !== undefined) intake.write(from, line, 0, line.length)
  }
  const nowMs = performance.now()
  ticks.push({ upTo: sent, atMs: nowMs })
  if (nowMs > startSendingMs + WARM_MS) warm ??= { cpu: process.cpuUsage(), atMs: nowMs }
  await sleep(TICK_MS)
}
const busy = process.cpuUsage(warm?.cpu)
const processors = (busy.user + busy.system) / 1000 / (performance.now() - (warm?.atMs ?? 0))
await settled()
const sorted = waits.toSorted((a, b) => a - b)
const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)
process.stdout.write(
  JSON.stringify({
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    processors: Math.round(processors * 100) / 100,
    peakRssMib: station.peakRssMib(),
    openedMs: Math.round(startSendingMs - startMs),
  }),
)
await station.close()
process.exit(0)
