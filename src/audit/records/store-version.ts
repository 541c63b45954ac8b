// What is written when a version comes: the version, its device, and how it differs from the one before. A history may bring one
// that lies before what is known: then the one after it is compared anew.

import { sql } from 'kysely'
import { DAY_MS, timeOrderedId } from '../../core/index.ts'
import type { DeviceAudit } from '../../model/index.ts'
import type { RecordsTransaction } from '../../store/index.ts'
import { auditDevice } from '../audit-device.ts'
import type { Check } from '../checks/check.ts'
import { firmwareOf } from '../firmware/firmware-of.ts'
import type { ReadConfig, ReadWith } from '../read-config.ts'
import { recordFor } from './change-records.ts'
import { knownOf } from './golden.ts'
import { digest } from './meaning.ts'
import { readAgain } from './read-again.ts'
import type { RecordSigner } from './sign-records.ts'

/** What a station reads and judges with. */
export type AuditTools = ReadWith & {
  readonly checks: readonly Check[]
  readonly signer: RecordSigner
}

/** A configuration that is being stored. */
export type Storing = {
  readonly transaction: RecordsTransaction
  readonly tools: AuditTools
  readonly now: ReadConfig
  readonly name: string
  readonly source: string
  /** When it said so. */
  readonly atMs: number
}

type Place = { readonly device: string; readonly atMs: number }

/** The whole versions around a moment. Most come last; what a history holds may lie before what is known. */
export async function neighbours(
  transaction: RecordsTransaction,
  { device, atMs, dialect }: Place & { readonly dialect: string },
) {
  const at = new Date(atMs)
  const versions = transaction
    .selectFrom('audit_versions')
    .select(['id', 'config', 'dialect', 'meaning_digest', 'received', 'last_seen', 'source'])
    .where('device', '=', device)
    .where('is_whole', '=', true)
  const before = versions
    .where('received', '<=', at)
    .orderBy('received', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
  const newest = await before.executeTakeFirst()
  // Two devices that bear one name are two makes in turn: each is compared with itself.
  const isOther = newest !== undefined && newest.dialect !== dialect
  const own = isOther && (await before.where('dialect', '=', dialect).executeTakeFirst())
  const earlier = own || newest
  const later = await versions
    .where('received', '>', at)
    .orderBy('received')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return { earlier, later }
}

/** What changed from a version that came in between to the one that was known before. */
export async function compareAnew(
  { transaction, tools, now, name, source }: Storing,
  before: { readonly id: string; readonly lastSeenMs: number },
  later: Earlier,
): Promise<void> {
  const after = readAgain(later, tools)
  if (after === undefined) return
  const said = await knownOf(transaction, name, firmwareOf(after.view, after.dialect))
  const compared = { source, now: after, before: now, known: said }
  const { changes, changeCount, findings, incident, signs } = auditDevice(compared, tools.checks)
  const diff = await transaction
    .selectFrom('audit_diffs')
    .select(['id', 'made'])
    .where('version_after', '=', later.id)
    .executeTakeFirst()
  if (diff === undefined) return
  const happenedAfter = new Date(before.lastSeenMs)
  const change = { id: diff.id, deviceName: name, after: happenedAfter, before: diff.made }
  const record = await recordFor(
    transaction,
    { ...change, changes: changes ?? [], changeCount },
    tools.signer,
  )
  await transaction
    .updateTable('audit_diffs')
    .set({
      version_before: before.id,
      happened_after: happenedAfter,
      change_count: changeCount,
      changes: JSON.stringify(changes ?? []),
      findings: JSON.stringify(findings),
      incident: JSON.stringify(incident),
      signs: JSON.stringify(signs),
      record: record?.id ?? null,
    })
    .where('id', '=', diff.id)
    .execute()
  // What logs say is of another span now.
  await transaction.deleteFrom('audit_traces').where('diff', '=', diff.id).execute()
}

export async function addDevice(
  { transaction, now, name }: Storing,
  atMs: number,
): Promise<string> {
  const at = new Date(atMs)
  const { name: dialect, title, vendor } = now.dialect
  const { id } = await transaction
    .insertInto('audit_devices')
    .values({
      id: timeOrderedId<'device'>(atMs),
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
}

type Added = Version & {
  readonly meaning: string
  readonly isNewest: boolean
  readonly isWhole: boolean
}

export async function addVersion(
  { transaction, now, source, atMs }: Storing,
  { device, version, audit, meaning, isNewest, isWhole }: Added,
): Promise<void> {
  const at = new Date(atMs)
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
      is_whole: isWhole,
    })
    .execute()
  const { name: dialect, title, vendor } = now.dialect
  await transaction
    .updateTable('audit_devices')
    .set((of) => ({
      first_seen: of.fn('least', [of.ref('first_seen'), sql<Date>`${at}::timestamptz`]),
    }))
    .where('id', '=', device)
    .execute()
  if (!isNewest) return
  await transaction
    .updateTable('audit_devices')
    .set({ version, last_seen: at, dialect, title, vendor })
    .where('id', '=', device)
    .execute()
}

/** Whether a change record covers all of it. */
export async function addDiff(
  { transaction, name, atMs, tools }: Storing,
  { device, version, audit, before }: Version & { readonly before: Earlier | undefined },
): Promise<boolean> {
  const id = timeOrderedId<'diff'>(atMs)
  const changes = audit.changes ?? []
  const made = new Date(atMs)
  const { changeCount } = audit
  const change = { id, deviceName: name, before: made, changes, changeCount }
  // A version may have been met again after this one: then this one came in between.
  const after = before === undefined || before.last_seen > made ? made : before.last_seen
  const record = before && (await recordFor(transaction, { ...change, after }, tools.signer))
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
      happened_after: before === undefined ? null : after,
      record: record?.id ?? null,
    })
    .execute()
  return record !== undefined
}

type Earlier = NonNullable<Awaited<ReturnType<typeof neighbours>>['earlier']>

/** The same meaning: kept once, with what the device said of itself this time. */
export async function seenAgain(
  { transaction, now, atMs }: Storing,
  { device, version, audit, isNewest }: Version & { readonly isNewest: boolean },
): Promise<void> {
  const at = new Date(atMs)
  await transaction
    .updateTable('audit_versions')
    .set({ last_seen: at, facts: JSON.stringify(audit.facts) })
    .where('id', '=', version)
    .where('last_seen', '<=', at)
    .execute()
  if (!isNewest) return
  const { name: dialect, title, vendor } = now.dialect
  await transaction
    .updateTable('audit_devices')
    .set({ version, last_seen: at, dialect, title, vendor })
    .where('id', '=', device)
    .execute()
}

/** A text that came broken and stays so is what the device says. */
const STANDS_MS = 7 * DAY_MS

/** The same broken text as before is no news. Whether it was that. */
export async function brokenAgain(
  storing: Storing,
  { device, meaning, audit }: { readonly device: string } & Pick<Added, 'meaning' | 'audit'>,
): Promise<string | undefined> {
  const { transaction, atMs } = storing
  const known = await transaction
    .selectFrom('audit_versions')
    .select(['id', 'meaning_digest', 'received'])
    .where('device', '=', device)
    .where('is_whole', '=', false)
    .where('received', '<=', new Date(atMs))
    .orderBy('received', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (known?.meaning_digest !== meaning) return undefined
  const version = known.id
  const isNewest = atMs - known.received.getTime() >= STANDS_MS
  await seenAgain(storing, { device, version, audit, isNewest })
  if (isNewest)
    await transaction
      .updateTable('audit_versions')
      .set({ is_whole: true })
      .where('id', '=', version)
      .execute()
  return version
}
