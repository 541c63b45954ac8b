// What stands as JSON in the records of an audit, by the types it was written from.

import type { AuditFinding, DeviceAudit, Opening } from '../../model/index.ts'

export function findingsIn(value: unknown): AuditFinding[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by open-audit alone
  return (value ?? []) as AuditFinding[]
}

export function factsIn(value: unknown): DeviceAudit['facts'] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by open-audit alone
  return (value ?? []) as DeviceAudit['facts']
}

export function openingsIn(value: unknown): readonly Opening[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by keepRound alone
  return (value ?? []) as readonly Opening[]
}
