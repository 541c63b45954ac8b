// Evidence of encryption in transit: versions that logs name and servers take, ends of certificates, from logs and scanners.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { z } from 'zod'
import { DAY_MS, yamlValue } from '../../core/index.ts'
import type { Proof } from '../../model/index.ts'
import type { EvidenceProviders } from '../../readiness/index.ts'
import { CONTENT } from '../content.ts'
import { figures, ofOurs } from './evidence-figures.ts'
import { assetRows, proofOf, unseen } from './proof.ts'
import type { Seen } from './proof.ts'

const LogsSchema = z.array(
  z.strictObject({
    parser: z.string().regex(/^[a-z0-9-]+$/),
    where: z.string(),
    version: z.string(),
    ends: z.string().optional(),
    expired: z.string().optional(),
  }),
)
type TlsLog = z.infer<typeof LogsSchema>[number]

export function tlsEvidence(seen: Seen): EvidenceProviders {
  return {
    'net.tls': () => versionsProof(seen),
    'net.certificates': () => certificatesProof(seen),
  }
}

/** Throws CONTENT_INVALID as any content does that cannot be read. */
export function tlsLogs(): readonly TlsLog[] {
  return LogsSchema.parse(yamlValue(readFileSync(join(CONTENT.goals, 'tls/logs.yml'), 'utf8')))
}

const LOG_DAYS = 7
/** Newest lines of each parser: enough to say how many, and no day of reading. */
const MOST_LINES = 200_000
/** SSL of any kind, TLS 1.0 and 1.1 (RFC 7568, RFC 8996), as logs write them. */
const OLD = String.raw`match(version, '(?i)^(?:ssl|tls[ _]?v?[ _]?1(?:[._]?[01])?$)')`
const SOON_DAYS = 30
/** Longer ago, nobody looked. */
const SCAN_DAYS = 92

type LogFigures = {
  readonly named: number
  readonly old: number
  readonly ends: number
  readonly expired: number
  readonly soon: number
}

async function inLogs(seen: Seen): Promise<LogFigures> {
  const total = { named: 0, old: 0, ends: 0, expired: 0, soon: 0 }
  const nowS = Math.floor(seen.clock.nowMs() / 1000)
  for (const log of tlsLogs()) {
    const { parser, where, version, ends = 'NULL', expired = '0' } = log
    const [named = 0, old = 0, known = 0, over = 0, soon = 0] = await figures(
      seen,
      `SELECT [countIf(match(version, '(?i)^(?:ssl|tls)')), countIf(${OLD}), uniqExactIf(server, isNotNull(ends)),
          uniqExactIf(server, said OR ends < toDateTime64(${nowS}, 3, 'UTC')),
          uniqExactIf(server, ends >= toDateTime64(${nowS}, 3, 'UTC') AND ends < toDateTime64(${nowS + SOON_DAYS * 86_400}, 3, 'UTC'))] AS figures
        FROM (SELECT ${version} AS version, if(${ofOurs('dst_ip')}, ${ends}, NULL) AS ends, ${ofOurs('dst_ip')} AND (${expired}) AS said,
          (dst_ip, dst_port, tls_sni) AS server
          FROM events WHERE time > toDateTime64(${nowS - LOG_DAYS * 86_400}, 3, 'UTC') AND parser = '${parser}' AND (${where}) LIMIT ${MOST_LINES})`,
    )
    total.named += named
    total.old += old
    total.ends += known
    total.expired += over
    total.soon += soon
  }
  return total
}

type Titles = { readonly weak: string; readonly certificate: string; readonly credentials: string }
const TitlesSchema = z.strictObject({
  weak: z.string(),
  certificate: z.string(),
  credentials: z.string(),
})

/** Titles of findings that say what a goal asks. */
export function findingTitles(): Titles {
  const file = join(CONTENT.goals, 'tls/findings.yml')
  return TitlesSchema.parse(yamlValue(readFileSync(file, 'utf8')))
}

type AssetMet = { readonly asset: string; readonly name: string }

