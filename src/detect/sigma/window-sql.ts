// When a correlation is met: SQL over the hits of its rules. A window ends at a hit, reaches back the timespan, and both its
// ends belong to it; times are the events' own. Specification 2.1.0, "Correlations": the window slides.

import type { Conjunct } from './conjuncts.ts'
import type { Threshold } from './correlation.ts'
import type { CorrelationPlan, Measure } from './plan-correlations.ts'

export type WindowSource = {
  /** A table or a subquery of hits: `grp`, `member` UInt16, `ms` Int64, `value` String, `batch` String, `line` UInt32. */
  readonly from: string
  /** Up to here all hits are known: what must be absent is decided no sooner. */
  readonly knownMs: number
  /** Which windows are asked for, as a subquery of `grp`, `from_ms`, `to_ms`: those that end in between. Without it, all. */
  readonly ends?: string
}

/** Of windows that end within this share of the timespan the first and the last stand for all. */
const SHARES = 64

/** Rows `grp`, `ms`, `measure`, `batch`, `line` of hits that complete a window, in the order of groups and times. */
export function windowSql(plan: CorrelationPlan, source: WindowSource): string {
  const { ends } = source
  const met = metSql(plan, source)
  const wanted =
    ends === undefined
      ? `SELECT * FROM (${met})`
      : `SELECT met.* FROM (${met}) AS met GLOBAL INNER JOIN (${ends}) AS ends ON met.grp = ends.grp WHERE met.ms BETWEEN ends.from_ms AND ends.to_ms`
  return `SELECT grp, row.1 AS ms, row.4 AS measure, row.2 AS batch, row.3 AS line FROM (
SELECT grp, arrayJoin([min((ms, batch, line, measure)), max((ms, batch, line, measure))]) AS row
FROM (${wanted}) GROUP BY grp, intDiv(ms, ${shareMs(plan.timespanMs)}))
ORDER BY grp, ms, batch, line LIMIT 1 BY grp, ms`
}

/** Milliseconds within which two completed windows stand for all. */
function shareMs(timespanMs: number): number {
  return Math.max(1, Math.floor(timespanMs / SHARES))
}

/** Every hit that completes a window. */
function metSql(plan: CorrelationPlan, source: WindowSource): string {
  const { test, timespanMs } = plan
  switch (test.kind) {
    case 'rules_met':
      return changing(distinctSteps(`toString(member)`, { from: source.from, timespanMs }), {
        measure: 'total',
        thresholds: test.thresholds,
      })
    case 'together':
      return test.anyOf
        .map((conjunct) => togetherSql(conjunct, { ...source, timespanMs, ...test }))
        .join('\nUNION ALL\n')
    case 'measure':
    default:
      return measureSql({ ...test, from: source.from, timespanMs })
  }
}

type Window = { readonly from: string; readonly timespanMs: number }
type Measured = Window & {
  readonly measure: Measure
  readonly percentile: number
  readonly thresholds: readonly Threshold[]
}

function measureSql({ measure, percentile, thresholds, ...window }: Measured): string {
  switch (measure) {
    case 'event_count':
      return changing(countSteps(window), { measure: 'total', thresholds })
    case 'value_count':
      return changing(distinctSteps('value', window), { measure: 'total', thresholds })
    case 'value_sum':
      return changing(sumSteps(window), { measure: 'total', thresholds })
    case 'value_avg':
      return changing(sumSteps(window), { measure: 'toFloat64(total) / number', thresholds })
    case 'value_median':
    case 'value_percentile':
    default:
      return quantileSql({ ...window, percentile, thresholds })
  }
}

/** A running sum of what comes into the window and what leaves it: linear in the hits, whatever the window holds. */
type Asked = { readonly measure: string; readonly thresholds: readonly Threshold[] }

function changing(steps: string, { measure, thresholds }: Asked): string {
  return `SELECT grp, at AS ms, toString(${measure}) AS measure, batch, line FROM (
SELECT grp, at, is_hit, batch, line, sum(change) OVER running AS total, sum(count) OVER running AS number FROM (${steps})
WINDOW running AS (PARTITION BY grp ORDER BY at RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))
WHERE is_hit AND number > 0 AND ${holds(measure, thresholds)}`
}

function countSteps({ from, timespanMs }: Window): string {
  return stepsOf(
    `SELECT grp, ms, batch, line, 1 AS amount, ms + ${timespanMs + 1} AS leaves FROM (${events(from)})`,
  )
}

/** A value stays until its last hit leaves: each hit hands it on to the next. */
function distinctSteps(value: string, { from, timespanMs }: Window): string {
  return stepsOf(`SELECT grp, ms, batch, line, 1 AS amount, least(ms + ${timespanMs + 1}, next) AS leaves FROM (
SELECT grp, ms, batch, line, leadInFrame(ms, 1, ${FAR}) OVER (PARTITION BY grp, ${value} ORDER BY ms, batch, line, member ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS next
FROM (${hits(from)}))`)
}

