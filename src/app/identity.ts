// A station's identities: imports, checks after each, what people confirm, who is watched first.

import { sql } from 'kysely'
import { z } from 'zod'
import type { Clock } from '../core/index.ts'
import {
  confirmPerson,
  handInNext,
  importExport,
  proposeCritical,
  readCheckBook,
  readExports,
  readKnowledge,
  runChecks,
  storeResults,
  storeStatement,
} from '../identity/index.ts'
import type { CheckBook, Exported, Knowledge } from '../identity/index.ts'
import { VERDICTS, IdentitySchema } from '../model/index.ts'
import type { AccountsSchema, IdentityView } from '../model/index.ts'
import type { Station } from '../server/index.ts'
import type { Records } from '../store/index.ts'
import { criticalService } from './cases/critical-view.ts'
import { CONTENT } from './content.ts'
import type { StationParts } from './parts.ts'

type Parts = Pick<StationParts, 'core' | 'clock'>
type Content = { readonly book: CheckBook; readonly knowledge: Knowledge }

export function identityOf({ core, clock }: Parts): Station['identity'] {
  const { records } = core.store
  let read: Content | undefined
  const content = () =>
    (read ??= { book: readCheckBook(CONTENT.identity), knowledge: readKnowledge(CONTENT.identity) })
  const by = (who: string) => ({ who, nowMs: clock.nowMs() })
  const judged = async (): Promise<void> => checkIdentities(records, content().book, clock)
  return {
    view: async () => identityView(records, content().book, clock),
    check: async () => {
      await judged()
      return identityView(records, content().book, clock)
    },
    accounts: (filter) => accountsOf(records, filter, clock),
    importFile: async (bytes, { file, source, form }, who) => {
      const imported = await importExport(records, content().knowledge, {
        bytes,
        file,
        source,
        form,
        ...by(who),
      })
      await judged()
      return imported
    },
    state: async (key, said, who) => {
      await storeStatement(records, content().knowledge, { key, said, ...by(who) })
      await judged()
    },
    link: async (link, who) => {
      await confirmPerson(records, content().knowledge, { ...link, ...by(who) })
      await judged()
    },
    ...criticalService(records, clock),
  }
}

async function checkIdentities(records: Records, book: CheckBook, clock: Clock): Promise<void> {
  const nowMs = clock.nowMs()
  await storeResults(records, await runChecks(records, book, nowMs), nowMs)
  await proposeCritical(records, nowMs)
}

async function identityView(
  records: Records,
  { checks, fields }: CheckBook,
  clock: Clock,
): Promise<IdentityView> {
  const [parts, results, counts] = await Promise.all([
    records.selectFrom('identity_parts').selectAll().orderBy('source').orderBy('part').execute(),
    records.selectFrom('identity_results').selectAll().execute(),
    sql<{
      accounts: string
      people: string
    }>`SELECT count(*) AS accounts, count(DISTINCT person) AS people FROM identity_accounts`.execute(
      records,
    ),
  ])
  const shown = shownChecks({ checks, fields }, results)
  const count = (verdict: string) => shown.filter((one) => one.verdict === verdict).length
  return IdentitySchema.parse({
    asOf: new Date(clock.nowMs()).toISOString(),
    checked: results[0]?.checked.toISOString() ?? null,
    accounts: Number(counts.rows[0]?.accounts ?? 0),
    people: Number(counts.rows[0]?.people ?? 0),
    parts: parts.map(({ source, system, part, file, rows, imported, imported_by }) => ({
      source,
      system,
      part,
      file,
      rows,
      imported: imported.toISOString(),
      by: imported_by,
    })),
    counts: { fail: count('fail'), pass: count('pass'), not_assessable: count('not_assessable') },
    checks: shown,
    next: nextOf(shown, { checks, fields }, parts),
  })
}

let exported: readonly Exported[] | undefined

