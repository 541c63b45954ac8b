// For tests only: engines, a room of indicators and events that stand in a table like a batch does.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../core/index.ts'
import { ImportAskSchema } from '../../model/index.ts'
import { migrateEvents, openEmbeddedEngine, sql, trusted } from '../../store/index.ts'
import type { EventEngine, Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { createEventTable, insertEvents } from '../sigma/event-fixture.test-helper.ts'
import type { FixtureEvent } from '../sigma/event-fixture.test-helper.ts'
import { openIndicators } from './index.ts'
import type { Indicators } from './index.ts'

export const NOW = Date.parse('2026-11-23T12:00:00Z')
export const WARNINGS = join(import.meta.dirname, '../../../content/warninglists')

export type TestRoom = {
  readonly engine: EventEngine
  readonly records: Records
  readonly clock: Clock & { nowMs: () => number }
  readonly setNow: (ms: number) => void
  readonly room: () => Promise<Indicators>
  readonly close: () => Promise<void>
}

export async function openTestRoom(): Promise<TestRoom> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-indicators-'))
  const engine = await openEmbeddedEngine({
    folder: join(folder, 'events'),
    memoryMib: 2000,
    intakeLanes: 1,
    askLanes: 2,
  })
  const records = await openTemporaryRecords()
  await migrateEvents(engine)
  let now = NOW
  const clock = { nowMs: () => now }
  return {
    engine,
    records,
    clock,
    setNow: (ms) => {
      now = ms
    },
    room: () =>
      openIndicators({ store: { events: engine, records }, clock, warnings: WARNINGS, folder }),
    close: async () => {
      await engine.close()
      await records.destroy()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

export async function add(indicators: Indicators, list: string, text: string, more: object = {}) {
  return indicators.importList(bytesOf(text), ImportAskSchema.parse({ list, ...more }), 'test')
}

/** Stands in `batch_rows` and in `events`, as a batch does when it is judged. */
export async function arrive(
  { engine }: TestRoom,
  batch: string,
  events: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  const [lane] = engine.intake
  if (lane === undefined) throw new Error('no lane')
  await createEventTable(lane, 'batch_rows')
  const rows = events.map((columns): FixtureEvent => ({
    columns: { source: 'syslog/192.0.2.1', batch, parser: 'test', ...columns },
  }))
  await insertEvents(lane, 'batch_rows', rows)
  await lane.command(
    sql`INSERT INTO events (time, received, source, batch, line, ${trusted(COLUMNS.join(', '))})
SELECT time, time, source, batch, line, ${trusted(COLUMNS.join(', '))} FROM batch_rows`,
  )
}

const COLUMNS = [
  'src_ip',
  'dst_ip',
  'dns_query',
  'url',
  'url_host',
  'user_name',
  'actor_user',
  'device_name',
  'file_hash',
  'file_path',
  'proc_path',
  'user_agent',
  'tls_ja4',
]

/** Judges the batch that stands there and records it, as storing a batch does. */
export async function judged(
  { engine, records }: TestRoom,
  indicators: Indicators,
  batch: string,
  again = false,
): Promise<number> {
  const [lane] = engine.intake
  if (lane === undefined) throw new Error('no lane')
  const sighted = await indicators.judgeBatch({ lane, table: 'batch_rows', batch, again })
  await records.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('batches')
      .values({
        id: batch,
        received: new Date(NOW),
        lines: 1,
        bytes: 1,
        sha256: '',
        parsers: '{}',
        findings: sighted.findings,
        stored: new Date(NOW),
      })
      .execute()
    await sighted.record(transaction)
  })
  return sighted.findings
}

export async function rulesFound({ engine }: TestRoom, batch: string): Promise<readonly string[]> {
  const { rows } = await engine.ask.query<{ found: string }>(
    sql`SELECT concat(rule, '@', toString(line)) AS found FROM findings WHERE batch = ${batch} ORDER BY found`,
  )
  return rows.map(({ found }) => found)
}
