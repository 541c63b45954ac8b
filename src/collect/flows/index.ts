// In: NetFlow v5, v7 and v9, IPFIX and sFlow over UDP. Out: one line for each flow in the Intake.
// Templates, and flows that wait for theirs, are bounded; what is lost on the way is counted.
// Never: adds flows up, or trusts an exporter's lengths.

export { startFlows } from './start-flows.ts'
export type { FlowEvent, FlowsCounters, FlowsOptions, FlowsService } from './start-flows.ts'
