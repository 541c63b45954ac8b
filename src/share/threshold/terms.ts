// The terms under which members report what they cannot be read by: made by a hub, accepted by each member by their digest. Other
// terms are another agreement: nothing made under the former can be read under them.

import { createHash, randomUUID } from 'node:crypto'
import { VigieError, canonicalJson } from '../../core/index.ts'
import { ThresholdTermsSchema } from '../../model/index.ts'
import type { ThresholdGroup, ThresholdOffer, ThresholdTerms } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import { findPeer } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { readSelf } from '../peer/self.ts'

type Act = { readonly who: string; readonly nowMs: number }

export function termsDigest(terms: ThresholdTerms): string {
  return createHash('sha256').update(canonicalJson(terms)).digest('hex')
}

/** Offers terms from now on, in place of former ones. Throws BAD_REQUEST for a holder that is no hub this one joined. */
export async function offerTerms(
  records: Records,
  { holder, least }: ThresholdOffer,
  { who, nowMs }: Act,
): Promise<ThresholdTerms> {
  const row = await findPeer(records, holder)
  if (row?.role !== 'hub' || row.state !== 'joined' || row.identity === null || row.pin === null)
    throw new VigieError('BAD_REQUEST', {
      met: holder,
      expected: wordsOf('en').threshold.expectedHolder,
    })
  const { identity, organisation } = await readSelf(records)
  const about = { hub: organisation, holder: row.organisation, least }
  const terms: ThresholdTerms = {
    id: randomUUID(),
    hub: { identity, organisation },
    holder: { identity: row.identity, organisation: row.organisation, pin: row.pin },
    least,
    made: new Date(nowMs).toISOString(),
    text: { en: wordsOf('en').threshold.terms(about), fr: wordsOf('fr').threshold.terms(about) },
  }
  await records.transaction().execute(async (step) => {
    await step
      .updateTable('threshold_terms')
      .set({ ended: new Date(nowMs) })
      .where('ended', 'is', null)
      .execute()
    const values = { digest: termsDigest(terms), terms: JSON.stringify(terms), made_by: who }
    await step.insertInto('threshold_terms').values(values).execute()
  })
  return terms
}

export async function currentTerms(records: Records): Promise<ThresholdTerms | undefined> {
  const row = await records
    .selectFrom('threshold_terms')
    .select('terms')
    .where('ended', 'is', null)
    .executeTakeFirst()
  return row === undefined ? undefined : ThresholdTermsSchema.parse(row.terms)
}

/** Says which members are related. It holds from each member's next key on: within one, a member has one place. Throws NOT_FOUND. */
export async function setGroup(records: Records, { peer, group }: ThresholdGroup): Promise<void> {
  const row = await findPeer(records, peer)
  if (row?.role !== 'member' || row.identity === null)
    throw new VigieError('NOT_FOUND', { what: peer })
  const values = { identity: row.identity, asked_group: group }
  await records
    .insertInto('threshold_members')
    .values({ peer, ...values })
    .onConflict((conflict) => conflict.column('peer').doUpdateSet(values))
    .execute()
}

/** The word for a member under the holder's key `epoch`: said once, it stays while that key holds. */
export async function groupOf(
  records: Records,
  { name: peer, identity }: Pick<PeerRow, 'name' | 'identity'>,
  epoch: number,
): Promise<string> {
  const own = identity ?? peer
  const row = await records
    .selectFrom('threshold_members')
    .selectAll()
    .where('peer', '=', peer)
    .executeTakeFirst()
  // A name can be given to another organisation: its group is not theirs.
  const isSame = row?.identity === own
  const asked = !isSame || row.asked_group === '' ? own : `group ${row.asked_group}`
  if (epoch === 0) return asked
  if (isSame && row.epoch === epoch && row.epoch_group !== null) return row.epoch_group
  const values = { identity: own, epoch, epoch_group: asked }
  await records
    .insertInto('threshold_members')
    .values({ peer, ...values })
    .onConflict((conflict) =>
      conflict
        .column('peer')
        .doUpdateSet(isSame ? values : { ...values, asked_group: '', digest: null }),
    )
    .execute()
  return asked
}
