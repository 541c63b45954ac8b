// In: stored events, and analytics as content. Out: findings on entities that no single event shows, and their alerts.
// An analytic is SQL with named parameters; it is asked on a schedule and says what it cost.
// Never: reads an event in JavaScript, or finds the same entity again and again.

export { parseAnalytic, readAnalytics } from './analytic.ts'
export type { Analytic, SqlGuard } from './analytic.ts'
export { ANALYTIC_SETTINGS, openAnalytics } from './analytics.ts'
export type { AnalyticState, Analytics } from './analytics.ts'
export { BASELINES, addition } from './baselines.ts'
export type { LookedBack } from './look-back.ts'
export { boundSql, runAnalytic, writtenSql } from './run-analytic.ts'
