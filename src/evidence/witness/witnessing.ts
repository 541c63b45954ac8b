// What a station has to do with witnesses, as those who wire it and people see it.

import { VigieError } from '../../core/index.ts'
import { WitnessSchema } from '../../model/index.ts'
import type {
  LogFlaw,
  LogStop,
  QuorumAsk,
  WitnessAnswer,
  WitnessProblem,
  Witnessing,
} from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { parseVerifierKey, verifierKeyText } from '../notes/keys.ts'
import type { SignerKey, VerifierKey } from '../notes/keys.ts'
import { meetWitnesses, requestsFor, takeAnswer } from './own-round.ts'
import type { MetWitness, WitnessRequest } from './own-round.ts'
import { parsePolicy, policyOf } from './policy.ts'
import type { WitnessPolicy } from './policy.ts'
import { readPolicy, readQuorum } from './quorum.ts'
import { addCheckpoint, enrolLog, listWitnessed, signedNote } from './sign-logs.ts'
import type { Enrolled } from './sign-logs.ts'
import { confirmWitness, keyFingerprint, removeWitness, stopSigning } from './standing.ts'
import { trustedWitnesses } from './trusted.ts'

export type OpenWitnessing = {
  readonly records: Records
  readonly log: VerifierKey
  readonly witness: SignerKey
  readonly nowMs: () => number
  /** A witness says something new against this station's log. */
  readonly onProblem: (about: {
    witness: string
    organisation: string
    problem: WitnessProblem
  }) => Promise<void>
  /** This station, as a witness, met a log that does not go on from what it signed. */
  readonly onFlaw: (about: { origin: string; organisation: string; kind: LogFlaw }) => Promise<void>
}

export type WitnessRoom = {
  /** Texts of the keys of this station: of its log, and as a witness. */
  readonly log: string
  readonly witness: string
  readonly enrol: (log: Enrolled) => Promise<boolean>
  readonly add: (peer: string, body: string) => Promise<WitnessAnswer>
  readonly signed: (peer: string, originHash: string) => Promise<string | undefined>
  readonly meet: (peer: string, met: readonly MetWitness[]) => Promise<void>
  readonly requests: (peer: string) => Promise<readonly WitnessRequest[]>
  readonly take: (peer: string, witness: string, answer: WitnessAnswer) => Promise<void>
  readonly state: () => Promise<Omit<Witnessing, 'hubs'>>
  /** Throws BAD_REQUEST with the line that is wrong. */
  readonly setQuorum: (ask: QuorumAsk, who: string) => Promise<string>
  /** The name of the key that has the fingerprint. Throws BAD_REQUEST where none that is known has it. */
  readonly confirm: (fingerprint: string, who: string) => Promise<string>
  /** Throws NOT_FOUND; BAD_REQUEST while the quorum names it. */
  readonly remove: (key: string, who: string) => Promise<void>
  /** Throws NOT_FOUND. */
  readonly stop: (ask: Pick<LogStop, 'origin' | 'isStopped'>, who: string) => Promise<void>
}

export function openWitnessing(options: OpenWitnessing): WitnessRoom {
  const { records, log, witness, nowMs, onProblem, onFlaw } = options
  const heard = new Set<string>()
  const own = async () => {
    const policy = await readPolicy(records)
    return { records, log, policy, heard, nowMs: nowMs() }
  }
  return {
    log: verifierKeyText(log),
    witness: verifierKeyText(witness),
    enrol: (enrolled) => enrolLog(records, enrolled),
    add: async (peer, body) => {
      const at = { records, key: witness, peer, nowMs: nowMs() }
      const { answer, newFlaw } = await addCheckpoint(at, body)
      if (newFlaw !== undefined) await onFlaw(newFlaw)
      return answer
    },
    signed: (peer, originHash) => signedNote(records, peer, originHash),
    meet: (peer, met) => meetWitnesses(records, peer, met),
    requests: async (peer) => requestsFor(await own(), peer),
    take: async (peer, key, answer) => {
      const row = await records
        .selectFrom('witnesses')
        .select('organisation')
        .where('key', '=', key)
        .where('peer', '=', peer)
        .executeTakeFirst()
      // Nobody answers for a witness that another peer brought.
      if (row === undefined) return
      const problem = await takeAnswer(await own(), key, answer)
      const name = parseVerifierKey(key)?.name ?? ''
      if (problem !== undefined) await onProblem({ witness: name, ...row, problem })
    },
    state: () => stateOf(options),
    setQuorum: (ask, who) => setQuorum(options, ask, who),
    confirm: (fingerprint, who) => confirmWitness(records, fingerprint, { who, nowMs: nowMs() }),
    remove: (key, who) => removeWitness(records, key, { who, nowMs: nowMs() }),
    stop: (ask, who) => stopSigning(records, ask, { who, nowMs: nowMs() }),
  }
}

