// Beside the events: what tools are known by, and which of them are allowed, for analytics to join.

import type { Definition, TableTarget } from './events-schema.ts'
import { createReplaced } from './replaced-tables.ts'
import type { ReplacedTable } from './replaced-tables.ts'

const KNOWN_TOOLS: ReplacedTable = {
  table: 'known_tools',
  columns: [
    'list LowCardinality(String)',
    'tool LowCardinality(String)',
    // abusable, remote, driver.
    'use LowCardinality(String)',
    // program, domain, hash.
    'by LowCardinality(String)',
    'value String',
    'does String',
  ],
  order: 'by, value',
  shardBy: 'cityHash64(value)',
}

const ALLOWED_TOOLS: ReplacedTable = {
  table: 'allowed_tools',
  // Lower case.
  columns: ['tool String'],
  order: 'tool',
  shardBy: 'cityHash64(tool)',
}

export function createTools(target: TableTarget): readonly Definition[] {
  return [KNOWN_TOOLS, ALLOWED_TOOLS].flatMap((table) => createReplaced(target, table))
}
