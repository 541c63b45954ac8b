// Versions of configurations, as they were taken in.

import type { Selectable } from 'kysely'
import { VigieError } from '../../core/index.ts'
import type { ConfigVersion } from '../../model/index.ts'
import type { AuditVersionsTable, Records, RecordsTransaction } from '../../store/index.ts'

export function shownVersion({
  id,
  source,
  received,
  last_seen,
  lines,
  is_whole,
}: Pick<
  Selectable<AuditVersionsTable>,
  'id' | 'source' | 'received' | 'last_seen' | 'lines' | 'is_whole'
>): ConfigVersion['version'] {
  return {
    id,
    source,
    received: received.toISOString(),
    lastSeen: last_seen.toISOString(),
    lines,
    isWhole: is_whole,
  }
}

/** A version with the name of its device. Throws NOT_FOUND. */
export async function getVersion(
  records: Records | RecordsTransaction,
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
