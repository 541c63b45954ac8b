// One round of a station's blind questions to a hub: its list and keys, then what was not asked about yet, then what of it stands in
// the list. Everything asked is kept before the next is asked, so a round that is cut off goes on where it was.

import { DAY_MS, MINUTE_MS } from '../../core/index.ts'
import { BLIND_CLASSES, BlindAnswerSchema, MOST_BLINDED } from '../../model/index.ts'
import type { BlindClass, BlindList, BlindProblem } from '../../model/index.ts'
import { judgeUp } from '../member/outbox.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import { BLIND_PATHS, elementsIn } from './answer-at-hub.ts'
import { keepAsked, knownValues, matchedValues } from './asked-values.ts'
import type { AskedValue } from './asked-values.ts'
import { QUESTION_KIND, noteBlindProblem, readAsking } from './asking-records.ts'
import type { Asking } from './asking-records.ts'
import { decideHits, keepHits } from './hits.ts'
import { BlindTrouble, said } from './round.ts'
import type { Round } from './round.ts'
import { tagOf } from './tags.ts'
import { takeList } from './take-list.ts'
import { inputOf } from './values.ts'
import type { BlindValue } from './values.ts'

/** Whether there is more to ask now. */
export async function askHub(round: Round): Promise<boolean> {
  const { records, peer, nowMs } = round
  const asking = await readAsking(records, peer.name)
  if (asking === undefined) return false
  const note = (code: BlindProblem | undefined, about = '') =>
    noteBlindProblem(records, peer.name, { code, about, nowMs })
  const reasons = await forbidden(round)
  if (reasons !== undefined) {
    await note('may not ask', reasons)
    return false
  }
  try {
    const list = await takeList(round, asking)
    const isMore = await askClasses(round, { asking, list })
    await match(round, { asking, epoch: list.epoch })
    await note(undefined)
    return isMore
  } catch (cause) {
    if (!(cause instanceof BlindTrouble)) throw cause
    await note(cause.code, cause.message)
    return false
  }
}

/** A question says how many values a station holds, and when it asks: it is decided on as all that leaves is. */
async function forbidden({ records, peer, nowMs }: Round): Promise<string | undefined> {
  const judge = await judgeUp(records, peer, nowMs)
  const { verdict, reasons } = judge.decide({
    type: QUESTION_KIND,
    id: QUESTION_KIND,
    object_marking_refs: [markingOfLabel('amber')],
  })
  return verdict === 'send'
    ? undefined
    : reasons.map(({ rule, about }) => `${rule} (${about})`).join(', ')
}

type Asked = { readonly asking: Asking; readonly list: BlindList }

async function askClasses(round: Round, asked: Asked): Promise<boolean> {
  let isMore = false
  for (const name of BLIND_CLASSES) if (await askClass(round, asked, name)) isMore = true
  return isMore
}

const LOOK_BACK_MS = 30 * DAY_MS
/** What is received is stored a little later. */
const STORED_LATE_MS = 15 * MINUTE_MS
/** Of one round and class, so that a station does not hold a million values at once. */
const MOST_A_ROUND = 20_000

/** Whether there is more of the class to ask now. */
async function askClass(
  round: Round,
  { asking, list: { epoch, keys, left } }: Asked,
  name: BlindClass,
): Promise<boolean> {
  if (left[name] === 0) return false
  const { station, peer, nowMs, records, signal } = round
  const of = { peer: peer.name, epoch }
  const most = Math.min(MOST_A_ROUND, left[name])
  const isPinnedBefore = asking.pinned?.epoch === epoch
  const values = await station.fresh({
    class: name,
    fromMs: fromOf(isPinnedBefore ? asking.reachedMs[name] : undefined, nowMs),
    toMs: nowMs,
    known: knownValues(of),
    most,
  })
  const warned = values.filter(({ kind, value }) => station.isWarned(kind, value))
  const wanted = values.filter((one) => !warned.includes(one))
  await keepAsked(
    station.engine,
    of,
    warned.map((one) => ({ ...one, tag: '', recordKey: '' })),
  )
  const publicKey = Buffer.from(keys[name], 'hex')
  for (const batch of pairsOf(wanted)) {
    if (signal.aborted) return false
    await Promise.all(
      batch.map(async (some) => {
        await keepAsked(
          station.engine,
          of,
          await ask(round, { values: some, epoch, name, publicKey }),
        )
      }),
    )
  }
  const isDone = values.length < most
  const reached = isDone ? { [`reached_${name}` as const]: new Date(nowMs) } : {}
  await records
    .updateTable('blind_hubs')
    .set({ asked: new Date(nowMs), ...reached })
    .where('peer', '=', peer.name)
    .execute()
  return !isDone && most === MOST_A_ROUND
}

/** From where it was; once a day from the start, for what a sensor brought late. */
function fromOf(reachedMs: number | undefined, nowMs: number): number {
  const dayOf = (ms: number) => Math.floor(ms / DAY_MS)
  return reachedMs === undefined || dayOf(reachedMs) !== dayOf(nowMs)
    ? nowMs - LOOK_BACK_MS
    : reachedMs - STORED_LATE_MS
}

/** Two questions at a time: one is blinded while the other is under way. */
function* pairsOf(values: readonly BlindValue[]): Generator<readonly (readonly BlindValue[])[]> {
  const step = 2 * MOST_BLINDED
  for (let at = 0; at < values.length; at += step) {
    const [one, other] = [
      values.slice(at, at + MOST_BLINDED),
      values.slice(at + MOST_BLINDED, at + step),
    ]
    yield other.length === 0 ? [one] : [one, other]
  }
}

type Question = {
  readonly values: readonly BlindValue[]
  readonly epoch: number
  readonly name: BlindClass
  readonly publicKey: Uint8Array
}

async function ask(
  round: Round,
  { values, epoch, name, publicKey }: Question,
): Promise<readonly AskedValue[]> {
  const { crunch } = round.station
  const blinded = await crunch.blind(values.map(inputOf))
  const bytes = Buffer.concat(blinded.map((one) => one.blinded))
  const answer = await said(round, BLIND_PATHS.evaluate, {
    body: { epoch, class: name, blinded: bytes.toString('base64') },
    schema: BlindAnswerSchema,
  })
  const evaluated = elementsIn(answer.evaluated) ?? []
  const evaluation = { evaluated, proof: Buffer.from(answer.proof, 'base64') }
  const outputs = await crunch.finalize(blinded, evaluation, publicKey)
  if (outputs === undefined) throw new BlindTrouble('not proven', hexOf(publicKey).slice(0, 8))
  return values.map((one, at): AskedValue => ({
    ...one,
    ...tagOf(outputs[at] ?? new Uint8Array()),
  }))
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

async function match(
  { records, station, peer, nowMs, onTold }: Round,
  { asking, epoch }: { readonly asking: Asking; readonly epoch: number },
): Promise<void> {
  const now = await readAsking(records, peer.name)
  if (now?.listTakenMs === undefined) return
  const of = { peer: peer.name, epoch, takenMs: now.listTakenMs }
  const matched = await matchedValues(station.engine, of)
  const hits = await keepHits(records, { peer: peer.name, matched, seen: station.seen, nowMs })
  if (hits.length === 0) return
  await station.onHits(peer.name, hits)
  if (asking.tell !== 'rule') return
  const ids = hits.map(({ id }) => id)
  await decideHits(records, ids, { tell: true, who: asking.by, nowMs })
  onTold()
}