function nextOf(
  shown: ReturnType<typeof shownChecks>,
  { checks }: CheckBook,
  parts: readonly { readonly source: string; readonly system: string; readonly fields: unknown }[],
) {
  const verdicts = new Map(shown.map((one) => [one.id, one]))
  const open = checks.flatMap((check) => {
    const one = verdicts.get(check.id)
    if (check.sql === undefined || one?.verdict !== 'not_assessable') return []
    return [{ ...check, missing: one.missing.map(({ field }) => field) }]
  })
  const directories = [...Map.groupBy(parts, ({ source }) => source)].map(([source, of]) => ({
    source,
    system: of[0]?.system ?? source,
    fields: new Set(of.flatMap(({ fields }) => textsOf(fields))),
  }))
  const known = (exported ??= readExports(CONTENT.identity))
  return handInNext(open, directories, known).map(({ exported: { id, title, how }, opens }) => ({
    id,
    title,
    how,
    opens,
  }))
}

type ResultRow = {
  readonly check_id: string
  readonly verdict: string
  readonly found: number
  readonly rows: unknown
  readonly sources: unknown
  readonly missing: unknown
  readonly lacking: unknown
  readonly since: Date
}

/** Every check, also those that were never asked. */
function shownChecks({ checks, fields }: CheckBook, results: readonly ResultRow[]) {
  const known = new Map(results.map((row) => [row.check_id, row]))
  const named = (need: string) => ({ field: need, ...namedIn(fields, need) })
  return checks.map((check) => {
    const row = known.get(check.id)
    const missing = row === undefined ? check.needs : textsOf(row.missing)
    return {
      id: check.id,
      title: check.title,
      severity: check.severity,
      group: check.group,
      verdict: VERDICTS.find((one) => one === row?.verdict) ?? 'not_assessable',
      found: row?.found ?? 0,
      rows: row?.rows ?? [],
      sources: row?.sources ?? [],
      missing: missing.map(named),
      lacking: lackingOf(row?.lacking).map((one) => ({
        source: one.source,
        missing: one.missing.map(named),
      })),
      policies: check.policies,
      goals: check.goals,
      why: check.why,
      fix: check.fix,
      sql: check.sql ?? null,
      since: row?.since.toISOString() ?? null,
    }
  })
}

const LackingSchema = z
  .array(z.object({ source: z.string(), missing: z.array(z.string()) }))
  .catch([])

function lackingOf(value: unknown): z.infer<typeof LackingSchema> {
  return LackingSchema.parse(value ?? [])
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** `a|b`: the first names both, because either will do. */
function namedIn(
  fields: CheckBook['fields'],
  need: string,
): { readonly en: string; readonly fr: string } {
  const names = need.split('|').flatMap((one) => fields[one] ?? [])
  return { en: names.map(({ en }) => en).join(' or '), fr: names.map(({ fr }) => fr).join(' ou ') }
}

async function accountsOf(
  records: Records,
  filter: Parameters<Station['identity']['accounts']>[0],
  clock: Clock,
): Promise<z.infer<typeof AccountsSchema>> {
  const { text, tier, kind, limit, offset } = filter
  const rows = await records
    .selectFrom('identity_accounts')
    .select([
      'source',
      'id',
      'system',
      'login',
      'name',
      'kind',
      'tier',
      'assurance',
      'strongest',
      'person',
      'enabled',
      'last_use',
      'owner',
    ])
    .$if(text !== '', (query) =>
      query.where(
        sql<boolean>`position(lower(${text}) IN lower(login || ' ' || coalesce(name, ''))) > 0`,
      ),
    )
    .$if(tier !== undefined, (query) => query.where('tier', '=', tier ?? 0))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .orderBy('tier')
    .orderBy('login')
    .limit(limit + 1)
    .offset(offset)
    .execute()
  const accounts = rows
    .slice(0, limit)
    .map(({ last_use, ...row }) => ({ ...row, lastUse: last_use?.toISOString() ?? null }))
  return { asOf: new Date(clock.nowMs()).toISOString(), accounts, more: rows.length > limit }
}
