// Evidence of security.txt (RFC 9116) on the organization's own sites: from what web servers answered, and from scanners.

import { sql } from 'kysely'
import { DAY_MS } from '../../core/index.ts'
import { securityTextTerm } from '../../exposure/index.ts'
import type { Proof } from '../../model/index.ts'
import type { EvidenceProviders } from '../../readiness/index.ts'
import { trusted } from '../../store/index.ts'
import { assetRows, proofOf, unseen } from './proof.ts'
import type { Seen } from './proof.ts'

export function webEvidence(seen: Seen): EvidenceProviders {
  return { 'web.security-txt': () => securityTextProof(seen) }
}

const DAYS = 92
const MOST_SITES = 200
/** RFC 9116 section 3: under `/.well-known/`; at the top only for old sites. */
const PLACE = String.raw`match(url, '^(?:https?://[^/]+)?/(?:\\.well-known/)?security\\.txt(?:[?#]|$)')`

/** Who asks for it from outside finds it, or does not; both are in the site's own access log. */
async function securityTextProof(seen: Seen): Promise<Proof> {
  const from = Math.floor((seen.clock.nowMs() - DAYS * DAY_MS) / 1000)
  const { rows } = await seen.core.store.events.ask.query<{ site: string; found: string | number }>(
    trusted(`SELECT if(url_host != '', url_host, toString(device_name)) AS site, max(http_status = 200) AS found FROM events
      WHERE time > toDateTime64(${from}, 3, 'UTC') AND class_uid = 4002 AND http_status IN (200, 404, 410) AND ${PLACE}
      GROUP BY site ORDER BY site LIMIT ${MOST_SITES}`),
  )
  const scanned = await scannedSites(seen)
  if (rows.length + scanned.length === 0) return unseen('sites')
  const terms = termsOf(scanned, seen.clock.nowMs())
  const answered = rows.filter((row) => Number(row.found) === 1).length + scanned.length
  // RFC 9116 section 2.5.5: what has ended is not to be used, and a file without an end is none.
  const found = answered - terms.ended - terms.endless
  const all = rows.length + scanned.length
  const sites = rows.map(({ site }) => ({
    text: site === '' ? 'url:"*security.txt*"' : `url_host:"${site}" url:"*security.txt*"`,
    link: '/hunt',
  }))
  return proofOf(
    found === all ? 'met' : found > 0 ? 'partly' : 'not_met',
    (say) =>
      [say.securityText(answered, all), say.securityTextTerms(terms)]
        .filter((sentence) => sentence !== '')
        .join(' '),
    [...assetRows(scanned), ...sites.slice(0, 20)],
  )
}

/** RFC 9116 section 2.5.5: less than a year ahead is recommended. */
const FAR_MS = 366 * DAY_MS

type Terms = { readonly ended: number; readonly far: number; readonly endless: number }

/** Of files whose text a scanner handed on. */
function termsOf(scanned: readonly { readonly title: string }[], nowMs: number): Terms {
  const terms = scanned.map(({ title }) => securityTextTerm(title))
  const untilMs = terms.flatMap((term) => (term.kind === 'until' ? [term.ms] : []))
  return {
    ended: untilMs.filter((ms) => ms <= nowMs).length,
    far: untilMs.filter((ms) => ms > nowMs + FAR_MS).length,
    endless: terms.filter(({ kind }) => kind === 'none').length,
  }
}

async function scannedSites({ core, clock }: Seen) {
  const since = new Date(clock.nowMs() - DAYS * DAY_MS)
  const { rows } = await sql<{ asset: string; name: string; title: string }>`
    SELECT DISTINCT ON (a.name, a.id) a.id AS asset, a.name, f.title FROM exposure_findings f JOIN exposure_assets a ON a.id = f.asset
    WHERE f.state = 'open' AND f.last_seen > ${since} AND (f.check_id = 'security-txt' OR f.title ~* '^security[.]txt( file)?( detect|,|$)')
    ORDER BY a.name, a.id, f.last_seen DESC`.execute(core.store.records)
  return rows
}
