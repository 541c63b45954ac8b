// Takes a configuration in: finds the device, compares with its newest version, stores both and what was found, all in
// one transaction, so that nothing is half stored.

import type { Transaction } from 'kysely'
import { timeOrderedId } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { Compared, DeviceAudit, GoldenFileAsk } from '../../model/index.ts'
import type { Records, RecordsTables } from '../../store/index.ts'
import { auditDevice } from '../audit-device.ts'
import type { Check } from '../checks/check.ts'
import { firmwareOf } from '../firmware/firmware-of.ts'
import { readConfig } from '../read-config.ts'
import type { ReadConfig, ReadWith } from '../read-config.ts'
import type { TreeProblem } from '../tree/config-tree.ts'
import { alertsOf, withoutExpected } from './alerts.ts'
import type { AuditAlerts } from './alerts.ts'
import { recordFor } from './change-records.ts'
import type { Act } from './change-records.ts'
import { setGoldenBytes, stateOf } from './device-state.ts'
import type { DeviceState, GoldenSet } from './device-state.ts'
import { knownOf } from './golden.ts'
import { digest, meaningDigest } from './meaning.ts'
import { readAgain } from './read-again.ts'
import { getVersion, shownVersion } from './versions.ts'

export type { AuditAlerts } from './alerts.ts'

export type AuditParts = {
  readonly records: Records
  readonly tools: ReadWith & { readonly checks: readonly Check[] }
  readonly clock: Clock
  /** Raises what was found, inside the transaction that stores it. */
  readonly raise: (
    transaction: Transaction<RecordsTables>,
    alerts: AuditAlerts,
    nowMs: number,
  ) => Promise<void>
}

export type Incoming = {
  /** What it was read from: a file, an address. */
  readonly source: string
  /** The device, where who sends it knows; else its host name, else the source. */
  readonly device?: string
}

export type Taken =
  | {
      readonly ok: true
      readonly device: string
      /** Id of the version it is now; the known one where nothing changed. */
      readonly version: string
      readonly isNew: boolean
      readonly audit: DeviceAudit
    }
  | { readonly ok: false; readonly problem: TreeProblem }

export type Audit = {
  /** Takes a configuration in. */
  readonly take: (bytes: Uint8Array, incoming: Incoming) => Promise<Taken>
  /** How the newest version of a device differs from what it should say, and what it runs. Throws NOT_FOUND. */
  readonly state: (device: string) => Promise<DeviceState>
  /** Gives a group of devices its known-good configuration. Throws NOT_FOUND. */
  readonly setGolden: (bytes: Uint8Array, golden: GoldenFileAsk, act: Act) => Promise<GoldenSet>
  /** Compares two versions that were taken in. Throws NOT_FOUND. */
  readonly compare: (before: string, after: string) => Promise<Compared>
}

export function openAudit(parts: AuditParts): Audit {
  return {
    take: (bytes, incoming) => take(bytes, incoming, parts),
    state: (device) => stateOf(device, parts),
    setGolden: (bytes, golden, act) => setGoldenBytes({ bytes, golden, act }, parts),
    compare: (before, after) => compareVersions({ before, after }, parts),
  }
}

async function compareVersions(
  ids: { readonly before: string; readonly after: string },
  parts: AuditParts,
): Promise<Compared> {
  const [before, after] = await Promise.all([
    getVersion(parts.records, ids.before),
    getVersion(parts.records, ids.after),
  ])
  const was = readAgain(before.row, parts.tools)
  const now = readAgain(after.row, parts.tools)
  const audit = now && auditDevice({ source: after.device, now, before: was }, [])
  return {
    before: { ...shownVersion(before.row), device: before.device },
    after: { ...shownVersion(after.row), device: after.device },
    changes: audit?.changes ?? null,
    changeCount: audit?.changeCount ?? 0,
  }
}

async function take(bytes: Uint8Array, incoming: Incoming, parts: AuditParts): Promise<Taken> {
  const read = readConfig(bytes, parts.tools)
  if (!read.ok) return read
  const name = incoming.device ?? read.config.device.hostname ?? incoming.source
  return parts.records.transaction().execute(async (transaction) => {
    const known = await deviceNamed(transaction, name)
    // Once more, as what the device is known to be, where its text alone does not say enough.
    const now = asKnown(bytes, read.config, { known, parts })
    return store({ transaction, parts, known, now, name, source: incoming.source })
  })
}

type Known = Awaited<ReturnType<typeof deviceNamed>>

async function deviceNamed(transaction: Transaction<RecordsTables>, name: string) {
  return transaction
    .selectFrom('audit_devices')
    .selectAll()
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst()
}

function asKnown(
  bytes: Uint8Array,
  config: ReadConfig,
  { known, parts }: { readonly known: Known; readonly parts: AuditParts },
): ReadConfig {
  if (known === undefined || known.dialect === config.dialect.name) return config
  const again = readConfig(bytes, { ...parts.tools, knownAs: known.dialect })
  return again.ok ? again.config : config
}

