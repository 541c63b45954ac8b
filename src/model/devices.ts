// Devices as people and the API see them: configurations that were taken in, what changed, and which change was expected.

import { z } from 'zod'
import {
  AUDIT_SIGNS,
  AuditChangeSchema,
  AuditFindingSchema,
  DeviceAuditSchema,
  FirmwareFactSchema,
} from './audit.ts'
import { ChangeTraceSchema } from './device-acts.ts'
import { DriftSchema } from './golden.ts'
import { SeveritySchema } from './records.ts'

const Instant = z.iso.datetime()
const Text = (most: number) => z.string().trim().min(1).max(most)

/** Who may change what on which device, and when: the only word that makes a change an expected one. */
export const ChangeRecordSchema = z.object({
  id: z.string(),
  device: z.string(),
  starts: Instant,
  ends: Instant,
  /** Beginnings of statements with the blocks they stand in, `interface Gi0/1 > ip address`; empty: anything. */
  allows: z.array(z.string()),
  reason: z.string(),
  /** Number of a ticket or a decision; '' where there is none. */
  reference: z.string(),
  recorded: Instant,
  recordedBy: z.string(),
  revoked: Instant.nullable(),
  revokedBy: z.string(),
  /** By this station, as it stands: what is not was put or changed where records are kept, and covers nothing. */
  isSigned: z.boolean(),
})
export type ChangeRecord = z.infer<typeof ChangeRecordSchema>

export const ChangeRecordAskSchema = z.strictObject({
  device: Text(200),
  starts: Instant,
  /** After the start. */
  ends: Instant,
  allows: z.array(Text(500)).max(100).default([]),
  reason: Text(2000),
  reference: z.string().trim().max(200).default(''),
})
export type ChangeRecordAsk = z.infer<typeof ChangeRecordAskSchema>
export const ChangeRecordsSchema = z.object({
  asOf: Instant,
  records: z.array(ChangeRecordSchema),
})

/** Rows of a table of changes that were taken, and those that were not with their line. */
export const ChangeRecordsImportedSchema = z.object({
  taken: z.number().int(),
  /** That stood there already, word for word, and were not written down again. */
  known: z.number().int(),
  refused: z.array(z.object({ line: z.number().int(), column: z.string(), met: z.string() })),
})
export type ChangeRecordsImported = z.infer<typeof ChangeRecordsImportedSchema>

/** What people think of a change that was expected by nobody. */
export const ApproveAskSchema = z.strictObject({
  reason: Text(2000),
  reference: z.string().trim().max(200).default(''),
})
export type ApproveAsk = z.infer<typeof ApproveAskSchema>

/**
 * `expected`: a record made before it came covers all of it. `explained`: a record made afterwards does. `unauthorised`:
 * none does, or not for all of it.
 */
export const CHANGE_STATES = ['unauthorised', 'explained', 'expected'] as const
export const ChangeStateSchema = z.enum(CHANGE_STATES)
export type ChangeState = z.infer<typeof ChangeStateSchema>

export const DeviceChangeSchema = z.object({
  id: z.string(),
  device: z.string(),
  deviceName: z.string(),
  /** It happened after the version before was last seen, and before this one came. */
  after: Instant,
  before: Instant,
  changeCount: z.number().int(),
  state: ChangeStateSchema,
  record: ChangeRecordSchema.nullable(),
  /** Of findings about what changed; null where there is none. */
  severity: SeveritySchema.nullable(),
  findings: z.number().int(),
  /** Steps of an intruder together. */
  incident: z.array(z.string()),
  /** Zones between which it lets more pass than before; empty also before anybody looked. */
  opened: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Accounts that worked on the device at that time, by its logs. */
  who: z.array(z.string()),
})
export type DeviceChange = z.infer<typeof DeviceChangeSchema>

