// Beacon scores against the published golden values: connections through a proxy, named by its CONNECT requests.

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { DAY_MS } from '../src/core/index.ts'
import { BASELINES, addition, readAnalytics, runAnalytic } from '../src/detect/analytics/index.ts'
import { migrateEvents, openEmbeddedEngine, sql, trusted } from '../src/store/index.ts'
import type { EventEngine } from '../src/store/index.ts'
import { beaconScore } from './beacon-reference.ts'
import type { Connection } from './beacon-reference.ts'

const DATA = join(import.meta.dirname, '../../shared/data/behaviour/rita-proxy')
const CONTENT = join(import.meta.dirname, '../content/analytics')
/** Whole days later than they were: baselines forget what is older than two years. */
const LATER_MS = Math.floor((Date.now() - 1_672_944_522_999) / DAY_MS) * DAY_MS
const END_MS = 1_672_944_522_999 + LATER_MS

const GoldenSchema = z.object({
  tolerance: z.number(),
  beacons: z.array(
    z.object({
      fqdn: z.string(),
      count: z.number(),
      score: z.number(),
      ts: z.number(),
      size: z.number(),
      duration: z.number(),
      histogram: z.number(),
    }),
  ),
})

type Row = {
  readonly ms: number
  readonly src: string
  readonly host: string
  readonly bytes: number
}

const folder = mkdtempSync(join(tmpdir(), 'vigie-beacons-'))
let engine: EventEngine

/** A Zeek table by its own header. */
function tableOf(file: string) {
  const lines = readFileSync(join(DATA, file), 'utf8').split('\n')
  const names = (lines.find((line) => line.startsWith('#fields')) ?? '').split('\t').slice(1)
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#'))
  return rows.map((row) => {
    const cells = row.split('\t')
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))
  })
}

beforeAll(async () => {
  engine = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 1 })
  await migrateEvents(engine)
})

afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

/** In place of what was there. */
async function write(rows: readonly Row[]): Promise<void> {
  for (const table of ['events', ...BASELINES.map(({ table: name }) => name)])
    await engine.ask.command(trusted(`TRUNCATE TABLE ${table}`))
  await engine.ask.command(
    sql`INSERT INTO events (time, received, batch, class_uid, src_ip, url_host, bytes_out)
SELECT fromUnixTimestamp64Milli(ms, 'UTC') AS at, at, 'b', 4002, toIPv6(src), host, bytes
FROM format(JSONEachRow, ${trusted("'ms Int64, src String, host String, bytes UInt64'")}, ${rows.map((row) => JSON.stringify(row)).join('\n')})`,
  )
  for (const baseline of BASELINES) await engine.ask.command(addition(baseline, sql`1`))
}

/** What the analytic says of each place, whatever the score. */
async function scoresAt(
  toMs: number,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const all = readAnalytics(CONTENT, (problem) => {
    throw problem
  })
  const beacon = all.find(({ id }) => id === 'vigie-beacon')
  if (beacon === undefined) throw new TypeError('no such analytic')
  const parameters = { ...beacon.parameters, score: 0 }
  const ofAll = { ...beacon, parameters, sql: beacon.sql.replace('LIMIT 1 BY entity', '') }
  const findings = await runAnalytic(engine.ask, ofAll, { toMs, settings: {} })
  return new Map(
    findings.map(({ reasons }) => {
      const by = Object.fromEntries(reasons.map(({ field, value }) => [field, value]))
      return [by['to'] ?? '', by]
    }),
  )
}

/** Ways of calling, each with its own place: seconds from the beginning of the day, and bytes. */
function variants(): ReadonlyMap<string, readonly Connection[]> {
  let seed = 20_261_130
  const chance = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return seed / 2 ** 32
  }
  const calls = (waitOf: () => number, bytesOf: () => number, from = 0, to = 86_000) => {
    const all: Connection[] = []
    for (let at = from + chance() * 50; at < to; at += Math.max(0.4, waitOf()))
      all.push({ second: Math.floor(at), bytes: Math.floor(bytesOf()) })
    return all
  }
  const named: [string, readonly Connection[]][] = []
  const same = () => 512
  for (const [name, wait] of [
    ['minute', 60],
    ['ten-minutes', 600],
    ['hour', 3600],
  ] as const)
    for (const jitter of [0, 0.25, 0.5, 1])
      named.push([
        `${name}-${jitter * 100}`,
        calls(() => wait * (1 + jitter * (chance() - 0.5)), same),
      ])
  const exponential = (mean: number) => () => -mean * Math.log(1 - chance())
  named.push(['exponential', calls(exponential(600), same)])
  named.push(['exponential-padded', calls(exponential(600), () => 200 + 20_000 * chance())])
  named.push([
    'padded',
    calls(
      () => 600,
      () => 200 + 20_000 * chance(),
    ),
  ])
  named.push([
    'office-hours',
    calls(() => 300 * (0.85 + 0.3 * chance()), same, 9 * 3600, 17 * 3600),
  ])
  named.push([
    'over-midnight',
    [...calls(() => 300, same, 0, 5 * 3600), ...calls(() => 300, same, 20 * 3600)],
  ])
  named.push([
    'two-rhythms',
    [
      ...calls(() => 300, same),
      ...calls(
        () => 4000,
        () => 9000,
      ),
    ],
  ])
  named.push([
    'reading',
    calls(
      () => (chance() < 0.9 ? 4 * chance() : 5000 * chance()),
      () => 300 + 9000 * chance() ** 4,
    ),
  ])
  named.push([
    'empty',
    calls(
      () => 900,
      () => 0,
    ),
  ])
  named.push(['four', [100, 7300, 14_500, 30_000].map((second) => ({ second, bytes: 70 }))])
  named.push(['twice-each', calls(() => 1200, same).flatMap((one) => [one, one])])
  return new Map(named.map(([name, all]) => [name, all.toSorted((a, b) => a.second - b.second)]))
}

