// What the report about devices is made from.

import type { AuditChange, AuditFinding, DeviceAudit } from './audit.ts'
import type { ConfigFolder, ConfigRepository, DevicePull } from './collection.ts'
import type { ChangeTrace } from './device-acts.ts'
import type { ChangeRecord, DeviceChange, DeviceDetail, TrafficChange } from './devices.ts'

export type FleetReport = {
  readonly madeMs: number
  readonly version: string
  readonly organisation: string
  /** With the findings of each newest version. */
  readonly devices: readonly DeviceDetail[]
  readonly changes: readonly DeviceChange[]
  readonly records: readonly ChangeRecord[]
  readonly repositories: readonly ConfigRepository[]
  readonly pulls: readonly DevicePull[]
  readonly folder: Pick<ConfigFolder, 'refused'>
  /** How many changes were looked up in the logs, and how many of these could be assessed. */
  readonly logs: { readonly looked: number; readonly assessed: number }
}

/** Of one device. */
export type DeviceReport = {
  readonly madeMs: number
  readonly version: string
  readonly detail: DeviceDetail
  readonly records: readonly ChangeRecord[]
  /** What differs, what it lets through, findings about it and what the logs say, by change. */
  readonly changes: readonly {
    readonly change: DeviceChange
    readonly findings: readonly AuditFinding[]
    readonly changes: readonly AuditChange[]
    readonly traffic: readonly TrafficChange[]
    readonly signs: DeviceAudit['signs']
    readonly trace: ChangeTrace
  }[]
}
