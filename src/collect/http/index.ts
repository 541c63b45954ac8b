// In: lines and events over HTTP: newline-delimited text or JSON, and Splunk's HTTP Event Collector (HEC).
// Out: lines in the Intake; an answer of success only when they are on disk.
// Never: holds a whole request, or says who may send (that is passed in).

export { createHttpIntake } from './handle-intake.ts'
export type { HandleIntake, HttpIntakeOptions } from './handle-intake.ts'
export { startHttpIntake } from './start-http-intake.ts'
export type { HttpIntakeServer, StartHttpIntakeOptions } from './start-http-intake.ts'
