// What is on its way out. Everything passes the one policy function when it is put here and again before it goes; a person may
// have to look first; what was sent is kept as it went, with the reason.

import { z } from 'zod'
import { SHARING_PURPOSE } from '../../model/index.ts'
import type { Outgoing, SharingAgreement } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { cohortOf } from '../hub/hub-context.ts'
import { policyAgreement } from '../peer/agreement.ts'
import { policyConsents, readConsents } from '../peer/consents.ts'
import { agreementsWith, findPeer, listPeers } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { readSelf } from '../peer/self.ts'
import { decide } from '../policy/decide.ts'
import type { Circumstances, Decision, Peer, Reason } from '../policy/policy-types.ts'
import { itemOfStix } from '../policy/stix-item.ts'
import { pathText } from '../stix/problem.ts'
import type { JsonObject } from '../stix/problem.ts'
import { labelOfMarking } from '../stix/tlp.ts'
import { versionOf } from '../stix/versions.ts'
import type { TaxiiStatusReport } from '../taxii/client.ts'

export type UpJudge = {
  readonly decide: (object: JsonObject) => Decision
  readonly approval: SharingAgreement['up']['approval']
}

/** Decides what may go to a hub, by what holds now. */
export async function judgeUp(records: Records, row: PeerRow, nowMs: number): Promise<UpJudge> {
  const self = await readSelf(records)
  const agreements = await agreementsWith(records, row.name)
  const rows = await listPeers(records)
  const latest = agreements.at(-1)?.agreement
  const peer: Peer = {
    organisation: row.identity ?? '',
    relation: latest?.up.relation ?? 'anybody',
    agreements: agreements.map(({ agreement, revoked }) =>
      policyAgreement(agreement, 'up', revoked),
    ),
  }
  const circumstances: Circumstances = {
    nowMs,
    purpose: SHARING_PURPOSE,
    consents: policyConsents(
      await readConsents(records),
      (name) => rows.find((one) => one.name === name)?.identity ?? undefined,
    ),
    cohortFloor: latest?.cohortFloor ?? Number.MAX_SAFE_INTEGER,
    mayCut: false,
  }
  const context = {
    owner: self.identity,
    harmlessMarkings: new Set<string>(),
    ...(self.community === null ? {} : { community: self.community }),
  }
  return {
    decide: (object) => {
      const cohort = cohortOf(object)
      const item = itemOfStix(object, { ...context, ...(cohort === undefined ? {} : { cohort }) })
      return decide(item, peer, circumstances)
    },
    approval: latest?.up.approval ?? 'each',
  }
}

export type Putting = {
  readonly peer: string
  readonly objects: readonly JsonObject[]
  readonly judge: UpJudge
  readonly nowMs: number
}

/** Puts objects out, each with what was decided. The same version again is no error. */
export async function putOut(records: Records, putting: Putting): Promise<void> {
  const { objects } = putting
  for (let at = 0; at < objects.length; at += PER_PUT)
    await putStep(records, { ...putting, objects: objects.slice(at, at + PER_PUT) })
}

const PER_PUT = 500

async function putStep(records: Records, { peer, objects, judge, nowMs }: Putting): Promise<void> {
  const rows = objects.map((object) => {
    const { verdict, reasons, agreement } = judge.decide(object)
    const state = verdict !== 'send' ? 'refused' : judge.approval === 'each' ? 'waiting' : 'ready'
    return {
      peer,
      object: String(object['id']),
      version: versionOf(object),
      body: JSON.stringify(object),
      state,
      reasons: JSON.stringify(plain(reasons)),
      agreement: agreement ?? null,
      made: new Date(nowMs),
      decided_by: state === 'ready' ? 'agreement' : null,
    }
  })
  // A newer version takes the place of one that nobody looked at yet.
  await records
    .deleteFrom('share_outbox')
    .where('peer', '=', peer)
    .where('state', 'in', ['waiting', 'refused'])
    .where(
      'object',
      'in',
      rows.map(({ object }) => object),
    )
    .execute()
  await records
    .insertInto('share_outbox')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['peer', 'object', 'version']).doNothing())
    .execute()
}

/** With every hub that is joined. */
export async function reconsiderAll(records: Records, nowMs: number): Promise<void> {
  const hubs = (await listPeers(records)).filter(
    ({ role, state }) => role === 'hub' && state === 'joined',
  )
  for (const hub of hubs) await reconsider(records, hub, nowMs)
}

const MOST_RECONSIDERED = 10_000

/** Decides anew what the policy held back: a consent was given since. */
async function reconsider(records: Records, peer: PeerRow, nowMs: number): Promise<void> {
  const rows = await records
    .selectFrom('share_outbox')
    .select(['seq', 'body'])
    .where('peer', '=', peer.name)
    .where('state', '=', 'refused')
    .where('decided_by', 'is', null)
    .orderBy('seq')
    .limit(MOST_RECONSIDERED)
    .execute()
  if (rows.length === 0) return
  const judge = await judgeUp(records, peer, nowMs)
  const free = rows.flatMap(({ seq, body }) => {
    const object: JsonObject = JSON.parse(body)
    const { verdict, agreement } = judge.decide(object)
    return verdict === 'send' ? [{ seq, agreement }] : []
  })
  const state = judge.approval === 'each' ? 'waiting' : 'ready'
  for (const { seq, agreement } of free)
    await records
      .updateTable('share_outbox')
      .set({
        state,
        reasons: '[]',
        agreement: agreement ?? null,
        decided_by: state === 'ready' ? 'agreement' : null,
      })
      .where('seq', '=', seq)
      .where('state', '=', 'refused')
      .execute()
}

