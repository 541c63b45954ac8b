// Results kept beside what they were before: when a verdict changed is evidence of its own.

import { sql } from 'kysely'
import type { Records } from '../../store/index.ts'
import type { CheckResult, Evidence, Verdict } from './run-checks.ts'

export type StoredResult = {
  readonly id: string
  readonly verdict: Verdict
  readonly found: number
  readonly rows: readonly Evidence[]
  readonly sources: readonly string[]
  readonly missing: readonly string[]
  readonly lacking: CheckResult['lacking']
  readonly checkedMs: number
  /** Since when the verdict is what it is. */
  readonly sinceMs: number
}

export async function storeResults(
  records: Records,
  results: readonly CheckResult[],
  nowMs: number,
): Promise<void> {
  const rows = JSON.stringify(
    results.map(({ check, verdict, found, rows: shown, sources, missing, lacking }) => ({
      check_id: check.id,
      verdict,
      found,
      rows: shown,
      sources,
      missing,
      lacking,
    })),
  )
  const at = new Date(nowMs).toISOString()
  await records.transaction().execute(async (step) => {
    await sql`INSERT INTO identity_result_history (check_id, at, verdict, found, before)
      SELECT r.check_id, ${at}::timestamptz, r.verdict, r.found, k.verdict
      FROM jsonb_to_recordset(${rows}::jsonb) AS r(check_id text, verdict text, found int)
      LEFT JOIN identity_results k USING (check_id)
      WHERE k.check_id IS NULL OR k.verdict <> r.verdict OR k.found <> r.found`.execute(step)
    await sql`INSERT INTO identity_results
      SELECT r.check_id, r.verdict, r.found, r.rows, r.sources, r.missing, ${at}::timestamptz, ${at}::timestamptz, r.lacking
      FROM jsonb_to_recordset(${rows}::jsonb)
        AS r(check_id text, verdict text, found int, rows jsonb, sources jsonb, missing jsonb, lacking jsonb)
      ON CONFLICT (check_id) DO UPDATE SET verdict = excluded.verdict, found = excluded.found, rows = excluded.rows,
        sources = excluded.sources, missing = excluded.missing, lacking = excluded.lacking, checked = excluded.checked,
        since = CASE WHEN identity_results.verdict = excluded.verdict THEN identity_results.since ELSE excluded.since END`.execute(
      step,
    )
    const kept = JSON.stringify(results.map(({ check }) => check.id))
    await sql`DELETE FROM identity_results WHERE NOT ${kept}::jsonb ? check_id`.execute(step)
  })
}
