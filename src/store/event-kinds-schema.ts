// Which kinds of events each device wrote in which hour, kept two years: added to as rows are stored, so that nobody has to read the
// events again to know what is usual. A batch that is stored twice may count twice; whether a kind came is what is asked.

import type { Definition, TableTarget } from './events-schema.ts'

const KEPT_DAYS = 730

export function createEventKinds({ cluster, replicated }: TableTarget): readonly Definition[] {
  const end = cluster === undefined ? '' : '_local'
  const engine = replicated
    ? "ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/{database}/{table}', '{replica}', events)"
    : 'SummingMergeTree(events)'
  const create: Definition = (
    onCluster,
  ) => `CREATE TABLE IF NOT EXISTS event_kinds${end}${onCluster}
(
  hour DateTime('UTC') CODEC(Delta(4), ZSTD(1)), device_name LowCardinality(String), log_name LowCardinality(String),
  event_code LowCardinality(String), events UInt64 CODEC(ZSTD(1))
)
ENGINE = ${engine} PARTITION BY toYYYYMM(hour) ORDER BY (device_name, log_name, event_code, hour)
TTL hour + INTERVAL ${KEPT_DAYS} DAY`
  // What an event says of its time may be anything: hours far from now would only make partitions.
  const view: Definition = (
    onCluster,
  ) => `CREATE MATERIALIZED VIEW IF NOT EXISTS event_kinds_view${onCluster} TO event_kinds${end} AS
SELECT toStartOfHour(toDateTime(time, 'UTC')) AS hour, device_name, log_name, event_code, count() AS events
FROM events${end} WHERE device_name != '' AND event_code != '' AND abs(dateDiff('day', time, received)) <= 60
GROUP BY hour, device_name, log_name, event_code`
  if (cluster === undefined) return [create, view]
  const distributed: Definition = (
    onCluster,
  ) => `CREATE TABLE IF NOT EXISTS event_kinds${onCluster} AS event_kinds_local
ENGINE = Distributed('${cluster}', currentDatabase(), 'event_kinds_local', cityHash64(device_name))`
  return [create, distributed, view]
}
