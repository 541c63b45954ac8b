// What a list says of assets: owner, maker, zone, criticality, end of support. What a person set by hand stays.

import { sql } from 'kysely'
import { inBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import type { Kept } from './scanned.ts'

const COLUMNS =
  'asset text, owner text, vendor text, zone text, criticality text, "supportEnds" text'

/** Gives the assets whose deadlines may move. */
export async function writeKept(
  work: Work,
  kept: ReadonlyMap<string, Kept>,
): Promise<readonly string[]> {
  const rows = [...kept].map(([asset, words]) => ({ asset, ...words }))
  if (rows.length === 0) return []
  const changed = await inBulk<{ id: string; moves: boolean }>(
    work,
    { rows, columns: COLUMNS },
    (r) => sql<{ id: string; moves: boolean }>`
      UPDATE exposure_assets a SET owner = n.owner, vendor = n.vendor, zone = n.zone, criticality = n.criticality,
        support_ends = n.support_ends
      FROM (
        SELECT b.id, ${said('owner')} AS owner, COALESCE(r.vendor, b.vendor) AS vendor, ${said('zone')} AS zone,
          ${said('criticality')} AS criticality,
          CASE WHEN r."supportEnds" IS NULL OR ${byHand('supportEnds')} THEN b.support_ends ELSE r."supportEnds"::date END AS support_ends,
          b.zone AS old_zone, b.criticality AS old_criticality, b.support_ends AS old_ends, b.vendor AS old_vendor, b.owner AS old_owner
        FROM ${r} JOIN exposure_assets b ON b.id = r.asset) n
      WHERE a.id = n.id AND (n.owner, n.vendor, n.zone, n.criticality, n.support_ends)
        IS DISTINCT FROM (n.old_owner, n.old_vendor, n.old_zone, n.old_criticality, n.old_ends)
      RETURNING a.id, (n.zone, n.criticality, n.support_ends, n.vendor)
        IS DISTINCT FROM (n.old_zone, n.old_criticality, n.old_ends, n.old_vendor) AS moves`,
  )
  return changed.filter(({ moves }) => moves).map(({ id }) => id)
}

function said(column: 'owner' | 'zone' | 'criticality') {
  const [own, other] = [sql.ref(`b.${column}`), sql.ref(`r.${column}`)]
  return sql`CASE WHEN ${other} IS NULL OR ${byHand(column)} THEN ${own} ELSE ${other} END`
}

/** Somebody changed it on the screen or by the API, and took it away by no later change. */
function byHand(field: string) {
  return sql`EXISTS (SELECT 1 FROM exposure_asset_history h WHERE h.asset = b.id AND h.action = 'change'
    AND COALESCE(h.detail -> 'after' ->> ${sql.lit(field)}, '') <> '')`
}