/** Assets with open findings by a title; those that inform do not count. */
export async function assetsTitled(
  { core, clock }: Seen,
  title: string,
): Promise<readonly AssetMet[]> {
  const since = new Date(clock.nowMs() - SCAN_DAYS * DAY_MS)
  const { rows } = await sql<AssetMet>`
    SELECT DISTINCT a.id AS asset, a.name FROM exposure_findings f JOIN exposure_assets a ON a.id = f.asset
    WHERE f.state = 'open' AND f.severity <> 'informational' AND f.last_seen > ${since} AND f.title ~* ${title} ORDER BY a.name`.execute(
    core.store.records,
  )
  return rows
}

async function scanned({ core, clock }: Seen) {
  const since = new Date(clock.nowMs() - SCAN_DAYS * DAY_MS)
  const now = new Date(clock.nowMs())
  const soon = new Date(clock.nowMs() + SOON_DAYS * DAY_MS)
  const { rows } = await sql<
    AssetMet & { weak: boolean; over: boolean; soon: boolean; dated: boolean }
  >`
    SELECT a.id AS asset, a.name, bool_or(jsonb_array_length(t.weak) > 0) AS weak, coalesce(bool_or(t.not_after < ${now}), false) AS over,
      coalesce(bool_or(t.not_after >= ${now} AND t.not_after < ${soon}), false) AS soon, bool_or(t.not_after IS NOT NULL) AS dated
    FROM exposure_tls t JOIN exposure_assets a ON a.id = t.asset WHERE t.seen > ${since} GROUP BY a.id, a.name ORDER BY a.name`.execute(
    core.store.records,
  )
  return rows
}

/** Either may be silent; both silent is not known. */
async function versionsProof(seen: Seen): Promise<Proof> {
  const [logs, servers, titled] = [
    await inLogs(seen),
    await scanned(seen),
    await assetsTitled(seen, findingTitles().weak),
  ]
  if (logs.named === 0 && servers.length === 0 && titled.length === 0) return unseen('tls')
  const weak = joined([...servers.filter((server) => server.weak), ...titled])
  const share = logs.named === 0 ? 0 : logs.old / logs.named
  const isAll = weak.length > 0 && weak.length >= joined([...servers, ...titled]).length
  const state =
    logs.old === 0 && weak.length === 0 ? 'met' : isAll || share > MOST_OLD ? 'not_met' : 'partly'
  const rows =
    logs.named === 0
      ? []
      : [{ text: 'parser:(suricata OR zeek) app_proto:(tls OR ssl)', link: '/hunt' }]
  return proofOf(
    state,
    (say, _what, number) => say.tls(number(logs.old), number(logs.named), weak.length),
    [
      ...assetRows(weak),
      ...(weak.length === 0 && servers.length > 0 ? assetRows(servers) : []),
      ...rows,
    ],
  )
}

/** More is no remainder of old devices. */
const MOST_OLD = 0.05

async function certificatesProof(seen: Seen): Promise<Proof> {
  const [logs, servers, titled] = [
    await inLogs(seen),
    (await scanned(seen)).filter(({ dated }) => dated),
    await assetsTitled(seen, findingTitles().certificate),
  ]
  if (logs.ends + logs.expired === 0 && servers.length === 0 && titled.length === 0)
    return unseen('certificates')
  const over = joined([...servers.filter((server) => server.over), ...titled])
  const soon = servers.filter((server) => server.soon && !server.over)
  const ended = over.length + logs.expired
  const near = soon.length + logs.soon
  const all = Math.max(
    joined([...servers, ...titled]).length + Math.max(logs.ends, logs.expired),
    ended,
  )
  const state = ended + near === 0 ? 'met' : ended < all ? 'partly' : 'not_met'
  const shown = ended + near === 0 ? servers : [...over, ...soon]
  return proofOf(state, (say) => say.certificates(ended, near, all, SOON_DAYS), [
    ...assetRows(joined(shown)),
    ...(logs.ends + logs.expired === 0
      ? []
      : [{ text: 'parser:(suricata OR zeek) app_proto:(tls OR ssl)', link: '/hunt' }]),
  ])
}

function joined(assets: readonly AssetMet[]): readonly AssetMet[] {
  return [...new Map(assets.map((one) => [one.asset, one])).values()]
}
