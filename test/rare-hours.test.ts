// The budget of alerts in a station's own stores: an hour rarer than it allows is told once, with what it is made of.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSettings } from '../src/core/index.ts'
import { insertFindings } from '../src/detect/findings-table.ts'
import { RARE_HOUR, openRisk, searchAlerts } from '../src/detect/index.ts'
import type { Finding, Severity } from '../src/model/index.ts'
import { openStore } from '../src/store/index.ts'
import type { Store } from '../src/store/index.ts'

const NOW = Date.UTC(2026, 2, 20, 15, 0)
const HOUR = 3_600_000
const folder = mkdtempSync(join(tmpdir(), 'vigie-rare-'))
let store: Store

const rule = (id: string, severity: Severity = 'medium') =>
  [
    id,
    {
      id,
      title: { en: `Title ${id}`, fr: `Titre ${id}` },
      severity,
      attack: [`attack.${id}`],
      author: 'x',
      reference: 'x',
    },
  ] as const
const facts = new Map([
  rule('usual'),
  rule('dump'),
  rule('tunnel'),
  rule('account'),
  rule('ransom', 'critical'),
])

function finding(entity: string, hoursAgo: number, id: string): Finding {
  return {
    rule: id,
    title: id,
    severity: 'medium',
    time: new Date(NOW - hoursAgo * HOUR).toISOString(),
    entityKind: 'device',
    entity,
    batch: 'b',
    line: Math.round(hoursAgo * 100),
    reasons: [],
  }
}

async function add(token: string, findings: readonly Finding[]) {
  const [lane] = store.events.intake
  if (lane === undefined) throw new TypeError('no intake lane')
  await insertFindings(lane, findings, { token, nowMs: NOW, again: false })
}

beforeAll(async () => {
  store = await openStore(readSettings({ data: folder }, {}))
  const ordinary = Array.from({ length: 10 * 24 }, (_, hour) =>
    ['DC01', 'WEB1', 'PC17'].map((entity) => finding(entity, 2 + hour, 'usual')),
  ).flat()
  await add('ordinary', ordinary)
})

afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const risk = () => {
  const trouble = (cause: unknown) => {
    throw cause
  }
  return openRisk({
    store,
    facts: () => facts,
    clock: { nowMs: () => NOW },
    alertsADay: 1,
    onTold: () => undefined,
    onTrouble: trouble,
  })
}

async function look(): Promise<number> {
  const one = risk()
  const told = await one.look()
  await one.close()
  return told
}

const told = async () => (await searchAlerts(store.records, { rule: RARE_HOUR })).alerts

test('ten ordinary days tell nothing', async () => {
  expect(await look()).toBe(0)
  expect(await told()).toEqual([])
})

test('several rules that never found anything, on one device within an hour, are told in one sentence', async () => {
  await add('intruder', [
    finding('DC01', 1.2, 'dump'),
    finding('DC01', 1.1, 'tunnel'),
    finding('DC01', 1.3, 'tunnel'),
  ])
  expect(await look()).toBe(1)
  const [alert] = await told()
  expect(alert).toMatchObject({ entity: 'DC01', severity: 'high', state: 'new', count: 1 })
  expect(alert?.attack.toSorted()).toEqual(['attack.dump', 'attack.tunnel'])
  expect(alert?.why.en).toMatch(
    /^Device DC01: “Title (?:dump|tunnel)”, “Title (?:dump|tunnel)”, within one hour; at most one hour in \d+ weighs as much\.$/,
  )
  expect(alert?.why.fr).toMatch(/^Appareil DC01[^«]+«[^T]+Titre (?:dump|tunnel)\u202f»/)
  expect(alert?.reasons.map(({ field }) => field).toSorted()).toEqual(['dump', 'tunnel'])
})

test('looked at again, or after a restart, nothing is told twice', async () => {
  expect(await look()).toBe(0)
  expect((await told()).map(({ count }) => count)).toEqual([1])
})

test('a dangerous rule is told whatever the budget is', async () => {
  await add(
    'ransom',
    Array.from({ length: 30 }, (_, n) => finding('WEB1', 1.1 + n / 1000, 'ransom')),
  )
  expect(await look()).toBe(1)
  const alert = (await told()).find(({ entity }) => entity === 'WEB1')
  expect(alert?.severity).toBe('critical')
})

test('what was found long ago teaches, and is not told', async () => {
  await add('old', [finding('PC17', 60, 'account'), finding('PC17', 60, 'dump')])
  expect(await look()).toBe(0)
})
