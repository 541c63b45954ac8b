// Change records: people say beforehand, or afterwards, what may change on a device. What a device says of its own changes
// is never one.

import type { Selectable } from 'kysely'
import { VigieError, timeOrderedId } from '../../core/index.ts'
import type { AuditChange, ChangeRecord, ChangeRecordAsk } from '../../model/index.ts'
import type { ChangeRecordsTable, Records, RecordsTransaction } from '../../store/index.ts'
import type { RecordSigner } from './sign-records.ts'

type Reading = Records | RecordsTransaction

/** A change as it stands in the records: the first of its differences, the count of all. */
export type Changed = {
  readonly id: string
  readonly deviceName: string
  readonly after: Date
  readonly before: Date
  readonly changes: readonly AuditChange[]
  readonly changeCount: number
}

/** Who, and when. */
export type Act = { readonly who: string; readonly nowMs: number }
export type SignedAct = Act & { readonly signer: RecordSigner }

export function shownRecord(
  row: Selectable<ChangeRecordsTable>,
  signer: RecordSigner,
): ChangeRecord {
  const said = saidIn(row)
  return { ...said, isSigned: signer.isOurs(said, row.signature) }
}

function saidIn(row: Selectable<ChangeRecordsTable>): Omit<ChangeRecord, 'isSigned'> {
  const { id, device, starts, ends, allows, reason, reference, recorded, revoked } = row
  return {
    id,
    device,
    starts: starts.toISOString(),
    ends: ends.toISOString(),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by addRecord alone
    allows: allows as string[],
    reason,
    reference,
    recorded: recorded.toISOString(),
    recordedBy: row.recorded_by,
    revoked: revoked?.toISOString() ?? null,
    revokedBy: row.revoked_by,
  }
}

