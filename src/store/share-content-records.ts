// Records of rules, analytics and checks: those of hubs that are in use here, and those that this hub gave out.

import type { ColumnType } from 'kysely'

type Json = ColumnType<unknown, string | undefined, string>
type Instant = ColumnType<Date, Date | string, Date | string>

export const SHARE_CONTENT_STATEMENTS: readonly string[] = [
  `ALTER TABLE share_received ADD COLUMN content text`,
  `CREATE INDEX share_received_content ON share_received (received) WHERE content IS NOT NULL`,
  `CREATE TABLE share_content (
    peer text NOT NULL, object text NOT NULL, version text NOT NULL, kind text NOT NULL, name text NOT NULL, body text NOT NULL,
    ends timestamptz, accepted_by text, accepted timestamptz NOT NULL, met jsonb NOT NULL DEFAULT '[]', upto text NOT NULL DEFAULT '',
    stopped text, PRIMARY KEY (peer, object))`,
  // Whoever adds objects holds the row of their collection: asking for it again for each of them was a third of what adding costs.
  `ALTER TABLE taxii_objects DROP CONSTRAINT taxii_objects_root_collection_fkey`,
  // What a hub gave out of the kind: objects are many, and few are such.
  `CREATE TABLE share_content_given (object text PRIMARY KEY, kind text NOT NULL, made timestamptz NOT NULL)`,
]

export type ShareContentTables = {
  share_content_given: { object: string; kind: string; made: Instant }
  share_content: {
    peer: string
    /** Id of the indicator it came as. */
    object: string
    version: string
    kind: string
    name: string
    /** The text itself. */
    body: string
    ends: ColumnType<Date | null, Date | string | null, Date | string | null>
    /** Null where the agreement accepts it. */
    accepted_by: string | null
    accepted: Instant
    /** Of a check: devices it was met on, with first and last. */
    met: Json
    /** Of a check: the newest version of a configuration that it was run over. */
    upto: ColumnType<string, string | undefined, string>
    /** Why it was stopped here although it is accepted. */
    stopped: ColumnType<string | null, string | null | undefined, string | null>
  }
}
