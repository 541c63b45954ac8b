// What this organisation registers so that it can be told, and its way to the hubs that were joined. A named person's act is the
// consent to send it to them; a community's own consent stands beside it, as for all that leaves.

import { z } from 'zod'
import { SHARING_PURPOSE, RegistrationSchema } from '../../model/index.ts'
import type { OwnRegistration, Registration } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { NOTICE_PATHS } from '../notices/exchange.ts'
import { cleanRegistration, registrationDigest } from '../notices/organisations.ts'
import { recordConsent, readConsents, revokeConsent } from '../peer/consents.ts'
import { listPeers } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { identityObject, readSelf } from '../peer/self.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import type { HubLink } from './hub-link.ts'
import { judgeUp } from './outbox.ts'

/** What a registration is to the policy. */
const KIND = 'identity'
const CONSENT_DAYS = 365

type Act = { readonly who: string; readonly nowMs: number }

/** Throws BAD_REQUEST with what cannot be held. Whoever is joined now is told; a hub that is joined later once somebody registers anew. */
export async function registerOwn(
  records: Records,
  given: Registration,
  { who, nowMs }: Act,
): Promise<void> {
  const registration = cleanRegistration(given)
  const values = {
    body: JSON.stringify(registration),
    digest: registrationDigest(registration),
    by_whom: who,
    made: new Date(nowMs),
  }
  await records
    .insertInto('notice_registration')
    .values(values)
    .onConflict((conflict) => conflict.column('one').doUpdateSet(values))
    .execute()
  const { identity } = await readSelf(records)
  const former = (await readConsents(records)).filter(
    ({ by, kinds, revoked }) =>
      by === identity && revoked === null && kinds?.length === 1 && kinds[0] === KIND,
  )
  for (const { id } of former) await revokeConsent(records, id, nowMs)
  const peers = (await joinedHubs(records)).map(({ name }) => name)
  if (peers.length === 0) return
  const consent = {
    by: identity,
    purpose: SHARING_PURPOSE,
    peers,
    kinds: [KIND],
    days: CONSENT_DAYS,
  }
  await recordConsent(records, consent, { who, nowMs })
}

async function joinedHubs(records: Records): Promise<readonly PeerRow[]> {
  return (await listPeers(records)).filter(
    ({ role, state }) => role === 'hub' && state === 'joined',
  )
}

export async function readOwnRegistration(
  records: Records,
  nowMs: number,
): Promise<OwnRegistration> {
  const row = await records.selectFrom('notice_registration').selectAll().executeTakeFirst()
  const told = await records.selectFrom('notice_registration_told').selectAll().execute()
  const hubs = await joinedHubs(records)
  return {
    asOf: new Date(nowMs).toISOString(),
    registration: row === undefined ? null : RegistrationSchema.parse(row.body),
    by: row?.by_whom ?? null,
    made: row?.made.toISOString() ?? null,
    told: hubs.map(({ name }) => {
      const one = told.find(({ peer, digest }) => peer === name && digest === row?.digest)
      return { peer: name, at: one?.told?.toISOString() ?? null, problem: one?.problem ?? null }
    }),
  }
}

const RefusedSchema = z.object({ reason: z.string().max(1000) })

/** Sends it where it was not sent yet. What went wrong stands beside it. */
export async function tellRegistration(
  records: Records,
  { peer, link, nowMs }: { readonly peer: PeerRow; readonly link: HubLink; readonly nowMs: number },
): Promise<void> {
  const row = await records.selectFrom('notice_registration').selectAll().executeTakeFirst()
  if (row === undefined) return
  const told = await records
    .selectFrom('notice_registration_told')
    .selectAll()
    .where('peer', '=', peer.name)
    .executeTakeFirst()
  if (told?.digest === row.digest && told.told !== null) return
  const self = await readSelf(records)
  const judge = await judgeUp(records, peer, nowMs)
  const marked = { ...identityObject(self), object_marking_refs: [markingOfLabel('amber')] }
  const { verdict, reasons } = judge.decide(marked)
  const problem =
    verdict === 'send' ? await send(link, row.body) : reasons.map(({ rule }) => rule).join(', ')
  const values = { digest: row.digest, told: problem === null ? new Date(nowMs) : null, problem }
  await records
    .insertInto('notice_registration_told')
    .values({ peer: peer.name, ...values })
    .onConflict((conflict) => conflict.column('peer').doUpdateSet(values))
    .execute()
}

async function send(link: HubLink, body: unknown): Promise<string | null> {
  const response = await link.post(NOTICE_PATHS.register, body)
  const text = await response.text()
  if (response.ok) return null
  const refused = RefusedSchema.safeParse(safeJson(text.slice(0, 10_000)))
  return refused.success ? refused.data.reason : `answer ${response.status}`
}

export function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
