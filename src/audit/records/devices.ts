// What is known of devices: which there are, what each said and when.

import { sql } from 'kysely'
import type { ExpressionBuilder } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type { Device, DeviceDetail } from '../../model/index.ts'
import type { AuditDevicesTable, Records, RecordsTables } from '../../store/index.ts'
import { factsIn, findingsIn } from './audit-json.ts'
import { IS_CHANGE, listChanges } from './device-changes.ts'
import type { RecordSigner } from './sign-records.ts'
import { shownVersion } from './versions.ts'

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
      'newest.facts',
      'devices.version',
    ])
    .select((of) => [
      of
        .selectFrom('audit_versions')
        .whereRef('audit_versions.device', '=', 'devices.id')
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .as('versions'),
      changesOf(of)
        .select(({ fn }) => fn.max('made').as('made'))
        .as('changed'),
      changesOf(of)
        .where('record', 'is', null)
        .select(({ fn }) => fn.countAll<string>().as('n'))
        .as('unauthorised'),
      of
        .selectFrom('audit_diffs')
        .whereRef('audit_diffs.version_after', '=', 'devices.version')
        .select(HARDENING.as('n'))
        .orderBy('made', 'desc')
        .limit(1)
        .as('hardening'),
    ])
}

const HARDENING = sql<number>`jsonb_array_length(jsonb_path_query_array(findings, '$[*] ? (@.kind != "change")'))`

type Of = ExpressionBuilder<RecordsTables & { devices: AuditDevicesTable }, 'devices'>

/** Of the device: all but what it said first. */
function changesOf(of: Of) {
  return of
    .selectFrom('audit_diffs')
    .whereRef('audit_diffs.device', '=', 'devices.id')
    .where(IS_CHANGE)
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

/** All but what its newest text says, which has to be read again. Throws NOT_FOUND. */
export async function getDevice(
  records: Records,
  id: string,
  signer: RecordSigner,
): Promise<Omit<DeviceDetail, 'drift' | 'firmware'>> {
  const row = await devicesOf(records).where('devices.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: id })
  const versions = await records
    .selectFrom('audit_versions')
    .select(['id', 'source', 'received', 'last_seen', 'lines', 'facts', 'is_whole'])
    .where('device', '=', id)
    .orderBy('received', 'desc')
    .limit(MOST_VERSIONS)
    .execute()
  const newest = await records
    .selectFrom('audit_diffs')
    .select('findings')
    .where('device', '=', id)
    .$if(row.version !== null, (query) => query.where('version_after', '=', row.version ?? ''))
    .orderBy('made', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    device: shownDevice(row),
    versions: versions.map(shownVersion),
    changes: [...(await listChanges(records, { device: id, limit: MOST_VERSIONS }, signer))],
    hardening: findingsIn(newest?.findings).filter(({ kind }) => kind !== 'change'),
    facts: factsIn(row.facts),
  }
}
