// In: Sigma text as someone types it, an event, an alert. Out: what is wrong with the text, what it would have done over stored
// events, a first draft, and a file among the station's own rules.
// Never: stores a finding or raises an alert.

export { checkText } from './check-text.ts'
export { checkForeignText } from './foreign-text.ts'
export { draftException, draftRule } from './draft.ts'
export type { DraftEvent } from './draft.ts'
export { openRuleFiles } from './rule-files.ts'
export type { RuleFiles } from './rule-files.ts'
export { openTrials } from './trials.ts'
export type { Trials } from './trials.ts'
