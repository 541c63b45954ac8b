// In: lines and files of a sensor. Out: pieces of its spool to its station, each until the station has it on disk.
// All that a sensor loads of this room; no engine is behind it.
// Never: forgets a line before the station has it, or trusts a station it was not enrolled by.

export type { Claim } from '../files/index.ts'
export { openListeners } from '../listeners.ts'
export type { Listeners } from '../listeners.ts'
export { ContentStore } from './content-store.ts'
export { enrol, isEnrolledBy } from './enrol.ts'
export { Forwarder } from './forwarder.ts'
export { Greeter } from './greeter.ts'
export { readIdentity, validityOf, writeIdentity } from './identity.ts'
export type { Identity } from './identity.ts'
export { LineMarks } from './line-marks.ts'
export { Pace } from './pace.ts'
export { OVERRUN_BYTES } from './queue.ts'
export { openQueues } from './queues.ts'
export type { Queues } from './queues.ts'
export { SavedPositions } from './saved-positions.ts'
export { Sightings } from './sightings.ts'
export { NotTaken, Uplink } from './uplink.ts'
