// In: evidence from the other rooms through providers, attestations, plans. Out: goals with state and proof, gaps in order
// of worth, log coverage, the score over time, report, contact sheet, OSCAL.
// Never: calls a guess a fact, a working title official, or a person's word evidence.

export { assess } from './assess.ts'
export type { EvidenceProvider, EvidenceProviders } from './assess.ts'
export { corrected, readGoals, readPriority } from './catalogue.ts'
export type { PrioritySource } from './catalogue.ts'
export { contactSheet } from './contact-sheet.ts'
export { attest, correctGoal, noteGoal, plans, savePlan } from './kept.ts'
export { INVESTIGATED_DAYS, logCoverage } from './log-coverage.ts'
export type { ParserDay, ParserField } from './log-coverage.ts'
export { oscalResults } from './oscal.ts'
export { planFacts } from './plan-proofs.ts'
export { readinessReport } from './report-html.ts'
export type { PlanFact } from './plan-proofs.ts'
export { planTemplate } from './plan-template.ts'