export async function listRecords(
  records: Reading,
  signer: RecordSigner,
  device?: string,
): Promise<readonly ChangeRecord[]> {
  const rows = await records
    .selectFrom('change_records')
    .selectAll()
    .$if(device !== undefined, (query) => query.where('device', '=', device ?? ''))
    .orderBy('recorded', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  return rows.map((row) => shownRecord(row, signer))
}

const MOST_SHOWN = 1000

export function isInOrder({ starts, ends }: Pick<ChangeRecordAsk, 'starts' | 'ends'>): boolean {
  return Date.parse(starts) < Date.parse(ends)
}

/** Writes a record down, and looks which changes it covers. Throws BAD_REQUEST when it ends before it starts. */
export async function addRecord(
  transaction: RecordsTransaction,
  ask: ChangeRecordAsk,
  act: SignedAct,
): Promise<ChangeRecord> {
  const { who, nowMs } = act
  if (!isInOrder(ask))
    throw new VigieError('BAD_REQUEST', {
      met: `${ask.starts} – ${ask.ends}`,
      expected: 'starts < ends',
    })
  const row = await transaction
    .insertInto('change_records')
    .values({
      id: timeOrderedId<'change-record'>(nowMs),
      device: ask.device,
      starts: ask.starts,
      ends: ask.ends,
      allows: JSON.stringify(ask.allows),
      reason: ask.reason,
      reference: ask.reference,
      recorded: new Date(nowMs),
      recorded_by: who,
      revoked: null,
      revoked_by: '',
      signature: '',
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return signed(transaction, row, act)
}

/** As it stands in the records, where times have their precision. */
async function signed(
  transaction: RecordsTransaction,
  row: Selectable<ChangeRecordsTable>,
  { signer }: SignedAct,
): Promise<ChangeRecord> {
  const said = saidIn(row)
  await transaction
    .updateTable('change_records')
    .set({ signature: signer.sign(said) })
    .where('id', '=', row.id)
    .execute()
  const record = { ...said, isSigned: true }
  await coverAnew(transaction, record, signer)
  return record
}

/** Takes a record back: what it alone covered is nobody's change again. Throws NOT_FOUND. */
export async function revokeRecord(
  transaction: RecordsTransaction,
  id: string,
  act: SignedAct,
): Promise<void> {
  const { who, nowMs } = act
  const row = await transaction
    .updateTable('change_records')
    .set({ revoked: new Date(nowMs), revoked_by: who })
    .where('id', '=', id)
    .where('revoked', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: id })
  await signed(transaction, row, act)
}

/** Decides anew about changes of the record's device in its time. */
async function coverAnew(
  transaction: RecordsTransaction,
  { device, starts, ends }: ChangeRecord,
  signer: RecordSigner,
): Promise<void> {
  const rows = await changesOf(transaction)
    .where('devices.name', '=', device)
    .where('diffs.happened_after', '<', new Date(ends))
    .where('diffs.made', '>', new Date(starts))
    .execute()
  for (const row of rows) {
    const record = await recordFor(transaction, changedOf(row), signer)
    await transaction
      .updateTable('audit_diffs')
      .set({ record: record?.id ?? null })
      .where('id', '=', row.id)
      .execute()
  }
}

function changesOf(records: Reading) {
  return records
    .selectFrom('audit_diffs as diffs')
    .innerJoin('audit_devices as devices', 'devices.id', 'diffs.device')
    .select([
      'diffs.id',
      'devices.name',
      'diffs.happened_after',
      'diffs.made',
      'diffs.changes',
      'diffs.change_count',
    ])
    .where('diffs.version_before', 'is not', null)
}

type ChangeRow = Awaited<ReturnType<ReturnType<typeof changesOf>['execute']>>[number]

function changedOf(row: ChangeRow): Changed {
  return {
    id: row.id,
    deviceName: row.name,
    after: row.happened_after ?? row.made,
    before: row.made,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by open-audit alone
    changes: row.changes as AuditChange[],
    changeCount: row.change_count,
  }
}

/** The record that covers all of a change, made first of those that do. */
export async function recordFor(
  records: Reading,
  changed: Changed,
  signer: RecordSigner,
): Promise<ChangeRecord | undefined> {
  const all = await recordsAround(records, changed, signer)
  return all.find((record) => unallowedOf(changed, record) === 0)
}

/** Signed records of the device whose time meets that of the change, the oldest first. */
export async function recordsAround(
  records: Reading,
  { deviceName, after, before }: Changed,
  signer: RecordSigner,
): Promise<readonly ChangeRecord[]> {
  const rows = await records
    .selectFrom('change_records')
    .selectAll()
    .where('device', '=', deviceName)
    .where('revoked', 'is', null)
    .where('starts', '<', before)
    .where('ends', '>', after)
    .orderBy('recorded')
    .execute()
  return rows.map((row) => shownRecord(row, signer)).filter(({ isSigned }) => isSigned)
}

/** How many of the differences a record does not allow. Those that were not kept are not allowed by any list. */
export function unallowedOf(
  { changes, changeCount }: Pick<Changed, 'changes' | 'changeCount'>,
  record: Pick<ChangeRecord, 'allows'>,
): number {
  if (record.allows.length === 0) return 0
  const allowed = changes.filter((change) => isAllowed(change, record)).length
  // What cannot be compared is one change, of everything.
  return Math.max(changeCount, 1) - allowed
}

/** Whether both sides of a difference begin as the record says, blocks first. */
export function isAllowed(
  { stanza, before, after }: AuditChange,
  { allows }: Pick<ChangeRecord, 'allows'>,
): boolean {
  if (allows.length === 0) return true
  const sides = [before, after].flatMap((side) => (side === null ? [] : [side.text]))
  return sides.every((text) => {
    const [first = ''] = text.split('\n', 1)
    const path = [...stanza, first].map(spaced).join(' > ')
    return allows.some((allow) => startsAtWord(path, spaced(allow)))
  })
}

function spaced(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ')
}

/** `interface Gi0/1` is not the beginning of `interface Gi0/10`. */
function startsAtWord(path: string, allow: string): boolean {
  return path === allow || path.startsWith(`${allow} `)
}
