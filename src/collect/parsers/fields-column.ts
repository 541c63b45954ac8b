// `fields` of stored events is read again from `raw` when asked for: an ALIAS column made of the parsers' expressions.

import { createHash } from 'node:crypto'
import { FIELDS_COLUMN } from '../../model/index.ts'
import { literal, sql } from '../../store/index.ts'
import type { EventEngine } from '../../store/index.ts'

/** Brings the column up to date with the parsers. A digest in its comment tells whether it already is. */
export async function syncFieldsColumn(engine: EventEngine, expression: string): Promise<void> {
  const digest = createHash('sha256').update(expression).digest('hex').slice(0, 16)
  const tables = engine.cluster === undefined ? ['events'] : ['events_local', 'events']
  for (const table of tables) {
    const known = await engine.ask.query<{ comment: string }>(
      sql`SELECT comment FROM system.columns WHERE database = currentDatabase() AND table = ${table} AND name = ${FIELDS_COLUMN.name}`,
    )
    if (known.rows[0]?.comment === digest) continue
    await engine.define(
      (onCluster) =>
        `ALTER TABLE ${table}${onCluster} MODIFY COLUMN ${FIELDS_COLUMN.name} ${FIELDS_COLUMN.type} ALIAS ${expression} COMMENT ${literal(digest)}`,
    )
  }
}
