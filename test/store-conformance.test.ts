// One suite for both engines and all the ways they can stand: embedded, a ClickHouse server, a cluster of two shards;
// PGlite and a PostgreSQL server. The same lines in, the same answers out.

import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql as rawSql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONTENT } from '../src/app/content.ts'
import { fieldsOf, openWayIn, readParsers } from '../src/collect/index.ts'
import type { WayIn } from '../src/collect/index.ts'
import { freePort, readSettings, systemClock } from '../src/core/index.ts'
import { searchAlerts } from '../src/detect/index.ts'
import { openAnalytics, openDetection, readAnalytics } from '../src/detect/index.ts'
import { createHunt } from '../src/hunt/index.ts'
import { makeKey, openNetworks, readKinds, readSources, writePack } from '../src/networks/index.ts'
import { openStore, sql, trusted } from '../src/store/index.ts'
import type { Store } from '../src/store/index.ts'
import { serverLibrary, startServers } from './clickhouse-server.ts'
import type { Servers } from './clickhouse-server.ts'
import { postgresBin, startPostgres } from './postgres-server.ts'
import type { PostgresServer } from './postgres-server.ts'
import { readSegmentAgain } from './replay.ts'

/** A parser that cannot be read fails the test. */
const stop = (problem: Error): never => {
  throw problem
}

const noServer =
  serverLibrary() === undefined ? 'no engine library that can run as a server here' : ''
const noPostgres = postgresBin() === undefined ? 'no PostgreSQL server installed here' : ''

type Stand = {
  readonly name: string
  readonly skip: string
  readonly shards: number
  readonly postgres: boolean
}

const STANDS: readonly Stand[] = [
  { name: 'embedded ClickHouse and PGlite', skip: '', shards: 0, postgres: false },
  {
    name: 'a ClickHouse server and a PostgreSQL server',
    skip: noServer || noPostgres,
    shards: 1,
    postgres: true,
  },
  { name: 'a two-shard cluster and PGlite', skip: noServer, shards: 2, postgres: false },
]

const parsers = readParsers(CONTENT.parsers, stop).filter(({ name }) => name === 'iptables')
const detection = openDetection({
  folders: [CONTENT.rules],
  logsourcesFile: CONTENT.logsources,
  clock: systemClock,
})

const OWN = {
  name: 'own',
  version: '',
  licence: 'CC0-1.0',
  address: '',
  dated: '2026-11-01T00:00:00.000Z',
}

