// In: nothing. Out: zod schemas and types: event columns, alert, source, finding, rule, batch.
// What the rooms agree on.
// Never: does I/O.

export * from './audit.ts'
export * from './devices.ts'
export * from './event-columns.ts'
export * from './observables.ts'
export * from './records.ts'
export * from './sensor-content.ts'
export * from './sensor.ts'
export * from './api.ts'
export * from './exposure.ts'
export * from './exposure-api.ts'
export * from './indicators.ts'
export * from './workbench.ts'
export * from './coverage.ts'
export * from './analytics.ts'
export * from './identity.ts'
export * from './plans.ts'
export * from './readiness.ts'
export * from './evidence.ts'
export * from './sharing.ts'
export * from './segmentation.ts'
