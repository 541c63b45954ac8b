// Assets as people keep them: owner, criticality, zone, how they face the public network; merged and taken apart again, all on record.

import { sql } from 'kysely'
import { VigieError } from '../../core/index.ts'
import { AssetDetailSchema, AssetProductSchema, AssetSchema } from '../../model/index.ts'
import type { Asset, AssetChange, AssetDetail } from '../../model/index.ts'
import { FacingSchema } from '../../model/index.ts'
import { facingOf } from '../exposures/deadline-input.ts'
import type { Work } from '../rows.ts'

type AssetRow = {
  id: string
  name: string
  owner: string
  criticality: string
  zone: string
  facing: string
  facing_by: string
  vendor: string
  system: string
  support_ends: string | null
  first_seen: Date
  last_seen: Date
  aliases: unknown
  evidence: unknown
  merged: unknown
  open: string
  overdue: string
}

const SELECT = (nowMs: number) => sql`
  SELECT a.*, to_char(a.support_ends, 'YYYY-MM-DD') AS support_ends,
    (SELECT COALESCE(json_agg(json_build_object('kind', l.kind, 'value', l.value, 'source', l.source, 'lastSeen', to_char(l.last_seen AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ORDER BY l.kind, l.value), '[]')
      FROM (SELECT * FROM exposure_aliases l WHERE l.asset = a.id LIMIT 200) l) AS aliases,
    (SELECT COALESCE(json_agg(json_build_object('evidence', e.evidence, 'source', e.source, 'seen', to_char(e.seen AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) ORDER BY e.seen DESC), '[]')
      FROM (SELECT * FROM exposure_reachable e WHERE e.asset = a.id ORDER BY e.seen DESC LIMIT 50) e) AS evidence,
    (SELECT COALESCE(json_agg(json_build_object('id', m.id, 'name', m.name)), '[]') FROM exposure_assets m WHERE m.merged_into = a.id) AS merged,
    (SELECT count(*) FROM exposures x WHERE x.asset = a.id AND x.state = 'open') AS open,
    (SELECT count(*) FROM exposures x WHERE x.asset = a.id AND x.state = 'open' AND x.due < ${new Date(nowMs)}) AS overdue
  FROM exposure_assets a`

export type AssetSearch = { readonly text: string; readonly limit: number; readonly offset: number }

export async function listAssets(
  work: Work,
  { text, limit, offset }: AssetSearch,
  nowMs: number,
): Promise<{ readonly total: number; readonly assets: readonly Asset[] }> {
  const like = `%${text.replaceAll(/[\\%_]/g, (mark) => `\\${mark}`).toLowerCase()}%`
  const matches = sql`a.merged_into IS NULL AND (${text} = '' OR lower(a.name) LIKE ${like} OR lower(a.owner) LIKE ${like}
    OR EXISTS (SELECT 1 FROM exposure_aliases l WHERE l.asset = a.id AND l.value LIKE ${like}))`
  const counted = await sql<{
    total: string
  }>`SELECT count(*) AS total FROM exposure_assets a WHERE ${matches}`.execute(work)
  const { rows } =
    await sql<AssetRow>`${SELECT(nowMs)} WHERE ${matches} ORDER BY a.name, a.id LIMIT ${limit} OFFSET ${offset}`.execute(
      work,
    )
  return { total: Number(counted.rows[0]?.total ?? 0), assets: rows.map(assetOf) }
}

/** Throws NOT_FOUND. */
export async function getAsset(work: Work, id: string, nowMs: number): Promise<Asset> {
  const { rows } = await sql<AssetRow>`${SELECT(nowMs)} WHERE a.id = ${id}`.execute(work)
  const [row] = rows
  if (row === undefined) throw new VigieError('NOT_FOUND', { what: id })
  return assetOf(row)
}

export async function productsOfAsset(work: Work, id: string) {
  const rows = await work
    .selectFrom('exposure_products')
    .selectAll()
    .where('asset', '=', id)
    .orderBy('product')
    .limit(2000)
    .execute()
  return rows.map(({ vendor, product, version, service, cpe, purl, source, last_seen }) =>
    AssetProductSchema.parse({
      vendor,
      product,
      version,
      service,
      cpe,
      purl,
      source,
      lastSeen: last_seen.toISOString(),
    }),
  )
}

const MOST_HISTORY = 200

export async function historyOfAsset(work: Work, id: string): Promise<AssetDetail['history']> {
  const { rows } = await sql<{ at: Date; who: string; action: string; detail: unknown }>`
    SELECT at, who, action, detail FROM exposure_asset_history
    WHERE asset = ${id} OR asset IN (SELECT id FROM exposure_assets WHERE merged_into = ${id})
    ORDER BY at DESC, id DESC LIMIT ${MOST_HISTORY}`.execute(work)
  return AssetDetailSchema.shape.history.parse(
    rows.map(({ at, ...row }) => ({ at: at.toISOString(), ...row })),
  )
}

function assetOf(row: AssetRow): Asset {
  const evidence = Array.isArray(row.evidence) ? row.evidence : []
  const facing = FacingSchema.catch('unknown').parse(row.facing)
  return AssetSchema.parse({
    id: row.id,
    name: row.name,
    owner: row.owner,
    criticality: row.criticality,
    zone: row.zone,
    facing: facingOf({ facing, facingBy: row.facing_by, reached: evidence.length }),
    facingBy: row.facing_by,
    evidence,
    vendor: row.vendor,
    system: row.system,
    supportEnds: row.support_ends,
    aliases: row.aliases,
    merged: row.merged,
    open: Number(row.open),
    overdue: Number(row.overdue),
    firstSeen: row.first_seen.toISOString(),
    lastSeen: row.last_seen.toISOString(),
  })
}

