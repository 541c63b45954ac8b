// In: hits of rules, as batches and runs over history bring them. Out: findings of groups of hits, and alerts.
// The engine finds the windows; a group is found once in its timespan, whatever crashes when.
// Never: looks at a hit in JavaScript.

export { openCorrelations } from './correlations.ts'
export type { Correlations } from './correlations.ts'
export { feedOf, recordFeed } from './feed.ts'
export { NO_FEEDING, feedingOf } from './feeding.ts'
export type { Feeding } from './feeding.ts'
export { statesOf } from './sweep-records.ts'
