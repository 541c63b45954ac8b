// A person's word on a proposal, and the clocks of alerts on what they confirmed.

import { randomUUID } from 'node:crypto'
import { VigieError } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import { BANDS, clockOf, ladderOf } from './clocks.ts'
import type { Band, Calendar } from './clocks.ts'

export type Decision = {
  readonly id: string
  readonly state: 'confirmed' | 'refused'
  readonly band?: Band | undefined
  readonly owner?: string | undefined
  readonly reason?: string | undefined
  /** Whom to call, in turn. */
  readonly people?: readonly { readonly who: string; readonly how: string }[] | undefined
  /** Log sources that must not be silent. */
  readonly sources?: readonly string[] | undefined
}

const REVIEW_MS = 182 * 24 * 60 * 60 * 1000

/** Throws NOT_FOUND; BAD_REQUEST when a refusal or another band lacks its reason. */
export async function decide(
  records: Records,
  decision: Decision,
  by: { readonly who: string; readonly nowMs: number },
): Promise<void> {
  const item = await records
    .selectFrom('critical_items')
    .selectAll()
    .where('id', '=', decision.id)
    .executeTakeFirst()
  if (item === undefined) throw new VigieError('NOT_FOUND', { what: decision.id })
  const band = decision.band ?? bandNamed(item.band)
  const isChanged = band !== item.band || decision.state === 'refused'
  if (isChanged && (decision.reason ?? '').trim() === '')
    throw new VigieError('BAD_REQUEST', {
      met: 'no reason',
      expected: 'a reason for refusing, or for another band',
    })
  await records
    .updateTable('critical_items')
    .set({
      state: decision.state,
      band,
      owner: decision.owner ?? item.owner,
      reason: decision.reason ?? item.reason,
      decided: new Date(by.nowMs),
      decided_by: by.who,
      review: new Date(by.nowMs + REVIEW_MS),
      ...(decision.people === undefined
        ? {}
        : { ladder: JSON.stringify(ladderOf(decision.people, band)) }),
      ...(decision.sources === undefined ? {} : { sources: JSON.stringify(decision.sources) }),
    })
    .where('id', '=', decision.id)
    .execute()
}

function bandNamed(text: string): Band {
  return BANDS.find((band) => band === text) ?? 'C4'
}

/** Starts the clock of an alert on a confirmed item; the same alert again changes nothing. */
export async function startClock(
  records: Records,
  {
    item,
    alert,
    receivedMs,
    round = 0,
  }: {
    readonly item: string
    readonly alert: string
    readonly receivedMs: number
    readonly round?: number
  },
  calendar?: Calendar,
): Promise<boolean> {
  const known = await records
    .selectFrom('critical_items')
    .select(['band', 'state'])
    .where('id', '=', item)
    .executeTakeFirst()
  if (known?.state !== 'confirmed') return false
  const band = bandNamed(known.band)
  const { acknowledgeByMs, containByMs } = clockOf(band, receivedMs, calendar)
  const made = await records
    .insertInto('critical_clocks')
    .values({
      id: randomUUID(),
      item,
      band,
      alert,
      received: new Date(receivedMs),
      acknowledge_by: new Date(acknowledgeByMs),
      contain_by: new Date(containByMs),
      acknowledged: null,
      acknowledged_by: null,
      contained: null,
      step: 0,
      called: '[]',
      round,
    })
    .onConflict((on) => on.columns(['item', 'alert', 'round']).doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

/** Throws NOT_FOUND when there is no such clock or somebody acknowledged before. */
export async function acknowledge(
  records: Records,
  id: string,
  by: { readonly who: string; readonly nowMs: number },
): Promise<void> {
  const done = await records
    .updateTable('critical_clocks')
    .set({ acknowledged: new Date(by.nowMs), acknowledged_by: by.who })
    .where('id', '=', id)
    .where('acknowledged', 'is', null)
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw new VigieError('NOT_FOUND', { what: id })
}
