// Rows of a SELECT that a person typed, checked by `sql-guard.ts`. The hunt's time range holds for every event table in it.

import type { EventRow, HuntRows, HuntSearch } from '../model/index.ts'
import { sql, trusted } from '../store/index.ts'
import type { EngineSettings } from '../store/index.ts'
import { askEngine } from './ask-engine.ts'
import type { HuntContext } from './context.ts'
import { huntSettings } from './hunt-limits.ts'
import { huntSpan } from './hunt-plan.ts'
import type { Span } from './hunt-plan.ts'
import type { HuntResult } from './problem.ts'
import { guardSql } from './sql-guard.ts'
import { HUNT_TABLES } from './sql-table.ts'

export async function searchSql(
  context: Omit<HuntContext, 'density'>,
  request: HuntSearch,
  signal?: AbortSignal,
): Promise<HuntResult<HuntRows>> {
  const span = huntSpan(request)
  if (!span.ok) return span
  const guarded = guardSql(request.sql ?? '')
  if (!guarded.ok) return guarded
  const rows = request.limit + 1
  const answer = await askEngine<Record<string, unknown>>(context, {
    statement: sql`SELECT * FROM (${trusted(guarded.value)}) LIMIT ${rows} OFFSET ${request.offset}`,
    settings: {
      ...huntSettings(context.limits, { seconds: context.limits.seconds, rows }),
      ...guardSettings(span.value),
    },
    signal,
  })
  if (!answer.ok) return answer
  const { columns, cost } = answer.value
  return {
    ok: true,
    value: {
      columns: columns.map(({ name }) => name),
      rows: answer.value.rows.slice(0, request.limit).map(textRow),
      more: answer.value.rows.length > request.limit,
      stoppedAt: null,
      cost,
    },
  }
}

/** A second wall behind the guard: the engine itself refuses table functions and writes, and filters by time. */
function guardSettings({ fromMs, toMs }: Span): EngineSettings {
  const inRange = `time >= fromUnixTimestamp64Milli(${fromMs}) AND time < fromUnixTimestamp64Milli(${toMs})`
  const filters = [...HUNT_TABLES].map((table) => `'${table}':'${inRange}'`)
  return {
    readonly: 1,
    additional_table_filters: `{${filters.join(',')}}`,
    // The SELECT stands inside ours, and its order must last.
    query_plan_remove_redundant_sorting: 0,
    max_ast_elements: 100_000,
    max_expanded_ast_elements: 200_000,
    max_subquery_depth: 60,
    function_range_max_elements_in_block: 10_000_000,
  }
}

/** Values as text; what has parts is written as JSON, what is absent is left out. */
function textRow(row: Readonly<Record<string, unknown>>): EventRow {
  const text: Record<string, string> = {}
  for (const [name, value] of Object.entries(row)) {
    if (value === null || value === undefined || value === '') continue
    text[name] = typeof value === 'string' ? value : JSON.stringify(value)
  }
  return text
}
