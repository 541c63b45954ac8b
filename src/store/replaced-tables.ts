// Tables whose rows all change at once: the new ones are built in a second table, then take the place of the old.

import { localTable } from './events-schema.ts'
import type { Definition, TableTarget } from './events-schema.ts'

export type ReplacedTable = {
  readonly table: string
  readonly columns: readonly string[]
  readonly order: string
  readonly shardBy: string
}

/** The table and `…_next`, which new rows go into. */
export function createReplaced(
  { cluster, replicated }: TableTarget,
  { table, columns, order, shardBy }: ReplacedTable,
): readonly Definition[] {
  const engine = replicated
    ? "ReplicatedMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}')"
    : 'MergeTree'
  return [table, `${table}_next`].flatMap((name) => {
    const local = localTable({ cluster }, name)
    const create: Definition = (
      onCluster,
    ) => `CREATE TABLE IF NOT EXISTS ${local}${onCluster} (${columns.join(', ')})
ENGINE = ${engine} ORDER BY (${order}) SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`
    if (cluster === undefined) return [create]
    const distributed: Definition = (
      onCluster,
    ) => `CREATE TABLE IF NOT EXISTS ${name}${onCluster} AS ${local}
ENGINE = Distributed('${cluster}', currentDatabase(), '${local}', ${shardBy})`
    return [create, distributed]
  })
}

export function emptyNext(cluster: string | undefined, table: string): Definition {
  const end = cluster === undefined ? '_next' : '_next_local'
  return (onCluster) => `TRUNCATE TABLE ${table}${end}${onCluster}`
}

/** On each node at once; an empty new table empties the old, as a shard without rows of its own must be able to. */
export function takePlace(cluster: string | undefined, table: string): readonly Definition[] {
  const end = cluster === undefined ? '' : '_local'
  const replace: Definition = (onCluster) =>
    `ALTER TABLE ${table}${end}${onCluster} REPLACE PARTITION tuple() FROM ${table}_next${end} SETTINGS allow_replace_partition_from_empty_source = 1`
  return [replace, emptyNext(cluster, table)]
}
