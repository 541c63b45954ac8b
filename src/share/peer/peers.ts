// Peers as the records hold them: members that a hub invited, hubs that a station joined. A peer that was ended stays, so that
// what was given to it can still be told.

import { createHash, randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import { DAY_MS, VigieError } from '../../core/index.ts'
import { AgreementSchema, PeerProblemSchema } from '../../model/index.ts'
import type { PeerProblem, SharingAgreement } from '../../model/index.ts'
import type { Records, SharePeersTable } from '../../store/index.ts'
import { digestOf } from './agreement.ts'

export type PeerRow = Selectable<SharePeersTable>
/** How long a code is good: it goes by another way, to somebody who may be away. */
export const CODE_MS = 7 * DAY_MS

export type Invite = {
  readonly name: string
  readonly agreement: SharingAgreement
  readonly nowMs: number
}

/** A new code's secret. Throws BAD_REQUEST while the name is joined. */
export async function invite(records: Records, { name, agreement, nowMs }: Invite) {
  const secret = randomBytes(18).toString('base64url')
  const untilMs = nowMs + CODE_MS
  const values = {
    role: 'member',
    state: 'invited',
    organisation: '',
    code_hash: secretHash(secret),
    code_expires: new Date(untilMs),
    terms: JSON.stringify(agreement),
    pin: null,
    identity: null,
    joined: null,
    ended: null,
    ended_by: null,
    problem: null,
    offer: null,
  }
  const { numInsertedOrUpdatedRows } = await records
    .insertInto('share_peers')
    .values({ name, ...values })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet(values).where('share_peers.state', '!=', 'joined'),
    )
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n)
    throw new VigieError('BAD_REQUEST', {
      met: `${name}, which has joined`,
      expected: `another name, or “vigie peers revoke ${name}” before`,
    })
  return { secret, untilMs }
}

/** Looked up by digest, so comparing takes the same time whatever was sent. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** The invitation that a secret belongs to, while it is good: unused, or used by the same key. */
export async function invitation(
  records: Records,
  { secret, pin, nowMs }: { readonly secret: string; readonly pin: string; readonly nowMs: number },
): Promise<{ readonly row: PeerRow; readonly agreement: SharingAgreement } | undefined> {
  const row = await records
    .selectFrom('share_peers')
    .selectAll()
    .where('code_hash', '=', secretHash(secret))
    .where('code_expires', '>', new Date(nowMs))
    .where('state', 'in', ['invited', 'joined'])
    .where((by) => by.or([by('pin', 'is', null), by('pin', '=', pin)]))
    .executeTakeFirst()
  return row === undefined ? undefined : { row, agreement: AgreementSchema.parse(row.terms) }
}

export type Joining = {
  readonly name: string
  readonly role: 'member' | 'hub'
  readonly organisation: string
  readonly identity: string
  readonly pin: string
  readonly address: string | null
  readonly agreement: SharingAgreement
  readonly acceptedBy: string
  readonly nowMs: number
}

/** Pins the key and keeps the agreement, in one step. Again is no error. */
export async function join(records: Records, joining: Joining): Promise<void> {
  const { name, role, organisation, identity, pin, address, agreement, nowMs } = joining
  const now = new Date(nowMs)
  const values = {
    role,
    state: 'joined',
    organisation,
    identity,
    pin,
    address,
    terms: JSON.stringify(agreement),
    joined: now,
    last_seen: now,
    ended: null,
    ended_by: null,
    is_told: true,
    problem: null,
    offer: null,
  }
  await records.transaction().execute(async (transaction) => {
    // One agreement at a time: a former one that allows more would hold beside what was read.
    await transaction
      .updateTable('share_agreements')
      .set({ revoked: now })
      .where('peer', '=', name)
      .where('id', '!=', agreement.id)
      .where('revoked', 'is', null)
      .execute()
    await transaction
      .insertInto('share_peers')
      .values({ name, ...values })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
      .execute()
    await transaction
      .insertInto('share_agreements')
      .values({
        id: agreement.id,
        peer: name,
        terms: JSON.stringify(agreement),
        digest: digestOf(agreement),
        accepted: now,
        accepted_by: joining.acceptedBy,
      })
      .onConflict((conflict) => conflict.columns(['peer', 'id']).doNothing())
      .execute()
  })
}

export async function listPeers(records: Records): Promise<readonly PeerRow[]> {
  return records.selectFrom('share_peers').selectAll().orderBy('name').execute()
}

export async function findPeer(records: Records, name: string): Promise<PeerRow | undefined> {
  return records.selectFrom('share_peers').selectAll().where('name', '=', name).executeTakeFirst()
}

/** Whoever holds the key, as long as it is joined. */
export async function memberByPin(records: Records, pin: string): Promise<PeerRow | undefined> {
  return records
    .selectFrom('share_peers')
    .selectAll()
    .where('role', '=', 'member')
    .where('pin', '=', pin)
    .orderBy('joined', 'desc')
    .executeTakeFirst()
}

export type Ending = {
  readonly name: string
  readonly by: 'us' | 'them'
  readonly isTold: boolean
  readonly nowMs: number
}

/** Ends the peer and every agreement with it now. False when there is no such peer. */
export async function endPeer(
  records: Records,
  { name, by, isTold, nowMs }: Ending,
): Promise<boolean> {
  const now = new Date(nowMs)
  return records.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('share_peers')
      .set({
        state: 'ended',
        ended: now,
        ended_by: by,
        is_told: isTold,
        code_hash: null,
        offer: null,
      })
      .where('name', '=', name)
      .where('state', '!=', 'ended')
      .executeTakeFirst()
    await transaction
      .updateTable('share_agreements')
      .set({ revoked: now })
      .where('peer', '=', name)
      .where('revoked', 'is', null)
      .execute()
    return numUpdatedRows > 0n
  })
}

export async function agreementsWith(records: Records, peer: string) {
  const rows = await records
    .selectFrom('share_agreements')
    .select(['terms', 'revoked'])
    .where('peer', '=', peer)
    // The last is what holds, or held last: rows come in no order of their own.
    .orderBy('accepted')
    .orderBy('revoked', (order) => order.asc().nullsLast())
    .execute()
  return rows.map(({ terms, revoked }) => ({ agreement: AgreementSchema.parse(terms), revoked }))
}

/** Says once what is wrong and since when; null when it is over. */
export async function noteProblem(
  records: Records,
  name: string,
  problem: PeerProblem | null,
): Promise<void> {
  const row = await findPeer(records, name)
  const before = PeerProblemSchema.safeParse(row?.problem)
  const isSame = before.success && before.data.code === problem?.code
  const since = isSame ? before.data.since : problem?.since
  await records
    .updateTable('share_peers')
    .set({ problem: problem === null ? null : JSON.stringify({ ...problem, since }) })
    .where('name', '=', name)
    .execute()
}

export async function notePeerSeen(records: Records, name: string, nowMs: number): Promise<void> {
  await records
    .updateTable('share_peers')
    .set({ last_seen: new Date(nowMs) })
    .where('name', '=', name)
    .execute()
}
