// The ledger, the log and the stored days against one another: what one has and another lacks.

import { sql as kysely } from 'kysely'
import type { EvidenceFlaw } from '../../model/index.ts'
import { sql, trusted } from '../../store/index.ts'
import type { EngineLane, Records } from '../../store/index.ts'
import type { BatchEntry } from '../batch/entry.ts'

/** Batches of the log that the ledger lacks, or says something else of. */
export async function checkLedger(
  records: Records,
  entries: readonly BatchEntry[],
): Promise<readonly EvidenceFlaw[]> {
  if (entries.length === 0) return []
  const ids = entries.map(({ batch }) => batch)
  const rows = await records
    .selectFrom('batches')
    .select(['id', 'lines'])
    .where('id', 'in', ids)
    .execute()
  const lines = new Map(rows.map((row) => [row.id, row.lines]))
  return entries.flatMap(({ batch, lines: logged }): readonly EvidenceFlaw[] => {
    const found = lines.get(batch)
    if (found === logged) return []
    const kind = found === undefined ? 'ledger_missing' : 'ledger_differs'
    return [{ kind, what: batch, from: null, to: null }]
  })
}

/** Batches of the ledger that were stored before there was a log. */
export async function countUncovered(records: Records): Promise<number> {
  const { rows } = await kysely<{ n: string }>`SELECT count(*) AS n FROM batches
    WHERE NOT EXISTS (SELECT 1 FROM evidence_entries WHERE evidence_entries.id = 'batch:' || batches.id)`.execute(
    records,
  )
  return Number(rows[0]?.n ?? 0)
}

/** Stored rows of batches that neither log nor ledger knows: somebody wrote them past the way in. */
export async function unknownBatches(
  lane: EngineLane,
  records: Records,
): Promise<readonly EvidenceFlaw[]> {
  const days = await lane.query<{ day: string }>(
    trusted('SELECT DISTINCT toString(toDate(received)) AS day FROM events ORDER BY day'),
  )
  const flaws: EvidenceFlaw[] = []
  for (const { day } of days.rows) {
    const stored = await lane.query<{ batch: string; lines: string }>(
      sql`SELECT batch, toString(count()) AS lines FROM events WHERE toString(toDate(received)) = ${day} GROUP BY batch`,
    )
    flaws.push(...(await unknownOf(records, stored.rows)))
  }
  return flaws
}

const AT_ONCE = 5000

async function unknownOf(
  records: Records,
  stored: readonly { readonly batch: string; readonly lines: string }[],
): Promise<readonly EvidenceFlaw[]> {
  const flaws: EvidenceFlaw[] = []
  for (let at = 0; at < stored.length; at += AT_ONCE) {
    const some = stored.slice(at, at + AT_ONCE)
    const ids = some.map(({ batch }) => batch)
    const logged = await records
      .selectFrom('evidence_entries')
      .select('id')
      .where(
        'id',
        'in',
        ids.map((id) => `batch:${id}`),
      )
      .execute()
    const ledger = await records.selectFrom('batches').select('id').where('id', 'in', ids).execute()
    const known = new Set([...logged.map(({ id }) => id), ...ledger.map(({ id }) => `batch:${id}`)])
    for (const { batch, lines } of some) {
      if (known.has(`batch:${batch}`)) continue
      flaws.push({ kind: 'batch_unknown', what: batch, from: 0, to: Number(lines) - 1 })
    }
  }
  return flaws
}
