// For tests only: events given as objects stand in a table like a batch does.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EVENT_COLUMNS, FIELDS_COLUMN, columnDefinition } from '../../model/index.ts'
import { openEmbeddedEngine, sql, trusted } from '../../store/index.ts'
import type { EngineLane, EventEngine } from '../../store/index.ts'

export type FixtureEvent = {
  /** Typed columns by name, as text. */
  readonly columns?: Readonly<Record<string, string>>
  readonly fields?: Readonly<Record<string, string>>
}

export async function withEngine(): Promise<{
  readonly engine: EventEngine
  readonly close: () => Promise<void>
}> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-sigma-'))
  const engine = await openEmbeddedEngine({ folder, memoryMib: 3072, intakeLanes: 1, askLanes: 1 })
  const close = async () => {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { engine, close }
}

export async function createEventTable(lane: EngineLane, table: string): Promise<void> {
  const columns = [...EVENT_COLUMNS, FIELDS_COLUMN]
    .map((column) => columnDefinition(column, { codecs: false }))
    .join(', ')
  await lane.command(trusted(`DROP TABLE IF EXISTS ${table}`))
  await lane.command(trusted(`CREATE TABLE ${table} (${columns}) ENGINE = Memory`))
}

const TEXT_COLUMNS = EVENT_COLUMNS.filter(
  ({ type }) => type.includes('String') && !type.startsWith('Array'),
)
const NUMBERS = EVENT_COLUMNS.filter(
  ({ type, name }) => /^(UInt|IPv6)/.test(type) && name !== 'line',
)

/** Lines are numbered from 1 in the order given. */
export async function insertEvents(
  lane: EngineLane,
  table: string,
  events: readonly FixtureEvent[],
): Promise<void> {
  for (let at = 0; at < events.length; at += 500) {
    const some = events.slice(at, at + 500)
    const rows = some.map(({ columns = {}, fields = {} }, offset) => ({
      l: at + offset + 1,
      c: columns,
      f: fields,
    }))
    const text = TEXT_COLUMNS.map(({ name }) => `r.c['${name}']`)
    const numbers = NUMBERS.map(({ name, type }) =>
      type === 'IPv6'
        ? `toIPv6OrDefault(r.c['${name}'])`
        : `accurateCastOrDefault(r.c['${name}'], '${type}')`,
    )
    await lane.command(
      sql`INSERT INTO ${trusted(table)} (line, time, ${trusted([...TEXT_COLUMNS, ...NUMBERS].map(({ name }) => name).join(', '))}, fields)
SELECT r.l, toDateTime64('2026-01-01 00:00:00', 3, 'UTC') + r.l, ${trusted([...text, ...numbers].join(', '))}, r.f
FROM (SELECT arrayJoin(JSONExtract(${JSON.stringify(rows)}, 'Array(Tuple(l UInt32, c Map(String, String), f Map(String, String)))')) AS r)`,
    )
  }
}
