// Alerts that name a confirmed item start its clock; rungs that are due become messages and calls. Run every few seconds.

import { sql } from 'kysely'
import type { Records } from '../../store/index.ts'
import { addCalls, dropNeedless } from './calls.ts'
import { dueRungs } from './clocks.ts'
import type { Calendar, Rung } from './clocks.ts'
import { startClock } from './decide.ts'

export type Call = {
  readonly clock: string
  readonly item: string
  readonly name: string
  readonly alert: string
  readonly rung: Rung
}

type Match = { item: string; alert: string; received: Date; round: number }
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

/**
 * Gives whom to call now. Entities of alerts are compared with names of items, with and without their domain, and with the
 * addresses and names that exposure knows a system by.
 */
export async function watchCritical(
  records: Records,
  nowMs: number,
  calendar?: Calendar,
): Promise<readonly Call[]> {
  const met = await sql<Match>`
    WITH names AS (
      SELECT c.id, n.name FROM critical_items c CROSS JOIN LATERAL (
        SELECT lower(c.name) AS name UNION SELECT lower(split_part(c.name, '@', 1)) UNION SELECT lower(split_part(c.name, '.', 1))
        UNION SELECT o.value FROM exposure_aliases l JOIN exposure_aliases o ON o.asset = l.asset
          WHERE c.kind = 'resource' AND l.kind = 'name' AND l.value = lower(c.name) AND o.kind IN ('name', 'address')) n
      WHERE c.state = 'confirmed' AND n.name <> '')
    SELECT DISTINCT n.id AS item, a.id AS alert, a.reopened AS round, CASE WHEN a.reopened = 0 THEN a.first_seen ELSE a.updated END AS received
    FROM names n JOIN alerts a ON n.name IN (lower(a.entity), regexp_replace(lower(a.entity), '^[^\\\\/]+[\\\\/]', ''), split_part(lower(a.entity), '@', 1))
    WHERE a.state <> 'closed' AND NOT EXISTS (
      SELECT 1 FROM critical_clocks k WHERE k.item = n.id AND k.alert = a.id AND k.round = a.reopened)`.execute(
    records,
  )
  for (const { item, alert, received, round } of met.rows)
    await startClock(records, { item, alert, receivedMs: received.getTime(), round }, calendar)
  // Taking the alert is the acknowledgement, wherever it is taken.
  await sql`UPDATE critical_clocks k SET acknowledged = greatest(a.updated, k.received), acknowledged_by = coalesce(a.assignee, '')
    FROM alerts a WHERE a.id = k.alert AND a.state <> 'new' AND a.reopened = k.round AND k.acknowledged IS NULL`.execute(
    records,
  )
  await sql`UPDATE critical_clocks k SET contained = a.updated FROM alerts a
    WHERE a.id = k.alert AND a.state = 'closed' AND k.contained IS NULL`.execute(records)
  await dropNeedless(records, nowMs)
  const open =
    await sql<Open>`SELECT k.id, k.item, c.name, k.alert, k.received, k.acknowledged, k.step, c.ladder
    FROM critical_clocks k JOIN critical_items c ON c.id = k.item WHERE k.acknowledged IS NULL`.execute(
      records,
    )
  const calls: Call[] = []
  for (const clock of open.rows) calls.push(...(await callDue(records, clock, nowMs)))
  return calls
}

/** The step and its messages in one transaction: none twice, none lost. */
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
  const isOurs = await records.transaction().execute(async (transaction) => {
    const { numAffectedRows } =
      await sql`UPDATE critical_clocks SET step = step + ${rungs.length}, called = called || ${called}::jsonb
      WHERE id = ${id} AND step = ${step} AND acknowledged IS NULL`.execute(transaction)
    if (numAffectedRows !== 1n) return false
    for (const rung of rungs) await addCalls(transaction, { clock: id, rung, nowMs })
    return true
  })
  return isOurs ? rungs.map((rung) => ({ clock: id, item, name, alert, rung })) : []
}

/**
 * Log sources of confirmed items that said nothing since: those a person names, and those that spoke of the item before. A silent
 * source of such an item is itself a signal.
 */
export async function silentSources(records: Records, sinceMs: number): Promise<readonly string[]> {
  const found = await sql<{ source: string }>`
    SELECT DISTINCT n.source FROM critical_items c CROSS JOIN LATERAL jsonb_array_elements_text(c.sources || c.seen_sources) AS n(source)
    LEFT JOIN sources s ON s.name = n.source
    WHERE c.state = 'confirmed' AND (s.last_seen IS NULL OR s.last_seen < ${new Date(sinceMs)})`.execute(
    records,
  )
  return found.rows.map(({ source }) => source)
}

/** Confirmed items by name, so that who keeps events can say which sources speak of them. */
export async function confirmedNames(
  records: Records,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return records
    .selectFrom('critical_items')
    .select(['id', 'name'])
    .where('state', '=', 'confirmed')
    .orderBy('band')
    .limit(1000)
    .execute()
}

/** What was seen goes along with what was seen before: a source that falls silent must not fall out of the list. */
export async function keepSeenSources(
  records: Records,
  item: string,
  sources: readonly string[],
): Promise<void> {
  await sql`UPDATE critical_items SET seen_sources = (
      SELECT coalesce(jsonb_agg(DISTINCT s.v), '[]') FROM jsonb_array_elements(seen_sources || ${JSON.stringify(sources)}::jsonb) AS s(v))
    WHERE id = ${item}`.execute(records)
}
