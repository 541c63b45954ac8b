// Correlations on a whole station: lines in, groups found once, whatever order the lines come in.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alertDetail } from '../src/app/cases/alert-detail.ts'
import { openCore } from '../src/app/core.ts'
import type { Core } from '../src/app/core.ts'
import { readSettings } from '../src/core/index.ts'
import type { Clock } from '../src/core/index.ts'
import { openCorrelations, openHistory, searchAlerts } from '../src/detect/index.ts'
import type { EngineLane } from '../src/store/index.ts'
import { trusted } from '../src/store/index.ts'
import { serverLibrary, startServers } from './clickhouse-server.ts'
import type { Servers } from './clickhouse-server.ts'

const RULES = `
title: SSH sign-in refused
id: 11111111-0000-4000-8000-000000000001
name: ssh_refused
logsource: { product: linux, service: sshd }
detection:
  s: ['Failed password']
  condition: s
level: low
---
title: SSH sign-in accepted
id: 11111111-0000-4000-8000-000000000002
name: ssh_accepted
logsource: { product: linux, service: sshd }
detection:
  s: ['Accepted password']
  condition: s
level: low
`

const GUESSING = `
title: Password guessing over SSH
id: 11111111-0000-4000-8000-00000000000a
name: ssh_guessing
correlation:
  type: event_count
  rules: [ssh_refused]
  group-by: [src_ip]
  timespan: 5m
  condition: { gte: 5 }
level: medium
`

const SPRAYING = `
title: Password spraying over SSH
id: 11111111-0000-4000-8000-00000000000b
correlation:
  type: value_count
  rules: [ssh_refused]
  group-by: [src_ip]
  timespan: 5m
  condition: { field: user, gte: 3 }
level: high
`

const GUESSED = `
title: A guessed password
id: 11111111-0000-4000-8000-00000000000c
correlation:
  type: temporal_ordered
  rules: [ssh_guessing, ssh_accepted]
  group-by: [src_ip]
  timespan: 10m
level: critical
`

const UNANSWERED = `
title: A refused sign-in that nobody made good
id: 11111111-0000-4000-8000-00000000000d
correlation:
  type: temporal
  rules: [ssh_refused, ssh_accepted]
  group-by: [user]
  timespan: 5m
  condition: ssh_refused and not ssh_accepted
level: low
`

let nowMs = Date.now()
const clock: Clock = { nowMs: () => nowMs }
let folder: string
let core: Core
let servers: Servers | undefined

/** `shards`: servers of a cluster; none = embedded. */
async function open(rules: string, shards = 0): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'vigie-correlations-'))
  servers = shards === 0 ? undefined : await startServers(folder, shards)
  mkdirSync(join(folder, 'rules'))
  writeFileSync(join(folder, 'rules', 'rules.yml'), rules)
  await reopen()
}

async function reopen(): Promise<void> {
  core = await openCore({
    settings: readSettings(
      {
        data: folder,
        rules: join(folder, 'rules'),
        clickhouse: servers?.url,
        clickhouseCluster: servers?.cluster,
      },
      {},
    ),
    clock,
    durable: false,
    onTrouble: (cause) => {
      if (cause !== null) throw cause
    },
  })
}

async function close(): Promise<void> {
  await core.close()
  servers?.stop()
  rmSync(folder, { recursive: true, force: true })
}

const START = Date.UTC(2026, 9, 5, 12)

/** `Failed` or `Accepted`, seconds from the start, user and address. */
type Attempt = readonly ['Failed' | 'Accepted', number, string, string]

async function write(attempts: readonly Attempt[]): Promise<void> {
  const origin = { kind: 'syslog', source: 'syslog/192.0.2.1', context: '' } as const
  const from = core.wayIn.intake.open(origin)
  for (const [word, second, user, address] of attempts) {
    const time = new Date(START + second * 1000).toISOString()
    const line = `<38>1 ${time} gate1 sshd 412 - - ${word} password for ${user} from ${address} port 50123 ssh2`
    const bytes = Buffer.from(line)
    core.wayIn.intake.write(from, bytes, 0, bytes.length)
  }
  await core.wayIn.settled()
}

async function alerts() {
  const page = await searchAlerts(core.store.records, { limit: 1000 })
  return page.alerts
    .map(({ title, entityKind, entity, count, why }) => ({
      title: title.en,
      entity: `${entityKind} ${entity}`,
      count,
      why: why.en,
    }))
    .toSorted((a, b) => (a.title + a.entity < b.title + b.entity ? -1 : 1))
}

const refused = (second: number, user = 'admin', address = '203.0.113.5'): Attempt => [
  'Failed',
  second,
  user,
  address,
]