function plain(reasons: readonly Reason[]) {
  return reasons.map(({ rule, about, path }) => ({ rule, about, path: pathText(path) }))
}

/** Of what we make, well within what a hub takes at once. */
const PER_POST = 500
type Send = (objects: readonly JsonObject[]) => Promise<TaxiiStatusReport>
export type Flushing = { readonly peer: PeerRow; readonly send: Send; readonly nowMs: number }

/** Sends what is ready, oldest first; each is decided once more, by what holds now. How many went. */
export async function flush(records: Records, flushing: Flushing): Promise<number> {
  const { peer, send, nowMs } = flushing
  let sent = 0
  for (;;) {
    const rows = await records
      .selectFrom('share_outbox')
      .select(['seq', 'body', 'object'])
      .where('peer', '=', peer.name)
      .where('state', '=', 'ready')
      .orderBy('seq')
      .limit(PER_POST)
      .execute()
    if (rows.length === 0) return sent
    const judge = await judgeUp(records, peer, nowMs)
    const read = rows.map(({ seq, body }) => {
      const object: JsonObject = JSON.parse(body)
      return { seq, object, decision: judge.decide(object) }
    })
    const going = read.filter(({ decision }) => decision.verdict === 'send')
    for (const { seq, decision } of read.filter((one) => !going.includes(one)))
      await set(records, [seq], {
        state: 'refused',
        reasons: JSON.stringify(plain(decision.reasons)),
      })
    if (going.length === 0) continue
    const report = await send(going.map(({ object }) => object))
    const failed = new Map(
      report.failures.map(({ id, version, message }) => [`${id} ${version}`, message ?? '']),
    )
    const failure = ({ object }: (typeof going)[number]) =>
      failed.get(`${String(object['id'])} ${versionOf(object)}`)
    const good = going.filter((one) => failure(one) === undefined).map(({ seq }) => seq)
    await set(records, good, { state: 'sent', sent: new Date(nowMs) })
    for (const one of going.filter((each) => failure(each) !== undefined))
      await set(records, [one.seq], {
        state: 'rejected',
        sent: new Date(nowMs),
        answer: (failure(one) ?? '').slice(0, 500),
      })
    sent += good.length
  }
}

async function set(
  records: Records,
  seqs: readonly string[],
  change: { state: string; reasons?: string; sent?: Date; answer?: string },
): Promise<void> {
  if (seqs.length === 0) return
  await records.updateTable('share_outbox').set(change).where('seq', 'in', seqs).execute()
}

/** A person's decision on what waits. How many were decided. */
export async function decideOutgoing(
  records: Records,
  {
    seqs,
    approve,
    who,
  }: { readonly seqs: readonly number[]; readonly approve: boolean; readonly who: string },
): Promise<number> {
  const { numUpdatedRows } = await records
    .updateTable('share_outbox')
    .set(
      approve
        ? { state: 'ready', decided_by: who }
        : {
            state: 'refused',
            decided_by: who,
            reasons: JSON.stringify([{ rule: 'a person said no', about: who, path: '' }]),
          },
    )
    .where('seq', 'in', seqs.map(String))
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

const ReasonsSchema = z.array(z.object({ rule: z.string(), about: z.string(), path: z.string() }))
const STATES = ['waiting', 'ready', 'sent', 'refused', 'rejected'] as const

/** Newest first, each as it leaves or left. */
export async function readOutbox(
  records: Records,
  { state, limit }: { readonly state: string | undefined; readonly limit: number },
): Promise<readonly Outgoing[]> {
  let asked = records.selectFrom('share_outbox').selectAll()
  if (state !== undefined) asked = asked.where('state', '=', state)
  const rows = await asked.orderBy('seq', 'desc').limit(limit).execute()
  const outgoing: Outgoing[] = []
  for (const row of rows) {
    const body: JsonObject = JSON.parse(row.body)
    const peer = await findPeer(records, row.peer)
    const agreement = (await agreementsWith(records, row.peer)).at(-1)?.agreement
    const marks = Array.isArray(body['object_marking_refs']) ? body['object_marking_refs'] : []
    outgoing.push({
      seq: Number(row.seq),
      peer: row.peer,
      seenBy: {
        organisation: peer?.organisation ?? '',
        relation: agreement?.up.relation ?? '',
        marking: marks.map((one) => labelOfMarking(String(one)) ?? '').join(' '),
      },
      object: row.object,
      body,
      state: STATES.find((one) => one === row.state) ?? 'refused',
      reasons: ReasonsSchema.parse(row.reasons),
      agreement: row.agreement,
      made: row.made.toISOString(),
      decidedBy: row.decided_by,
      sent: row.sent?.toISOString() ?? null,
      answer: row.answer,
    })
  }
  return outgoing
}
