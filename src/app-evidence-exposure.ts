// Evidence that the exposure, audit and evidence rooms leave in the records for readiness goals.

import { sql } from 'kysely'
import { proofOf, unseen } from './app-proof.ts'
import type { Seen } from './app-proof.ts'
import { DAY_MS } from './core/index.ts'
import type { Proof } from './model/index.ts'
import type { EvidenceProviders } from './readiness/index.ts'

export function exposureEvidence(seen: Seen): EvidenceProviders {
  return {
    'exposure.kev': () => exploitedProof(seen),
    'exposure.services': () => servicesProof(seen),
    'assets.inventory': () => inventoryProof(seen),
    'audit.configurations': () => configurationsProof(seen),
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
  return proofOf(open.some === 0 ? 'met' : open.some < open.all ? 'partly' : 'not_met', (say) =>
    say.exploited(open.all, open.some),
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
  return proofOf(some === 0 ? 'met' : some < all ? 'partly' : 'not_met', (say) =>
    say.exposedAssets(some, all),
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
  return proofOf(some === all ? 'met' : some > 0 ? 'partly' : 'not_met', (say) =>
    say.assets(all, some),
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
  return proofOf(some === all ? 'met' : some > 0 ? 'partly' : 'not_met', (say) =>
    say.configurations(all, some),
  )
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
  return proofOf(state, (say) =>
    say.integrity(batches.all - batches.some, batches.some, signed.some),
  )
}
