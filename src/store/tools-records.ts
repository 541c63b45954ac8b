// Which lists of tools are loaded, and which remote-management tools an organisation allows.

import type { ColumnType } from 'kysely'

type Instant = ColumnType<Date, Date | string, Date | string>

export const TOOLS_STATEMENTS: readonly string[] = [
  `CREATE TABLE tool_lists (
    list text PRIMARY KEY, source text NOT NULL, licence text NOT NULL, dated timestamptz NOT NULL, loaded timestamptz NOT NULL,
    loaded_by text NOT NULL, tools integer NOT NULL, "values" integer NOT NULL, passed_over integer NOT NULL)`,
  `CREATE TABLE allowed_tools (
    tool text PRIMARY KEY, who text NOT NULL, because text NOT NULL, at timestamptz NOT NULL)`,
]

export type ToolTables = {
  tool_lists: {
    list: string
    source: string
    licence: string
    dated: Instant
    loaded: Instant
    loaded_by: string
    tools: number
    values: number
    passed_over: number
  }
  allowed_tools: { tool: string; who: string; because: string; at: Instant }
}
