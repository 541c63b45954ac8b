// A station tells its hub how it stands to the goals, once a day, where a named person allowed it; taken back, the hub forgets it.

import { DAY_MS, VigieError } from '../../core/index.ts'
import type { RollUp, RollUpState, RollUpSwitch } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { HubLink } from '../member/hub-link.ts'
import { judgeUp } from '../member/outbox.ts'
import { consentToHub } from '../peer/consent-to-hub.ts'
import { findPeer, listPeers } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { ROLL_UP_PATH } from './roll-ups-at-hub.ts'

/** What a roll-up is to the policy: consent to it is consent to nothing else. */
export const ROLL_UP_KIND = 'readiness'
const CONSENT_DAYS = 365

/** Switches it on or off. Throws BAD_REQUEST for what is no joined hub. */
export async function switchRollUp(
  records: Records,
  { peer, isOn }: Pick<RollUpSwitch, 'peer' | 'isOn'>,
  { who, nowMs }: { readonly who: string; readonly nowMs: number },
): Promise<void> {
  const row = await findPeer(records, peer)
  if (row?.role !== 'hub' || (isOn && row.state !== 'joined'))
    throw new VigieError('BAD_REQUEST', { met: peer, expected: wordsOf('en').blind.expectedHub })
  const values = { is_on: isOn, made: new Date(nowMs), made_by: who }
  await records
    .insertInto('roll_up_hubs')
    .values({ peer, ...values })
    .onConflict((conflict) => conflict.column('peer').doUpdateSet(values))
    .execute()
  const consent = { peer, kind: ROLL_UP_KIND, isGiven: isOn, days: CONSENT_DAYS }
  await consentToHub(records, consent, { who, nowMs })
}

/** Every hub that is joined, told or not. */
export async function toldHubs(records: Records): Promise<RollUpState['hubs']> {
  const rows = await records.selectFrom('roll_up_hubs').selectAll().execute()
  return (await listPeers(records))
    .filter(({ role, state }) => role === 'hub' && state === 'joined')
    .map(({ name: peer }) => {
      const row = rows.find((one) => one.peer === peer)
      return {
        peer,
        isOn: row?.is_on ?? false,
        by: row?.made_by ?? null,
        told: row?.told?.toISOString() ?? null,
      }
    })
}

export type TellRollUp = {
  readonly peer: PeerRow
  readonly link: HubLink
  readonly nowMs: number
  /** Undefined while there is nothing to tell yet. */
  readonly rollUp: (hub: PeerRow) => Promise<RollUp | undefined>
}

/** A hub that knows nothing of it, or is away, is told later. */
export async function tellRollUp(
  records: Records,
  { peer, link, nowMs, rollUp }: TellRollUp,
): Promise<void> {
  const row = await records
    .selectFrom('roll_up_hubs')
    .selectAll()
    .where('peer', '=', peer.name)
    .executeTakeFirst()
  if (row === undefined) return
  const may = row.is_on && (await mayTell(records, peer, nowMs))
  const isDue = may ? (row.told?.getTime() ?? 0) <= nowMs - DAY_MS : row.told !== null
  if (!isDue) return
  const told = may ? await rollUp(peer) : { goals: [] }
  if (told === undefined || !(await tell(link, told))) return
  await records
    .updateTable('roll_up_hubs')
    .set({ told: may ? new Date(nowMs) : null })
    .where('peer', '=', peer.name)
    // Meanwhile somebody may have decided otherwise: that is told next.
    .where('made', '=', row.made)
    .execute()
}

/** A hub that does not know sums is told how this station itself stands. */
async function tell(link: HubLink, told: RollUp): Promise<boolean> {
  const { ok } = await link.post(ROLL_UP_PATH, told)
  if (ok || told.sums === undefined) return ok
  return (await link.post(ROLL_UP_PATH, { goals: told.goals })).ok
}

async function mayTell(records: Records, peer: PeerRow, nowMs: number): Promise<boolean> {
  const judge = await judgeUp(records, peer, nowMs)
  const object = {
    type: ROLL_UP_KIND,
    id: ROLL_UP_KIND,
    object_marking_refs: [markingOfLabel('amber')],
  }
  return judge.decide(object).verdict === 'send'
}
