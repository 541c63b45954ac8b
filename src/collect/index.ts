// In: bytes from sockets, files, clouds. Out: batches in the spool, then rows by SQL parsers.
// What was acknowledged is on disk; what is on disk is stored once.
// Never: parses in JavaScript, except framing (syslog octets, EVTX, flows, pages of providers).

export type { Intake, Origin, OriginHandle } from './intake.ts'
export type { BatchEffects, BatchReader, StoredBatch } from './load/store-batch.ts'
export { recordPositions } from './record-positions.ts'
export { readParsers } from './parsers/parser-content.ts'
export type { Parser } from './parsers/parser-content.ts'
export { ROW_COLUMNS, fieldsOf, verbatimOf } from './parsers/parser-sql.ts'
export { troubleSentence } from './cloud/index.ts'
export { queueTroubleSentence } from './queues/sentences.ts'
export { openListeners } from './listeners.ts'
export type { Listeners } from './listeners.ts'
export { describeProblem, readFileInto, walkPaths } from './files/index.ts'
export type { Claim, FileProblem } from './files/index.ts'
export { forcedParsers, lineCounts, listSources, parsersMet, setSourceParser } from './sources.ts'
export type { LiveSource, LiveSources } from './sources.ts'
export { openWayIn } from './way-in.ts'
export type { WayIn } from './way-in.ts'
export {
  encodeInvitation,
  openAuthority,
  openDoor,
  packIndicators,
  readPriorities,
  sensorRegistry,
} from './sensors/index.ts'
export type { Authority, Door, DoorContent, SensorRegistry } from './sensors/index.ts'
