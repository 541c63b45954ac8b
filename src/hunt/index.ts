// In: a question: a query of fields, or a SELECT. Out: rows, counts, top values, one event whole.
// Whatever a person types is read, checked and bound here; time, memory and rows are bounded.
// Never: reads anything but the event tables.

export { createHunt } from './hunt.ts'
export type { HuntOptions, Hunting } from './hunt.ts'
export { DEFAULT_LIMITS } from './hunt-limits.ts'
export type { HuntLimits } from './hunt-limits.ts'
export { observes } from './observable-condition.ts'
export { describeHuntProblem } from './problem.ts'
export type { HuntProblem, HuntResult } from './problem.ts'
export { queryCondition } from './query-condition.ts'
export { readQuery } from './query-language.ts'
export type { QueryNode } from './query-language.ts'
export { guardSql } from './sql-guard.ts'
export type { SqlReach } from './sql-guard.ts'
