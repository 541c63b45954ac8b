// Hits of rules that correlations are made of, put down by the engine where the rows stand.

import { sql, trusted } from '../../store/index.ts'
import type { EngineSettings, Records, RecordsTransaction } from '../../store/index.ts'
import type { FedHits, HitFeed } from '../sigma/index.ts'
import { HIT_COLUMNS } from './feeding.ts'
import type { Feeding } from './feeding.ts'

export type Feed = HitFeed & {
  /** Whether anything was put down. */
  readonly hasTaken: () => boolean
}

/** What the hits go by in the records: `id` is told to `recordFeed` once they stand. */
export function feedOf(
  { rules, muted }: Feeding,
  { id, nowMs }: { readonly id: string; readonly nowMs: number },
): Feed {
  let hasTaken = false
  return {
    isFed: (rule) => rules.has(rule),
    isMuted: (rule) => muted.has(rule),
    hasTaken: () => hasTaken,
    take: async (hits) => {
      hasTaken = true
      for (const some of statements(hits, { rules, muted }))
        await hits.lane.command(
          sql`INSERT INTO correlation_events (${trusted(HIT_COLUMNS)})
SELECT correlation, member, grp, groups, time, value, entities, batch, line, ${id}, fromUnixTimestamp64Milli(${nowMs}, 'UTC') FROM (${trusted(some)})`,
          { settings: { ...hits.settings, ...SETTINGS } },
        )
    },
  }
}

/** Hits that are put down twice are read once, so that no token is needed. */
const SETTINGS: EngineSettings = { insert_deduplicate: 0, optimize_functions_to_subcolumns: 0 }

/** Rules and places in one statement. */
const SELECTS_PER_STATEMENT = 50

function statements({ table, rules }: FedHits, feeding: Feeding): readonly string[] {
  const byRule = Map.groupBy(rules, ({ rule }) => rule.id)
  const selects = [...byRule].flatMap(([id, ways]) => {
    const rows = ways.map((way) => way.rows).join(' UNION ALL ')
    const from = `FROM ${table} WHERE (toString(batch), line) IN (${rows})`
    return feeding.rules.get(id)?.selects.map((select) => `${select} ${from}`) ?? []
  })
  const texts: string[] = []
  for (let at = 0; at < selects.length; at += SELECTS_PER_STATEMENT)
    texts.push(
      selects
        .slice(at, at + SELECTS_PER_STATEMENT)
        .map((select) => `SELECT * EXCEPT parts FROM (${select})`)
        .join('\nUNION ALL\n'),
    )
  return texts
}

/** Marks hits as ones to be looked at. */
export async function recordFeed(
  records: Records | RecordsTransaction,
  { id, nowMs }: { readonly id: string; readonly nowMs: number },
): Promise<void> {
  await records
    .insertInto('correlation_feeds')
    .values({ feed: id, judged: new Date(nowMs) })
    .onConflict((conflict) => conflict.column('feed').doNothing())
    .execute()
}
