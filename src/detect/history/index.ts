// In: a span of stored events and the rules to run over it. Out: findings that were not known yet, and their alerts.
// One run at a time, in slices of time, newest first; a run that was cut off says so and can be resumed.
// Never: doubles a finding, or takes the lanes of intake.

export { openHistory } from './history.ts'
export type { History, HistoryOptions } from './history.ts'
export { createRows, dropRows } from './slice-rows.ts'
export { HistoryWalk } from './walk.ts'
export type { Sink } from './walk.ts'
export type { Pace, Progress } from './run-records.ts'
export { historySettings, toldOf } from './work.ts'