describe('one correlation', () => {
  beforeEach(() => open([RULES, GUESSING].join('---')))
  afterEach(close)

  test('a group that reaches the threshold is one alert that says how much within how long', async () => {
    await write([
      ...[0, 10, 20, 30].map((second) => refused(second)),
      ...[0, 10, 20, 30, 40].map((second) => refused(second, 'admin', '203.0.113.6')),
    ])
    await core.correlations.settle('so far')
    expect(await alerts()).toEqual([
      {
        title: 'Password guessing over SSH',
        entity: 'address 203.0.113.6',
        count: 1,
        why: 'Address 203.0.113.6: Password guessing over SSH: 5 events within 5 min (≥ 5), and 2 more signs.',
      },
    ])
  })

  test('an alert shows the events of the window it was found by', async () => {
    await write([0, 10, 20, 30, 40, 400].map((second) => refused(second)))
    await write([0, 40].map((second) => refused(second, 'admin', '203.0.113.7')))
    await core.correlations.settle('so far')
    const page = await searchAlerts(core.store.records, { limit: 10 })
    const detail = await alertDetail(core, page.alerts[0]?.id ?? '')
    expect(detail?.evidence.map((row) => [row['src_ip'], row['time']?.slice(11, 19)])).toEqual(
      ['12:00:40', '12:00:30', '12:00:20', '12:00:10', '12:00:00'].map((time) => [
        '203.0.113.5',
        time,
      ]),
    )
  })

  test('lines that come late and in any order complete the same window', async () => {
    await write([40, 0, 20].map((second) => refused(second)))
    await core.correlations.settle('so far')
    expect(await alerts()).toEqual([])
    await write([refused(10)])
    await core.correlations.settle('so far')
    await write([refused(30)])
    await core.correlations.settle('so far')
    expect(await alerts()).toMatchObject([{ entity: 'address 203.0.113.5', count: 1 }])
    await write([refused(25), refused(50)])
    await core.correlations.settle('so far')
    expect(await alerts(), 'it is known').toMatchObject([{ count: 1 }])
    await write([refused(345), ...[346, 347, 348, 349].map((second) => refused(second))])
    await core.correlations.settle('so far')
    expect(await alerts(), 'a timespan later it is news').toMatchObject([{ count: 2 }])
  })

  test('what came before a restart counts, and nothing is found twice', async () => {
    await write([0, 10, 20].map((second) => refused(second)))
    await core.close()
    await reopen()
    await write([30, 40].map((second) => refused(second)))
    await core.correlations.settle('so far')
    await core.close()
    await reopen()
    await core.correlations.settle('so far')
    await write([refused(45)])
    await core.correlations.settle('so far')
    expect(await alerts()).toMatchObject([{ entity: 'address 203.0.113.5', count: 1 }])
  })

  test('rules that a correlation is made of raise nothing themselves', async () => {
    await write([refused(0)])
    const { rows } = await core.store.events.ask.query(trusted('SELECT rule FROM findings'))
    expect(rows).toEqual([])
    const rules = await core.detection.listRules(core.store)
    expect(rules.find(({ title }) => title.en === 'SSH sign-in refused')).toMatchObject({
      state: 'active',
      feeds: ['11111111-0000-4000-8000-00000000000a'],
      isMuted: true,
    })
  })
})

const noServer =
  serverLibrary() === undefined ? 'no engine library that can run as a server here' : ''

describe.each([
  { name: 'several', shards: 0, skip: '' },
  { name: 'several, on a two-shard cluster', shards: 2, skip: noServer },
])('$name $skip', ({ shards, skip }) => {
  beforeEach(async ({ skip: leaveOut }) => {
    if (skip !== '') leaveOut(skip)
    await open([RULES, GUESSING, SPRAYING, GUESSED].join('---'), shards)
  })
  afterEach(close)

  test('distinct values are told, and a chain is followed to its end', async () => {
    const users = ['root', 'admin', 'Admin', 'oracle', 'root']
    await write(users.map((user, at) => refused(at * 10, user)))
    await write([['Accepted', 100, 'oracle', '203.0.113.5']])
    await core.correlations.settle('so far')
    expect(await alerts()).toEqual([
      {
        title: 'A guessed password',
        entity: 'address 203.0.113.5',
        count: 1,
        why: 'Address 203.0.113.5: A guessed password: 2 rules met in their order within 10 min, and 3 more signs.',
      },
      {
        title: 'Password spraying over SSH',
        entity: 'address 203.0.113.5',
        count: 1,
        why: 'Address 203.0.113.5: Password spraying over SSH: 3 different values of user within 5 min (≥ 3), and 3 more signs.',
      },
    ])
  })

  test('a run over history finds the same, once', async () => {
    await write([0, 10, 20, 30, 40].map((second) => refused(second, `u${second}`)))
    await write([['Accepted', 100, 'oracle', '203.0.113.5']])
    await core.correlations.settle('so far')
    const onArrival = await alerts()
    expect(onArrival).toHaveLength(2)
    await forget()
    expect(await runHistory()).toEqual(onArrival)
    expect(await runHistory(), 'again').toEqual(onArrival)
    const page = await searchAlerts(core.store.records, { limit: 10 })
    const spraying = page.alerts.find(({ title }) => title.en === 'Password spraying over SSH')
    const detail = await alertDetail(core, spraying?.id ?? '')
    expect(detail?.evidence).toHaveLength(3)
  })
})

