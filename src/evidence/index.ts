// In: batch digests, decisions. Out: a Merkle log with signed checkpoints, proofs, verifications, bundles.
// What the log says can be made again from stored lines, by anybody, without this program.
// Never: logs what a line says.

export { recordDigest } from './batch/record-digest.ts'
export { checkBundle } from './bundle/check-bundle.ts'
export type { BundleTrust } from './bundle/check-bundle.ts'
export { openLogKey } from './log/sign-checkpoint.ts'
export { noteDigest, openEvidence } from './open-evidence.ts'
export type { AskElsewhere, Evidence } from './open-evidence.ts'
export { hashOfOrigin, openWitnessKey } from './witness/sign-logs.ts'
export { openWitnessing } from './witness/witnessing.ts'
export type { WitnessRoom } from './witness/witnessing.ts'
