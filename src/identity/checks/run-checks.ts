// Every check over everything imported, in one read-only transaction. A check that lacks its data says so.

import { CompiledQuery, sql } from 'kysely'
import { VigieError, reasonOf } from '../../core/index.ts'
import type { Records, RecordsTransaction } from '../../store/index.ts'
import type { Check, CheckBook } from './check-book.ts'
import { checkSql } from './check-sql.ts'

export type Verdict = 'pass' | 'fail' | 'not_assessable'
export type Evidence = Readonly<Record<string, unknown>>

export type CheckResult = {
  readonly check: Check
  readonly verdict: Verdict
  /** How many subjects; `rows` shows the first. */
  readonly found: number
  readonly rows: readonly Evidence[]
  /** Directories it was asked of. */
  readonly sources: readonly string[]
  /** What the nearest directory lacks. */
  readonly missing: readonly string[]
  /** Directories with accounts that it could not be asked of, beside those it was. */
  readonly lacking: readonly { readonly source: string; readonly missing: readonly string[] }[]
}

export async function runChecks(
  records: Records,
  { checks }: CheckBook,
  nowMs: number,
): Promise<readonly CheckResult[]> {
  return records.transaction().execute(async (step) => {
    await sql`SET TRANSACTION READ ONLY`.execute(step)
    const directories = await directoriesOf(step)
    const results: CheckResult[] = []
    for (const check of checks) results.push(await runCheck(step, check, { directories, nowMs }))
    return results
  })
}

type Directory = { readonly source: string; readonly fields: ReadonlySet<string> }
type Asked = { readonly directories: readonly Directory[]; readonly nowMs: number }

async function directoriesOf(step: RecordsTransaction): Promise<readonly Directory[]> {
  const found = await sql<{ source: string; field: string }>`
    SELECT DISTINCT source, jsonb_array_elements_text(fields) AS field FROM identity_parts`.execute(
    step,
  )
  const fields = Map.groupBy(found.rows, ({ source }) => source)
  return [...fields].map(([source, rows]) => ({
    source,
    fields: new Set(rows.map(({ field }) => field)),
  }))
}

async function runCheck(
  step: RecordsTransaction,
  check: Check,
  { directories, nowMs }: Asked,
): Promise<CheckResult> {
  const together = check.scope === 'all' ? [joined(directories)] : directories
  const lacks = together.map(({ fields }) =>
    check.needs.filter((need) => !need.split('|').some((one) => fields.has(one))),
  )
  const able = together.filter((_, at) => lacks[at]?.length === 0)
  const missing = lacks.toSorted((a, b) => a.length - b.length)[0] ?? check.needs
  if (check.sql === undefined || able.length === 0)
    return {
      check,
      verdict: 'not_assessable',
      found: 0,
      rows: [],
      sources: [],
      missing,
      lacking: [],
    }
  const sources =
    check.scope === 'all'
      ? directories.map(({ source }) => source)
      : able.map(({ source }) => source)
  const { total, rows } = await ask(step, { check, sql: check.sql, sources, nowMs })
  const lacking = check.scope === 'all' ? [] : lackingOf(together, lacks)
  const done = { check, found: total, rows, sources, missing: [], lacking }
  if (total > 0) return { ...done, verdict: 'fail' }
  if (check.unknown === undefined) return { ...done, verdict: 'pass' }
  const { field, sql: text } = check.unknown
  const open = await ask(step, { check, sql: text, sources, nowMs })
  return open.total === 0
    ? { ...done, verdict: 'pass' }
    : { ...done, verdict: 'not_assessable', found: open.total, rows: open.rows, missing: [field] }
}

/** What asks for one system is not lacking in another. */
const SYSTEMS: ReadonlySet<string> = new Set(['ad', 'entra', 'google', 'okta', 'tenant'])

function lackingOf(directories: readonly Directory[], lacks: readonly (readonly string[])[]) {
  return directories.flatMap(({ source, fields }, at) => {
    const missing = lacks[at] ?? []
    const isMeant = fields.has('account') && !missing.some((need) => SYSTEMS.has(need))
    return missing.length > 0 && isMeant ? [{ source, missing }] : []
  })
}

function joined(directories: readonly Directory[]): Directory {
  return { source: '', fields: new Set(directories.flatMap(({ fields }) => [...fields])) }
}

type Question = {
  readonly check: Check
  readonly sql: string
  readonly sources: readonly string[]
  readonly nowMs: number
}

async function ask(step: RecordsTransaction, { check, sql: text, sources, nowMs }: Question) {
  const values = [new Date(nowMs).toISOString(), [...sources]]
  try {
    const answer = await step.executeQuery<{ total: string | number; row: Evidence }>(
      CompiledQuery.raw(checkSql(text), values),
    )
    return { total: Number(answer.rows[0]?.total ?? 0), rows: answer.rows.map(({ row }) => row) }
  } catch (cause) {
    throw new VigieError('CONTENT_INVALID', { file: check.id, reason: reasonOf(cause) }, { cause })
  }
}
