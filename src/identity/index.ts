// In: exports of directories and providers, what people confirm. Out: accounts with kind, tier and assurance, verdicts of
// checks with their rows, who and what is watched first.
// Never: signs in anywhere; imports half a file; calls a guess confirmed.

export { readKnowledge } from './accounts/knowledge.ts'
export type { Knowledge } from './accounts/knowledge.ts'
export { readCheckBook } from './checks/check-book.ts'
export type { Check, CheckBook } from './checks/check-book.ts'
export { runChecks } from './checks/run-checks.ts'
export type { CheckResult, Verdict } from './checks/run-checks.ts'
export { storeResults } from './checks/store-results.ts'
export { BANDS, DUE, clockOf, measureBands } from './critical/clocks.ts'
export type { Band } from './critical/clocks.ts'
export { acknowledge, decide } from './critical/decide.ts'
export { proposeCritical } from './critical/propose.ts'
export { silentSources, watchCritical } from './critical/watch.ts'
export { importExport, storeExport } from './import-export.ts'
export type { ImportAsk, ImportedPart } from './import-export.ts'
export { readExport } from './read/read-export.ts'
export { confirmPerson, storeStatement } from './statements.ts'
export { handInNext, readExports } from './checks/hand-in.ts'
export type { Exported } from './checks/hand-in.ts'
