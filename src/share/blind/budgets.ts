// A member's own budget, in place of the usual one.

import { VigieError } from '../../core/index.ts'
import type { BlindBudgetAsk } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { findPeer } from '../peer/peers.ts'
import { logBlind } from './log.ts'

/** Values a day of each class. Throws NOT_FOUND for what is no member. */
export async function setBudget(
  records: Records,
  { peer, address, other }: BlindBudgetAsk,
  { who, nowMs }: { readonly who: string; readonly nowMs: number },
): Promise<void> {
  if ((await findPeer(records, peer))?.role !== 'member')
    throw new VigieError('NOT_FOUND', { what: peer })
  const values = { address_day: address, other_day: other, made: new Date(nowMs), made_by: who }
  await records
    .insertInto('blind_budgets')
    .values({ peer, ...values })
    .onConflict((conflict) => conflict.column('peer').doUpdateSet(values))
    .execute()
  await logBlind(records, {
    peer,
    act: 'budget set',
    about: `${address}, ${other}`,
    by: who,
    nowMs,
  })
}
