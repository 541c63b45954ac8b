// In: findings, as they gather on entities. Out: the few hours of an entity that are rarer than the budget allows, as alerts.
// Counting findings by entity and hour is the engine's; what is rare is decided here, over hours, never over events.
// Never: hides a finding. What is not told stays on its rule's own alert.

export { rareHours } from './budget.ts'
export type { Budget, RareHour } from './budget.ts'
export { episodesOf } from './episodes.ts'
export type { Episode } from './episodes.ts'
export { prevalenceOf } from './weigh.ts'
export type { Contribution, EntityHour, Prevalence } from './weigh.ts'
export { RARE_HOUR, openRisk, toTell, watchedSince } from './risk.ts'
export type { Risk, RiskOptions } from './risk.ts'
export type { FoundHour } from './entity-hours.ts'
export { joinHours } from './join-hours.ts'
