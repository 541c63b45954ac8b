// Many rows in one statement: PostgreSQL reads them from one JSON value.

import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Records, RecordsTransaction } from '../store/index.ts'

export type Work = RecordsTransaction | Records

const ROWS_A_STATEMENT = 5000

export type BulkRows = {
  readonly rows: readonly object[]
  /** Names and types, as written here in the source: `id text, seen timestamptz`. */
  readonly columns: string
}

/** Runs a statement for some thousand rows at a time; `r` is what it reads them from. Gives the answers of all. */
export async function inBulk<Answer>(
  work: Work,
  { rows, columns }: BulkRows,
  statement: (r: RawBuilder<unknown>) => RawBuilder<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    // PostgreSQL keeps no NUL in text.
    const json = JSON.stringify(rows.slice(at, at + ROWS_A_STATEMENT)).replaceAll(
      String.raw`\u0000`,
      '',
    )
    const r = sql`json_to_recordset(${json}::json) AS r(${sql.raw(columns)})`
    const { rows: answered } = await statement(r).execute(work)
    for (const answer of answered) answers.push(answer)
  }
  return answers
}

/** Inserts, and where the key is there already does what `onConflict` says. */
export async function insertInBulk(
  work: Work,
  table: string,
  { rows, columns, onConflict }: BulkRows & { readonly onConflict: string },
): Promise<void> {
  const names = columns
    .split(', ')
    .map((column) => column.split(' ')[0])
    .join(', ')
  await inBulk(
    work,
    { rows, columns },
    (r) =>
      sql`INSERT INTO ${sql.raw(table)} (${sql.raw(names)}) SELECT ${sql.raw(names)} FROM ${r} ${sql.raw(onConflict)}`,
  )
}