describe.each(STANDS)('$name $skip', ({ skip, shards, postgres }) => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-stand-'))
  let servers: Servers | undefined
  let database: PostgresServer | undefined
  let store: Store
  let wayIn: WayIn

  async function open(): Promise<void> {
    store = await openStore(
      readSettings(
        {
          data: folder,
          clickhouse: servers?.url,
          clickhouseCluster: servers?.cluster,
          postgres: database?.url,
        },
        {},
      ),
    )
    wayIn = await openWayIn({
      store,
      parsers,
      parserFolder: CONTENT.parsers,
      spoolFolder: join(folder, 'spool'),
      quarantineFolder: join(folder, 'quarantine'),
      zone: 'UTC',
      clock: systemClock,
      owner: 'test',
      readers: [detection.judgeBatch],
      forced: () => new Map(),
      onStored: () => undefined,
      onTrouble: (cause) => {
        if (cause !== null) throw cause
      },
    })
  }

  beforeAll(async () => {
    if (skip !== '') return
    if (shards > 0) servers = await startServers(folder, shards)
    if (postgres)
      database = startPostgres(mkdtempSync(join(tmpdir(), 'vigie-pg-')), await freePort())
    await open()
  })

  afterAll(async () => {
    if (skip === '') {
      await wayIn.close()
      await store.close()
    }
    servers?.stop()
    database?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  function write(source: string, lines: readonly string[]): void {
    const from = wayIn.intake.open({ kind: 'syslog', source, context: '' })
    for (const line of lines) {
      const bytes = Buffer.from(line)
      wayIn.intake.write(from, bytes, 0, bytes.length)
    }
  }

  async function count(condition: string): Promise<number> {
    const answer = await store.events.ask.query<{ n: string }>(
      trusted(`SELECT count() AS n FROM events WHERE ${condition}`),
    )
    return Number(answer.rows[0]?.n ?? -1)
  }

  const PACKET = (at: number) =>
    `<4>Nov 20 09:26:53 gw${at % 3} kernel: DROP-WAN IN=eth0 OUT= SRC=203.0.113.${at % 200} DST=198.51.100.20 LEN=60 PROTO=TCP SPT=${40_000 + at} DPT=3389`

  test.skipIf(skip !== '')('stores every line once, read or not', async () => {
    write(
      'syslog/192.0.2.1',
      Array.from({ length: 500 }, (_, at) => PACKET(at)),
    )
    write('syslog/192.0.2.2', ['no parser knows this \u0000 line', 'nor this'])
    await wayIn.settled()
    expect(await count('1')).toBe(502)
    expect(await count("parser = 'iptables' AND dst_port = 3389")).toBe(500)
    expect(await count("raw = 'no parser knows this \\0 line'")).toBe(1)
  })

  test.skipIf(skip !== '')('a batch that is stored again changes nothing', async () => {
    write(
      'syslog/192.0.2.3',
      Array.from({ length: 300 }, (_, at) => PACKET(at)),
    )
    await wayIn.intake.synced()
    await wayIn.settled()
    const before = await count('1')
    const batches = await store.records.selectFrom('batches').selectAll().execute()
    expect(batches.reduce((sum, { lines }) => sum + lines, 0)).toBe(before)
    // As after a crash between the insert and the ledger entry: the ledger forgets, the segment is there again.
    const lines = Array.from({ length: 50 }, (_, at) => PACKET(at))
    expect(await readSegmentAgain({ store, folder, lines })).toBe(
      '50 rows, then 50, without its rows 10, then 50',
    )
  })

  test.skipIf(skip !== '')('hunts by address, by vendor field and by SQL', async () => {
    const hunt = createHunt(store.events, {
      fields: () => fieldsOf(parsers)(parsers.map(({ name }) => name)),
    })
    const now = Date.now()
    const span = {
      from: new Date(now - 400 * 86_400_000).toISOString(),
      to: new Date(now + 86_400_000).toISOString(),
    }
    const page = { limit: 10, offset: 0, order: 'newest' as const }
    const byAddress = await hunt.search({ ...span, ...page, query: 'src_ip:203.0.113.7' })
    expect(
      byAddress.ok && byAddress.value.rows.every((row) => row['src_ip'] === '203.0.113.7'),
    ).toBe(true)
    const byField = await hunt.search({ ...span, ...page, query: 'SPT:40007' })
    expect(byField.ok && byField.value.rows.length).toBeGreaterThan(0)
    const bySql = await hunt.search({
      ...span,
      ...page,
      sql: 'SELECT dst_port, count() AS n FROM events GROUP BY dst_port ORDER BY n DESC',
    })
    expect(bySql.ok && bySql.value.rows[0]?.['dst_port']).toBe('3389')
  })

  test.skipIf(skip !== '')('networks are loaded, joined and hunted by', async () => {
    writeFileSync(join(folder, 'operators.csv'), '203.0.113.0,203.0.113.99,64500,North Cable\n')
    const sources = {
      operators: [join(folder, 'operators.csv')],
      countries: [],
      lists: [],
      said: [OWN],
    }
    const kindOf = readKinds(CONTENT.networkKinds)
    const key = makeKey(join(folder, 'key.pem'))
    await writePack(join(folder, 'own.pack'), {
      ranges: await readSources(sources, kindOf),
      sources: [OWN],
      keyFile: join(folder, 'key.pem'),
      nowMs: Date.now(),
    })
    const networks = openNetworks({ store, clock: systemClock, folder, kindOf })
    for (let times = 0; times < 2; times += 1)
      await networks.load(createReadStream(join(folder, 'own.pack')), { key, older: false }, 'ana')
    expect(await networks.find('203.0.113.7')).toMatchObject({ asn: 64_500, kind: 'access' })
    const [from, to] = [0, Date.now() + 86_400_000].map((ms) => new Date(ms).toISOString())
    const span = {
      from: from ?? '',
      to: to ?? '',
      limit: 5000,
      offset: 0,
      order: 'newest' as const,
    }
    const hunted = await createHunt(store.events).search({
      ...span,
      query: 'src_network_asn:64500',
    })
    const inRange = await count("src_ip BETWEEN toIPv6('203.0.113.0') AND toIPv6('203.0.113.99')")
    expect(inRange).toBeGreaterThan(100)
    expect(hunted.ok && hunted.value.rows.length).toBe(inRange)
  })

  test.skipIf(skip !== '')('every analytic can be asked, with what the records know', async () => {
    await rawSql`INSERT INTO identity_accounts (source, id, system, login, kind, tier, assurance, strongest, flags, spns, detail)
      VALUES ('ad', '1', 'ad', 'TOWN\\svc-a', 'service', 2, 'none', 'none', '[]', '[]', '{}')`.execute(
      store.records,
    )
    await rawSql`INSERT INTO exposure_assets (id, name, facing, first_seen, last_seen) VALUES ('a', 'GW.town.ca', 'internet', now(), now())`.execute(
      store.records,
    )
    const analytics = openAnalytics({
      store,
      analytics: readAnalytics(CONTENT.analytics, stop),
      clock: systemClock,
      onFound: () => undefined,
      onTrouble: (cause) => {
        throw cause
      },
    })
    await analytics.look()
    const states = await analytics.list()
    await analytics.close()
    const failed = states.filter(({ problem }) => problem !== null)
    expect(failed.map(({ analytic, problem }) => `${analytic.id}: ${problem}`)).toEqual([])
    expect(states.every(({ asked }) => asked !== null)).toBe(true)
    const { rows } = await store.events.ask.query<{ account: string; kind: string }>(
      trusted('SELECT account, kind FROM known_accounts ORDER BY account'),
    )
    expect(rows).toEqual([
      { account: 'svc-a', kind: 'service' },
      { account: 'town\\svc-a', kind: 'service' },
    ])
    const assets = await store.events.ask.query<{ asset: string }>(
      trusted("SELECT asset FROM known_assets WHERE facing = 'internet' ORDER BY asset"),
    )
    expect(assets.rows.map(({ asset }) => asset)).toEqual(['gw', 'gw.town.ca'])
  })

  test.skipIf(skip !== '')('a question that nobody waits for ends in the engine', async () => {
    const aborted = new AbortController()
    const endless = store.events.ask.query(
      sql`SELECT count() FROM numbers(100000000000) WHERE number % ${7} = 3`,
      { signal: aborted.signal, settings: { max_execution_time: 60 } },
    )
    const running = async () => {
      const { rows } = await store.events.ask.query<{ n: string }>(
        trusted(
          "SELECT count() AS n FROM system.processes WHERE query LIKE '%numbers(100000000000)%' AND query NOT LIKE '%processes%'",
        ),
      )
      return Number(rows[0]?.n)
    }
    await expect.poll(running, { timeout: 10_000 }).toBe(1)
    aborted.abort()
    await expect(endless).rejects.toThrow(/abort/)
    await expect.poll(running, { timeout: 10_000 }).toBe(0)
  })

  test.skipIf(skip !== '')('keeps what it holds through a restart', async () => {
    const before = await count('1')
    await wayIn.close()
    await store.close()
    await open()
    expect(await count('1')).toBe(before)
    expect((await searchAlerts(store.records, {})).total).toBeGreaterThanOrEqual(0)
    const layouts = await store.events.ask.query<{ n: string }>(
      sql`SELECT count() AS n FROM layout`,
    )
    expect(Number(layouts.rows[0]?.n)).toBeGreaterThan(1)
  })
})
