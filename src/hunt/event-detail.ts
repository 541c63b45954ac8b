// One event whole: every column that holds something, the line's fields by the vendor's own names, the line.

import type { z } from 'zod'
import { EVENT_COLUMNS } from '../model/index.ts'
import type { EventDetailSchema } from '../model/index.ts'
import { sql } from '../store/index.ts'
import type { Sql } from '../store/index.ts'
import { askEngine } from './ask-engine.ts'
import type { HuntContext } from './context.ts'
import { readRow, shownAs } from './event-columns.ts'
import type { ShownColumn } from './event-columns.ts'
import { huntSettings } from './hunt-limits.ts'
import type { HuntResult } from './problem.ts'

export type EventDetail = z.infer<typeof EventDetailSchema>

const COLUMNS: readonly ShownColumn[] = EVENT_COLUMNS.filter(({ name }) => name !== 'raw').map(
  (column) => ({
    name: column.name,
    column,
  }),
)

/** The event at a line of a batch, or undefined; the batch is found by its index. */
export async function eventDetail(
  context: HuntContext,
  place: { readonly batch: string; readonly line: number },
): Promise<HuntResult<EventDetail | undefined>> {
  const parser = await parserOf(context, place)
  if (!parser.ok) return parser
  const answer = await askEngine<
    Record<string, unknown> & { fields: Record<string, string>; raw: string }
  >(context, {
    statement: detailStatement(place),
    settings: huntSettings(context.limits, { seconds: context.limits.seconds, rows: 1 }),
    parsers: parser.value,
  })
  if (!answer.ok) return answer
  const row = answer.value.rows[0]
  if (row === undefined) return { ok: true, value: undefined }
  const fields = Object.fromEntries(Object.entries(row.fields).filter(([, value]) => value !== ''))
  return { ok: true, value: { columns: readRow(COLUMNS, row), fields, raw: row.raw } }
}

/** Who read the line, so that no other parser's fields are planned. */
async function parserOf(
  context: HuntContext,
  place: { readonly batch: string; readonly line: number },
): Promise<HuntResult<readonly string[]>> {
  const answer = await askEngine<{ parser: string }>(context, {
    statement: sql`SELECT parser FROM events WHERE ${at(place)} LIMIT 1`,
    settings: huntSettings(context.limits, { seconds: context.limits.seconds, rows: 1 }),
  })
  return answer.ok ? { ok: true, value: answer.value.rows.map(({ parser }) => parser) } : answer
}

function at({ batch, line }: { readonly batch: string; readonly line: number }): Sql {
  return sql`batch = ${batch} AND line = ${line}`
}

function detailStatement(place: { readonly batch: string; readonly line: number }): Sql {
  return sql`SELECT ${shownAs(COLUMNS)}, fields, raw FROM events WHERE ${at(place)} LIMIT 1`
}
