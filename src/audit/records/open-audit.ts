// Takes a configuration in: finds the device, compares with its newest version, stores both and what was found, all in
// one transaction, so that nothing is half stored.

import { DAY_MS, timeOrderedId } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { Compared, DeviceAudit, GoldenFileAsk, TrafficChange } from '../../model/index.ts'
import type { Records, RecordsTransaction } from '../../store/index.ts'
import { auditDevice } from '../audit-device.ts'
import { firmwareOf } from '../firmware/firmware-of.ts'
import { readConfig } from '../read-config.ts'
import type { ReadConfig } from '../read-config.ts'
import type { TreeProblem } from '../tree/config-tree.ts'
import { brokenOf } from '../wholeness.ts'
import { alertsOf, withoutExpected } from './alerts.ts'
import type { AuditAlerts } from './alerts.ts'
import type { Act } from './change-records.ts'
import { setGoldenBytes, stateOf } from './device-state.ts'
import type { DeviceState, GoldenSet } from './device-state.ts'
import { knownOf } from './golden.ts'
import { meaningDigest } from './meaning.ts'
import { readAgain } from './read-again.ts'
import {
  addDevice,
  addDiff,
  addVersion,
  brokenAgain,
  compareAnew,
  neighbours,
  seenAgain,
} from './store-version.ts'
import type { AuditTools, Storing } from './store-version.ts'
import { trafficBetween, trafficOf } from './traffic.ts'
import { getVersion, shownVersion } from './versions.ts'

export type { AuditAlerts } from './alerts.ts'

export type AuditParts = {
  readonly records: Records
  readonly tools: AuditTools
  readonly clock: Clock
  /** Raises what was found, inside the transaction that stores it. */
  readonly raise: (
    transaction: RecordsTransaction,
    alerts: AuditAlerts,
    nowMs: number,
  ) => Promise<void>
}

export type Incoming = {
  /** What it was read from: a file, an address. */
  readonly source: string
  /** The device, where who sends it knows; else its host name, else the source. */
  readonly device?: string
  /** When it said so, where that is known: UTC milliseconds. Now where absent. */
  readonly atMs?: number
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
  /** What a change lets through more and less, as far as filters say. */
  readonly traffic: (change: string) => Promise<TrafficChange[]>
}

export function openAudit(parts: AuditParts): Audit {
  return {
    take: (bytes, incoming) => take(bytes, incoming, parts),
    state: (device) => stateOf(device, parts),
    setGolden: (bytes, golden, act) => setGoldenBytes({ bytes, golden, act }, parts),
    compare: (before, after) => compareVersions({ before, after }, parts),
    traffic: (change) => trafficOf(change, parts),
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
    traffic: trafficBetween({ was, now }),
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
    const nowMs = parts.clock.nowMs()
    const atMs = Math.min(incoming.atMs ?? nowMs, nowMs)
    const { tools } = parts
    const { source } = incoming
    return store({ transaction, parts, tools, known, bytes, now, name, source, atMs })
  })
}

type Known = Awaited<ReturnType<typeof deviceNamed>>

async function deviceNamed(transaction: RecordsTransaction, name: string) {
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

/** The beginning of a configuration may look like another make's: it is what the device is known to be, and cut. */
function asPart({ now, bytes, tools }: StoringKnown, before: ReadConfig | undefined): ReadConfig {
  if (before === undefined || before.dialect.name === now.dialect.name) return now
  const read = readConfig(bytes, { ...tools, dialects: [before.dialect] })
  if (!read.ok || read.config.dialect.name !== before.dialect.name) return now
  return brokenOf({ now: read.config, before }).includes('cut') ? read.config : now
}

/** What rang when it was news rings no more: several steps of an intruder together do. */
const NEWS_MS = 7 * DAY_MS

type StoringKnown = Storing & {
  readonly parts: AuditParts
  readonly known: Known
  readonly bytes: Uint8Array
}

async function store(given: StoringKnown): Promise<Taken> {
  const { transaction, parts, known, name, source, atMs, tools } = given
  const device = known?.id ?? (await addDevice(given, atMs))
  const place = { device, atMs, dialect: given.now.dialect.name }
  const { earlier, later } = await neighbours(transaction, place)
  const before = earlier === undefined ? undefined : readAgain(earlier, tools)
  const now = asPart(given, before)
  const storing = { ...given, now }
  const told = firmwareOf(now.view, now.dialect)
  const said = await knownOf(transaction, name, told)
  const audit = auditDevice({ source, now, before, known: said }, tools.checks)
  const meaning = meaningDigest(now)
  if (earlier?.meaning_digest === meaning) {
    await seenAgain(storing, { device, version: earlier.id, audit, isNewest: later === undefined })
    return { ok: true, device: name, version: earlier.id, isNew: false, audit }
  }
  if (later?.meaning_digest === meaning)
    return { ok: true, device: name, version: later.id, isNew: false, audit }
  const isWhole = brokenOf({ now, before }).length === 0
  const again = isWhole ? undefined : await brokenAgain(storing, { device, meaning, audit })
  if (again !== undefined) return { ok: true, device: name, version: again, isNew: false, audit }
  const version = timeOrderedId<'config'>(atMs)
  const isNewest = isWhole && later === undefined && (earlier?.last_seen.getTime() ?? 0) <= atMs
  await addVersion(storing, { device, version, meaning, audit, isNewest, isWhole })
  const isExpected = await addDiff(storing, { device, version, audit, before: earlier })
  if (later !== undefined && isWhole)
    await compareAnew(storing, { id: version, lastSeenMs: atMs }, later)
  if (earlier !== undefined) {
    const alerts = alertsOf(audit, { device: name, version, nowMs: atMs })
    const isNews = parts.clock.nowMs() - atMs < NEWS_MS
    const ringing = isExpected || !isNews ? withoutExpected(alerts) : alerts
    await parts.raise(transaction, ringing, parts.clock.nowMs())
  }
  return { ok: true, device: name, version, isNew: true, audit }
}
