// The most frequent values of one field in what a question finds: counted, or estimated from a sample where many are found.

import type { z } from 'zod'
import type { HuntTopRequestSchema, HuntTopSchema } from '../model/index.ts'
import { sql, textOf, trusted } from '../store/index.ts'
import type { EngineSettings, Sql } from '../store/index.ts'
import { askEngine } from './ask-engine.ts'
import { columnShown } from './column-shown.ts'
import type { HuntContext } from './context.ts'
import { shownColumns } from './event-columns.ts'
import type { ShownColumn } from './event-columns.ts'
import { huntSettings } from './hunt-limits.ts'
import { inSpan, planFieldHunt } from './hunt-plan.ts'
import type { FieldHunt } from './hunt-plan.ts'
import { huntProblem } from './problem.ts'
import type { HuntResult } from './problem.ts'
import { sampleOf } from './sample.ts'
import type { Sample } from './sample.ts'

export type HuntTopRequest = z.infer<typeof HuntTopRequestSchema>
export type HuntTop = z.infer<typeof HuntTopSchema>

/** Values told apart at most; past that, further values are left out of the count and `distinct` stands at this number. */
const MOST_VALUES = 1_000_000

export async function topValues(
  context: HuntContext,
  request: HuntTopRequest,
  signal?: AbortSignal,
): Promise<HuntResult<HuntTop>> {
  if (request.sql !== undefined) return { ok: false, problem: huntProblem('sql_no_counts', {}) }
  const hunt = planFieldHunt(request)
  if (!hunt.ok) return hunt
  const columns = shownColumns([request.field])
  if (!columns.ok) return columns
  const field: ShownColumn = columns.value[0] ?? { name: request.field, column: undefined }
  const { limits } = context
  const settings = huntSettings(limits, { seconds: limits.seconds, rows: request.limit })
  const sample = request.exact
    ? EVERY_EVENT
    : await sampleOf(context, hunt.value, {
        size: readsLines(hunt.value, field) ? limits.lineSample : limits.columnSample,
        settings,
        signal,
      })
  if (!sample.ok) return sample
  const answer = await askEngine<TopRow>(context, {
    statement: topStatement(hunt.value, field, { limit: request.limit, sample: sample.value }),
    settings: { ...settings, ...BOUNDED_GROUPS },
    signal,
  })
  if (!answer.ok) return answer
  const { rows, cost } = answer.value
  const { taken, total } = {
    taken: Number(rows[0]?.taken ?? 0),
    total: Number(rows[0]?.total ?? 0),
  }
  const scale = sample.value?.scale(Math.max(1, total)) ?? 1
  return {
    ok: true,
    value: {
      field: request.field,
      distinct: Number(rows[0]?.values ?? 0),
      values: rows.map(({ value, n }) => ({ value, count: Math.round(Number(n) * scale) })),
      sample: sample.value === undefined ? null : { rows: taken, of: Math.round(total * scale) },
      cost,
    },
  }
}

type TopRow = { value: string; n: string; values: string; taken: string; total: string }

const EVERY_EVENT: HuntResult<undefined> = { ok: true, value: undefined }

/** A vendor's field is read from the line itself, which costs far more than a column. */
function readsLines({ condition }: FieldHunt, { column }: ShownColumn): boolean {
  return column === undefined || /\bfields\b/.test(textOf(condition))
}

const BOUNDED_GROUPS: EngineSettings = {
  max_rows_to_group_by: MOST_VALUES,
  group_by_overflow_mode: 'any',
}

/** Groups by the stored value and makes text of the few that are shown. */
function topStatement(
  { span, condition }: FieldHunt,
  { name, column }: ShownColumn,
  { limit, sample }: { readonly limit: number; readonly sample: Sample | undefined },
): Sql {
  const isList = column?.type.startsWith('Array') ?? false
  const stored =
    column === undefined ? sql`fields[${name}]` : trusted(isList ? `arrayJoin(${name})` : name)
  const text =
    column === undefined || isList ? trusted('v') : trusted(columnShown({ ...column, name: 'v' }))
  const count = sample === undefined ? sql`count()` : sql`sum(${sample.weight})`
  const taken = sample === undefined ? sql`` : sql` AND ${sample.taken}`
  return sql`SELECT ${text} AS value, n, values, taken, total FROM (
  SELECT v, n, count() OVER () AS values, sum(rows) OVER () AS taken, sum(n) OVER () AS total FROM (
    SELECT ${stored} AS v, ${count} AS n, count() AS rows FROM events WHERE ${inSpan(span)} AND ${condition}${taken} GROUP BY v)
  ORDER BY n DESC, v LIMIT ${limit})
ORDER BY n DESC, v`
}
