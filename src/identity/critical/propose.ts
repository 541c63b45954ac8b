// Who and what should be watched first, proposed from what was imported. A person confirms or refuses; neither is undone
// by the next import.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Records } from '../../store/index.ts'
import { bandOf, scoreOf } from './score.ts'
import type { Reason } from './score.ts'

export type Proposed = {
  readonly kind: 'identity' | 'resource'
  readonly key: string
  readonly name: string
  readonly tier: number
  readonly score: number
  readonly reasons: readonly Reason[]
}

type AccountRow = {
  source: string
  id: string
  login: string
  kind: string
  tier: number
  roles: string | null
  remote: boolean
}
type ComputerRow = { source: string; id: string; name: string; admins: string }

type DeviceRow = { id: string; name: string; title: string }
type AssetRow = { id: string; name: string; criticality: string; exposed: boolean }

/**
 * Proposes accounts of tier 0 and 1, break-glass and privileged vendors' accounts; domain controllers, devices whose configurations
 * are audited, and assets that somebody called critical.
 */
export async function proposeCritical(records: Records, nowMs: number): Promise<number> {
  const accounts = await sql<AccountRow>`
    SELECT a.source, a.id, a.login, a.kind, a.tier, coalesce((a.detail->>'remote')::boolean, a.system IN ('entra', 'google', 'okta')) AS remote,
      (SELECT string_agg(h.role, ', ' ORDER BY h.tier, h.role) FROM identity_roles h WHERE h.source = a.source AND h.account = a.id AND h.tier <= 1) AS roles
    FROM identity_accounts a WHERE a.enabled IS NOT FALSE AND (a.tier <= 1 OR a.kind = 'break_glass')`.execute(
    records,
  )
  const controllers = await sql<ComputerRow>`
    SELECT r.source, r.id, coalesce(r.body->>'name', r.id) AS name,
      (SELECT count(*) FROM identity_accounts a WHERE a.source = r.source AND a.tier = 0) AS admins
    FROM identity_rows r WHERE r.kind = 'computer' AND r.body->>'controller' = 'true'`.execute(
    records,
  )
  const devices = await sql<DeviceRow>`SELECT id, name, title FROM audit_devices`.execute(records)
  const assets = await sql<AssetRow>`
    SELECT a.id, a.name, a.criticality, a.facing = 'internet' OR EXISTS (SELECT 1 FROM exposure_reachable e WHERE e.asset = a.id) AS exposed
    FROM exposure_assets a WHERE a.merged_into IS NULL AND a.criticality IN ('high', 'very high')`.execute(
    records,
  )
  const proposed = [
    ...accounts.rows.map(accountItem),
    ...controllers.rows.map(controllerItem),
    ...devices.rows.map(deviceItem),
    ...assets.rows.map(assetItem),
  ]
  await storeProposed(records, proposed, nowMs)
  return proposed.length
}

function accountItem({ source, id, login, kind, tier, roles, remote }: AccountRow): Proposed {
  const held = roles ?? login
  const reasons: Reason[] = [
    ...(tier === 0 ? [{ kind: 'tier0', detail: held } as const] : []),
    ...(tier === 1 ? [{ kind: 'tier1', detail: held } as const] : []),
    ...(kind === 'break_glass' ? [{ kind: 'break_glass', detail: login } as const] : []),
    ...(kind === 'vendor' ? [{ kind: 'vendor', detail: login } as const] : []),
    ...(remote ? [{ kind: 'exposed', detail: source } as const] : []),
  ]
  const mission = kind === 'break_glass' || kind === 'vendor' ? 1 : 0.5
  const score = scoreOf({
    tier: kind === 'break_glass' ? 0 : tier,
    mission,
    isExposed: remote,
    reach: tier === 0 ? 10 : 0,
  })
  return {
    kind: 'identity',
    key: `${source}/${id}`,
    name: login,
    tier: kind === 'break_glass' ? 0 : tier,
    score,
    reasons,
  }
}

function controllerItem({ source, id, name, admins }: ComputerRow): Proposed {
  const reach = Number(admins)
  const reasons: Reason[] = [
    { kind: 'domain_controller', detail: name },
    ...(reach > 0 ? [{ kind: 'reach', detail: String(reach) } as const] : []),
  ]
  return {
    kind: 'resource',
    key: `${source}/${id}`,
    name,
    tier: 0,
    score: scoreOf({ tier: 0, mission: 1, isExposed: false, reach }),
    reasons,
  }
}

/** Whoever holds the device at the edge sees and steers what passes it. */
function deviceItem({ id, name, title }: DeviceRow): Proposed {
  return {
    kind: 'resource',
    key: `device/${id}`,
    name,
    tier: 1,
    score: scoreOf({ tier: 1, mission: 0.75, isExposed: false, reach: 0 }),
    reasons: [{ kind: 'key_system', detail: title === '' ? name : title }],
  }
}

function assetItem({ id, name, criticality, exposed }: AssetRow): Proposed {
  return {
    kind: 'resource',
    key: `asset/${id}`,
    name,
    tier: 1,
    score: scoreOf({
      tier: 1,
      mission: criticality === 'very high' ? 1 : 0.75,
      isExposed: exposed,
      reach: 0,
    }),
    reasons: [
      { kind: 'key_system', detail: criticality },
      ...(exposed ? [{ kind: 'exposed', detail: name } as const] : []),
    ],
  }
}

async function storeProposed(
  records: Records,
  proposed: readonly Proposed[],
  nowMs: number,
): Promise<void> {
  const rows = JSON.stringify(
    proposed.map((one) => ({ ...one, id: idOf(one), band: bandOf(one.score, one.tier) })),
  )
  const at = new Date(nowMs).toISOString()
  await sql`INSERT INTO critical_items (id, kind, key, name, band, score, reasons, state, proposed, ladder, sources)
    SELECT r.id, r.kind, r.key, r.name, r.band, r.score, r.reasons, 'proposed', ${at}::timestamptz, '[]', '[]'
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(id text, kind text, key text, name text, band text, score int, reasons jsonb)
    ON CONFLICT (kind, key) DO UPDATE SET name = excluded.name, score = excluded.score, reasons = excluded.reasons,
      band = CASE WHEN critical_items.state = 'proposed' THEN excluded.band ELSE critical_items.band END`.execute(
    records,
  )
  const keys = JSON.stringify(proposed.map(({ kind, key }) => `${kind} ${key}`))
  await sql`DELETE FROM critical_items WHERE state = 'proposed' AND NOT ${keys}::jsonb ? (kind || ' ' || key)`.execute(
    records,
  )
}

function idOf({ kind, key }: Proposed): string {
  return createHash('sha256').update(`${kind}\u0000${key}`).digest('hex').slice(0, 16)
}