test('each of many ways of calling scores what the published formula gives, reckoned slowly', async () => {
  const startMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - 3 * DAY_MS + 2_520_000
  const all = variants()
  const rows = [...all].flatMap(([name, connections], at) =>
    connections.map(({ second, bytes }) => ({
      ms: startMs + second * 1000,
      src: `10.0.1.${at}`,
      host: `${name}.example`,
      bytes,
    })),
  )
  const ends = ['the.start', 'the.end'].map((host, at) => ({
    ms: startMs + at * DAY_MS,
    src: '10.0.0.1',
    host,
    bytes: 1,
  }))
  await write([...rows, ...ends])
  const scores = await scoresAt(startMs + DAY_MS)
  const start = startMs / 1000
  for (const [name, connections] of all) {
    const absolute = connections.map((one) => ({ ...one, second: start + one.second }))
    const wanted = beaconScore(absolute, { start, end: start + 86_400 })
    const by = scores.get(`${name}.example`)
    const given = by && {
      time: Number(by['evenly in time']),
      size: Number(by['evenly in size']),
      histogram: Number(by['evenly over hours']),
      duration: Number(by['how long']),
      score: Number(by['score']),
    }
    expect(given, name).toBeDefined()
    for (const [part, value] of Object.entries(wanted ?? {}))
      expect(Object.entries(given ?? {}), `${name}: ${part} ${value}`).toContainEqual([
        part,
        expect.closeTo(value, 2) as unknown,
      ])
  }
})

describe.skipIf(!existsSync(DATA))(
  'beacons through a proxy (skipped where the shared data are absent)',
  () => {
    beforeAll(async () => {
      const hosts = new Map(
        tableOf('http.log')
          .filter(({ method }) => method === 'CONNECT')
          .map(({ uid, host = '' }) => [uid, host.replace(/:\d+$/, '')]),
      )
      const rows = tableOf('conn.log').flatMap((row) => {
        const host = hosts.get(row['uid'])
        if (host === undefined) return []
        const ms = Math.floor(Number(row['ts']) * 1000) + LATER_MS
        return [{ ms, src: row['id.orig_h'] ?? '', host, bytes: Number(row['orig_ip_bytes']) }]
      })
      // The window ends with the newest connection, whatever it was.
      rows.push({ ms: END_MS, src: '10.0.0.1', host: 'the.end', bytes: 1 })
      rows.push({ ms: END_MS - DAY_MS, src: '10.0.0.1', host: 'the.start', bytes: 1 })
      await write(rows)
    })

    test('each score and its parts are within the tolerance', async () => {
      const golden = GoldenSchema.parse(JSON.parse(readFileSync(join(DATA, 'golden.json'), 'utf8')))
      const found = await scoresAt(END_MS)
      expect([...found.keys()].map(String).toSorted()).toEqual(
        golden.beacons.map(({ fqdn }) => fqdn).toSorted(),
      )
      for (const wanted of golden.beacons) {
        const by = found.get(wanted.fqdn) ?? {}
        expect(Number(by['connections'])).toBe(wanted.count)
        const parts = [
          ['score', wanted.score],
          ['evenly in time', wanted.ts],
          ['evenly in size', wanted.size],
          ['how long', wanted.duration],
          ['evenly over hours', wanted.histogram],
        ] as const
        for (const [part, value] of parts)
          expect(Math.abs(Number(by[part]) - value), `${wanted.fqdn} ${part}`).toBeLessThanOrEqual(
            golden.tolerance,
          )
      }
    })
  },
)
