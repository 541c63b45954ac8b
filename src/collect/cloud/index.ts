// In: accounts at providers (a folder of files), and content that says how each provider is asked. Out: their events as
// lines in the Intake, each once, and how far each stream was read beside them.
// Never: sends a secret to another host than the content names, or holds back that something was lost.

export { readCollectors } from './collector.ts'
export type { Collector } from './collector.ts'
export { startCloud } from './start-cloud.ts'
export type { CloudEvent, CloudOptions, CloudService } from './start-cloud.ts'
export type { AccountProblem } from './account.ts'
export type { CloudTrouble } from './trouble.ts'
export { cloudSentence, troubleSentence } from './sentences.ts'
