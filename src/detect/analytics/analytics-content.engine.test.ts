// Each analytic finds in its golden history what it must, and nothing else.

import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { yamlValue } from '../../core/index.ts'
import { familySql, positionSql } from '../../model/index.ts'
import { migrateEvents } from '../../store/events-migrations.ts'
import { openEmbeddedEngine, sql, trusted } from '../../store/index.ts'
import type { EventEngine } from '../../store/index.ts'
import { readAnalytics } from './analytic.ts'
import { BASELINES, addition } from './baselines.ts'
import { writeContacts } from './contacts.test-helper.ts'
import type { Crowd } from './contacts.test-helper.ts'
import { writeOrdinaryMonth } from './ordinary-month.test-helper.ts'
import { boundSql, runAnalytic } from './run-analytic.ts'

const CONTENT = join(import.meta.dirname, '../../../content/analytics')
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

const KnownRow = z.record(z.string(), z.union([z.string(), z.number()]))

const GoldenSchema = z.strictObject({
  now: z.coerce.date(),
  finds: z.array(z.string()),
  /** What is known beside the events; rows of columns of `networks`, `known_accounts`, `known_assets`, `known_tools`, `allowed_tools`. */
  networks: z
    .array(
      z.strictObject({ first: z.string(), last: z.string(), asn: z.number(), kind: z.string() }),
    )
    .default([]),
  accounts: z.array(KnownRow).default([]),
  assets: z.array(KnownRow).default([]),
  tools: z.array(KnownRow).default([]),
  allowed: z.array(KnownRow).default([]),
  events: z.array(
    z.strictObject({
      repeat: z.strictObject({
        from: z.coerce.date(),
        every: z.string().regex(/^\d+[mhd]$/),
        times: z.number().int().min(1).max(5000),
        /** How many different `{n}` there are; as many as times. */
        names: z.number().int().optional(),
        /** How long after its time each arrived; a clock that is ahead makes it negative. */
        late: z
          .string()
          .regex(/^-?\d+m$/)
          .default('0m'),
      }),
      row: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
})

const folder = mkdtempSync(join(tmpdir(), 'vigie-analytics-'))
const analytics = readAnalytics(CONTENT, (problem) => {
  throw problem
})
let engine: EventEngine

beforeAll(async () => {
  engine = await openEmbeddedEngine({ folder, memoryMib: 1000, intakeLanes: 1, askLanes: 1 })
  await migrateEvents(engine)
})

afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

test('every folder holds an analytic and a golden history', () => {
  for (const name of readdirSync(CONTENT))
    expect(readdirSync(join(CONTENT, name)).toSorted()).toEqual(['analytic.yml', 'golden.yml'])
  expect(analytics.length).toBeGreaterThan(5)
})

test.each(analytics.map((analytic) => [analytic.id, analytic] as const))(
  '%s',
  async (_, analytic) => {
    const golden = goldenOf(analytic.file)
    await engine.ask.command(trusted('TRUNCATE TABLE events'))
    // Whatever stands in the others is not read.
    const read = BASELINES.filter(({ table }) => analytic.sql.includes(table))
    await insertKnown(golden, read)
    await insert(golden)
    for (const baseline of read) await engine.ask.command(addition(baseline, sql`1`))
    const findings = await runAnalytic(engine.ask, analytic, {
      toMs: golden.now.getTime(),
      settings: {},
    })
    expect(findings.map(({ entity }) => entity).toSorted()).toEqual(golden.finds.toSorted())
    for (const { reasons, batch, time } of findings) {
      expect(reasons.length).toBeGreaterThan(0)
      expect(reasons.every(({ value }) => value !== '')).toBe(true)
      expect(batch).toBe('golden')
      expect(Date.parse(time)).toBeGreaterThan(golden.now.getTime() - analytic.window)
    }
    // Nothing at all has happened: nothing is found, and nothing fails.
    await engine.ask.command(trusted('TRUNCATE TABLE events'))
    const none = await runAnalytic(engine.ask, analytic, { toMs: Date.now(), settings: {} })
    expect(none).toEqual([])
  },
)

test('a month of ordinary life: no analytic finds anything that would call somebody', async () => {
  const toMs = Date.UTC(2026, 2, 20, 21)
  await insertKnown({
    ...EMPTY,
    accounts: [
      { account: 'svc-backup', tier: 2, kind: 'service' },
      { account: 'msp-tech', tier: 2, kind: 'vendor' },
      { account: 'adm-person1', tier: 1, kind: 'privileged' },
    ],
  })
  await engine.ask.command(trusted('TRUNCATE TABLE events'))
  await writeOrdinaryMonth(engine.ask, toMs)
  for (const baseline of BASELINES) await engine.ask.command(addition(baseline, sql`1`))
  const { rows } = await engine.ask.query<{ table: string; n: number }>(
    trusted(
      BASELINES.map(
        ({ table }) => `SELECT '${table}' AS table, toUInt32(count()) AS n FROM ${table}`,
      ).join(' UNION ALL '),
    ),
  )
  // Each baseline has something to be quiet about.
  expect(rows.filter(({ n }) => n < 100)).toEqual([])
  const found: string[] = []
  for (const analytic of analytics) {
    const findings = await runAnalytic(engine.ask, analytic, { toMs, settings: {} })
    found.push(...findings.map(({ entity }) => `${analytic.severity} ${analytic.id} ${entity}`))
  }
  expect(found).toEqual([])
})

test('of slow scanners nearly all are found after eight contacts, all in the end; of those at work one in a thousand', async () => {
  const toMs = Date.UTC(2026, 2, 20, 15)
  const slowScan = analytics.find(({ id }) => id === 'vigie-slow-scan')
  if (slowScan === undefined) throw new TypeError('no such analytic')
  const shareOf = async (crowd: Crowd) => {
    await engine.ask.command(trusted('TRUNCATE TABLE flow_days'))
    await writeContacts(engine.ask, crowd, toMs)
    const { rows } = await engine.ask.query<{ n: number }>(
      sql`SELECT toUInt32(uniqExact(entity)) AS n FROM (${boundSql(slowScan, toMs)})`,
    )
    return (rows[0]?.n ?? 0) / crowd.devices
  }
  const scanners = { devices: 5000, answered: [0.02, 0.19], network: 50 } as const
  expect(await shareOf({ ...scanners, contacts: [8, 8] })).toBeGreaterThan(0.94)
  expect(await shareOf({ ...scanners, contacts: [20, 49] })).toBeGreaterThan(0.995)
  const working = { devices: 10_000, answered: [0.8, 0.98], network: 60 } as const
  expect(await shareOf({ ...working, contacts: [10, 49] })).toBeLessThan(0.001)
})

type Golden = z.infer<typeof GoldenSchema>

function goldenOf(file: string): Golden {
  return GoldenSchema.parse(
    yamlValue(readFileSync(file.replace('analytic.yml', 'golden.yml'), 'utf8')),
  )
}

const EMPTY = { networks: [], accounts: [], assets: [], tools: [], allowed: [] }

async function insertKnown(
  { networks, accounts, assets, tools, allowed }: Omit<Golden, 'now' | 'finds' | 'events'>,
  emptied = BASELINES,
): Promise<void> {
  const baselines = emptied.map(({ table }) => table)
  for (const table of [
    'networks',
    'known_accounts',
    'known_assets',
    'known_tools',
    'allowed_tools',
    ...baselines,
  ])
    await engine.ask.command(trusted(`TRUNCATE TABLE ${table}`))
  for (const { first, last, asn, kind } of networks)
    await engine.ask.command(
      sql`INSERT INTO networks SELECT ${trusted(familySql('a'))}, ${trusted(positionSql('a'))}, ${trusted(positionSql('b'))}, ${asn}, concat('Operator ', toString(${asn})), ${kind}, 'CA'
FROM (SELECT toIPv6(${first}) AS a, toIPv6(${last}) AS b)`,
    )
  for (const [table, rows] of Object.entries({
    known_accounts: accounts,
    known_assets: assets,
    known_tools: tools,
    allowed_tools: allowed,
  }))
    for (const row of rows) {
      const keys = Object.keys(row)
      const structure = keys
        .map((key) => `${key} ${typeof row[key] === 'number' ? 'UInt8' : 'String'}`)
        .join(', ')
      await engine.ask.command(
        sql`INSERT INTO ${trusted(table)} (${trusted(keys.join(', '))}) SELECT * FROM format(JSONEachRow, ${trusted(`'${structure}'`)}, ${JSON.stringify(row)})`,
      )
    }
}

async function insert({ events }: Golden): Promise<void> {
  const byColumns = Map.groupBy(events, ({ row }) => Object.keys(row).toSorted().join(', '))
  let line = 0
  for (const [columns, some] of byColumns) {
    const rows = some.flatMap(({ repeat, row }) =>
      Array.from({ length: repeat.times }, (_, at) => {
        const n = String(1 + (at % (repeat.names ?? repeat.times)))
        const values = Object.entries(row).map(([key, value]) => [
          key,
          String(value).replaceAll('{n}', n),
        ])
        const every = Number.parseInt(repeat.every, 10) * (UNITS[repeat.every.slice(-1)] ?? 0)
        line += 1
        const time = repeat.from.getTime() + at * every
        return JSON.stringify({
          ...Object.fromEntries(values),
          line: String(line),
          ms: String(time),
          late: String(Number.parseInt(repeat.late, 10) * (UNITS['m'] ?? 0)),
        })
      }),
    )
    const keys = columns.split(', ')
    const structure = [...keys, 'line', 'ms', 'late'].map((key) => `${key} String`).join(', ')
    const types = await engine.ask.query<{ name: string; type: string }>(
      sql`SELECT name, type FROM system.columns WHERE table = 'events' AND database = currentDatabase() AND name IN ${keys}`,
    )
    const typeOf = new Map(types.rows.map(({ name, type }) => [name, type]))
    const casts = keys.map((key) => `CAST(${key}, '${typeOf.get(key) ?? 'String'}')`)
    await engine.ask.command(
      sql`INSERT INTO events (time, received, batch, line, ${trusted(columns)})
SELECT fromUnixTimestamp64Milli(toInt64(ms), 'UTC'), fromUnixTimestamp64Milli(toInt64(ms) + toInt64(late), 'UTC'), 'golden', toUInt32(line), ${trusted(casts.join(', '))}
FROM format(JSONEachRow, ${trusted(`'${structure}'`)}, ${rows.join('\n')})`,
    )
  }
}