type Storing = {
  readonly transaction: Transaction<RecordsTables>
  readonly parts: AuditParts
  readonly known: Known
  readonly now: ReadConfig
  readonly name: string
  readonly source: string
}

async function store(storing: Storing): Promise<Taken> {
  const { transaction, parts, known, now, name, source } = storing
  const nowMs = parts.clock.nowMs()
  const device = known?.id ?? (await addDevice(storing, nowMs))
  const newest = known?.version == null ? undefined : await versionOf(transaction, known.version)
  const before = newest === undefined ? undefined : readAgain(newest, parts.tools)
  const told = firmwareOf(now.view, now.dialect)
  const said = await knownOf(transaction, name, told)
  const audit = auditDevice({ source, now, before, known: said }, parts.tools.checks)
  const meaning = meaningDigest(now)
  if (newest !== undefined && newest.meaning_digest === meaning) {
    await seenAgain(storing, { device, version: newest.id, audit, nowMs })
    return { ok: true, device: name, version: newest.id, isNew: false, audit }
  }
  const version = timeOrderedId<'config'>(nowMs)
  await addVersion(storing, { device, version, meaning, audit, nowMs })
  const isExpected = await addDiff(storing, { device, version, audit, before: newest, nowMs })
  if (newest !== undefined) {
    const alerts = alertsOf(audit, { device: name, version, nowMs })
    await parts.raise(transaction, isExpected ? withoutExpected(alerts) : alerts, nowMs)
  }
  return { ok: true, device: name, version, isNew: true, audit }
}

async function versionOf(transaction: Transaction<RecordsTables>, id: string) {
  return transaction
    .selectFrom('audit_versions')
    .select(['id', 'config', 'dialect', 'meaning_digest', 'last_seen'])
    .where('id', '=', id)
    .executeTakeFirst()
}

async function addDevice({ transaction, now, name }: Storing, nowMs: number): Promise<string> {
  const at = new Date(nowMs)
  const { name: dialect, title, vendor } = now.dialect
  const { id } = await transaction
    .insertInto('audit_devices')
    .values({
      id: timeOrderedId<'device'>(nowMs),
      name,
      dialect,
      title,
      vendor,
      first_seen: at,
      last_seen: at,
      version: null,
    })
    // Somebody else brought the same device at the same moment.
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ last_seen: at }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

type Version = {
  readonly device: string
  readonly version: string
  readonly audit: DeviceAudit
  readonly nowMs: number
}

async function addVersion(
  { transaction, now, source }: Storing,
  { device, version, audit, nowMs, meaning }: Version & { readonly meaning: string },
): Promise<void> {
  const at = new Date(nowMs)
  const config = now.tree.lines.join('\n')
  await transaction
    .insertInto('audit_versions')
    .values({
      id: version,
      device,
      source,
      received: at,
      last_seen: at,
      text_digest: digest(config),
      meaning_digest: meaning,
      config,
      dialect: now.dialect.name,
      lines: now.tree.lines.length,
      significant: now.coverage.significant,
      understood: now.coverage.understood,
      facts: JSON.stringify(audit.facts),
    })
    .execute()
  const { name: dialect, title, vendor } = now.dialect
  await transaction
    .updateTable('audit_devices')
    .set({ version, last_seen: at, dialect, title, vendor })
    .where('id', '=', device)
    .execute()
}

/** Whether a change record covers all of it. */
async function addDiff(
  { transaction, name }: Storing,
  { device, version, audit, before, nowMs }: Version & { readonly before: Earlier | undefined },
): Promise<boolean> {
  const id = timeOrderedId<'diff'>(nowMs)
  const changes = audit.changes ?? []
  const made = new Date(nowMs)
  const { changeCount } = audit
  const change = { id, deviceName: name, before: made, changes, changeCount }
  const record = before && (await recordFor(transaction, { ...change, after: before.last_seen }))
  await transaction
    .insertInto('audit_diffs')
    .values({
      id,
      device,
      version_before: before?.id ?? null,
      version_after: version,
      made,
      change_count: changeCount,
      changes: JSON.stringify(changes),
      findings: JSON.stringify(audit.findings),
      incident: JSON.stringify(audit.incident),
      signs: JSON.stringify(audit.signs),
      happened_after: before?.last_seen ?? null,
      record: record?.id ?? null,
    })
    .execute()
  return record !== undefined
}

type Earlier = NonNullable<Awaited<ReturnType<typeof versionOf>>>

/** The same meaning: kept once, with what the device said of itself this time. */
async function seenAgain(
  { transaction }: Storing,
  { device, version, audit, nowMs }: Version,
): Promise<void> {
  const at = new Date(nowMs)
  await transaction
    .updateTable('audit_versions')
    .set({ last_seen: at, facts: JSON.stringify(audit.facts) })
    .where('id', '=', version)
    .execute()
  await transaction
    .updateTable('audit_devices')
    .set({ last_seen: at })
    .where('id', '=', device)
    .execute()
}
