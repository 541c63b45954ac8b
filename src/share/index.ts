// In: what policy lets out, what peers send. Out: STIX, TAXII, patterns as SQL, decisions, blind matches.
// Bytes from peers are checked here before anything else sees them.
// Never: sends what was not approved.

export { compilePattern } from './pattern/compile-pattern.ts'
export { parsePattern } from './pattern/parse-pattern.ts'
export { pathsOf } from './pattern/pattern-paths.ts'
export { patternSql } from './pattern/pattern-sql.ts'
export type * from './pattern/pattern-tree.ts'
export { checkBundle, readBundle } from './stix/check-bundle.ts'
export { checkObject, isUsable } from './stix/check-object.ts'
export { observableId } from './stix/observable-id.ts'
export { pathText } from './stix/problem.ts'
export type { JsonObject, StixProblem } from './stix/problem.ts'
export { labelOfMarking, markingOfLabel, tlpDefinition } from './stix/tlp.ts'
export { arrivalOf, nextVersion, revoke } from './stix/versions.ts'
export {
  TaxiiClientError,
  addRemote,
  discover,
  remoteCollections,
  remoteStatus,
  walkManifest,
  walkObjects,
} from './taxii/client.ts'
export type { TaxiiPeer } from './taxii/client.ts'
export { saveCollection, saveRoot } from './taxii/collections.ts'
export { handleTaxii } from './taxii/handle.ts'
export type { TaxiiAnswer, TaxiiClient, TaxiiRequest, TaxiiServer } from './taxii/handle.ts'
export { decide } from './policy/decide.ts'
export type * from './policy/policy-types.ts'
export { itemOfStix, redact } from './policy/stix-item.ts'
export { evaluateBlinded, newEpochKey, publishTags } from './blind/epoch.ts'
export { blindBatch, matchTags, openAnswer } from './blind/member.ts'