export type By = { readonly who: string; readonly nowMs: number }

/** Throws NOT_FOUND. */
export async function changeAsset(
  work: Work,
  id: string,
  { change, who, nowMs }: By & { readonly change: AssetChange },
): Promise<void> {
  const before = await getAsset(work, id, nowMs)
  const { facing, supportEnds, ...plain } = change
  await work
    .updateTable('exposure_assets')
    .set({
      ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
      ...(facing === undefined ? {} : { facing, facing_by: facing === 'unknown' ? '' : who }),
      ...(supportEnds === undefined ? {} : { support_ends: supportEnds }),
    })
    .where('id', '=', id)
    .execute()
  const was = Object.fromEntries(
    Object.keys(change).map((key) => [key, before[key as keyof AssetChange]]),
  ) // keys of the schema
  await remember(work, id, { action: 'change', detail: { before: was, after: change }, who, nowMs })
}

const MOVED = [
  'exposure_aliases',
  'exposure_reachable',
  'exposure_tls',
  'exposure_products',
  'exposure_findings',
  'exposure_exceptions',
  'exposure_triage',
] as const

/** `id` becomes a name of `into`. What each brought stays marked, so that it can be undone. Throws NOT_FOUND, BAD_REQUEST. */
export async function mergeAssets(
  work: Work,
  id: string,
  { into, who, nowMs }: By & { readonly into: string },
): Promise<readonly string[]> {
  const rows = await work
    .selectFrom('exposure_assets')
    .select(['id', 'merged_into'])
    .where('id', 'in', [id, into])
    .execute()
  for (const wanted of [id, into])
    if (!rows.some((row) => row.id === wanted)) throw new VigieError('NOT_FOUND', { what: wanted })
  const isFree = rows.every(({ merged_into }) => merged_into === null)
  if (id === into || !isFree)
    throw new VigieError('BAD_REQUEST', {
      met: `${id} → ${into}`,
      expected: 'two assets, neither of them merged',
    })
  for (const table of MOVED)
    await sql`UPDATE ${sql.table(table)} SET asset = ${into} WHERE asset = ${id}`.execute(work)
  await sql`UPDATE exposure_assets SET merged_into = ${into} WHERE id = ${id} OR merged_into = ${id}`.execute(
    work,
  )
  await moveExposures(work, id, into)
  await remember(work, into, { action: 'merge', detail: { merged: id }, who, nowMs })
  return [id, into]
}

/** Clocks go on: what both had keeps the earlier detection, what one had goes along with its history. What waited is worked out again. */
async function moveExposures(work: Work, id: string, into: string): Promise<void> {
  await sql`UPDATE exposures x SET detected = LEAST(x.detected, o.detected), reopened = GREATEST(x.reopened, o.reopened)
    FROM exposures o WHERE x.asset = ${into} AND o.asset = ${id} AND o.vulnerability = x.vulnerability`.execute(
    work,
  )
  await sql`DELETE FROM exposures x WHERE x.asset = ${id} AND EXISTS
    (SELECT 1 FROM exposures o WHERE o.asset = ${into} AND o.vulnerability = x.vulnerability)`.execute(
    work,
  )
  await sql`UPDATE exposures SET asset = ${into} WHERE asset = ${id}`.execute(work)
}

/** Takes an asset out again with everything it brought. Throws NOT_FOUND. */
export async function unmergeAsset(
  work: Work,
  id: string,
  { who, nowMs }: By,
): Promise<readonly string[]> {
  const row = await work
    .selectFrom('exposure_assets')
    .select(['id', 'merged_into'])
    .where('id', '=', id)
    .executeTakeFirst()
  const from = row?.merged_into
  if (from === undefined || from === null) throw new VigieError('NOT_FOUND', { what: id })
  for (const table of MOVED)
    await sql`UPDATE ${sql.table(table)} SET asset = ${id} WHERE first_asset = ${id}`.execute(work)
  await sql`UPDATE exposure_assets SET merged_into = NULL WHERE id = ${id}`.execute(work)
  // Both keep the clocks they had together; what one of them turns out not to have is forgotten by `forgetMoved`.
  await sql`INSERT INTO exposures SELECT ${id}, ${sql.raw(EXPOSURE_COLUMNS)} FROM exposures WHERE asset = ${from}`.execute(
    work,
  )
  await remember(work, from, { action: 'unmerge', detail: { merged: id }, who, nowMs })
  return [id, from]
}

const EXPOSURE_COLUMNS =
  'vulnerability, state, product, version, sources, confidence, reason, severity, detected, last_seen, due, work_by, mitigate_by, triage, action, basis, fixed, proof, reopened, digest'

/** Taken apart, an asset does not have what the other brought: that is no fixing, and leaves no proof of one. */
export async function forgetMoved(
  work: Work,
  assets: readonly string[],
  sinceMs: number,
): Promise<void> {
  await sql`DELETE FROM exposures WHERE asset IN (SELECT json_array_elements_text(${JSON.stringify(assets)}::json))
    AND state = 'fixed' AND fixed >= ${new Date(sinceMs)}`.execute(work)
}

type Remembered = By & { readonly action: string; readonly detail: object }

async function remember(
  work: Work,
  asset: string,
  { action, detail, who, nowMs }: Remembered,
): Promise<void> {
  await work
    .insertInto('exposure_asset_history')
    .values({ asset, at: new Date(nowMs), who, action, detail: JSON.stringify(detail) })
    .execute()
}
