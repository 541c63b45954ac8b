// Zones files that people confirmed: every one is kept, the newest stands.

import { VigieError } from '../../core/index.ts'
import type { ZonesVersion } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { Act } from '../records/change-records.ts'
import { readZones } from '../segmentation/zones-file.ts'

export type KeptZones = ZonesVersion & { readonly text: string }

export async function zonesThatStand(records: Records): Promise<KeptZones | null> {
  const row = await records
    .selectFrom('segment_zones')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : { ...shownVersion(row), text: row.text }
}

/** What people call the zones that stand. */
export async function zoneNames(records: Records): Promise<ReadonlyMap<string, string>> {
  return namesOf((await zonesThatStand(records))?.text ?? '')
}

export function namesOf(text: string): ReadonlyMap<string, string> {
  const read = readZones(text)
  return new Map(read.ok ? read.plan.zones.map(({ id, name }) => [id, name]) : [])
}

/** Throws NOT_FOUND. */
export async function zonesOf(records: Records, version: number): Promise<KeptZones> {
  const row = await records
    .selectFrom('segment_zones')
    .selectAll()
    .where('version', '=', String(version))
    .executeTakeFirst()
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: String(version) })
  return { ...shownVersion(row), text: row.text }
}

const VERSIONS_SHOWN = 50

export async function zonesVersions(records: Records): Promise<ZonesVersion[]> {
  const rows = await records
    .selectFrom('segment_zones')
    .select(['version', 'kept', 'kept_by', 'note'])
    .orderBy('version', 'desc')
    .limit(VERSIONS_SHOWN)
    .execute()
  return rows.map(shownVersion)
}

export type Keeping = {
  readonly text: string
  readonly note: string
  /** Version that it was made from; `null`: there was none. */
  readonly from: number | null
}

/** Throws ZONES_MOVED when another version stands by now; the same text again is no new version. */
export async function keepZones(
  records: Records,
  { text, note, from }: Keeping,
  { who, nowMs }: Act,
): Promise<void> {
  await records.transaction().execute(async (transaction) => {
    const newest = await transaction
      .selectFrom('segment_zones')
      .selectAll()
      .orderBy('version', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
    if ((newest === undefined ? null : Number(newest.version)) !== from)
      throw new VigieError('ZONES_MOVED', {
        version: newest === undefined ? '0' : newest.version,
        who: newest?.kept_by ?? '',
      })
    if (newest?.text === text) return
    await transaction
      .insertInto('segment_zones')
      .values({ text, note, kept: new Date(nowMs), kept_by: who })
      .execute()
  })
}

type Row = {
  readonly version: string
  readonly kept: Date
  readonly kept_by: string
  readonly note: string
}

function shownVersion({ version, kept, kept_by, note }: Row): ZonesVersion {
  return { version: Number(version), kept: kept.toISOString(), keptBy: kept_by, note }
}
