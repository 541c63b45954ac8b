// A member's round with its hub about witnesses: it asks the hub and other members to sign its log, and signs what others ask.

import { VigieError } from '../../core/index.ts'
import { MOST_ADD_CHECKPOINT, WitnessExchangedSchema } from '../../model/index.ts'
import type { WitnessAnswer } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { HubLink } from '../member/hub-link.ts'
import { judgeUp } from '../member/outbox.ts'
import { consentToHub } from '../peer/consent-to-hub.ts'
import { findPeer, listPeers } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { WITNESS_PATHS } from './witness-port.ts'
import type { WitnessPort } from './witness-port.ts'

/** What a checkpoint is to the policy: consent to it is consent to nothing else. */
export const CHECKPOINT_KIND = 'checkpoint'
const CONSENT_DAYS = 3660

/** Switches it on or off. A named person's act is the organisation's consent. Throws BAD_REQUEST for what is no joined hub. */
export async function switchWitnessing(
  records: Records,
  { peer, isOn }: { readonly peer: string; readonly isOn: boolean },
  { who, nowMs }: { readonly who: string; readonly nowMs: number },
): Promise<void> {
  const row = await findPeer(records, peer)
  if (row?.role !== 'hub' || (isOn && row.state !== 'joined'))
    throw new VigieError('BAD_REQUEST', { met: peer, expected: wordsOf('en').blind.expectedHub })
  const values = { is_on: isOn, made: new Date(nowMs), made_by: who }
  await records
    .insertInto('witness_hubs')
    .values({ peer, ...values })
    .onConflict((conflict) => conflict.column('peer').doUpdateSet(values))
    .execute()
  const consent = { peer, kind: CHECKPOINT_KIND, isGiven: isOn, days: CONSENT_DAYS }
  await consentToHub(records, consent, { who, nowMs })
}

/** Every hub that is joined, asked or not. */
export async function witnessingHubs(records: Records) {
  const rows = await records.selectFrom('witness_hubs').selectAll().execute()
  return (await listPeers(records))
    .filter(({ role, state }) => role === 'hub' && state === 'joined')
    .map(({ name: peer }) => {
      const row = rows.find((one) => one.peer === peer)
      return { peer, isOn: row?.is_on ?? false, by: row?.made_by ?? null }
    })
}

export type WitnessRound = {
  readonly records: Records
  readonly peer: PeerRow
  readonly link: HubLink
  readonly port: WitnessPort
  readonly nowMs: number
}

/** An answer of this station as a witness, for a log that its hub brought. */
export type OwnAnswer = WitnessAnswer & { readonly log: string }

/**
 * One question: `answers` go, what others ask comes. Gives the answers to that; undefined when nothing was said, so that the
 * same answers go again. What was signed is kept before; an answer lost with the process is asked for again.
 */
export async function witnessRound(
  round: WitnessRound,
  answers: readonly OwnAnswer[],
): Promise<readonly OwnAnswer[] | undefined> {
  const { peer, link, port } = round
  if (!(await mayTell(round))) return undefined
  const requests = await port.requests(peer.name)
  const response = await link.post(WITNESS_PATHS.exchange, {
    log: port.log,
    witness: port.witness,
    requests: requests.filter(({ isHub }) => !isHub).map(({ to, body }) => ({ to, body })),
    answers,
  })
  const said = WitnessExchangedSchema.safeParse(await jsonOf(response))
  // A hub that knows nothing of witnesses answers 404; its other troubles are told by the one who listens.
  if (!response.ok || !said.success) return undefined
  await port.meet(peer.name, said.data.witnesses)
  for (const { witness, ...answer } of said.data.answers)
    await port.take(peer.name, witness, answer)
  await askHubItself(round, requests)
  const own: OwnAnswer[] = []
  for (const { log, organisation, body } of said.data.requests) {
    const isKnown = await port.enrol({ log, organisation, peer: peer.name })
    own.push({ log, ...(isKnown ? await port.add(peer.name, body) : UNKNOWN) })
  }
  return own
}

const UNKNOWN: WitnessAnswer = { status: 404, body: 'another key is known for this log\n' }

async function mayTell({ records, peer, nowMs }: WitnessRound): Promise<boolean> {
  const row = await records
    .selectFrom('witness_hubs')
    .select('is_on')
    .where('peer', '=', peer.name)
    .executeTakeFirst()
  if (row?.is_on !== true) return false
  const judge = await judgeUp(records, peer, nowMs)
  const { verdict } = judge.decide({
    type: CHECKPOINT_KIND,
    id: CHECKPOINT_KIND,
    object_marking_refs: [markingOfLabel('amber')],
  })
  return verdict === 'send'
}

/** The hub signs as any witness of the specification does. */
async function askHubItself(
  { peer, link, port }: WitnessRound,
  requests: Awaited<ReturnType<WitnessPort['requests']>>,
): Promise<void> {
  const asked = requests.length > 0 ? requests : await port.requests(peer.name)
  for (const { to, body } of asked.filter(({ isHub }) => isHub)) {
    const answer = await link.postText(WITNESS_PATHS.add, body)
    await port.take(peer.name, to, answer)
    if (answer.status !== 409) continue
    // It said what it signed last: asked once more from there.
    const again = (await port.requests(peer.name)).find((one) => one.to === to)
    if (again !== undefined && again.body !== body)
      await port.take(peer.name, to, await link.postText(WITNESS_PATHS.add, again.body))
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text()
  try {
    return text.length > MOST_ANSWER ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

const MOST_ANSWER = 200 * MOST_ADD_CHECKPOINT
