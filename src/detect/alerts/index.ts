// In: findings. Out: alerts, one for each rule and entity, with what people did to them.

export { changeAlerts, undoChange } from './change.ts'
export { raiseAlerts } from './raise.ts'
export type { Raised, RuleFacts } from './raise.ts'
export { alertHistory, getAlert, searchAlerts } from './search.ts'
export type { AlertPage } from './search.ts'
