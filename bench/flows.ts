// Flows decoded in one thread and given to nobody: what reading NetFlow v5 and v9 costs, JSON lines included. Prints the
// median and the best of nine rounds. Argument: datagrams a round.

import {
  flowSet,
  ip4,
  netflowFive,
  netflowNine,
  template,
  u16,
  u32,
  u64,
  u8,
} from '../src/collect/flows/exporter.test-helper.ts'
import { FlowReader } from '../src/collect/flows/flow-reader.ts'

const ROUNDS = 9
const [datagrams = '8000'] = process.argv.slice(2)

const FLOW = {
  source: '10.20.0.5',
  destination: '198.51.100.9',
  ports: [51_000, 443],
  protocol: 6,
  packets: 12,
  octets: 9344,
  firstMs: 1000,
  lastMs: 5000,
} as const
/** Element and bytes, as a firewall with translation sends them. */
const NAT = [
  [8, ip4('10.20.0.5')],
  [12, ip4('198.51.100.9')],
  [7, u16(51_000)],
  [11, u16(443)],
  [4, u8(6)],
  [225, ip4('203.0.113.7')],
  [227, u16(40_001)],
  [231, u32(900)],
  [232, u32(1200)],
  [233, u8(2)],
  [323, u64(1_773_502_012_500n)],
  [152, u64(1_773_502_010_000n)],
] as const
const record = Buffer.concat(NAT.map(([, value]) => value))
const defined = flowSet(
  0,
  template(
    256,
    NAT.map(([id, value]) => ({ id, length: value.length })),
  ),
)

report('NetFlow v5', netflowFive(Array.from({ length: 29 }, () => FLOW)))
report(
  'NetFlow v9, with translation',
  netflowNine([defined, flowSet(256, ...Array.from({ length: 24 }, () => record))]),
)

function report(name: string, datagram: Buffer): void {
  const rates = Array.from({ length: ROUNDS }, () => round(datagram)).toSorted((a, b) => a - b)
  const shown = (rate = 0) => Math.round(rate).toLocaleString('en')
  process.stdout.write(
    `${name}: ${shown(rates[ROUNDS >> 1])} flows a processor second, best ${shown(rates.at(-1))}\n`,
  )
}

function round(datagram: Buffer): number {
  const reader = new FlowReader({ nowMs: () => 0, onTrouble: () => undefined })
  const line = Buffer.alloc(16_384)
  const before = process.cpuUsage()
  for (let i = 0; i < Number(datagrams); i += 1)
    reader.read(datagram, '192.0.2.1', (text) => line.write(text))
  const { user, system } = process.cpuUsage(before)
  return reader.counters.flows / ((user + system) / 1e6)
}
