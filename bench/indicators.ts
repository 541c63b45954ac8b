// One million indicators beside intake, and backwards through stored events. Prints JSON.
// Arguments: `ingest` and a number of lines (200,000), or `history` and millions of events (10).

import { ImportAskSchema } from '../src/model/index.ts'
import { fortigate, suricata, windows } from './lines.ts'
import { randomOf } from './random.ts'
import { openStation } from './station.ts'

const MILLION = 1_000_000
const [what = 'ingest', size] = process.argv.slice(2)

/** Addresses, networks, names, web addresses and hashes that no line of the measurement holds. */
async function* listOf(count: number, seed: number): AsyncGenerator<Uint8Array> {
  const random = randomOf(seed)
  const byte = () => random.int(256)
  const hex = (length: number) => Array.from({ length }, () => random.int(16).toString(16)).join('')
  for (let at = 0; at < count; at += 1000) {
    const lines = Array.from({ length: Math.min(1000, count - at) }, (_, line) => {
      const kind = (at + line) % 20
      if (kind < 8) return `${60 + random.int(30)}.${byte()}.${byte()}.${byte()}`
      if (kind < 9) return `${60 + random.int(30)}.${byte()}.${byte()}.0/24`
      if (kind < 14) return `${hex(10)}.bad${random.int(1000)}.example`
      if (kind < 16) return `http://${hex(8)}.example/${hex(6)}`
      return hex(64)
    })
    yield Buffer.from(`${lines.join('\n')}\n`)
  }
}

const ask = (list: string) => ImportAskSchema.parse({ list })

if (what === 'ingest') await ingest(Number(size ?? 200_000))

/** The same lines with no indicators and with a million, in turns on one station. */
async function ingest(count: number): Promise<void> {
  const station = await openStation(() => undefined)
  const { intake } = station.core.wayIn
  const makers = [fortigate(7), suricata(7), windows(7)]
  const lines = Array.from({ length: count }, (_, at) =>
    Buffer.from(makers[at % 3]?.(Math.floor(at / 3)) ?? ''),
  )
  const from = intake.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
  const send = async (some: readonly Buffer[]) => {
    const startMs = performance.now()
    for (const line of some) if (!intake.write(from, line, 0, line.length)) await intake.drained()
    await station.core.wayIn.settled()
    return Math.round((some.length * 1000) / (performance.now() - startMs))
  }
  const { indicators } = station.core
  await send(lines.slice(0, 20_000))
  const without: number[] = []
  const withThem: number[] = []
  for (let run = 0; run < 3; run += 1) without.push(await send(lines))
  station.peakRssMib()
  const startMs = performance.now()
  await indicators.importList(listOf(MILLION, 1), ask('million'), 'bench')
  const importSeconds = (performance.now() - startMs) / 1000
  const importRssMib = station.peakRssMib()
  await send(lines.slice(0, 20_000))
  for (let run = 0; run < 3; run += 1) withThem.push(await send(lines))
  await indicators.remove('million')
  for (let run = 0; run < 2; run += 1) without.push(await send(lines))
  const median = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  const slower = 1 - median(withThem) / median(without)
  process.stdout.write(
    `${JSON.stringify({ without, withThem, slowerPercent: Math.round(slower * 1000) / 10, importSeconds, importRssMib })}\n`,
  )
  await station.close()
}
