// Hits that correlations are made of, and when each of their groups was found. Partition by the day of judging: hits are
// kept as long as a window may still reach back to them.

import { createTable } from './events-schema.ts'
import type { Definition, TableTarget } from './events-schema.ts'

const COLUMNS = [
  // Id of the correlation and a digest of what it asks: hits of another definition are not its own.
  'correlation LowCardinality(String)',
  'member UInt16',
  'grp UInt64',
  'groups Array(String) CODEC(ZSTD(1))',
  "time DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))",
  'value String CODEC(ZSTD(1))',
  'entities Array(String) CODEC(ZSTD(1))',
  'batch LowCardinality(String)',
  'line UInt32',
  // What brought the hit here, as the records database knows it.
  'feed LowCardinality(String)',
  "judged DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))",
]

/** A row of this member says when the group was found. */
export const FOUND_MEMBER = 65_535
/** Hits that lack a value they are grouped or measured by stand in this group, to be counted and no more. */
export const UNGROUPED = 0

export function createCorrelationEvents(target: TableTarget): readonly Definition[] {
  return createTable(target, {
    table: 'correlation_events',
    columns: COLUMNS,
    indices: ['INDEX i_feed feed TYPE bloom_filter(0.01) GRANULARITY 1'],
    partition: 'toDate(judged)',
    order: 'correlation, grp, time',
    shardBy: 'cityHash64(correlation, grp)',
  })
}
