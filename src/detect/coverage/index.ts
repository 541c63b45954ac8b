// In: the rules in use, the kinds of event that arrived. Out: which rules could fire, by technique and by log source.
// Never: counts a rule as watching because it exists.

export { openCoverage } from './coverage.ts'
export type { CoverageOptions } from './coverage.ts'
