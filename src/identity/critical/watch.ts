// Alerts that name a confirmed item start its clock; rungs that are due are noted as called. Run every minute.

import { sql } from 'kysely'
import type { Records } from '../../store/index.ts'
import { dueRungs } from './clocks.ts'
import type { Rung } from './clocks.ts'
import { startClock } from './decide.ts'

export type Call = {
  readonly clock: string
  readonly item: string
  readonly name: string
  readonly alert: string
  readonly rung: Rung
}

type Match = { item: string; alert: string; received: Date }
type Open = {
  id: string
  item: string
  name: string
  alert: string
  received: Date
  acknowledged: Date | null
  step: number
  ladder: Rung[]
}

/** Gives whom to call now. Entities of alerts are compared with names of items, with and without their domain. */
export async function watchCritical(records: Records, nowMs: number): Promise<readonly Call[]> {
  const met = await sql<Match>`
    SELECT c.id AS item, a.id AS alert, a.first_seen AS received FROM critical_items c
    JOIN alerts a ON lower(a.entity) IN (lower(c.name), lower(split_part(c.name, '@', 1)), lower(split_part(c.name, '.', 1)))
    WHERE c.state = 'confirmed' AND a.state <> 'closed'
      AND NOT EXISTS (SELECT 1 FROM critical_clocks k WHERE k.item = c.id AND k.alert = a.id)`.execute(
    records,
  )
  for (const { item, alert, received } of met.rows)
    await startClock(records, { item, alert, receivedMs: received.getTime() })
  // Taking the alert is the acknowledgement, wherever it is taken.
  await sql`UPDATE critical_clocks k SET acknowledged = a.updated, acknowledged_by = coalesce(a.assignee, '')
    FROM alerts a WHERE a.id = k.alert AND a.state <> 'new' AND k.acknowledged IS NULL`.execute(
    records,
  )
  const open =
    await sql<Open>`SELECT k.id, k.item, c.name, k.alert, k.received, k.acknowledged, k.step, c.ladder
    FROM critical_clocks k JOIN critical_items c ON c.id = k.item WHERE k.acknowledged IS NULL`.execute(
      records,
    )
  const calls: Call[] = []
  for (const clock of open.rows) calls.push(...(await callDue(records, clock, nowMs)))
  return calls
}

async function callDue(records: Records, clock: Open, nowMs: number): Promise<readonly Call[]> {
  const { id, item, name, alert, ladder, step } = clock
  const rungs = dueRungs(
    {
      receivedMs: clock.received.getTime(),
      acknowledgedMs: clock.acknowledged?.getTime(),
      ladder,
      called: step,
    },
    nowMs,
  )
  if (rungs.length === 0) return []
  const called = JSON.stringify(
    rungs.map((rung) => ({ ...rung, at: new Date(nowMs).toISOString() })),
  )
  await sql`UPDATE critical_clocks SET step = step + ${rungs.length}, called = called || ${called}::jsonb
    WHERE id = ${id} AND step = ${step}`.execute(records)
  return rungs.map((rung) => ({ clock: id, item, name, alert, rung }))
}

/** Log sources that confirmed items name and that said nothing since. A silent source of such an item is itself a signal. */
export async function silentSources(records: Records, sinceMs: number): Promise<readonly string[]> {
  const found = await sql<{ source: string }>`
    SELECT DISTINCT n.source FROM critical_items c CROSS JOIN LATERAL jsonb_array_elements_text(c.sources) AS n(source)
    LEFT JOIN sources s ON s.name = n.source
    WHERE c.state = 'confirmed' AND (s.last_seen IS NULL OR s.last_seen < ${new Date(sinceMs)})`.execute(
    records,
  )
  return found.rows.map(({ source }) => source)
}
