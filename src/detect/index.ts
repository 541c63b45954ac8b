// In: batches of rows, history. Out: findings and alerts.
// Rules are content; the engine decides every condition.
// Never: depends on one vendor's log.

export {
  alertHistory,
  alertsOn,
  changeAlerts,
  getAlert,
  raiseAlerts,
  searchAlerts,
  undoChange,
} from './alerts/index.ts'
export { openDetection } from './detection.ts'
export type { Detection } from './detection.ts'
export { watchRules } from './watch-rules.ts'
export type { RuleWatch } from './watch-rules.ts'
export { lintRules, loadLogsources } from './sigma/index.ts'
export type { Linted } from './sigma/index.ts'
export { entityView } from './entity/entity-view.ts'
export { knownSpellings, namesOf } from './entity/known-names.ts'
export { spellingsOf } from './entity/spellings.ts'
export type { Spellings } from './entity/spellings.ts'
export { openCoverage } from './coverage/index.ts'
export { openCorrelations } from './correlations/index.ts'
export type { Correlations } from './correlations/index.ts'
export { openHistory } from './history/index.ts'
export type { History } from './history/index.ts'
export type { RuleShelf } from './rule-shelf.ts'
export {
  ANALYTIC_SETTINGS,
  BASELINES,
  openAnalytics,
  parseAnalytic,
  readAnalytics,
  runAnalytic,
} from './analytics/index.ts'
export type { Analytic, AnalyticState, Analytics, LookedBack, SqlGuard } from './analytics/index.ts'
export { RARE_HOUR, episodesOf, openRisk } from './risk/index.ts'
export type { Risk } from './risk/index.ts'
export {
  openIndicators,
  openSearches,
  outsideLogins,
  patternOfValue,
  readValues,
  valueSeen,
  valuesOfIndicator,
  valuesSince,
} from './indicators/index.ts'
export type { Indicators, ReadValues, Searches } from './indicators/index.ts'
export {
  checkForeignText,
  checkText,
  draftException,
  draftRule,
  openRuleFiles,
  openTrials,
} from './workbench/index.ts'
export type { DraftEvent, RuleFiles, Trials } from './workbench/index.ts'
