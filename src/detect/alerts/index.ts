// In: findings. Out: alerts, one for each rule and entity, with what people did to them.

export { changeAlerts, undoChange } from './change.ts'
export { raiseAlerts } from './raise.ts'
export type { RuleFacts } from '../../model/index.ts'
export type { Raised } from './raise.ts'
export { alertHistory, alertsOn, getAlert, searchAlerts } from './search.ts'
export type { AlertPage } from './search.ts'
