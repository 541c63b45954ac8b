// What is loaded of networks, and whose packs are taken.

import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string, string>
type Instant = ColumnType<Date, Date | string, Date | string>

export const NETWORK_STATEMENTS: readonly string[] = [
  `CREATE TABLE network_data (
    id bigserial PRIMARY KEY, origin text NOT NULL, dated timestamptz NOT NULL, loaded timestamptz NOT NULL,
    loaded_by text NOT NULL, ranges integer NOT NULL, key text NOT NULL, sources jsonb NOT NULL)`,
  `CREATE TABLE network_keys (
    key text PRIMARY KEY, trusted timestamptz NOT NULL, trusted_by text NOT NULL)`,
]

export type NetworkTables = {
  /** Every load; the newest is what stands. */
  network_data: {
    id: ColumnType<string, never, never>
    origin: string
    dated: Instant
    loaded: Instant
    loaded_by: string
    ranges: number
    key: string
    sources: Json
  }
  network_keys: { key: string; trusted: Instant; trusted_by: string }
}
