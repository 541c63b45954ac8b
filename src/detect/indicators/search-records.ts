// Searches as the records hold them, and findings on their way into both engines: stored once, whatever crashes when.

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Selectable, UpdateObject } from 'kysely'
import type { Finding, IndicatorSearch } from '../../model/index.ts'
import type {
  EngineLane,
  IndicatorSearchesTable,
  Records,
  RecordsTables,
  RecordsTransaction,
} from '../../store/index.ts'
import { raiseAlerts } from '../alerts/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import { insertFindings } from '../findings-table.ts'
import { PendingSchema } from '../history/run-records.ts'
import type { Pending } from '../history/run-records.ts'
import { countSightings } from './hits.ts'

export type SearchRow = Selectable<IndicatorSearchesTable>

const STATES = ['running', 'done', 'interrupted', 'failed'] as const

export function toSearch(row: SearchRow): IndicatorSearch {
  return {
    id: row.id,
    list: row.list,
    state: STATES.find((state) => state === row.state) ?? 'failed',
    values: Number(row.values),
    events: Number(row.events),
    searched: Number(row.searched),
    findings: Number(row.findings),
    known: Number(row.known),
    alertsRaised: row.raised,
    asked: row.asked.toISOString(),
    ended: row.ended?.toISOString() ?? null,
    seconds: Number(row.worked_ms) / 1000,
    problem: row.problem,
  }
}

export async function updateSearch(
  records: Records | RecordsTransaction,
  id: string,
  change: UpdateObject<RecordsTables, 'indicator_searches'>,
): Promise<void> {
  await records.updateTable('indicator_searches').set(change).where('id', '=', id).execute()
}

export async function findSearch(records: Records, id: string): Promise<SearchRow> {
  return records
    .selectFrom('indicator_searches')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

const SEARCHES_SHOWN = 20

/** Newest first. */
export async function recentSearches(records: Records): Promise<readonly SearchRow[]> {
  return records
    .selectFrom('indicator_searches')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(SEARCHES_SHOWN)
    .execute()
}

/** Oldest first. */
export async function runningSearches(records: Records): Promise<readonly SearchRow[]> {
  return records
    .selectFrom('indicator_searches')
    .selectAll()
    .where('state', '=', 'running')
    .orderBy('id')
    .execute()
}

type Stores = { readonly lane: EngineLane; readonly records: Records }

export type NewFindings = {
  readonly id: string
  readonly findings: readonly Finding[]
  readonly facts: ReadonlyMap<string, RuleFacts>
  readonly nowMs: number
}

/** Findings written down at once. */
const PER_STEP = 2000

export async function storeFound(stores: Stores, found: NewFindings): Promise<void> {
  const { id, findings: all, facts, nowMs } = found
  for (let at = 0; at < all.length; at += PER_STEP) {
    const findings = all.slice(at, at + PER_STEP)
    const rules = [...new Set(findings.map(({ rule }) => rule))].flatMap((rule) => {
      const known = facts.get(rule)
      return known === undefined ? [] : [{ ...known, attack: [...known.attack] }]
    })
    const pending: Pending = { token: randomUUID(), nowMs, findings, rules }
    await updateSearch(stores.records, id, { pending: JSON.stringify(pending) })
    await finish(stores, id, { pending, again: false })
  }
}

/** Ends what a crash cut off. */
export async function finishPending(stores: Stores, row: SearchRow): Promise<void> {
  if (row.pending === null) return
  await finish(stores, row.id, { pending: PendingSchema.parse(row.pending), again: true })
}

async function finish(
  { lane, records }: Stores,
  id: string,
  { pending, again }: { readonly pending: Pending; readonly again: boolean },
): Promise<void> {
  const { token, nowMs, findings, rules } = pending
  await insertFindings(lane, findings, { token, nowMs, again })
  await records.transaction().execute(async (transaction) => {
    const facts = new Map(rules.map((rule) => [rule.id, rule]))
    const { raised } = await raiseAlerts(transaction, findings, { rules: facts, nowMs })
    await countSightings(transaction, findings)
    await updateSearch(transaction, id, {
      pending: null,
      findings: sql`findings + ${findings.length}`,
      raised: sql`raised + ${raised}`,
    })
  })
}
