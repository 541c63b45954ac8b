// What looking each line over costs a sensor: the texts that go first, and a list of indicators. Median of five rounds, order
// alternated, against copying the same bytes.

import { literalFinder } from '../src/collect/sensors/literal-finder.ts'
import { packIndicators, wordFinder } from '../src/collect/sensors/token-hash.ts'

const LINES = 50_000
const VALUES = 50_000
const ROUNDS = 5

const eve = (at: number) =>
  `{"timestamp":"2026-11-24T10:00:00.${String(at).padStart(6, '0')}+0000","flow_id":${at * 7919},"in_iface":"eth0","event_type":"dns","src_ip":"10.20.${at % 250}.${at % 199}","src_port":${1024 + (at % 60000)},"dest_ip":"198.51.100.${at % 255}","dest_port":53,"proto":"UDP","dns":{"type":"query","id":${at % 65536},"rrname":"host${at}.cdn.example.org","rrtype":"A","tx_id":0,"opcode":0},"host":"probe-1","pad":"${'x'.repeat(250)}"}`
const lines = Buffer.from(Array.from({ length: LINES }, (_, at) => `${eve(at)}\n`).join(''))
const starts: number[] = [0]
for (let at = lines.indexOf(10); at !== -1; at = lines.indexOf(10, at + 1)) starts.push(at + 1)

const values = Array.from({ length: VALUES }, (_, at) =>
  at % 3 === 0
    ? { value: `203.0.${at % 250}.${Math.floor(at / 250) % 250}`, below: false }
    : { value: `bad${at}.evil${at % 977}.example`, below: true },
)
const find = wordFinder(packIndicators(values), true)
const has = literalFinder([
  '"event_type":"alert"',
  'subtype="ips"',
  ',THREAT,vulnerability,',
  ',THREAT,spyware,',
  'IDP_ATTACK_LOG_EVENT',
  '"_path":"notice"',
  'ids-alerts signature=',
  '-430001:',
  '[Classification: ',
  'log_type="IDP"',
  'subtype="virus"',
])
const copy = Buffer.alloc(2048)
const ways = {
  copy: (from: number, to: number) => lines.copy(copy, 0, from, to) < 0,
  texts: (from: number, to: number) => has(lines, from, to),
  indicators: (from: number, to: number) => find(lines, from, to) !== undefined,
}
const seconds: Record<string, number[]> = { copy: [], texts: [], indicators: [] }
let met = 0
for (let round = 0; round < ROUNDS; round += 1) {
  const order = Object.entries(ways)
  for (const [name, way] of round % 2 === 0 ? order : order.toReversed()) {
    const before = process.cpuUsage()
    for (let at = 0; at + 1 < starts.length; at += 1)
      if (way(starts[at] ?? 0, (starts[at + 1] ?? 1) - 1)) met += 1
    const { user, system } = process.cpuUsage(before)
    seconds[name]?.push((user + system) / 1e6)
  }
}
const median = (all: readonly number[]) =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
console.log(
  `${LINES} lines of ${Math.round(lines.length / LINES)} bytes, ${VALUES} indicators, ${met} met`,
)
for (const [name, all] of Object.entries(seconds)) {
  const cpu = median(all)
  console.log(
    `${name.padEnd(10)} ${Math.round(LINES / cpu / 1000)} thousand lines, ${Math.round(lines.length / cpu / 1e6)} MB a processor second`,
  )
}
