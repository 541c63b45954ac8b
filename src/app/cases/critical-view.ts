// What people see and decide of what is watched first: items, clocks, calls, office hours.

import { sql } from 'kysely'
import type { z } from 'zod'
import type { Clock } from '../../core/index.ts'
import {
  acknowledge,
  decide,
  measureBands,
  noteCalled,
  readOfficeHours,
  saveOfficeHours,
} from '../../identity/index.ts'
import { CriticalSchema } from '../../model/index.ts'
import type { Station } from '../../server/index.ts'
import type { Records } from '../../store/index.ts'

type CriticalService = Pick<
  Station['identity'],
  'critical' | 'decide' | 'acknowledge' | 'called' | 'setHours'
>

export function criticalService(records: Records, clock: Clock): CriticalService {
  const by = (who: string) => ({ who, nowMs: clock.nowMs() })
  return {
    critical: () => criticalView(records, clock.nowMs()),
    decide: async (id, decision, who) => decide(records, { id, ...decision }, by(who)),
    acknowledge: async (id, who) => acknowledge(records, id, by(who)),
    called: async (id, { note }, who) => noteCalled(records, id, { note, ...by(who) }),
    setHours: async (hours, who) => saveOfficeHours(records, hours, by(who)),
  }
}

const MOST_ITEMS = 1000

async function criticalView(
  records: Records,
  nowMs: number,
): Promise<z.infer<typeof CriticalSchema>> {
  const items = await records
    .selectFrom('critical_items')
    .selectAll()
    .orderBy('band')
    .orderBy('score', 'desc')
    .orderBy('name')
    .limit(MOST_ITEMS)
    .execute()
  const clocks = await records
    .selectFrom('critical_clocks')
    .selectAll()
    .orderBy('received', 'desc')
    .limit(MOST_ITEMS)
    .execute()
  return CriticalSchema.parse({
    asOf: new Date(nowMs).toISOString(),
    items: items.map(({ seen_sources, ...item }) => ({
      ...item,
      seenSources: seen_sources,
      review: item.review?.toISOString() ?? null,
    })),
    clocks: clocks.map((one) => ({
      id: one.id,
      item: one.item,
      band: one.band,
      alert: one.alert,
      received: one.received.toISOString(),
      acknowledgeBy: one.acknowledge_by.toISOString(),
      acknowledged: one.acknowledged?.toISOString() ?? null,
      acknowledgedBy: one.acknowledged_by,
    })),
    calls: await callsOf(records),
    hours: await readOfficeHours(records),
    coverage: await coverageOf(records, nowMs),
    measured: measureBands(clocks, nowMs),
  })
}

/** What a person must do first. */
async function callsOf(records: Records) {
  const rows = await records
    .selectFrom('critical_calls as c')
    .innerJoin('critical_clocks as k', 'k.id', 'c.clock')
    .selectAll('c')
    .select(['k.item', 'k.alert'])
    .orderBy(sql`c.state NOT IN ('open', 'failed')`)
    .orderBy('c.due', 'desc')
    .limit(MOST_ITEMS)
    .execute()
  return rows.map(({ ended_by, ended, due, ...call }) => ({
    ...call,
    due: due.toISOString(),
    ended: ended?.toISOString() ?? null,
    endedBy: ended_by,
  }))
}

const DAY_MS = 86_400_000

async function coverageOf(records: Records, nowMs: number) {
  const { rows } = await sql<{ confirmed: string; heard: string }>`
    SELECT count(*) AS confirmed, count(*) FILTER (WHERE EXISTS (
      SELECT 1 FROM jsonb_array_elements_text(c.sources || c.seen_sources) AS n(source)
      JOIN sources s ON s.name = n.source AND s.last_seen >= ${new Date(nowMs - DAY_MS)})) AS heard
    FROM critical_items c WHERE c.state = 'confirmed'`.execute(records)
  return { confirmed: Number(rows[0]?.confirmed ?? 0), heard: Number(rows[0]?.heard ?? 0) }
}