const FAR = '9000000000000000'
/** Decimals add up the same in every order, and what came in leaves without a rest. */
const AMOUNT = 'toDecimal128OrNull(value, 6)'

function sumSteps({ from, timespanMs }: Window): string {
  return stepsOf(
    `SELECT grp, ms, batch, line, assumeNotNull(${AMOUNT}) AS amount, ms + ${timespanMs + 1} AS leaves FROM (${events(from)}) WHERE ${isNumber}`,
  )
}

/** Beyond it nothing is measured in a government's logs, and sums would overflow. */
const isNumber = `isNotNull(${AMOUNT}) AND abs(toFloat64OrZero(value)) < 1e18`

function stepsOf(rows: string): string {
  return `SELECT grp, batch, line, step.1 AS at, step.2 AS change, step.3 AS count, step.4 AS is_hit FROM (
SELECT grp, batch, line, arrayJoin([(ms, amount, 1, 1), (leaves, -amount, -1, 0)]) AS step FROM (${rows}))`
}

type Quantile = Window & {
  readonly percentile: number
  readonly thresholds: readonly Threshold[]
}

function quantileSql({ from, timespanMs, percentile, thresholds }: Quantile): string {
  return `SELECT grp, ms, toString(quantile) AS measure, batch, line FROM (
SELECT grp, ms, batch, line, quantileExactInclusive(${percentile / 100})(toFloat64OrZero(value)) OVER (
  PARTITION BY grp ORDER BY ms RANGE BETWEEN ${timespanMs} PRECEDING AND CURRENT ROW) AS quantile
FROM (${events(from)}) WHERE ${isNumber}) WHERE ${holds('quantile', thresholds)}`
}

type Together = WindowSource & {
  readonly timespanMs: number
  readonly isOrdered: boolean
}

/** Before all time, and after it. */
const NEVER = `-${FAR}`

/** All of the required within the timespan; the denied nowhere in a window that could hold them all. */
function togetherSql({ required, denied }: Conjunct, asked: Together): string {
  const { from, knownMs, timespanMs, isOrdered } = asked
  const [seen, first] = isOrdered
    ? [orderedSql(required, from), `since_${required.length - 1}`]
    : [
        unorderedSql(required, from),
        `least(${required.map((place) => `last_${place}`).join(', ')}, ms)`,
      ]
  const last = isOrdered ? `member = ${required.at(-1) ?? 0}` : `member IN (${required.join(', ')})`
  const within = `${last} AND ${first} >= ms - ${timespanMs}`
  if (denied.length === 0)
    return `SELECT grp, ms, '' AS measure, batch, line FROM (${seen}) WHERE ${within}`
  const isDenied = `member IN (${denied.join(', ')})`
  return `SELECT grp, ms, '' AS measure, batch, line FROM (
SELECT *, max(if(${isDenied}, ms, ${NEVER})) OVER (PARTITION BY grp ORDER BY ms RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS denied_before,
  min(if(${isDenied}, ms, ${FAR})) OVER (PARTITION BY grp ORDER BY ms RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS denied_after
FROM (${seen})) WHERE ${within} AND denied_before < ms - ${timespanMs} AND denied_after > ${first} + ${timespanMs}
  AND ${first} + ${timespanMs} <= ${knownMs}`
}

/** When each of the required was last met. */
function unorderedSql(required: readonly number[], from: string): string {
  const lasts = required.map((place) => `${runningMax(place, 'ms')} AS last_${place}`)
  return `SELECT *, ${lasts.join(', ')} FROM (${hits(from)})`
}

/** The latest beginning of a chain that has come as far as its nth rule. Equal times count as in order. */
function orderedSql(required: readonly number[], from: string): string {
  return required.reduce(
    (inner, place, at) =>
      `SELECT *, ${runningMax(place, at === 0 ? 'ms' : `since_${at - 1}`)} AS since_${at} FROM (${inner})`,
    hits(from),
  )
}

function runningMax(place: number, value: string): string {
  return `max(if(member = ${place}, ${value}, ${NEVER})) OVER (PARTITION BY grp ORDER BY ms RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`
}

/** An event that several rules met is one event, with the value of the first of them. */
function events(from: string): string {
  return `SELECT grp, batch, line, argMin(ms, member) AS ms, argMin(value, member) AS value FROM (${from}) GROUP BY grp, batch, line`
}

/** A hit that was stored twice is one. */
function hits(from: string): string {
  return `SELECT DISTINCT grp, member, ms, value, batch, line FROM (${from})`
}

const SIGNS = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=', neq: '!=' } as const

function holds(measure: string, thresholds: readonly Threshold[]): string {
  return thresholds
    .map(({ operator, number }) => `toFloat64(${measure}) ${SIGNS[operator]} ${number}`)
    .join(' AND ')
}
