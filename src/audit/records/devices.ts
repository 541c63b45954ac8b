// What is known of devices: which there are, what each said and when, what changed and by whose word.

import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type {
  AuditChange,
  AuditFinding,
  ChangeFilter,
  ChangeRecord,
  ConfigVersion,
  Device,
  DeviceAudit,
  DeviceChange,
  DeviceChangeDetail,
  DeviceDetail,
} from '../../model/index.ts'
import type { AuditVersionsTable, Records } from '../../store/index.ts'
import { isAllowed, recordsAround, shownRecord, unallowedOf } from './change-records.ts'
import type { Changed } from './change-records.ts'

type Severity = AuditFinding['severity']

/** Most severe first. */
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational']
const MOST_DEVICES = 10_000
const MOST_VERSIONS = 200

function devicesOf(records: Records) {
  return records
    .selectFrom('audit_devices as devices')
    .innerJoin('audit_versions as newest', 'newest.id', 'devices.version')
    .select([
      'devices.id',
      'devices.name',
      'devices.title',
      'devices.vendor',
      'devices.first_seen',
      'devices.last_seen',
      'newest.lines',
      'newest.significant',
      'newest.understood',
    ])
    .select(({ selectFrom }) => [
      selectFrom('audit_versions')
        .whereRef('audit_versions.device', '=', 'devices.id')
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .as('versions'),
      selectFrom('audit_diffs')
        .whereRef('audit_diffs.device', '=', 'devices.id')
        .where('version_before', 'is not', null)
        .select(({ fn }) => fn.max('made').as('made'))
        .as('changed'),
      selectFrom('audit_diffs')
        .whereRef('audit_diffs.device', '=', 'devices.id')
        .where('version_before', 'is not', null)
        .where('record', 'is', null)
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .as('unauthorised'),
      selectFrom('audit_diffs')
        .whereRef('audit_diffs.version_after', '=', 'devices.version')
        .select(
          sql<number>`jsonb_array_length(jsonb_path_query_array(findings, '$[*] ? (@.kind != "change")'))`.as(
            'n',
          ),
        )
        .orderBy('made', 'desc')
        .limit(1)
        .as('hardening'),
    ])
}

type DeviceRow = Awaited<ReturnType<ReturnType<typeof devicesOf>['execute']>>[number]

function shownDevice(row: DeviceRow): Device {
  const { id, name, title, vendor, lines, significant, understood } = row
  return {
    id,
    name,
    title,
    vendor,
    firstSeen: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
    changed: row.changed?.toISOString() ?? null,
    versions: Number(row.versions),
    lines,
    significant,
    understood,
    unauthorised: Number(row.unauthorised),
    hardening: row.hardening ?? 0,
  }
}

/** Those with changes nobody expected first, then by name. */
export async function listDevices(records: Records): Promise<readonly Device[]> {
  const rows = await devicesOf(records)
    .orderBy('unauthorised', 'desc')
    .orderBy('devices.name')
    .limit(MOST_DEVICES)
    .execute()
  return rows.map(shownDevice)
}

