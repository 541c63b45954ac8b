// Findings into the records: what is new, what is as before, what closed and what opened again.

import { sql } from 'kysely'
import type { ScanImported } from '../../model/index.ts'
import { inBulk, insertInBulk } from '../rows.ts'
import type { Work } from '../rows.ts'
import type { FindingRow } from './finding-rows.ts'

type Before = { id: string; state: string; same: boolean }
const FINDING_COLUMNS =
  'id text, asset text, first_asset text, service text, tool text, check_id text, about text, vulnerabilities jsonb, component text, version text, title text, severity text, score real, confidence integer, fixed_in text, state text, first_seen timestamptz, last_seen timestamptz, closed timestamptz, import_id text'

const ON_CONFLICT = `ON CONFLICT (id) DO UPDATE SET asset = excluded.asset, vulnerabilities = excluded.vulnerabilities, version = excluded.version,
      title = excluded.title, severity = excluded.severity, score = excluded.score, confidence = excluded.confidence,
      fixed_in = excluded.fixed_in, state = excluded.state, closed = excluded.closed, import_id = excluded.import_id,
      reopened = exposure_findings.reopened + CASE WHEN exposure_findings.state <> 'open' AND excluded.state = 'open' THEN 1 ELSE 0 END,
      last_seen = GREATEST(exposure_findings.last_seen, excluded.last_seen)`

export type FindingsToWrite = {
  readonly rows: ReadonlyMap<string, FindingRow>
  readonly tool: string
  readonly assets: ReadonlySet<string>
  readonly nowMs: number
  readonly complete: boolean
  readonly importId: string
}

/** `touched`: assets of which a finding changed. */
export async function writeFindings(
  work: Work,
  { rows, tool, assets, nowMs, complete, importId: id }: FindingsToWrite,
): Promise<
  Pick<ScanImported, 'created' | 'same' | 'closed' | 'reopened'> & {
    readonly touched: readonly string[]
  }
> {
  const written = [...rows.values()].map((row) => writtenRow(row, id))
  const before = await inBulk<Before>(
    work,
    { rows: written, columns: FINDING_COLUMNS },
    (r) => sql<Before>`
    SELECT f.id, f.state, f.state = r.state AND f.title = r.title AND f.severity = r.severity AND f.version = r.version
      AND f.asset = r.asset AND f.vulnerabilities = r.vulnerabilities AND f.confidence = r.confidence AND f.fixed_in = r.fixed_in AS same
    FROM exposure_findings f JOIN ${r} ON f.id = r.id`,
  )
  const known = new Map(before.map((row) => [row.id, row]))
  const changed = written.filter((row) => known.get(row.id)?.same !== true)
  await insertInBulk(work, 'exposure_findings', {
    rows: changed,
    columns: FINDING_COLUMNS,
    onConflict: ON_CONFLICT,
  })
  await seenAgain(
    work,
    written.filter((row) => known.get(row.id)?.same === true),
  )
  const reopened = written.filter(
    ({ id: one, state }) => state === 'open' && (known.get(one)?.state ?? 'open') !== 'open',
  ).length
  const closedHere = written.filter(
    ({ id: one, state }) => state !== 'open' && known.get(one)?.state === 'open',
  ).length
  const absent = complete
    ? await closeAbsent(work, { tool, assets: [...assets], ids: [...rows.keys()], nowMs })
    : []
  const created = written.length - known.size
  const touched = [...changed.map(({ asset }) => asset), ...absent]
  const same = written.length - created - reopened - closedHere
  return { created, same, closed: closedHere + absent.length, reopened, touched }
}

function writtenRow({ seenMs, ...row }: FindingRow, importId: string) {
  const seen = new Date(seenMs).toISOString()
  const closed = row.state === 'open' ? null : seen
  return { ...row, first_seen: seen, last_seen: seen, closed, import_id: importId }
}

async function seenAgain(
  work: Work,
  rows: readonly { readonly id: string; readonly last_seen: string }[],
): Promise<void> {
  await inBulk(
    work,
    {
      rows: rows.map(({ id, last_seen }) => ({ id, last_seen })),
      columns: 'id text, last_seen timestamptz',
    },
    (r) => sql`
    UPDATE exposure_findings f SET last_seen = r.last_seen FROM ${r} WHERE f.id = r.id AND f.last_seen < r.last_seen - interval '1 hour'`,
  )
}

type Absent = {
  readonly tool: string
  readonly assets: readonly string[]
  readonly ids: readonly string[]
  readonly nowMs: number
}

/** A scan that looked at its hosts in full no longer reports it: the rescan is the proof. */
async function closeAbsent(
  work: Work,
  { tool, assets, ids, nowMs }: Absent,
): Promise<readonly string[]> {
  const { rows } = await sql<{ asset: string }>`
    UPDATE exposure_findings SET state = 'fixed', closed = ${new Date(nowMs)}
    WHERE tool = ${tool} AND state = 'open' AND asset IN (SELECT json_array_elements_text(${JSON.stringify(assets)}::json))
      AND id NOT IN (SELECT json_array_elements_text(${JSON.stringify(ids)}::json)) RETURNING asset`.execute(
    work,
  )
  return rows.map(({ asset }) => asset)
}
