// In: how a file begins. Out: whether it is a report of a scanner or a list of vulnerabilities, or nothing that this room knows beyond doubt.
// All that a sensor loads of this room; no engine is behind it.
// Never: takes for a report what may be lines of a log.

export { recogniseFile } from './recognise-file.ts'
export type { Recognised } from './recognise-file.ts'
