// In: device configurations. Out: versions without secrets, semantic differences, findings with line and block.
// The text of a configuration leaves `readConfig` redacted or not at all.
// Never: stores a secret.

export { openAudit } from './records/open-audit.ts'
export type { Audit, AuditAlerts, Taken } from './records/open-audit.ts'
export { addRecord, listRecords, revokeRecord } from './records/change-records.ts'
export type { Act } from './records/change-records.ts'
export { getChange, listChanges } from './records/device-changes.ts'
export { getDevice, listDevices } from './records/devices.ts'
export { getVersion, shownVersion } from './records/versions.ts'
export { readRecordsTable } from './records/import-records.ts'
export { auditDevice } from './audit-device.ts'
export { readChecks } from './checks/read-checks.ts'
export type { Check } from './checks/check.ts'
export { LIMITS } from './tree/node-builder.ts'
export type { TreeProblem } from './tree/config-tree.ts'
export type { ReadWith } from './read-config.ts'
export { readDialects } from './dialect/read-dialects.ts'
export { readSecretRules } from './secrets/secret-rules.ts'
export { fingerprintWith } from './secrets/fingerprint.ts'
export { readConfig } from './read-config.ts'
export type { ReadConfig } from './read-config.ts'
