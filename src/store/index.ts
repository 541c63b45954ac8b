// In: rows, batches. Out: both engines behind one interface each, migrations, pools, retention.
// The embedded twins and the servers speak the same SQL; nothing outside this room knows which is there.
// Never: knows what a row means.

export { FOUND_MEMBER, UNGROUPED } from './correlations-schema.ts'
export { insertOnce } from './insert-once.ts'
export { literal } from './literal.ts'
export { openEmbeddedEngine } from './embedded-engine.ts'
export type * from './event-engine.ts'
export { dropExpired, migrateEvents } from './events-migrations.ts'
export { openRecords } from './records-database.ts'
export { migrateRecords } from './records-migrations.ts'
export type * from './records-schema.ts'
export type { SensorsTable } from './records-sensors.ts'
export type * from './correlations-records.ts'
export type * from './evidence-records.ts'
export type * from './indicators-records.ts'
export { openServerEngine } from './server-engine.ts'
export * from './sql.ts'
export type * from './taxii-records.ts'
export { openStore } from './store.ts'
export type { Store } from './store.ts'
