// Playbooks of others, as they came.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>

export const CACAO_STATEMENTS: readonly string[] = [
  `CREATE TABLE cacao_playbooks (
    id text PRIMARY KEY, name text NOT NULL, version text NOT NULL, body text NOT NULL, made timestamptz NOT NULL, made_by text NOT NULL)`,
]

export type CacaoTables = {
  cacao_playbooks: {
    id: string
    name: string
    version: string
    body: string
    made: Instant
    made_by: string
  }
}
