// One million indicators beside intake, and backwards through stored events. Prints JSON.
// Arguments: `ingest` and a number of lines (200,000), or `history` and millions of events (10).

import { systemClock } from '../src/core/index.ts'
import { openSearches } from '../src/detect/index.ts'
import { ImportAskSchema } from '../src/model/index.ts'
import { trusted } from '../src/store/index.ts'
import type { Store } from '../src/store/index.ts'
import { fillEvents } from './fill-events.ts'
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
else await history(Number(size ?? 10))

/** One new value of each kind, then 10,000 at once, through what `fill-events.ts` makes. */
async function history(millions: number): Promise<void> {
  const station = await openStation(() => undefined)
  const { store, indicators } = station.core
  const { rare } = await fillEvents(store.events, millions)
  await settle(store)
  const searches = await openSearches({
    store,
    clock: systemClock,
    present: indicators.present,
    isIntakeBehind: () => false,
    onFound: () => undefined,
  })
  const [address = '', network = ''] = rare
  const values: Readonly<Record<string, AsyncIterable<Uint8Array>>> = {
    warm: bytesOf('never.example'),
    address: bytesOf(address),
    network: bytesOf(`${network.replace(/\d+$/, '0')}/24`),
    name: bytesOf('evil.example'),
    hash: bytesOf('a'.repeat(64)),
    webAddress: bytesOf('http://evil.example/x'),
    tenThousand: listOf(10_000, 5),
  }
  const report: Record<string, unknown> = { millions }
  for (const [list, bytes] of Object.entries(values)) {
    const startMs = performance.now()
    const { arrived } = await indicators.importList(bytes, ask(list), 'bench')
    const { id } = await searches.start(arrived)
    await searches.idle()
    const seconds = Math.round(performance.now() - startMs) / 1000
    const search = (await searches.list()).find((one) => one.id === id)
    report[list] = {
      seconds,
      findings: search?.findings,
      state: search?.state,
      problem: search?.problem,
    }
    process.stderr.write(`${list} ${JSON.stringify(report[list])}\n`)
  }
  process.stdout.write(`${JSON.stringify({ ...report, peakRssMib: station.peakRssMib() })}\n`)
  await searches.close()
  await station.close()
}

/** The batches that were made stand in the ledger, as stored ones do. */
async function settle({ events, records }: Store): Promise<void> {
  const { rows } = await events.ask.query<{ batch: string }>(
    trusted('SELECT DISTINCT toString(batch) AS batch FROM events'),
  )
  const made = { received: new Date(), lines: 0, bytes: 0, sha256: '', parsers: '{}' }
  for (const { batch } of rows) {
    const row = { ...made, id: batch, findings: 0, stored: new Date() }
    await records.insertInto('batches').values(row).execute()
  }
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

/** The table in memory of the largest batch that still stands there. */
async function lastRows({ ask: lane }: Store['events']): Promise<string | undefined> {
  const { rows } = await lane.query<{ name: string }>(
    trusted(
      "SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'intake_rows%' ORDER BY total_rows DESC LIMIT 1",
    ),
  )
  return rows[0]?.name
}

type Sent = { readonly perSecond: number; readonly cpuMicros: number }

/** The same lines with no indicators and with a million, in turns on one station. */
async function ingest(count: number): Promise<void> {
  const station = await openStation(() => undefined)
  const { intake } = station.core.wayIn
  const makers = [fortigate(7), suricata(7), windows(7)]
  const lines = Array.from({ length: count }, (_, at) =>
    Buffer.from(makers[at % 3]?.(Math.floor(at / 3)) ?? ''),
  )
  const from = intake.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
  const send = async (some: readonly Buffer[]): Promise<Sent> => {
    const startMs = performance.now()
    const before = process.cpuUsage()
    for (const line of some) if (!intake.write(from, line, 0, line.length)) await intake.drained()
    await station.core.wayIn.settled()
    const { user, system } = process.cpuUsage(before)
    return {
      perSecond: Math.round((some.length * 1000) / (performance.now() - startMs)),
      cpuMicros: Math.round(((user + system) / some.length) * 10) / 10,
    }
  }
  const { indicators, store } = station.core
  const [lane] = store.events.intake
  if (lane === undefined) throw new Error('no lane')
  /** Processor time of asking one row of the batch that was stored last. */
  const asked = async () => {
    const table = (await lastRows(store.events)) ?? ''
    const { rows } = await lane.query<{ n: number }>(
      trusted(`SELECT toUInt32(count()) AS n FROM ${table}`),
    )
    const before = process.cpuUsage()
    for (let run = 0; run < 5; run += 1)
      await indicators.judgeBatch({ lane, table, batch: 'bench', again: false })
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 5 / (rows[0]?.n ?? 1)
  }
  await send(lines.slice(0, 20_000))
  const without: Sent[] = [await send(lines), await send(lines)]
  const startMs = performance.now()
  station.peakRssMib()
  await indicators.importList(listOf(MILLION, 1), ask('million'), 'bench')
  const importSeconds = Math.round((performance.now() - startMs) / 100) / 10
  const importRssMib = station.peakRssMib()
  await store.events.ask.command(trusted('OPTIMIZE TABLE indicators FINAL'))
  await send(lines.slice(0, 20_000))
  const withThem: Sent[] = []
  const askedMicros: number[] = []
  for (let run = 0; run < 5; run += 1) {
    withThem.push(await send(lines))
    askedMicros.push(await asked())
  }
  const middle = (of: readonly number[]) =>
    of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0
  const lineMicros = middle(withThem.map(({ cpuMicros }) => cpuMicros))
  const report = {
    // Processor time says the same on a machine that others use meanwhile; both were taken in turns.
    lineMicros,
    askedMicros: Math.round(middle(askedMicros) * 100) / 100,
    slowerPercent:
      Math.round((1000 * middle(askedMicros)) / (lineMicros - middle(askedMicros))) / 10,
    importSeconds,
    importRssMib,
    runs: { without, withThem },
  }
  process.stdout.write(`${JSON.stringify(report)}\n`)
  await station.close()
}
