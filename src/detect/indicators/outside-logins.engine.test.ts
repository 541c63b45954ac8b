// Which addresses logged in from outside, asked of a real engine.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HOUR_MS } from '../../core/index.ts'
import { migrateEvents, openEmbeddedEngine, trusted } from '../../store/index.ts'
import type { EventEngine } from '../../store/index.ts'
import { outsideLogins } from './outside-logins.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-logins-'))
let engine: EventEngine

/** Address, class, activity, status. */
const ROWS = [
  ['203.0.113.9', 3002, 1, 1],
  ['203.0.113.9', 3002, 1, 1],
  ['2001:db8::7', 3002, 1, 1],
  ['198.51.100.1', 3002, 1, 2],
  ['198.51.100.2', 3002, 2, 1],
  ['198.51.100.3', 4001, 1, 1],
  ['10.1.2.3', 3002, 1, 1],
  ['fe80::1', 3002, 1, 1],
  ['100.64.3.4', 3002, 1, 1],
  ['::', 3002, 1, 1],
] as const

beforeAll(async () => {
  engine = await openEmbeddedEngine({
    folder: join(folder, 'events'),
    memoryMib: 800,
    intakeLanes: 1,
    askLanes: 1,
  })
  await migrateEvents(engine)
  const values = ROWS.map(
    ([address, classOf, activity, status], at) =>
      `(toDateTime64('2026-11-0${at === 1 ? 2 : 1} 10:00:00', 3, 'UTC'), now64(3), 't', 'b', ${at}, toIPv6('${address}'), ${classOf}, ${activity}, ${status})`,
  )
  await engine.ask.command(
    trusted(
      `INSERT INTO events (time, received, source, batch, line, src_ip, class_uid, activity_id, status_id) VALUES ${values.join(', ')}`,
    ),
  )
}, 60_000)
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

test('addresses outside that logged in with success, each once; no failures, no logoffs, nothing inside', async () => {
  const span = { fromMs: Date.now() - HOUR_MS, toMs: Date.now() + HOUR_MS }
  expect(await outsideLogins(engine.ask, { ...span, most: 10 })).toEqual([
    {
      address: '2001:db8::7',
      logins: 1,
      first: '2026-11-01T10:00:00.000Z',
      last: '2026-11-01T10:00:00.000Z',
    },
    {
      address: '203.0.113.9',
      logins: 2,
      first: '2026-11-01T10:00:00.000Z',
      last: '2026-11-02T10:00:00.000Z',
    },
  ])
  expect(await outsideLogins(engine.ask, { ...span, most: 1 })).toHaveLength(1)
  const before = { fromMs: Date.now() - 2 * HOUR_MS, toMs: Date.now() - HOUR_MS }
  expect(await outsideLogins(engine.ask, { ...before, most: 10 })).toEqual([])
})
