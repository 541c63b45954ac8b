// Rows of a query, newest or oldest first, a page at a time. Slices of time are walked from one end until the page is full;
// when the time is over, what was found is given with how far the search came.

import { isVigieError } from '../core/index.ts'
import type { EventRow, HuntRows, HuntSearch } from '../model/index.ts'
import { sql, textOf, trusted } from '../store/index.ts'
import type { QueryAnswer, QueryCost, Sql } from '../store/index.ts'
import { askEngine } from './ask-engine.ts'
import { NO_COST, addCost } from './context.ts'
import type { HuntContext } from './context.ts'
import { carried, readRow, shownAs, shownColumns } from './event-columns.ts'
import type { ShownColumn } from './event-columns.ts'
import { huntSettings } from './hunt-limits.ts'
import { inSpan, planFieldHunt } from './hunt-plan.ts'
import type { FieldHunt, Span } from './hunt-plan.ts'
import type { HuntResult } from './problem.ts'
import { searchSql } from './search-sql.ts'
import { afterSlice, firstWidth, nextSlice, widen } from './time-slices.ts'

/** A question of fields, or a SELECT when the hunt has one. */
export async function searchEvents(
  context: HuntContext,
  request: HuntSearch,
  signal?: AbortSignal,
): Promise<HuntResult<HuntRows>> {
  if (request.sql !== undefined) return searchSql(context, request, signal)
  const hunt = planFieldHunt(request)
  if (!hunt.ok) return hunt
  const columns = shownColumns(request.columns)
  if (!columns.ok) return columns
  const walk = new SliceWalk({ context, request, hunt: hunt.value, columns: columns.value, signal })
  return walk.run()
}

type WalkRequest = {
  readonly context: HuntContext
  readonly request: HuntSearch
  readonly hunt: FieldHunt
  readonly columns: readonly ShownColumn[]
  readonly signal: AbortSignal | undefined
}

/** The engine's short cuts to the newest rows read twice the bytes where a slice and a condition leave few. */
const WITHOUT_TOP_K = { use_top_k_dynamic_filtering: 0, use_skip_indexes_for_top_k: 0 }
/** Less than this left is not worth a statement. */
const LEAST_SECONDS = 0.05

/** Vendor fields are read from the line itself, which costs far more than a column. */
function readsLines({ condition }: FieldHunt): boolean {
  return /\bfields\b/.test(textOf(condition))
}

class SliceWalk {
  readonly #asked: WalkRequest
  readonly #deadlineMs: number
  readonly #rows: EventRow[] = []
  #skip: number
  #left: Span
  #width = 0
  #cost: QueryCost = NO_COST

  constructor(asked: WalkRequest) {
    this.#asked = asked
    this.#skip = asked.request.offset
    this.#left = asked.hunt.span
    this.#deadlineMs = asked.context.clock.nowMs() + asked.context.limits.seconds * 1000
  }

  async run(): Promise<HuntResult<HuntRows>> {
    const { context, hunt, request } = this.#asked
    const { order, limit } = request
    this.#width = firstWidth(readsLines(hunt) ? 0 : await context.density())
    for (;;) {
      const slice = nextSlice(this.#left, order, this.#width)
      if (slice === undefined || this.#rows.length > limit) return this.#page(false)
      this.#asked.signal?.throwIfAborted()
      if (this.#secondsLeft() < LEAST_SECONDS) return this.#page(true)
      const startedMs = this.#asked.context.clock.nowMs()
      const found = await this.#search(slice)
      if (found === 'out of time') return this.#page(true)
      if (!found.ok) return found
      this.#left = afterSlice(this.#left, slice, order)
      this.#width = widen(this.#width, {
        rows: found.value,
        missing: this.#skip + limit + 1 - this.#rows.length,
        tookMs: this.#asked.context.clock.nowMs() - startedMs,
      })
    }
  }

  /** How many rows the slice gave, or that the time was over. */
  async #search(slice: Span): Promise<HuntResult<number> | 'out of time'> {
    try {
      return await this.#fromSlice(slice)
    } catch (thrown) {
      const isTime =
        isVigieError(thrown) && thrown.code === 'QUERY_TOO_HEAVY' && this.#secondsLeft() < 1
      if (isTime) return 'out of time'
      throw thrown
    }
  }

  async #fromSlice(slice: Span): Promise<HuntResult<number>> {
    if (this.#skip > 0) {
      const count = await this.#ask<{ n: string }>(this.#count(slice), 1)
      if (!count.ok) return count
      const matches = Number(count.value.rows[0]?.n ?? 0)
      if (matches <= this.#skip) {
        this.#skip -= matches
        return { ok: true, value: matches }
      }
    }
    const need = this.#asked.request.limit + 1 - this.#rows.length
    const answer = await this.#ask(this.#select(slice, need), need)
    if (!answer.ok) return answer
    this.#skip = 0
    this.#rows.push(...answer.value.rows.map((row) => readRow(this.#asked.columns, row)))
    return { ok: true, value: answer.value.rows.length }
  }

  async #ask<Row = Record<string, unknown>>(
    statement: Sql,
    rows: number,
  ): Promise<HuntResult<QueryAnswer<Row>>> {
    const { context, signal } = this.#asked
    const settings = {
      ...huntSettings(context.limits, { seconds: this.#secondsLeft(), rows }),
      ...WITHOUT_TOP_K,
    }
    const answer = await askEngine<Row>(context, { statement, settings, signal })
    if (answer.ok) this.#cost = addCost(this.#cost, answer.value.cost)
    return answer
  }

  #count(slice: Span): Sql {
    return sql`SELECT count() AS n FROM events WHERE ${inSpan(slice)} AND ${this.#asked.hunt.condition}`
  }

  /** Sorted on few columns; the wide ones are read for the rows of the page alone (lazy materialisation). */
  #select(slice: Span, need: number): Sql {
    const { columns, hunt, request } = this.#asked
    const order = trusted(
      request.order === 'newest' ? 'time DESC, batch DESC, line DESC' : 'time, batch, line',
    )
    return sql`SELECT ${shownAs(columns)} FROM (
  SELECT ${carried(columns)} FROM events WHERE ${inSpan(slice)} AND ${hunt.condition}
  ORDER BY ${order} LIMIT ${need} OFFSET ${this.#skip}) ORDER BY ${order}`
  }

  #secondsLeft(): number {
    return (this.#deadlineMs - this.#asked.context.clock.nowMs()) / 1000
  }

  #page(isOutOfTime: boolean): HuntResult<HuntRows> {
    const { columns, request } = this.#asked
    const edge = request.order === 'newest' ? this.#left.toMs : this.#left.fromMs
    return {
      ok: true,
      value: {
        columns: columns.map(({ name }) => name),
        rows: this.#rows.slice(0, request.limit),
        more: isOutOfTime || this.#rows.length > request.limit,
        stoppedAt: isOutOfTime ? new Date(edge).toISOString() : null,
        cost: this.#cost,
      },
    }
  }
}
