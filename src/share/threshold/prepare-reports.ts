// What a station asks of the holder of a key, and makes of the answers: reports that only enough of their kind can open.

import { DAY_MS, MINUTE_MS } from '../../core/index.ts'
import {
  BlindAnswerSchema,
  MOST_REPORTS,
  MOST_REPORTS_KEPT,
  ThresholdKeyAnswerSchema,
} from '../../model/index.ts'
import type { ThresholdSaid } from '../../model/index.ts'
import { elementsIn } from '../blind/answer-at-hub.ts'
import { inputOf } from '../blind/values.ts'
import { findPeer } from '../peer/peers.ts'
import { HOLDER_PATHS } from './hold-key.ts'
import { mayLeave } from './may-leave.ts'
import { HOLDER_QUESTION_KIND, REPORT_KIND } from './reporting-records.ts'
import type { Reporting } from './reporting-records.ts'
import { ThresholdTrouble, askThreshold } from './round.ts'
import type { ThresholdRound } from './round.ts'
import { reportOf } from './shares.ts'

const LOOK_BACK_MS = 30 * DAY_MS
/** What is received is stored a little later. */
const STORED_LATE_MS = 15 * MINUTE_MS
/** No key is kept longer: one that never changes gives whoever tries addresses all the time there is. */
const MOST_EPOCH_MS = 62 * DAY_MS

/** Asks the holder about addresses that logged in here, and makes what is reported of each. */
export async function prepareReports(
  round: ThresholdRound,
  reporting: Reporting,
): Promise<boolean> {
  const { records, station, link, nowMs, signal } = round
  const collector = await findPeer(records, reporting.peer)
  // The hub says first with which others this station counts as one.
  if (collector?.state !== 'joined' || reporting.group === undefined) return false
  await mayLeave(round, round.peer, HOLDER_QUESTION_KIND)
  await mayLeave(round, collector, REPORT_KIND)
  const held = await askThreshold(link, HOLDER_PATHS.key, {
    body: {},
    schema: ThresholdKeyAnswerSchema,
  })
  const pinned = await pin(round, reporting, held)
  const known = await knownAddresses(round, reporting, held.epoch)
  const most = Math.min(MOST_REPORTS, held.left, MOST_REPORTS_KEPT - known.size)
  if (most <= 0 || signal.aborted) return false
  const all = await station.logins({
    fromMs: fromOf(pinned.reachedMs, nowMs),
    toMs: nowMs,
    most: known.size + most,
  })
  const said = all.filter(({ address }) => !known.has(address)).slice(0, most)
  const wanted: ThresholdSaid[] = []
  for (const one of said)
    if (await station.isCommon(one.address))
      await keepValue(round, { reporting, epoch: held.epoch, said: one })
    else wanted.push(one)
  if (wanted.length > 0) await ask(round, { reporting, wanted, held, group: pinned.group })
  const isDone = said.length < most
  if (isDone)
    await records
      .updateTable('threshold_hubs')
      .set({ reached: new Date(nowMs) })
      .where('peer', '=', reporting.peer)
      .where('digest', '=', reporting.digest)
      .execute()
  return !isDone || wanted.length > 0
}

/** From where it was; once a day from the start, for what a sensor brought late. */
function fromOf(reachedMs: number | undefined, nowMs: number): number {
  const dayOf = (ms: number) => Math.floor(ms / DAY_MS)
  return reachedMs === undefined || dayOf(reachedMs) !== dayOf(nowMs)
    ? nowMs - LOOK_BACK_MS
    : reachedMs - STORED_LATE_MS
}

type Held = { readonly epoch: number; readonly key: string; readonly ends: string }

/** An epoch has one key for ever, and this station one place under it: with two it would count as two. */
async function pin(
  { records, nowMs }: ThresholdRound,
  { peer, digest, pinned, group, reachedMs }: Reporting,
  { epoch, key, ends }: Held,
): Promise<{ readonly group: string; readonly reachedMs: number | undefined }> {
  if (pinned !== undefined && epoch < pinned.epoch)
    throw new ThresholdTrouble('epoch went back', `${pinned.epoch}, ${epoch}`)
  if (pinned?.epoch === epoch) {
    if (pinned.publicKey === key) return { group: pinned.group, reachedMs }
    const about = `${pinned.publicKey.slice(0, 16)}, ${key.slice(0, 16)}`
    throw new ThresholdTrouble('key changed', about)
  }
  if (Date.parse(ends) > nowMs + MOST_EPOCH_MS) throw new ThresholdTrouble('not understood', ends)
  const own = group ?? ''
  await records
    .updateTable('threshold_hubs')
    .set({ epoch, public_key: key, ends, epoch_group: own, reached: null })
    .where('peer', '=', peer)
    .where('digest', '=', digest)
    .execute()
  await records
    .deleteFrom('threshold_values')
    .where('peer', '=', peer)
    .where('epoch', '!=', epoch)
    .where('state', '!=', 'opened')
    .execute()
  return { group: own, reachedMs: undefined }
}

async function knownAddresses(
  { records }: ThresholdRound,
  { peer, digest }: Reporting,
  epoch: number,
): Promise<ReadonlySet<string>> {
  const rows = await records
    .selectFrom('threshold_values')
    .select('address')
    .where('peer', '=', peer)
    .where('digest', '=', digest)
    .where('epoch', '=', epoch)
    .execute()
  return new Set(rows.map(({ address }) => address))
}

type Asking = {
  readonly reporting: Reporting
  readonly wanted: readonly ThresholdSaid[]
  readonly held: Held
  readonly group: string
}

async function ask(
  round: ThresholdRound,
  { reporting, wanted, held: { epoch, key }, group }: Asking,
): Promise<void> {
  const { crunch } = round.station
  const inputs = wanted.map(({ address }) => inputOf({ kind: 'address', value: address }))
  const blinded = await crunch.blind(inputs)
  const bytes = Buffer.concat(blinded.map((one) => one.blinded))
  const answer = await askThreshold(round.link, HOLDER_PATHS.evaluate, {
    body: { epoch, blinded: bytes.toString('base64') },
    schema: BlindAnswerSchema,
  })
  const evaluated = elementsIn(answer.evaluated) ?? []
  const evaluation = { evaluated, proof: Buffer.from(answer.proof, 'base64') }
  const outputs = await crunch.finalize(blinded, evaluation, Buffer.from(key, 'hex'))
  if (outputs === undefined) throw new ThresholdTrouble('not proven', key.slice(0, 16))
  const { digest, terms } = reporting
  for (const [at, said] of wanted.entries()) {
    const report = reportOf(outputs[at] ?? new Uint8Array(), said, {
      digest,
      least: terms.least,
      group,
    })
    await keepValue(round, { reporting, epoch, said, report })
  }
}

type Keeping = {
  readonly reporting: Reporting
  readonly epoch: number
  readonly said: ThresholdSaid
  /** Absent for what is not asked about. */
  readonly report?: ReturnType<typeof reportOf>
}

async function keepValue(
  { records }: ThresholdRound,
  { reporting: { peer, digest }, epoch, said, report }: Keeping,
): Promise<void> {
  await records
    .insertInto('threshold_values')
    .values({
      peer,
      digest,
      epoch,
      address: said.address,
      tag: report?.tag ?? null,
      said: JSON.stringify(said),
      body: report === undefined ? null : JSON.stringify(report),
      state: report === undefined ? 'common' : 'ready',
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
