// The table of networks: ranges of addresses in one line of numbers; and what the records know of accounts and assets, beside the
// events that name them.

import type { Definition, TableTarget } from './events-schema.ts'
import { createReplaced } from './replaced-tables.ts'
import type { ReplacedTable } from './replaced-tables.ts'

const NETWORKS: ReplacedTable = {
  table: 'networks',
  columns: [
    // 0 = IPv4, 1 = IPv6.
    'family UInt8',
    'first UInt64',
    'last UInt64',
    'asn UInt32',
    'organisation LowCardinality(String)',
    'kind LowCardinality(String)',
    'country LowCardinality(String)',
  ],
  order: 'family, first',
  shardBy: 'cityHash64(first)',
}

const KNOWN_ACCOUNTS: ReplacedTable = {
  table: 'known_accounts',
  columns: [
    // As logs write it, lower case: one row for each way.
    'account String',
    // 0 to 2; 0 holds the keys to all.
    'tier UInt8',
    'kind LowCardinality(String)',
    'assurance LowCardinality(String)',
    'critical UInt8',
  ],
  order: 'account',
  shardBy: 'cityHash64(account)',
}

const KNOWN_ASSETS: ReplacedTable = {
  table: 'known_assets',
  columns: [
    // A name or an address, lower case: one row for each.
    'asset String',
    'criticality LowCardinality(String)',
    'zone LowCardinality(String)',
    'owner String',
    'facing LowCardinality(String)',
  ],
  order: 'asset',
  shardBy: 'cityHash64(asset)',
}

export function createNetworks(target: TableTarget): readonly Definition[] {
  return createReplaced(target, NETWORKS)
}

export function createKnown(target: TableTarget): readonly Definition[] {
  return [KNOWN_ACCOUNTS, KNOWN_ASSETS].flatMap((table) => createReplaced(target, table))
}