async function forget(): Promise<void> {
  const { events, records } = core.store
  const local = events.cluster === undefined ? '' : '_local'
  for (const table of ['findings', 'correlation_events'])
    await events.define((onCluster) => `TRUNCATE TABLE ${table}${local}${onCluster}`)
  await records.deleteFrom('alert_history').execute()
  await records.deleteFrom('alerts').execute()
}

async function runHistory() {
  const history = await openHistory({
    store: core.store,
    shelf: core.detection.shelf,
    fields: core.fields,
    verbatim: core.verbatim,
    clock,
    onFed: async (feed) => {
      await core.correlations.fed(feed)
      await core.correlations.settle('so far')
    },
    isIntakeBehind: () => false,
    onFound: () => undefined,
  })
  const span = { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' }
  const { id } = await history.start(span, 'test')
  for (;;) {
    const run = (await history.list()).find((one) => one.id === id)
    if (run?.state !== 'running') break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await history.close()
  return alerts()
}

describe('what must stay away', () => {
  // The clock stands before the station looks for the first time: what a look decides stays decided.
  beforeEach(async () => {
    nowMs = START
    await open([RULES, UNANSWERED].join('---'))
  })
  afterEach(async () => {
    nowMs = Date.now()
    await close()
  })

  test('is decided when its window is over, without a line', async () => {
    nowMs = START + 60_000
    await write([refused(0, 'anna'), refused(5, 'benoit'), refused(10, 'chloe')])
    await write([['Accepted', 20, 'benoit', '203.0.113.9']])
    await core.correlations.settle('so far')
    expect(await alerts()).toEqual([])
    nowMs = START + 300_000 + 120_000
    await core.correlations.settle('so far')
    expect(await alerts()).toMatchObject([{ entity: 'account anna' }])
    nowMs = START + 3_600_000
    await core.correlations.settle('so far')
    await core.correlations.settle('so far')
    expect(await alerts()).toMatchObject([
      { entity: 'account anna', count: 1 },
      { entity: 'account chloe', count: 1 },
    ])
  })
})

describe('an engine that fails', () => {
  beforeEach(() => open([RULES, GUESSING, SPRAYING, GUESSED].join('---')))
  afterEach(close)

  test('at whichever statement, what is found is found once', async () => {
    await core.correlations.close()
    const attempts = Array.from({ length: 6 }, (_, at) => refused(at, `u${at}`))
    await write([...attempts, ['Accepted', 30, 'u1', '203.0.113.5']])
    let statements = 0
    let failAt = 0
    let failures = 0
    const failing = (call: EngineLane['command']): EngineLane['command'] => {
      return async (...of) => {
        statements += 1
        const isBefore = failAt % 2 === 0
        const fails = statements === failAt
        // Gone for the look that begins by itself as well, or that one ends on a slow machine what this one began.
        if (statements > failAt) throw new Error('ECONNREFUSED')
        if (fails) failures += 1
        if (fails && isBefore) throw new Error('ECONNRESET before')
        await call(...of)
        if (fails) throw new Error('ECONNRESET after')
      }
    }
    const { ask } = core.store.events
    const events = { ...core.store.events, ask: { ...ask, command: failing(ask.command) } }
    for (failAt = 1; failAt < 16; failAt += 1) {
      statements = 0
      const correlations = openCorrelations({
        store: { ...core.store, events },
        shelf: core.detection.shelf,
        breaker: core.detection.breaker,
        clock,
        onFound: () => undefined,
        onTrouble: () => undefined,
      })
      await correlations.settle('so far').catch(() => undefined)
      await correlations.close()
    }
    expect(failures).toBeGreaterThan(2)
    expect(await alerts()).toMatchObject([
      { title: 'A guessed password', count: 1 },
      { title: 'Password spraying over SSH', count: 1 },
    ])
    const { rows } = await ask.query(
      trusted('SELECT rule, count() AS n FROM findings GROUP BY rule'),
    )
    expect(rows.map((row) => row['n'])).toEqual(['1', '1'])
  })
})
