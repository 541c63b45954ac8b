// What a station asked a hub blindly, and the hub's list of tags: beside the events, so that new values are found, and compared with
// the list, where they are.

import { createTable } from './events-schema.ts'
import type { Definition, TableTarget } from './events-schema.ts'

/** Keys of a hub last two months at most; what was asked under them is of no use afterwards. */
export const BLIND_KEPT_DAYS = 70

export function createBlind(target: TableTarget): readonly Definition[] {
  return [
    ...createTable(target, {
      table: 'blind_values',
      columns: [
        'peer LowCardinality(String)',
        'epoch UInt32',
        'kind LowCardinality(String)',
        'value String CODEC(ZSTD(1))',
        // Hexadecimal, 16 bytes and 32: where it would stand in the list, and what opens its record there.
        'tag String CODEC(ZSTD(1))',
        'record_key String CODEC(ZSTD(1))',
        "asked DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))",
      ],
      indices: [],
      partition: 'toDate(asked)',
      order: 'peer, epoch, kind, value',
      shardBy: 'cityHash64(value)',
    }),
    ...createTable(target, {
      table: 'blind_list',
      columns: [
        'peer LowCardinality(String)',
        'epoch UInt32',
        'tag String CODEC(ZSTD(1))',
        'record String CODEC(ZSTD(1))',
        // Milliseconds: the whole list is taken at one time.
        'taken UInt64',
        "asked DateTime64(3, 'UTC')",
      ],
      indices: [],
      partition: 'toDate(asked)',
      order: 'peer, taken, tag',
      shardBy: 'cityHash64(tag)',
    }),
  ]
}