async function setQuorum(
  { records, log, nowMs }: OpenWitnessing,
  { policy: given, least, by }: QuorumAsk,
  who: string,
): Promise<string> {
  const policy = given ?? (await policyOfKnown(records, log, least))
  const parsed = parsePolicy(policy)
  if (!parsed.ok) {
    const { line, reason } = parsed.problem
    throw new VigieError('BAD_REQUEST', {
      met: `tlog-policy, line ${line}`,
      expected: reason,
    })
  }
  const { logs } = parsed.value
  if (logs.length > 0 && !logs.some((one) => one.publicKey.equals(log.publicKey)))
    throw new VigieError('BAD_REQUEST', {
      met: 'a policy for another log',
      expected: `log ${verifierKeyText(log)}`,
    })
  await refuseUncompared(records, parsed.value)
  await records
    .insertInto('witness_policies')
    .values({ policy, made: new Date(nowMs()), made_by: by === undefined ? who : `${by} (${who})` })
    .execute()
  return policy
}

/** A witness that a hub named and nobody compared is in no quorum. One that is not known yet counts once it is. */
async function refuseUncompared(records: Records, { witnesses }: WitnessPolicy): Promise<void> {
  const rows = await records.selectFrom('witnesses').select('key').execute()
  const trusted = await trustedWitnesses(records)
  const named = [...witnesses.values()].find((key) => {
    const text = verifierKeyText(key)
    return rows.some((row) => row.key === text) && !trusted.has(text)
  })
  if (named === undefined) return
  throw new VigieError('BAD_REQUEST', {
    met: `the witness ${named.name}, whose key nobody compared`,
    expected: 'that its fingerprint is confirmed first (vigie evidence witness confirm)',
  })
}

async function policyOfKnown(
  records: Records,
  log: VerifierKey,
  least: number | undefined,
): Promise<string> {
  const trusted = [...(await trustedWitnesses(records))].toSorted()
  const keys = trusted.flatMap((key) => parseVerifierKey(key) ?? [])
  if (least !== undefined && least <= keys.length) return policyOf(log, keys, least)
  throw new VigieError('BAD_REQUEST', {
    met: least === undefined ? '-' : String(least),
    expected: `a policy, or a number from 1 to the ${keys.length} witnesses whose keys were compared (vigie evidence witness confirm)`,
  })
}

async function stateOf({
  records,
  witness,
  nowMs,
}: OpenWitnessing): Promise<Omit<Witnessing, 'hubs'>> {
  const policy = await readPolicy(records)
  return {
    key: verifierKeyText(witness),
    fingerprint: keyFingerprint(verifierKeyText(witness)),
    quorum: await readQuorum(records, nowMs()),
    witnesses: [...(await listWitnesses(records, policy))],
    logs: [...(await listWitnessed(records))],
  }
}

async function listWitnesses(records: Records, policy: WitnessPolicy | undefined) {
  const rows = await records
    .selectFrom('witnesses')
    .selectAll()
    .orderBy('is_hub', 'desc')
    .orderBy('organisation')
    .execute()
  const inQuorum = [...(policy?.witnesses.values() ?? [])].map(verifierKeyText)
  return rows.map((row) =>
    WitnessSchema.parse({
      name: parseVerifierKey(row.key)?.name ?? '',
      key: row.key,
      organisation: row.organisation,
      peer: row.peer,
      isHub: row.is_hub,
      isInQuorum: inQuorum.includes(row.key),
      size: Number(row.size),
      signed: row.signed?.toISOString() ?? null,
      asked: row.asked?.toISOString() ?? null,
      problem: row.problem,
      // Of a key that nobody compared it is not shown: it is to be heard from its own people, not copied from here.
      fingerprint: row.confirmed === null ? null : keyFingerprint(row.key),
      confirmed: actOf(row.confirmed, row.confirmed_by),
      removed: actOf(row.removed, row.removed_by),
    }),
  )
}

function actOf(at: Date | null, by: string | null) {
  return at === null ? null : { by: by ?? '', at: at.toISOString() }
}
