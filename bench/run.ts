// Measures what is promised and writes bench/RESULTS.md. Each figure is the median of its runs, each run a fresh process.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

const RUNS = Number(process.env['VIGIE_BENCH_RUNS'] ?? 5)
const LINES = Number(process.env['VIGIE_BENCH_LINES'] ?? 200_000)
const MeasureSchema = z.object({
  perSecond: z.number(),
  bytesPerLine: z.number(),
  peakRssMib: z.number(),
  rawToDisk: z.number(),
})

/** What the issue that built this asks for. */
const KINDS = [
  { kind: 'fortigate', what: 'FortiGate', target: 100_000 },
  { kind: 'suricata', what: 'Suricata EVE', target: 150_000 },
  { kind: 'windows', what: 'Windows JSON', target: 80_000 },
] as const

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function measure(kind: string) {
  const runs = Array.from({ length: RUNS }, () => {
    const words = [join(import.meta.dirname, 'ingest.ts'), kind, String(LINES)]
    const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' })
    process.stderr.write(stderr)
    return MeasureSchema.parse(JSON.parse(stdout))
  })
  const of = (key: keyof (typeof runs)[number]) => median(runs.map((run) => run[key]))
  return {
    perSecond: of('perSecond'),
    bytesPerLine: of('bytesPerLine'),
    peakRssMib: of('peakRssMib'),
    rawToDisk: of('rawToDisk'),
  }
}

const rows = KINDS.map(({ kind, what, target }) => {
  const result = measure(kind)
  process.stdout.write(`${what}: ${JSON.stringify(result)}\n`)
  return `| ${what}, ${result.bytesPerLine} B a line | ${result.perSecond.toLocaleString('en-CA')} | ${target.toLocaleString('en-CA')} | ${result.peakRssMib} | ${result.rawToDisk} |`
})

const page = `# Measured

\`npm run bench\`, ${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}.
Median of ${RUNS} run${RUNS === 1 ? '' : 's'}, each in a fresh process, ${LINES.toLocaleString('en-CA')} varied lines.

## Lines to stored, judged rows
Spool with fsync, parse, own rules, insert, ledger.

| what | events a second | wanted | resident memory at most (MiB) | raw bytes to disk bytes |
|---|--:|--:|--:|--:|
${rows.join('\n')}

## Not measured here yet
TCP syslog to stored rows and the receiver alone; rsyslog beside it; EVTX to stored rows; a hunt over 100 M events; alert latency at 5,000 events a second; the console's first
load and filter change.
`
writeFileSync(join(import.meta.dirname, 'RESULTS.md'), page)
