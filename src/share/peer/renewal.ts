// A new agreement in place of the one that holds: a hub offers it, a named person of the member accepts it by its digest. Until then the
// former holds; from then on the new one alone, whatever the former allowed.

import { AgreementSchema } from '../../model/index.ts'
import type { PeerOffer, SharingAgreement } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import { digestOf } from './agreement.ts'
import { findPeer } from './peers.ts'
import type { PeerRow } from './peers.ts'

export type Offered = { readonly name: string; readonly agreement: SharingAgreement }

/** What the member is shown when it asks next; an earlier offer that nobody accepted is gone. False when no such member is joined. */
export async function offerRenewal(
  records: Records,
  { name, agreement }: Offered,
): Promise<boolean> {
  const { numUpdatedRows } = await records
    .updateTable('share_peers')
    .set({ offer: JSON.stringify(agreement) })
    .where('name', '=', name)
    .where('role', '=', 'member')
    .where('state', '=', 'joined')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export type Heard = { readonly name: string; readonly agreement: SharingAgreement }

/**
 * What a hub says should hold: kept for a person when it is another agreement than the one accepted, forgotten when it is that one. An
 * agreement in the name of another organisation than the one that was joined is none.
 */
export async function hearOffer(records: Records, { name, agreement }: Heard): Promise<void> {
  const row = await findPeer(records, name)
  if (row === undefined || row.identity !== agreement.hub.identity) return
  const isNew = digestOf(AgreementSchema.parse(row.terms)) !== digestOf(agreement)
  await records
    .updateTable('share_peers')
    .set({ offer: isNew ? JSON.stringify(agreement) : null })
    .where('name', '=', name)
    .where('state', '=', 'joined')
    .execute()
}

export type Renewing = {
  readonly name: string
  /** Of the agreement that was read. */
  readonly digest: string
  readonly acceptedBy: string
  readonly nowMs: number
}

/** In one step: what was offered holds, what held before ends. Again is no error. False when something else is offered now. */
export async function takeRenewal(
  records: Records,
  { name, digest, acceptedBy, nowMs }: Renewing,
): Promise<boolean> {
  const now = new Date(nowMs)
  return records.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('share_peers')
      .select(['terms', 'offer'])
      .where('name', '=', name)
      .where('state', '=', 'joined')
      .forUpdate()
      .executeTakeFirst()
    const offer = AgreementSchema.safeParse(row?.offer)
    if (row === undefined || !offer.success || digestOf(offer.data) !== digest)
      return row !== undefined && digestOf(AgreementSchema.parse(row.terms)) === digest
    const terms = JSON.stringify(offer.data)
    await transaction
      .updateTable('share_agreements')
      .set({ revoked: now })
      .where('peer', '=', name)
      .where('id', '!=', offer.data.id)
      .where('revoked', 'is', null)
      .execute()
    const { id } = offer.data
    await transaction
      .insertInto('share_agreements')
      .values({ id, peer: name, terms, digest, accepted: now, accepted_by: acceptedBy })
      // Offered anew under an id that held before: it is this text that was read.
      .onConflict((conflict) =>
        conflict
          .columns(['peer', 'id'])
          .doUpdateSet({ terms, digest, accepted: now, accepted_by: acceptedBy, revoked: null }),
      )
      .execute()
    await transaction
      .updateTable('share_peers')
      .set({ terms, offer: null })
      .where('name', '=', name)
      .execute()
    return true
  })
}

/** What is offered, as a person reads it: the text, and what this program does under it beside what it does now. */
export function offerOf(row: PeerRow): PeerOffer | null {
  const offer = AgreementSchema.safeParse(row.offer)
  if (!offer.success) return null
  const { text, until } = offer.data
  const holds = AgreementSchema.safeParse(row.terms)
  return {
    digest: digestOf(offer.data),
    text,
    until,
    terms: termsOf(offer.data),
    former: holds.success ? termsOf(holds.data) : { en: [], fr: [] },
  }
}

/** What the program does under an agreement, from what it acts on and not from the text the hub wrote. */
export function termsOf(agreement: SharingAgreement): PeerOffer['terms'] {
  return {
    en: wordsOf('en').sharing.terms(agreement).split('\n'),
    fr: wordsOf('fr').sharing.terms(agreement).split('\n'),
  }
}
