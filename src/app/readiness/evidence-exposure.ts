// Evidence that the exposure, audit and evidence rooms leave in the records for readiness goals.

import { sql } from 'kysely'
import { DAY_MS } from '../../core/index.ts'
import type { Proof } from '../../model/index.ts'
import type { EvidenceProviders } from '../../readiness/index.ts'
import { assetsTitled, findingTitles } from './evidence-tls.ts'
import { assetRows, deviceRows, proofOf, unseen } from './proof.ts'
import type { Seen } from './proof.ts'

export function exposureEvidence(seen: Seen): EvidenceProviders {
  return {
    'exposure.kev': () => exploitedProof(seen),
    'exposure.services': () => servicesProof(seen),
    'assets.inventory': () => inventoryProof(seen),
    'audit.configurations': () => configurationsProof(seen),
    'audit.default-credentials': () => credentialsProof(seen),
    'log.integrity': () => integrityProof(seen),
  }
}

type Counts = Readonly<Record<'all' | 'some', number>>

/** What a statement counts under `all` and `some`. */
async function counts(
  { core }: Seen,
  statement: ReturnType<typeof sql<{ all: string; some: string }>>,
): Promise<Counts> {
  const found = await statement.execute(core.store.records)
  return { all: Number(found.rows[0]?.all ?? 0), some: Number(found.rows[0]?.some ?? 0) }
}

/** Without assets, or without the catalogue of exploited vulnerabilities, nothing found means nothing. */
async function exploitedProof(seen: Seen): Promise<Proof> {
  const known = await counts(
    seen,
    sql`SELECT (SELECT count(*) FROM exposure_assets) AS all, (SELECT count(*) FROM exposure_vulnerabilities WHERE kev IS NOT NULL) AS some`,
  )
  if (known.all === 0 || known.some === 0) return unseen('exposure')
  const open = await counts(
    seen,
    sql`SELECT count(*) AS all, count(*) FILTER (WHERE x.due < ${new Date(seen.clock.nowMs())}) AS some
      FROM exposures x JOIN exposure_bases b ON b.id = x.basis WHERE x.state = 'open' AND b.exploited AND b.exposed`,
  )
  return proofOf(
    open.some === 0 ? 'met' : open.some < open.all ? 'partly' : 'not_met',
    (say) => say.exploited(open.all, open.some),
    [{ text: String(open.all), link: '/exposure?exploited=yes&facing=internet' }],
  )
}

async function servicesProof(seen: Seen): Promise<Proof> {
  const { all, some } = await counts(
    seen,
    sql`SELECT (SELECT count(*) FROM exposure_assets WHERE facing = 'internet' AND merged_into IS NULL) AS all,
      (SELECT count(DISTINCT x.asset) FROM exposures x JOIN exposure_bases b ON b.id = x.basis
        WHERE x.state = 'open' AND b.exposed AND x.severity IN ('critical', 'high')) AS some`,
  )
  if (all === 0) return unseen('exposure')
  return proofOf(
    some === 0 ? 'met' : some < all ? 'partly' : 'not_met',
    (say) => say.exposedAssets(some, all),
    [{ text: `${some}/${all}`, link: '/exposure?facing=internet' }],
  )
}

const MONTH_MS = 31 * DAY_MS

async function inventoryProof(seen: Seen): Promise<Proof> {
  const since = new Date(seen.clock.nowMs() - MONTH_MS)
  const { all, some } = await counts(
    seen,
    sql`SELECT count(*) AS all, count(*) FILTER (WHERE last_seen > ${since}) AS some FROM exposure_assets WHERE merged_into IS NULL`,
  )
  if (all === 0) return unseen('exposure')
  return proofOf(
    some === all ? 'met' : some > 0 ? 'partly' : 'not_met',
    (say) => say.assets(all, some),
    [{ text: String(all), link: '/exposure/assets' }],
  )
}

const QUARTER_MS = 92 * DAY_MS

async function configurationsProof(seen: Seen): Promise<Proof> {
  const since = new Date(seen.clock.nowMs() - QUARTER_MS)
  const { all, some } = await counts(
    seen,
    sql`SELECT count(*) AS all, count(*) FILTER (WHERE last_seen > ${since}) AS some FROM audit_devices`,
  )
  if (all === 0) return unseen('audit')
  return proofOf(
    some === all ? 'met' : some > 0 ? 'partly' : 'not_met',
    (say) => say.configurations(all, some),
    [{ text: String(all), link: '/devices' }],
  )
}

/**
 * What the door of the audit marks as tried first by anybody (`⟦community.guessable:…⟧`), in the newest configuration of each device; and
 * credentials of the maker that scanners tried and that were taken.
 */
async function credentialsProof(seen: Seen): Promise<Proof> {
  const { rows: devices } = await sql<{ id: string; name: string; kinds: string[] }>`
    SELECT d.id, d.name, ARRAY(SELECT DISTINCT m[1] FROM regexp_matches(v.config, '⟦([a-z0-9.-]+)[.]guessable:', 'g') AS m) AS kinds
    FROM audit_devices d JOIN audit_versions v ON v.id = d.version ORDER BY d.name`.execute(
    seen.core.store.records,
  )
  const scanned = await assetsTitled(seen, findingTitles().credentials)
  if (devices.length === 0 && scanned.length === 0) return unseen('audit')
  const open = devices.filter(({ kinds }) => kinds.length > 0)
  const found = open.length + scanned.length
  const state = found === 0 ? 'met' : open.length < devices.length ? 'partly' : 'not_met'
  const rows = [...deviceRows(open.length > 0 ? open : devices), ...assetRows(scanned)]
  return proofOf(state, (say) => say.credentials(open.length, devices.length, scanned.length), rows)
}

/** A digest says that a line was changed; only a signed log says that the digest was not. */
async function integrityProof(seen: Seen): Promise<Proof> {
  const batches = await counts(
    seen,
    sql`SELECT count(*) AS all, count(*) FILTER (WHERE length(sha256) <> 64) AS some FROM batches`,
  )
  if (batches.all === 0) return unseen('events')
  const signed = await counts(
    seen,
    sql`SELECT count(*) AS all, coalesce(max(size), 0) AS some FROM evidence_checkpoints`,
  )
  const state = batches.some > 0 ? 'not_met' : signed.some > 0 ? 'met' : 'partly'
  return proofOf(
    state,
    (say) => say.integrity(batches.all - batches.some, batches.some, signed.some),
    [{ text: String(batches.all), link: '/evidence' }],
  )
}
