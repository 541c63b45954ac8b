// Which hubs a station reports to: terms accepted by a named person, by their digest, as consent to the hub and to the holder.

import type { z } from 'zod'
import { VigieError } from '../../core/index.ts'
import { ThresholdTermsAnswerSchema, ThresholdTermsSchema } from '../../model/index.ts'
import type {
  ThresholdProblem,
  ThresholdShown,
  ThresholdSwitch,
  ThresholdTerms,
  ThresholdTermsAskSchema,
} from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import { hubLink } from '../member/hub-link.ts'
import type { HubLink } from '../member/hub-link.ts'
import { consentToHub } from '../peer/consent-to-hub.ts'
import { findPeer, listPeers } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import type { StationKey } from '../peer/station-key.ts'
import { COLLECTOR_PATHS } from './collect-at-hub.ts'
import { ThresholdTrouble, askThreshold } from './round.ts'
import { termsDigest } from './terms.ts'

/** To the policy: consent to these is consent to nothing else. */
export const REPORT_KIND = 'threshold-report'
export const HOLDER_QUESTION_KIND = 'threshold-question'
const CONSENT_DAYS = 365
const ANSWER_MS = 30_000

export type Reporting = {
  readonly peer: string
  readonly digest: string
  readonly terms: ThresholdTerms
  readonly by: string
  readonly group: string | undefined
  readonly pinned:
    | { readonly epoch: number; readonly publicKey: string; readonly group: string }
    | undefined
  readonly reachedMs: number | undefined
}

/** Of hubs that are joined and reported to. */
export async function listReporting(records: Records): Promise<readonly Reporting[]> {
  const rows = await records
    .selectFrom('threshold_hubs')
    .selectAll()
    .where('is_on', '=', true)
    .execute()
  return rows.map((row) => {
    const { epoch, public_key: publicKey, epoch_group: pinnedGroup } = row
    return {
      peer: row.peer,
      digest: row.digest,
      terms: ThresholdTermsSchema.parse(row.terms),
      by: row.made_by,
      group: row.asked_group ?? undefined,
      pinned:
        epoch === null || publicKey === null || pinnedGroup === null
          ? undefined
          : { epoch, publicKey, group: pinnedGroup },
      reachedMs: row.reached?.getTime(),
    }
  })
}

type With = { readonly records: Records; readonly key: StationKey; readonly nowMs: number }

/** What a hub offers now. Throws BAD_REQUEST for what is no joined hub, offers none, or cannot be asked. */
export async function showTerms(at: With, peer: string): Promise<ThresholdShown> {
  const row = await joinedHub(at.records, peer)
  const { terms } = await ask(at, row, { accepted: '', by: '', epoch: 0, forget: false })
  return { terms, digest: termsDigest(terms) }
}

/** Throws BAD_REQUEST as above, and where other terms were read than are offered, or the holder is not joined. */
export async function switchReporting(
  at: With,
  { peer, isOn, accept }: Omit<ThresholdSwitch, 'by'>,
  who: string,
): Promise<void> {
  const { records, nowMs } = at
  if (!isOn) return switchOff(records, { peer, who, nowMs })
  const { terms, digest } = await showTerms(at, peer)
  const say = wordsOf('en').threshold
  if (accept === undefined || !digest.startsWith(accept))
    throw new VigieError('BAD_REQUEST', { met: accept ?? '–', expected: say.expectedTerms(peer) })
  const row = await joinedHub(records, peer)
  const holder = await holderOf(records, terms)
  if (terms.hub.identity !== row.identity || holder === undefined || holder.pin === row.pin)
    throw new VigieError('BAD_REQUEST', {
      met: terms.holder.organisation,
      expected: say.expectedJoined,
    })
  const values = {
    is_on: true,
    is_told: true,
    digest,
    terms: JSON.stringify(terms),
    made: new Date(nowMs),
  }
  const none = { asked_group: null, epoch: null, public_key: null, ends: null, epoch_group: null }
  const fresh = { ...values, made_by: who, ...none, reached: null, problem: null }
  await records
    .insertInto('threshold_hubs')
    .values({ peer, ...fresh })
    .onConflict((conflict) => conflict.column('peer').doUpdateSet(fresh))
    .execute()
  await records.deleteFrom('threshold_values').where('peer', '=', peer).execute()
  await consents(records, { peer, holder: holder.name, isGiven: true, who, nowMs })
}

type Off = { readonly peer: string; readonly who: string; readonly nowMs: number }

/** The hub forgets what was reported and is not open when it is asked next. */
async function switchOff(records: Records, { peer, who, nowMs }: Off): Promise<void> {
  const row = await records
    .updateTable('threshold_hubs')
    .set({ is_on: false, is_told: false, made: new Date(nowMs), made_by: who, problem: null })
    .where('peer', '=', peer)
    .returning('terms')
    .executeTakeFirst()
  if (row === undefined) return
  await records.deleteFrom('threshold_values').where('peer', '=', peer).execute()
  const holder = await holderOf(records, ThresholdTermsSchema.parse(row.terms))
  const isOthers = (await listReporting(records)).some(
    ({ terms }) => terms.holder.pin === holder?.pin,
  )
  const named = holder === undefined || isOthers ? undefined : holder.name
  await consents(records, { peer, holder: named, isGiven: false, who, nowMs })
}

type Consenting = Off & { readonly holder: string | undefined; readonly isGiven: boolean }

async function consents(
  records: Records,
  { peer, holder, isGiven, who, nowMs }: Consenting,
): Promise<void> {
  const given = { isGiven, days: CONSENT_DAYS }
  await consentToHub(records, { peer, kind: REPORT_KIND, ...given }, { who, nowMs })
  if (holder === undefined) return
  const question = { peer: holder, kind: HOLDER_QUESTION_KIND, ...given }
  await consentToHub(records, question, { who, nowMs })
}

/** The holder among the hubs that are joined, by its key. */
export async function holderOf(
  records: Records,
  { holder }: ThresholdTerms,
): Promise<PeerRow | undefined> {
  return (await listPeers(records)).find(
    ({ role, state, pin, identity }) =>
      role === 'hub' && state === 'joined' && pin === holder.pin && identity === holder.identity,
  )
}

async function joinedHub(records: Records, peer: string): Promise<PeerRow> {
  const row = await findPeer(records, peer)
  if (row?.role !== 'hub' || row.state !== 'joined' || row.pin === null)
    throw new VigieError('BAD_REQUEST', { met: peer, expected: wordsOf('en').blind.expectedHub })
  return row
}

type TermsAsk = z.infer<typeof ThresholdTermsAskSchema>

export function askTerms(link: HubLink, body: TermsAsk) {
  return askThreshold(link, COLLECTOR_PATHS.terms, { body, schema: ThresholdTermsAnswerSchema })
}

async function ask({ key }: With, { address, pin, name }: PeerRow, body: TermsAsk) {
  const link = hubLink(
    { address: address ?? '', pin: pin ?? '' },
    key,
    AbortSignal.timeout(ANSWER_MS),
  )
  try {
    return await askTerms(link, body)
  } catch (cause) {
    if (!(cause instanceof ThresholdTrouble)) throw cause
    const say = wordsOf('en').threshold
    const met = say.problems[cause.code satisfies ThresholdProblem](cause.message)
    throw new VigieError('BAD_REQUEST', { met, expected: say.expectedOffer(name) }, { cause })
  } finally {
    link.close()
  }
}
