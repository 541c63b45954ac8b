// A hunt's question as a condition over `events`: its time range and its query.

import type { Hunt } from '../model/index.ts'
import { sql } from '../store/index.ts'
import type { Sql } from '../store/index.ts'
import { instant } from './column-condition.ts'
import { huntProblem } from './problem.ts'
import type { HuntResult } from './problem.ts'
import { queryCondition } from './query-condition.ts'
import { readQuery } from './query-language.ts'

export type Span = { readonly fromMs: number; readonly toMs: number }
/** A question of fields: what must hold, and when. `to` is not part of the range. */
export type FieldHunt = { readonly span: Span; readonly condition: Sql }

export function huntSpan({ from, to }: Pick<Hunt, 'from' | 'to'>): HuntResult<Span> {
  const span = { fromMs: Date.parse(from), toMs: Date.parse(to) }
  return span.fromMs <= span.toMs
    ? { ok: true, value: span }
    : { ok: false, problem: huntProblem('range_reversed', {}) }
}

/** Reads the query of a hunt. A hunt without one asks for everything in its range. */
export function planFieldHunt(hunt: Hunt): HuntResult<FieldHunt> {
  const span = huntSpan(hunt)
  if (!span.ok) return span
  const text = hunt.query ?? ''
  const node = readQuery(text)
  if (!node.ok) return node
  const condition = queryCondition(node.value, text)
  return condition.ok
    ? { ok: true, value: { span: span.value, condition: condition.value } }
    : condition
}

export function inSpan({ fromMs, toMs }: Span): Sql {
  return sql`time >= ${instant(fromMs)} AND time < ${instant(toMs)}`
}