export const ChangeFilterSchema = z.strictObject({
  device: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
export type ChangeFilter = z.infer<typeof ChangeFilterSchema>
export const DeviceChangesSchema = z.object({
  asOf: Instant,
  /** Of those given: nobody expected or explained them. */
  unauthorised: z.number().int(),
  changes: z.array(DeviceChangeSchema),
})
export type DeviceChanges = z.infer<typeof DeviceChangesSchema>

/** What a list or a policy lets through more and less than before, a set of packets a line. */
export const TrafficChangeSchema = z.object({
  filter: z.string(),
  widened: z.array(z.string()),
  narrowed: z.array(z.string()),
  /** It took too much to say all of it. */
  isTooLarge: z.boolean(),
})
export type TrafficChange = z.infer<typeof TrafficChangeSchema>

export const DeviceChangeDetailSchema = z.object({
  change: DeviceChangeSchema,
  /** A record of that time that allows some of it and not all; null where there is none. */
  partly: ChangeRecordSchema.nullable(),
  /** The first 500, each with whether that record, or the one that covers all, allows it. */
  changes: z.array(AuditChangeSchema.extend({ allowed: z.boolean() })),
  findings: z.array(AuditFindingSchema),
  traffic: z.array(TrafficChangeSchema),
  signs: z.array(z.enum(AUDIT_SIGNS)),
  facts: DeviceAuditSchema.shape.facts,
  /** What the device's logs say of the same time. */
  trace: ChangeTraceSchema,
})
export type DeviceChangeDetail = z.infer<typeof DeviceChangeDetailSchema>

export const DeviceSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Make and system in words; '' where unknown. */
  title: z.string(),
  vendor: z.string(),
  firstSeen: Instant,
  lastSeen: Instant,
  /** When what it says changed last; null while there is one version. */
  changed: Instant.nullable(),
  versions: z.number().int(),
  lines: z.number().int(),
  significant: z.number().int(),
  understood: z.number().int(),
  unauthorised: z.number().int(),
  /** Findings of the newest version about its state, by nobody's change. */
  hardening: z.number().int(),
})
export type Device = z.infer<typeof DeviceSchema>
export const DevicesSchema = z.object({ asOf: Instant, devices: z.array(DeviceSchema) })
export type Devices = z.infer<typeof DevicesSchema>

export const DeviceVersionSchema = z.object({
  id: z.string(),
  source: z.string(),
  received: Instant,
  lastSeen: Instant,
  lines: z.number().int(),
  /** False: half a configuration, or two in one; the device is judged by the one before. */
  isWhole: z.boolean(),
})
export const DeviceDetailSchema = z.object({
  device: DeviceSchema,
  versions: z.array(DeviceVersionSchema),
  changes: z.array(DeviceChangeSchema),
  hardening: z.array(AuditFindingSchema),
  facts: DeviceAuditSchema.shape.facts,
  /** What the newest version says it starts and runs. */
  firmware: z.array(FirmwareFactSchema),
  /** Null where no known-good configuration is set for it. */
  drift: DriftSchema.nullable(),
})
export type DeviceDetail = z.infer<typeof DeviceDetailSchema>

export const ConfigVersionSchema = z.object({
  version: DeviceVersionSchema,
  device: z.string(),
  /** Redacted. */
  text: z.string(),
})
export type ConfigVersion = z.infer<typeof ConfigVersionSchema>

export const CompareAskSchema = z.strictObject({
  before: z.string().min(1).max(100),
  after: z.string().min(1).max(100),
})
/** Two versions, of one device or of two. */
export const ComparedSchema = z.object({
  before: DeviceVersionSchema.extend({ device: z.string() }),
  after: DeviceVersionSchema.extend({ device: z.string() }),
  /** Null: not the same make, so they cannot be compared. */
  changes: z.array(AuditChangeSchema).nullable(),
  changeCount: z.number().int(),
  traffic: z.array(TrafficChangeSchema),
})
export type Compared = z.infer<typeof ComparedSchema>

/** Of one device, by its id; of all without. */
export const DeviceReportAskSchema = z.strictObject({
  device: z.string().min(1).max(100).optional(),
  language: z.enum(['en', 'fr']).optional(),
})
export type DeviceReportAsk = z.infer<typeof DeviceReportAskSchema>

export const ConfigAskSchema = z.strictObject({
  /** What it was read from: the name of a file. */
  source: Text(500),
  /** The device, where who sends it knows. */
  device: z.string().trim().max(200).optional(),
})
export type ConfigAsk = z.infer<typeof ConfigAskSchema>
export const ConfigTakenSchema = z.object({
  device: z.string(),
  version: z.string(),
  isNew: z.boolean(),
  changeCount: z.number().int(),
  findings: z.number().int(),
  /** What is said of the text as a whole: half a configuration, two in one. */
  signs: DeviceAuditSchema.shape.signs,
})
export type ConfigTaken = z.infer<typeof ConfigTakenSchema>
