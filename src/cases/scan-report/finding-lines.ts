// Every finding as one JSON object a line, for other tools.

import { trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'

const PAGE = 10_000

/** Pages of newline-delimited JSON, ordered by time. */
export async function* findingLines(ask: EngineLane): AsyncGenerator<string> {
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = await ask.query<Record<string, unknown> & { reasons: string }>(
      trusted(`SELECT formatDateTime(f.time, '%Y-%m-%dT%H:%i:%S.%fZ') AS time, f.rule AS rule, f.title AS title, f.severity AS severity,
  f.entity_kind AS entity_kind, f.entity AS entity, f.batch AS batch, f.line AS line, f.reasons AS reasons
FROM findings AS f ORDER BY f.time, f.rule, f.batch, f.line LIMIT ${PAGE} OFFSET ${offset}`),
    )
    if (rows.length === 0) return
    yield rows
      .map((row) => `${JSON.stringify({ ...row, reasons: JSON.parse(row.reasons) as unknown })}\n`)
      .join('')
  }
}
