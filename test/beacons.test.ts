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

describe.skipIf(!existsSync(DATA))(
  'beacons through a proxy (skipped where the shared data are absent)',
  () => {
    beforeAll(async () => {
      engine = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 1 })
      await migrateEvents(engine)
      const hosts = new Map(
        tableOf('http.log')
          .filter(({ method }) => method === 'CONNECT')
          .map(({ uid, host = '' }) => [uid, host.replace(/:\d+$/, '')]),
      )
      const rows = tableOf('conn.log').flatMap((row) => {
        const host = hosts.get(row['uid'])
        if (host === undefined) return []
        const ms = Math.floor(Number(row['ts']) * 1000) + LATER_MS
        return [
          JSON.stringify({ ms, src: row['id.orig_h'], host, bytes: Number(row['orig_ip_bytes']) }),
        ]
      })
      // The window ends with the newest connection, whatever it was.
      rows.push(JSON.stringify({ ms: END_MS, src: '10.0.0.1', host: 'the.end', bytes: 1 }))
      rows.push(
        JSON.stringify({ ms: END_MS - 86_400_000, src: '10.0.0.1', host: 'the.start', bytes: 1 }),
      )
      await engine.ask.command(
        sql`INSERT INTO events (time, received, batch, class_uid, src_ip, url_host, bytes_out)
SELECT fromUnixTimestamp64Milli(ms, 'UTC') AS at, at, 'b', 4002, toIPv6(src), host, bytes
FROM format(JSONEachRow, ${trusted("'ms Int64, src String, host String, bytes UInt64'")}, ${rows.join('\n')})`,
      )
      for (const baseline of BASELINES) await engine.ask.command(addition(baseline, sql`1`))
    })
    afterAll(async () => {
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
    })

    test('each score and its parts are within the tolerance', async () => {
      const golden = GoldenSchema.parse(JSON.parse(readFileSync(join(DATA, 'golden.json'), 'utf8')))
      const all = readAnalytics(CONTENT, (problem) => {
        throw problem
      })
      const beacon = all.find(({ id }) => id === 'vigie-beacon')
      if (beacon === undefined) throw new TypeError('no such analytic')
      const parameters = { ...beacon.parameters, score: 0 }
      const ofAll = { ...beacon, parameters, sql: beacon.sql.replace('LIMIT 1 BY entity', '') }
      const findings = await runAnalytic(engine.ask, ofAll, { toMs: END_MS, settings: {} })
      const found = new Map(
        findings.map(({ reasons }) => {
          const by = Object.fromEntries(reasons.map(({ field, value }) => [field, value]))
          return [by['to'], by]
        }),
      )
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