/** Throws NOT_FOUND. */
export async function getDevice(records: Records, id: string): Promise<DeviceDetail> {
  const row = await devicesOf(records).where('devices.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: id })
  const versions = await records
    .selectFrom('audit_versions')
    .select(['id', 'source', 'received', 'last_seen', 'lines', 'facts'])
    .where('device', '=', id)
    .orderBy('received', 'desc')
    .limit(MOST_VERSIONS)
    .execute()
  const newest = await records
    .selectFrom('audit_diffs')
    .select('findings')
    .where('device', '=', id)
    .orderBy('made', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    device: shownDevice(row),
    versions: versions.map(shownVersion),
    changes: [...(await listChanges(records, { device: id, limit: MOST_VERSIONS }))],
    hardening: findingsIn(newest?.findings).filter(({ kind }) => kind !== 'change'),
    facts: factsIn(versions[0]?.facts),
  }
}

export function shownVersion({
  id,
  source,
  received,
  last_seen,
  lines,
}: Pick<
  Selectable<AuditVersionsTable>,
  'id' | 'source' | 'received' | 'last_seen' | 'lines'
>): ConfigVersion['version'] {
  return {
    id,
    source,
    received: received.toISOString(),
    lastSeen: last_seen.toISOString(),
    lines,
  }
}

/** A version with the name of its device. Throws NOT_FOUND. */
export async function getVersion(
  records: Records,
  id: string,
): Promise<{ readonly row: Selectable<AuditVersionsTable>; readonly device: string }> {
  const found = await records
    .selectFrom('audit_versions as versions')
    .innerJoin('audit_devices as devices', 'devices.id', 'versions.device')
    .selectAll('versions')
    .select('devices.name as device_name')
    .where('versions.id', '=', id)
    .executeTakeFirst()
  if (found === undefined) throw new VigieError('NOT_FOUND', { what: id })
  const { device_name: device, ...row } = found
  return { row, device }
}

/** What was found about changes, of one path through the findings. */
const changeSeverities = sql<
  Severity[]
>`jsonb_path_query_array(diffs.findings, '$[*] ? (@.kind == "change").severity')`

function changesOf(records: Records) {
  return records
    .selectFrom('audit_diffs as diffs')
    .innerJoin('audit_devices as devices', 'devices.id', 'diffs.device')
    .select([
      'diffs.id',
      'diffs.device',
      'devices.name',
      'diffs.happened_after',
      'diffs.made',
      'diffs.change_count',
      'diffs.incident',
      'diffs.record',
      'diffs.version_after',
      changeSeverities.as('severities'),
    ])
    .where('diffs.version_before', 'is not', null)
}

type ChangeRow = Awaited<ReturnType<ReturnType<typeof changesOf>['execute']>>[number]

/** Those nobody expected first, the newest on top. */
export async function listChanges(
  records: Records,
  { device, limit }: ChangeFilter,
): Promise<readonly DeviceChange[]> {
  const rows = await changesOf(records)
    .$if(device !== undefined, (query) => query.where('diffs.device', '=', device ?? ''))
    .orderBy(sql`(diffs.record IS NULL)`, 'desc')
    .orderBy('diffs.made', 'desc')
    .limit(limit)
    .execute()
  const covering = await recordsNamed(
    records,
    rows.flatMap(({ record }) => record ?? []),
  )
  return rows.map((row) => shownChange(row, covering))
}

async function recordsNamed(
  records: Records,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ChangeRecord>> {
  if (ids.length === 0) return new Map()
  const rows = await records
    .selectFrom('change_records')
    .selectAll()
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, shownRecord(row)]))
}

function shownChange(row: ChangeRow, covering: ReadonlyMap<string, ChangeRecord>): DeviceChange {
  const record = row.record === null ? null : (covering.get(row.record) ?? null)
  const { severities, made } = row
  return {
    id: row.id,
    device: row.device,
    deviceName: row.name,
    after: (row.happened_after ?? made).toISOString(),
    before: made.toISOString(),
    changeCount: row.change_count,
    state: record === null ? 'unauthorised' : stateBy(record, made),
    record,
    severity: SEVERITIES.find((one) => severities.includes(one)) ?? null,
    findings: severities.length,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by open-audit alone
    incident: row.incident as string[],
  }
}

function stateBy({ recorded }: ChangeRecord, made: Date): DeviceChange['state'] {
  return Date.parse(recorded) < made.getTime() ? 'expected' : 'explained'
}

/** Throws NOT_FOUND. */
export async function getChange(records: Records, id: string): Promise<DeviceChangeDetail> {
  const row = await changesOf(records)
    .select(['diffs.changes', 'diffs.findings', 'diffs.signs'])
    .where('diffs.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: id })
  const covering = await recordsNamed(records, row.record === null ? [] : [row.record])
  const change = shownChange(row, covering)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by open-audit alone
  const changes = row.changes as AuditChange[]
  const changed: Changed = {
    id,
    deviceName: row.name,
    after: row.happened_after ?? row.made,
    before: row.made,
    changes,
    changeCount: row.change_count,
  }
  const partly = change.record === null ? await bestOf(records, changed) : null
  const by = change.record ?? partly
  const { row: version } = await getVersion(records, row.version_after)
  return {
    change,
    partly,
    changes: changes.map((one) => ({ ...one, allowed: by !== null && isAllowed(one, by) })),
    findings: findingsIn(row.findings).filter(({ kind }) => kind === 'change'),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by open-audit alone
    signs: row.signs as DeviceAudit['signs'],
    facts: factsIn(version.facts),
  }
}

/** Of the records of its time, the one that allows most of it, and something. */
async function bestOf(records: Records, changed: Changed): Promise<ChangeRecord | null> {
  const around = (await recordsAround(records, changed)).map((record) => ({
    record,
    unallowed: unallowedOf(changed, record),
  }))
  const [best] = around.toSorted((a, b) => a.unallowed - b.unallowed)
  return best !== undefined && best.unallowed < Math.max(changed.changeCount, 1)
    ? best.record
    : null
}

function findingsIn(value: unknown): AuditFinding[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by open-audit alone
  return (value ?? []) as AuditFinding[]
}

function factsIn(value: unknown): DeviceAudit['facts'] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by open-audit alone
  return (value ?? []) as DeviceAudit['facts']
}
