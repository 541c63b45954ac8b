// In: Sigma rule files, the log source mapping, and tables of event rows.
// Out: rule sets compiled as a whole, findings with their reasons, and a reason for every rule that does not run.
// Never: looks at a row in JavaScript, or leaves a rule out in silence.

export { judge, warmUp } from './judge.ts'
export type { JudgeMeter, JudgeRequest, SigmaFinding } from './judge.ts'
export { lintRules } from './lint.ts'
export type { Lint, Linted } from './lint.ts'
export { loadLogsources, readLogsources, showLogsource } from './logsource.ts'
export type { Logsources } from './logsource.ts'
export { isRuleFile, loadRules, loadSteps, stampText } from './load-rules.ts'
export type { LoadedRules } from './load-rules.ts'
export { parseRules } from './parse-rule.ts'
export type { LoadedRule } from './rule.ts'
export { dropPatterns, patternTable } from './pattern-store.ts'
export { ruleSql } from './rule-sql.ts'
export { compileRuleSet, ruleSetSteps } from './rule-set.ts'
export { atomsOf } from './expression.ts'
export type { Unit } from './units.ts'
export { KIND, kindsOf, workOf } from './kinds.ts'
export type { KindRows, Work } from './kinds.ts'
export { KIND_COLUMNS } from './logsource.ts'
export { FINDING_COLUMNS } from './findings.ts'
export type { RefusedRule, RuleSet } from './rule-set.ts'
