// What no export holds: a person's word on the service desk, on logs, on break-glass tests; and whose an account is.

import type { Records } from '../store/index.ts'
import type { Knowledge } from './accounts/knowledge.ts'
import { deriveSource, storeExport } from './import-export.ts'
import { row } from './read/row.ts'

const SOURCE = 'statements'
const YEAR_MS = 365 * 86_400_000

export type StatementAsk = {
  readonly key: string
  readonly said: {
    readonly value: 'yes' | 'no'
    readonly by: string
    readonly until?: string | undefined
  }
  readonly who: string
  readonly nowMs: number
}

/** A newer word takes the place of the older; each ends within a year. */
export async function storeStatement(
  records: Records,
  knowledge: Knowledge,
  { key, said, who, nowMs }: StatementAsk,
): Promise<void> {
  const latest = nowMs + YEAR_MS
  const until = said.until === undefined ? latest : Math.min(Date.parse(said.until), latest)
  const body = {
    value: said.value,
    by: said.by,
    at: new Date(nowMs).toISOString(),
    until: new Date(until).toISOString(),
  }
  const made = {
    system: SOURCE,
    part: key,
    rows: [row('statement', key, body)],
    covers: [`statement.${key}`],
  }
  await storeExport(records, knowledge, {
    source: SOURCE,
    made,
    origin: { file: key, sha256: '', who, nowMs },
  })
}

export type LinkAsk = {
  readonly source: string
  readonly account: string
  readonly person: string
  readonly who: string
  readonly nowMs: number
}

/** Whose an account is, said by a person; the source's accounts are made anew with it. */
export async function confirmPerson(
  records: Records,
  knowledge: Knowledge,
  { source, account, person, who, nowMs }: LinkAsk,
): Promise<void> {
  await records.transaction().execute(async (step) => {
    const said = { person, confirmed: new Date(nowMs), confirmed_by: who }
    await step
      .insertInto('identity_links')
      .values({ source, account, ...said })
      .onConflict((on) => on.columns(['source', 'account']).doUpdateSet(said))
      .execute()
    await deriveSource(step, source, knowledge)
  })
}
