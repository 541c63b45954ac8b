// Numbered, forward-only steps of the event engine's layout. A step that was released never changes.

import { DAY_MS, VigieError } from '../core/index.ts'
import { createBaselines, createCommandDays, createFurtherBaselines } from './baselines-schema.ts'
import { createBlind } from './blind-schema.ts'
import { createCorrelationEvents } from './correlations-schema.ts'
import type { EventEngine } from './event-engine.ts'
import { createEvents, createFindings, localTable, mergeLess } from './events-schema.ts'
import type { Definition, TableTarget } from './events-schema.ts'
import { createIndicators } from './indicators-schema.ts'
import { createKnown, createNetworks } from './networks-schema.ts'
import { sql, trusted } from './sql.ts'
import { createTools } from './tools-schema.ts'

type Step = {
  readonly id: number
  readonly name: string
  readonly statements: (target: TableTarget) => readonly Definition[]
}

const STEPS: readonly Step[] = [
  { id: 1, name: 'events', statements: createEvents },
  { id: 2, name: 'findings', statements: createFindings },
  { id: 3, name: 'indicators', statements: createIndicators },
  { id: 4, name: 'correlation_events', statements: createCorrelationEvents },
  { id: 5, name: 'networks', statements: createNetworks },
  { id: 6, name: 'known accounts and assets', statements: createKnown },
  { id: 7, name: 'baselines', statements: createBaselines },
  { id: 8, name: 'further baselines', statements: createFurtherBaselines },
  { id: 9, name: 'command lines', statements: createCommandDays },
  { id: 10, name: 'tools', statements: createTools },
  { id: 11, name: 'blind matching', statements: createBlind },
  { id: 12, name: 'events are merged less often', statements: mergeLess },
]

/** Brings the layout up to date. Throws DATA_FOLDER_NEWER when a newer Vigie has been here. */
export async function migrateEvents(engine: EventEngine): Promise<void> {
  const lane = engine.ask
  await lane.command(
    trusted(`CREATE TABLE IF NOT EXISTS layout (id UInt32, name String, applied DateTime64(3, 'UTC'))
ENGINE = MergeTree ORDER BY id SETTINGS fsync_after_insert = 1`),
  )
  const done = await lane.query<{ id: number }>(
    trusted('SELECT toUInt32(max(id)) AS id FROM layout'),
  )
  const found = done.rows[0]?.id ?? 0
  const known = STEPS.length
  if (found > known) throw new VigieError('DATA_FOLDER_NEWER', { found, known })
  const target = await tableTarget(engine)
  for (const step of STEPS.filter(({ id }) => id > found)) {
    for (const statement of step.statements(target)) await engine.define(statement)
    await lane.command(sql`INSERT INTO layout SELECT ${step.id}, ${step.name}, now64(3)`)
  }
}

async function tableTarget({ cluster, ask }: EventEngine): Promise<TableTarget> {
  if (cluster === undefined) return { cluster, replicated: false }
  const keeper = await ask.query<{ n: number }>(
    trusted(
      "SELECT toUInt32(count()) AS n FROM system.tables WHERE database = 'system' AND name = 'zookeeper'",
    ),
  )
  return { cluster, replicated: (keeper.rows[0]?.n ?? 0) > 0 }
}

/** Drops whole days of a table that lie before `olderThanMs`. Returns the days dropped. */
export async function dropExpired(
  engine: EventEngine,
  table: string,
  olderThanMs: number,
): Promise<readonly string[]> {
  const local = localTable(engine, table)
  const limit = new Date(Math.floor(olderThanMs / DAY_MS) * DAY_MS).toISOString().slice(0, 10)
  const parts = await engine.ask.query<{ partition: string }>(
    sql`SELECT DISTINCT partition FROM system.parts
        WHERE active AND database = currentDatabase() AND table = ${local} AND partition < ${limit} ORDER BY partition`,
  )
  const dropped = parts.rows
    .map(({ partition }) => partition)
    .filter((day) => /^\d{4}-\d\d-\d\d$/.test(day))
  for (const day of dropped)
    await engine.define((onCluster) => `ALTER TABLE ${local}${onCluster} DROP PARTITION '${day}'`)
  return dropped
}
