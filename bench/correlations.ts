// Correlations: what feeding them costs intake, and how long a look at many hits takes. Prints JSON.
// Arguments: `ingest` and a number of lines (200,000), or `sweep` and a number of hits (1,000,000).

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from '../src/store/index.ts'
import { fortigate } from './lines.ts'
import { openStation } from './station.ts'

const [what = 'ingest', size] = process.argv.slice(2)

const RULE = (name: string, field: string) => `
title: ${name}
name: ${name}
logsource: { product: fortigate, service: traffic }
detection: { s: { ${field} }, condition: s }
`

const CORRELATION = (title: string, body: string) => `
title: ${title}
id: ${title}
correlation: { ${body} }
`

/** A rule that every line meets, one that some do, and what is made of them. */
function rulesFolder(correlations: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-rules-'))
  const all = RULE('all', 'type: traffic')
  const rules = correlations.includes(ORDERED) ? [all, RULE('denied', 'action: deny')] : [all]
  writeFileSync(join(folder, 'rules.yml'), [...rules, ...correlations].join('---'))
  return folder
}

const COUNT = CORRELATION(
  'count',
  'type: event_count, rules: [all], group-by: [srcip], timespan: 5m, condition: { gte: 1000000 }',
)
const VALUES = CORRELATION(
  'values',
  'type: value_count, rules: [all], group-by: [srcip], timespan: 5m, condition: { field: dstport, gte: 5000 }',
)
const SUM = CORRELATION(
  'sum',
  'type: value_sum, rules: [all], group-by: [srcip], timespan: 5m, condition: { field: sentbyte, gte: 1000000000000 }',
)
const ORDERED = CORRELATION(
  'ordered',
  'type: temporal_ordered, rules: [denied, all], group-by: [srcip], timespan: 5m',
)

if (what === 'ingest') await ingest(Number(size ?? 200_000))
else await sweep(Number(size ?? 1_000_000))

/** The same lines without correlations and with three that take every line. */
async function ingest(lines: number): Promise<void> {
  const seconds: Record<string, number> = {}
  // The first station compiles what the others find compiled.
  for (const [name, correlations] of [
    ['cold', []],
    ['fed', [COUNT, VALUES, SUM]],
    ['without', []],
  ] as const) {
    const rules = correlations.length === 0 ? {} : { rules: rulesFolder(correlations) }
    const station = await openStation(() => undefined, rules)
    const { wayIn } = station.core
    const make = fortigate(7)
    const from = wayIn.intake.open({ kind: 'syslog', source: 'syslog/192.0.2.1', context: '' })
    const send = async (count: number) => {
      for (let at = 0; at < count; at += 1) {
        const line = Buffer.from(make(at))
        if (!wayIn.intake.write(from, line, 0, line.length)) await wayIn.intake.drained()
      }
      await wayIn.settled()
    }
    await send(20_000)
    const startMs = performance.now()
    await send(lines)
    seconds[name] = Math.round(performance.now() - startMs) / 1000
    await station.core.correlations.settle('so far')
    seconds[`${name}Settled`] = Math.round(performance.now() - startMs) / 1000
    const { rows } = await station.core.store.events.ask.query(
      sql`SELECT count() AS hits, uniqExact(grp) AS groups, countIf(member = 65535) AS found FROM correlation_events`,
    )
    process.stderr.write(`${name} ${JSON.stringify([seconds, rows[0]])}\n`)
    await station.close()
  }
  process.stdout.write(`${JSON.stringify({ lines, seconds })}\n`)
}

/** Hits that stand there already: of one group, of many, and a few more of a group that has many. */
async function sweep(hits: number): Promise<void> {
  const station = await openStation(() => undefined, {
    rules: rulesFolder([COUNT, VALUES, ORDERED]),
  })
  const { core } = station
  const report: Record<string, number> = {}
  const look = async (name: string, groups: number, count: number) => {
    const nowMs = Date.now()
    for (const { key } of core.detection.shelf.current.correlations.plans)
      await core.store.events.ask.command(
        sql`INSERT INTO correlation_events SELECT ${key}, if(number % 7 = 0, 0, 1), 10 + number % ${groups}, ['g'], fromUnixTimestamp64Milli(${nowMs - 3_600_000} + intDiv(toInt64(number) * 3600000, ${count}), 'UTC'),
  toString(number % 1000), ['', 'g', '', ''], concat('b', toString(intDiv(number, 65536))), number % 65536, ${name}, fromUnixTimestamp64Milli(${nowMs}, 'UTC') FROM numbers(${count})`,
      )
    await core.correlations.fed({ id: name, nowMs })
    const startMs = performance.now()
    await core.correlations.settle('so far')
    report[name] = Math.round(performance.now() - startMs) / 1000
    process.stderr.write(`${name} ${report[name]} s\n`)
  }
  await look('one group', 1, hits)
  await look('a few more of it', 1, 1000)
  await look('many groups', 100_000, hits)
  const { rows } = await core.store.events.ask.query(sql`SELECT count() AS n FROM findings`)
  const states = await core.store.records.selectFrom('correlation_states').selectAll().execute()
  const problems = states.flatMap(({ problem }) => problem ?? [])
  const seconds = { ...report }
  process.stdout.write(
    `${JSON.stringify({ hits, seconds, findings: rows[0], problems, peakRssMib: station.peakRssMib() })}\n`,
  )
  await station.close()
}
