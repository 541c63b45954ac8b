// This station's own log among its witnesses: one checkpoint at a time goes to all of them, so that their signatures come
// together under the same one; what they answer is checked with their keys before it counts.

import { HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import { MOST_WITNESSES, WitnessSchema } from '../../model/index.ts'
import type { WitnessAnswer, WitnessProblem } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { nodeReader, proveConsistency } from '../log/read-log.ts'
import { parseVerifierKey, verifierKeyText } from '../notes/keys.ts'
import type { VerifierKey } from '../notes/keys.ts'
import { parseNote, whoSigned } from '../notes/signed-note.ts'
import { addCheckpointText } from './add-checkpoint.ts'
import { cosignersOf } from './cosigned.ts'
import { isQuorum } from './policy.ts'
import type { WitnessPolicy } from './policy.ts'
import { trustedWitnesses } from './trusted.ts'

export type OwnLog = {
  readonly records: Records
  readonly log: VerifierKey
  readonly policy: WitnessPolicy | undefined
  /** Witnesses that answered since the station started. */
  readonly heard: Set<string>
  readonly nowMs: number
}

export type MetWitness = {
  readonly key: string
  readonly organisation: string
  readonly isHub: boolean
}

/** Witnesses that a peer named. A key that is known keeps its first peer; what is no cosigner's key is left out. */
export async function meetWitnesses(
  records: Records,
  peer: string,
  met: readonly MetWitness[],
): Promise<void> {
  const known = await records.selectFrom('witnesses').select(['key', 'removed']).execute()
  const keys = new Set(known.map(({ key }) => key))
  // What was removed makes room, and does not come back by being named again.
  const removed = known.filter((one) => one.removed !== null).length
  for (const { key, organisation, isHub } of met) {
    if (keys.has(key) || keys.size - removed >= MOST_WITNESSES) continue
    if (parseVerifierKey(key)?.kind !== 'cosignature') continue
    keys.add(key)
    await records
      .insertInto('witnesses')
      .values({ key, peer, organisation: organisation.slice(0, 200), is_hub: isHub })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** How long a checkpoint waits for those who have not answered, and how often a new one is begun. */
const ROUND_MS = { most: 10 * MINUTE_MS, least: MINUTE_MS }

/** The checkpoint that is being signed: the one begun, or the newest when that is done with. Undefined for an empty log. */
export async function roundOf({ records, policy, nowMs }: OwnLog) {
  const newest = await records
    .selectFrom('evidence_checkpoints')
    .select(['size', 'note'])
    .where('size', '>', 0)
    .orderBy('size', 'desc')
    .executeTakeFirst()
  if (newest === undefined) return undefined
  const round = await records.selectFrom('witness_round').selectAll().executeTakeFirst()
  const begun = round === undefined ? undefined : await noteOf(records, Number(round.size))
  const isOpen =
    round !== undefined &&
    begun !== undefined &&
    Number(round.size) < Number(newest.size) &&
    !(await isOver(records, {
      size: Number(round.size),
      policy,
      sinceMs: nowMs - round.begun.getTime(),
    }))
  if (isOpen) return { size: Number(round.size), note: begun }
  if (round === undefined || Number(round.size) !== Number(newest.size)) {
    const values = { size: Number(newest.size), begun: new Date(nowMs) }
    await records
      .insertInto('witness_round')
      .values(values)
      .onConflict((conflict) => conflict.column('one').doUpdateSet(values))
      .execute()
  }
  return { size: Number(newest.size), note: newest.note }
}

type Round = {
  readonly size: number
  readonly policy: WitnessPolicy | undefined
  readonly sinceMs: number
}

async function isOver(records: Records, { size, policy, sinceMs }: Round): Promise<boolean> {
  if (sinceMs >= ROUND_MS.most) return true
  if (sinceMs < ROUND_MS.least) return false
  const signed = await cosignersOf(records, size)
  const trusted = await trustedWitnesses(records)
  const counts = (key: string) => signed.has(key) && trusted.has(key)
  if (policy !== undefined) return isQuorum(policy, (key) => counts(verifierKeyText(key)))
  const all = await records
    .selectFrom('witnesses')
    .select('key')
    .where('removed', 'is', null)
    .execute()
  return all.every(({ key }) => signed.has(key))
}

async function noteOf(records: Records, size: number): Promise<string | undefined> {
  const row = await records
    .selectFrom('evidence_checkpoints')
    .select('note')
    .where('size', '=', size)
    .executeTakeFirst()
  return row?.note
}

export type WitnessRequest = { readonly to: string; readonly isHub: boolean; readonly body: string }

/** How long a signature stands before it is asked for anew. */
const AGAIN_MS = HOUR_MS

/**
 * What goes to the witnesses that are reached by this peer: those who have not signed the checkpoint of the round; the others after a
 * start and each hour, because records that were put back hold signatures too.
 */
export async function requestsFor(own: OwnLog, peer: string): Promise<readonly WitnessRequest[]> {
  const { records, nowMs } = own
  const round = await roundOf(own)
  if (round === undefined) return []
  const signed = await cosignersOf(records, round.size)
  const witnesses = await records
    .selectFrom('witnesses')
    .selectAll()
    .where('peer', '=', peer)
    .where('removed', 'is', null)
    .execute()
  const read = nodeReader(records)
  const requests: WitnessRequest[] = []
  for (const { key, old: kept, is_hub: isHub, signed: at } of witnesses) {
    const isFresh = own.heard.has(key) && (at?.getTime() ?? 0) > nowMs - AGAIN_MS
    if (signed.has(key) && isFresh) continue
    // A witness that is known to have signed more is asked all the same: its answer says that it has.
    const old = Math.min(Number(kept), round.size)
    const proof =
      old === 0 || old === round.size ? [] : await proveConsistency(read, old, round.size)
    requests.push({
      to: key,
      isHub,
      body: addCheckpointText({ old: BigInt(old), proof, note: round.note }),
    })
    await records
      .updateTable('witnesses')
      .set({ asked: new Date(nowMs) })
      .where('key', '=', key)
      .execute()
  }
  return requests
}

/** What a witness says: its signature, or why not. The problem is given when it is new. */
export async function takeAnswer(
  own: OwnLog,
  witness: string,
  { status, body }: WitnessAnswer,
): Promise<WitnessProblem | undefined> {
  const { records } = own
  const row = await records
    .selectFrom('witnesses')
    .select('key')
    .where('key', '=', witness)
    .where('removed', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return undefined
  own.heard.add(witness)
  if (status === 200) return takeSignature(own, witness, body)
  if (status === 409) return takeConflict(own, witness, body)
  const code = status === 422 ? 'different' : 'refused'
  return noteProblem(own, witness, { code, about: `${status} ${body.trim().slice(0, 200)}` })
}

async function takeSignature(
  own: OwnLog,
  witness: string,
  line: string,
): Promise<WitnessProblem | undefined> {
  const { records } = own
  const key = parseVerifierKey(witness)
  const sizes = await records
    .selectFrom('evidence_checkpoints')
    .select(['size', 'note'])
    .orderBy('size', 'desc')
    .limit(RECENT)
    .execute()
  for (const { size, note } of sizes) {
    const parsed = parseNote(`${note}${line}`)
    const signed = parsed.ok && key !== undefined ? whoSigned(parsed.value, [key]) : undefined
    const atMs = signed?.ok === true ? signed.value[0]?.atMs : undefined
    if (atMs === undefined) continue
    await keepSignature(records, { witness, line, size: Number(size), atMs })
    return undefined
  }
  return noteProblem(own, witness, { code: 'bad signature', about: line.slice(0, 200) })
}

/** Checkpoints that an answer may be about: a slow witness answers one of an earlier round. */
const RECENT = 200

async function keepSignature(
  records: Records,
  kept: {
    readonly witness: string
    readonly line: string
    readonly size: number
    readonly atMs: number
  },
): Promise<void> {
  const { witness, line, size, atMs } = kept
  const made = new Date(atMs)
  await records.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('witness_cosignatures')
      .values({ size, witness, line, made })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await transaction
      .updateTable('witnesses')
      .set({ size, old: size, signed: made, problem: null })
      .where('key', '=', witness)
      .where('size', '<=', size)
      .execute()
  })
}

/** The witness says what it signed last. More than the log holds: the log was put back, or another is shown elsewhere. */
async function takeConflict(
  own: OwnLog,
  witness: string,
  body: string,
): Promise<WitnessProblem | undefined> {
  const { records } = own
  const [, said] = /^(0|[1-9]\d{0,15})\n?$/.exec(body) ?? []
  if (said === undefined)
    return noteProblem(own, witness, { code: 'refused', about: `409 ${body.trim().slice(0, 200)}` })
  const round = await roundOf(own)
  const row = await records
    .selectFrom('witnesses')
    .select('old')
    .where('key', '=', witness)
    .executeTakeFirstOrThrow()
  const size = Number(said)
  if (round !== undefined && size > round.size && !(await hasSigned(records, size)))
    return noteProblem(own, witness, { code: 'larger', about: said })
  // The same size and another root: it was asked to go on from exactly that, and never signed it for us.
  const isSigned = (await cosignersOf(records, size)).has(witness)
  if (!isSigned && size === Number(row.old) && size === round?.size)
    return noteProblem(own, witness, { code: 'different', about: said })
  await records.updateTable('witnesses').set({ old: size }).where('key', '=', witness).execute()
  return undefined
}

/** A checkpoint of this size was signed here: the witness is only ahead of the round. */
async function hasSigned(records: Records, size: number): Promise<boolean> {
  return (await noteOf(records, size)) !== undefined
}

async function noteProblem(
  { records, nowMs }: OwnLog,
  witness: string,
  { code, about }: { readonly code: WitnessProblem; readonly about: string },
): Promise<WitnessProblem | undefined> {
  const row = await records
    .selectFrom('witnesses')
    .select('problem')
    .where('key', '=', witness)
    .executeTakeFirstOrThrow()
  if (WitnessSchema.shape.problem.parse(row.problem)?.code === code) return undefined
  const since = new Date(nowMs).toISOString()
  await records
    .updateTable('witnesses')
    .set({ problem: JSON.stringify({ code, about, since }) })
    .where('key', '=', witness)
    .execute()
  return code
}
