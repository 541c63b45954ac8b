// Which hubs a station asks blindly: switched on by a named person, and with what the hub's keys are pinned to.

import { VigieError } from '../../core/index.ts'
import { BlindKeysSchema, BlindProblemSchema } from '../../model/index.ts'
import type { AskedHub, BlindKeys, BlindProblem, BlindSwitch } from '../../model/index.ts'
import type { EventEngine, Records } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import { consentToHub } from '../peer/consent-to-hub.ts'
import { findPeer, listPeers } from '../peer/peers.ts'
import { countAsked } from './asked-values.ts'
import { fingerprintOf, logBlind } from './log.ts'

/** What a blind question is to the policy: its own kind, so that consent to it is consent to nothing else. */
export const QUESTION_KIND = 'blind-question'
const CONSENT_DAYS = 365

/** Switches it on or off. A named person's act is the organisation's consent. Throws BAD_REQUEST for what is no joined hub. */
export async function switchAsking(
  records: Records,
  { peer, isOn, tell }: Pick<BlindSwitch, 'peer' | 'isOn' | 'tell'>,
  { who, nowMs }: { readonly who: string; readonly nowMs: number },
): Promise<void> {
  const row = await findPeer(records, peer)
  if (row?.role !== 'hub' || (isOn && row.state !== 'joined'))
    throw new VigieError('BAD_REQUEST', {
      met: peer,
      expected: wordsOf('en').blind.expectedHub,
    })
  const values = { is_on: isOn, tell, made: new Date(nowMs), made_by: who, problem: null }
  await records
    .insertInto('blind_hubs')
    .values({ peer, ...values })
    .onConflict((conflict) => conflict.column('peer').doUpdateSet(values))
    .execute()
  const consent = { peer, kind: QUESTION_KIND, isGiven: isOn, days: CONSENT_DAYS }
  await consentToHub(records, consent, { who, nowMs })
  const act = isOn ? 'asking switched on' : 'asking switched off'
  await logBlind(records, { peer, act, about: isOn ? tell : '', by: who, nowMs })
}

export type Asking = {
  readonly peer: string
  readonly tell: 'each' | 'rule'
  readonly by: string
  readonly pinned: { readonly epoch: number; readonly keys: BlindKeys } | undefined
  readonly digest: string
  readonly listTakenMs: number | undefined
  readonly reachedMs: Readonly<Record<'address' | 'other', number | undefined>>
}

/** Undefined where it is not switched on. */
export async function readAsking(records: Records, peer: string): Promise<Asking | undefined> {
  const row = await records
    .selectFrom('blind_hubs')
    .selectAll()
    .where('peer', '=', peer)
    .where('is_on', '=', true)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { epoch, public_keys: keys, list_taken: taken } = row
  return {
    peer,
    tell: row.tell === 'rule' ? 'rule' : 'each',
    by: row.made_by,
    pinned: epoch === null ? undefined : { epoch, keys: BlindKeysSchema.parse(keys) },
    digest: row.digest ?? '',
    listTakenMs: taken === null ? undefined : Number(taken),
    reachedMs: {
      address: row.reached_address?.getTime(),
      other: row.reached_other?.getTime(),
    },
  }
}

/** Says once what is wrong and since when; undefined when it is over. */
export async function noteBlindProblem(
  records: Records,
  peer: string,
  {
    code,
    about = '',
    nowMs,
  }: { readonly code: BlindProblem | undefined; readonly about?: string; readonly nowMs: number },
): Promise<void> {
  const row = await records
    .selectFrom('blind_hubs')
    .select('problem')
    .where('peer', '=', peer)
    .executeTakeFirst()
  const before = BlindProblemSchema.safeParse(row?.problem).data
  if (before?.code === code) return
  const since = new Date(nowMs).toISOString()
  const problem =
    code === undefined ? null : JSON.stringify({ code, about: about.slice(0, 300), since })
  await records.updateTable('blind_hubs').set({ problem }).where('peer', '=', peer).execute()
  if (code === undefined) return
  await logBlind(records, {
    peer,
    act: 'not asked',
    about: `${code} ${about}`.trim(),
    by: 'vigie',
    nowMs,
  })
}

/** Every hub that is joined, asked or not. */
export async function listAsking(
  records: Records,
  engine: EventEngine,
): Promise<readonly AskedHub[]> {
  const rows = await records.selectFrom('blind_hubs').selectAll().execute()
  const hubs = (await listPeers(records)).filter(
    ({ role, state }) => role === 'hub' && state === 'joined',
  )
  const asking: AskedHub[] = []
  for (const { name: peer } of hubs) {
    const row = rows.find((one) => one.peer === peer)
    if (row === undefined) asking.push({ ...NEVER, peer })
    else {
      const { epoch } = row
      const keys = BlindKeysSchema.safeParse(row.public_keys).data
      asking.push({
        peer,
        isOn: row.is_on,
        tell: row.tell === 'rule' ? 'rule' : 'each',
        by: row.made_by,
        epoch,
        fingerprint: keys === undefined ? null : fingerprintOf(keys),
        ends: row.ends?.toISOString() ?? null,
        listed: row.listed,
        asked: epoch === null ? 0 : await countAsked(engine, { peer, epoch }),
        lastAsked: row.asked?.toISOString() ?? null,
        problem: problemOf(row.problem),
      })
    }
  }
  return asking
}

const NEVER = {
  isOn: false,
  tell: 'each',
  by: null,
  epoch: null,
  fingerprint: null,
  ends: null,
  listed: 0,
  asked: 0,
  lastAsked: null,
  problem: null,
} as const satisfies Omit<AskedHub, 'peer'>

function problemOf(kept: unknown): AskedHub['problem'] {
  const problem = BlindProblemSchema.safeParse(kept).data
  if (problem === undefined) return null
  const say = (language: 'en' | 'fr') =>
    wordsOf(language).blind.problems[problem.code](problem.about)
  return { code: problem.code, since: problem.since, sentence: { en: say('en'), fr: say('fr') } }
}
