// Recorded consents: of this organisation, and of the community whose data it holds. Each can be taken back.

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { DAY_MS } from '../../core/index.ts'
import type { ConsentAsk, SharingConsent } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { Consent } from '../policy/policy-types.ts'

const Texts = z.array(z.string()).nullable()

export async function readConsents(records: Records): Promise<readonly SharingConsent[]> {
  const rows = await records
    .selectFrom('share_consents')
    .selectAll()
    .orderBy('valid_from', 'desc')
    .limit(10_000)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    by: row.given_by,
    purpose: row.purpose,
    peers: Texts.parse(row.peers),
    kinds: Texts.parse(row.kinds),
    from: row.valid_from.toISOString(),
    until: row.valid_until.toISOString(),
    revoked: row.revoked?.toISOString() ?? null,
    recordedBy: row.recorded_by,
  }))
}

/** `peers` are names here; the policy knows identities. */
export function policyConsents(
  consents: readonly SharingConsent[],
  identityOf: (name: string) => string | undefined,
): readonly Consent[] {
  return consents.map(({ by, purpose, peers, kinds, from, until, revoked }) => ({
    by,
    purpose,
    peers: peers === null ? 'any' : peers.flatMap((name) => identityOf(name) ?? []),
    kinds: kinds ?? 'any',
    from: Date.parse(from),
    until: Date.parse(until),
    ...(revoked === null ? {} : { revoked: Date.parse(revoked) }),
  }))
}

export type Recording = { readonly who: string; readonly nowMs: number }

export async function recordConsent(
  records: Records,
  { by, purpose, peers, kinds, days }: ConsentAsk,
  { who, nowMs }: Recording,
): Promise<string> {
  const id = randomUUID()
  await records
    .insertInto('share_consents')
    .values({
      id,
      given_by: by,
      purpose,
      peers: peers === undefined ? null : JSON.stringify(peers),
      kinds: kinds === undefined ? null : JSON.stringify(kinds),
      valid_from: new Date(nowMs),
      valid_until: new Date(nowMs + days * DAY_MS),
      recorded_by: who,
    })
    .execute()
  return id
}

/** False when there is none that still holds. */
export async function revokeConsent(records: Records, id: string, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await records
    .updateTable('share_consents')
    .set({ revoked: new Date(nowMs) })
    .where('id', '=', id)
    .where('revoked', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
