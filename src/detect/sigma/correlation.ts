// A Sigma correlation as it is understood: rules whose hits are looked at together. Specification 2.1.0, "Correlations", with
// the conditions over rule names that 2.2.0 adds.

import type { Condition } from './condition.ts'
import type { Header } from './rule-header.ts'

export const CORRELATION_TYPES = [
  'event_count',
  'value_count',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
  'temporal',
  'temporal_ordered',
] as const
export type CorrelationType = (typeof CORRELATION_TYPES)[number]

export const OPERATORS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const
export type Operator = (typeof OPERATORS)[number]

const SIGNS = { gt: '>', gte: '≥', lt: '<', lte: '≤', eq: '=', neq: '≠' } as const

/** `≥ 10`; '' where there are none. */
export function showThresholds(thresholds: readonly Threshold[]): string {
  return thresholds.map(({ operator, number }) => `${SIGNS[operator]} ${number}`).join(', ')
}

/** All of a correlation's thresholds hold: two of them make a range. */
export type Threshold = { readonly operator: Operator; readonly number: number }

export type LoadedCorrelation = Header & {
  readonly type: CorrelationType
  /** Ids or names of rules and correlations, as written. */
  readonly rules: readonly string[]
  readonly groupBy: readonly string[]
  readonly timespanMs: number
  /** As written, `5m`. */
  readonly timespan: string
  readonly thresholds: readonly Threshold[]
  /** Over the rules' names; of temporal types alone. */
  readonly condition: Condition | undefined
  /** The condition as written; '' where there is none. */
  readonly expression: string
  /** What is counted or summed; several make one value together. */
  readonly fields: readonly string[]
  /** 0 to 100; of `value_percentile` and, 50, of `value_median`. */
  readonly percentile: number
  /** Alias, then the rule as written, then its field. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** Its rules raise alerts of their own as well. */
  readonly generate: boolean
}
