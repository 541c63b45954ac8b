// In: batch digests, decisions. Out: a Merkle log with signed checkpoints, proofs, verifications, bundles.
// What the log says can be made again from stored lines, by anybody, without this program.
// Never: logs what a line says.

export { recordDigest } from './batch/record-digest.ts'
export { checkBundle } from './bundle/check-bundle.ts'
export { openLogKey } from './log/sign-checkpoint.ts'
export { noteDigest, openEvidence } from './open-evidence.ts'
export type { Evidence } from './open-evidence.ts'
