// How often an indicator was met, and when first and last, by the time of the events.

import { sql } from 'kysely'
import type { Finding } from '../../model/index.ts'
import type { RecordsTransaction } from '../../store/index.ts'

/** Inside the transaction that records the findings, so that each counts once. */
export async function countSightings(
  transaction: RecordsTransaction,
  findings: readonly Finding[],
): Promise<void> {
  for (const [rule, group] of Map.groupBy(findings, (finding) => finding.rule)) {
    const [, kind = '', value = ''] = /^indicator:([a-z_]+):(.*)$/s.exec(rule) ?? []
    const times = group.map(({ time }) => time).toSorted()
    await transaction
      .insertInto('indicator_hits')
      .values({
        kind,
        value,
        hits: group.length,
        first_hit: times[0] ?? '',
        last_hit: times.at(-1) ?? '',
      })
      .onConflict((conflict) =>
        conflict.columns(['kind', 'value']).doUpdateSet({
          hits: sql`indicator_hits.hits + excluded.hits`,
          first_hit: sql`least(indicator_hits.first_hit, excluded.first_hit)`,
          last_hit: sql`greatest(indicator_hits.last_hit, excluded.last_hit)`,
        }),
      )
      .execute()
  }
}
