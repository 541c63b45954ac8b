// A hub among witnesses: it signs its members' checkpoints itself, and carries their questions to other members and the answers
// back. It carries them as they are: what a member signs, only that member's key can make.

import { MOST_ADD_CHECKPOINT, WitnessExchangeSchema } from '../../model/index.ts'
import type { WitnessAnswer, WitnessExchange, WitnessExchanged } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { liveMembers } from '../peer/live-members.ts'
import type { PeerRow } from '../peer/peers.ts'
import { readSelf } from '../peer/self.ts'
import type { TaxiiAnswer, TaxiiRequest } from '../taxii/asked.ts'
import { OWN_MEMBERS, SIGNED_PATH, WITNESS_PATHS } from './witness-port.ts'
import type { WitnessPort } from './witness-port.ts'

export type WitnessAtHub = {
  readonly records: Records
  readonly row: PeerRow
  readonly port: WitnessPort
  readonly nowMs: number
}

/** A station has one log; a second comes with new records. */
const MOST_LOGS = 8

/** Undefined for a path that is not of witnesses. */
export async function answerWitnessAtHub(
  at: WitnessAtHub,
  request: TaxiiRequest,
): Promise<TaxiiAnswer | undefined> {
  const { method, path } = request
  const [, originHash] = SIGNED_PATH.exec(path) ?? []
  if (method === 'GET' && originHash !== undefined) {
    const note = await at.port.signed(at.row.name, originHash)
    return note === undefined ? text(404, 'no checkpoint of this log\n') : text(200, note)
  }
  if (method !== 'POST') return undefined
  if (path === WITNESS_PATHS.add) return add(at, request)
  return path === WITNESS_PATHS.exchange ? exchange(at, request) : undefined
}

function text(status: number, body: string, type = 'text/plain; charset=utf-8'): TaxiiAnswer {
  return { status, headers: { 'content-type': type }, body }
}

async function add({ row, port }: WitnessAtHub, request: TaxiiRequest): Promise<TaxiiAnswer> {
  const body = await request.body(MOST_ADD_CHECKPOINT)
  if (body === undefined) return text(400, `more than ${MOST_ADD_CHECKPOINT} bytes\n`)
  const { status, body: said } = await port.add(row.name, body)
  return status === 409 ? text(409, said, 'text/x.tlog.size') : text(status, said)
}

async function exchange(at: WitnessAtHub, request: TaxiiRequest): Promise<TaxiiAnswer> {
  const body = await request.body(MOST_EXCHANGE)
  const asked = WitnessExchangeSchema.safeParse(body === undefined ? undefined : jsonOf(body))
  if (!asked.success) return json(422, { reason: asked.error.issues[0]?.message ?? 'unreadable' })
  const { records, row, port, nowMs } = at
  const enrolled = { log: asked.data.log, peer: row.name, organisation: row.organisation }
  if (!(await port.enrol({ ...enrolled, most: MOST_LOGS })))
    return json(409, { reason: 'another key is known for this log, or it has too many logs' })
  if (!(await keepOffer(at, asked.data)))
    return json(409, { reason: 'another member witnesses with this key' })
  for (const { log, ...answer } of asked.data.answers) await keepAnswer(at, asked.data, log, answer)
  await askOwnMembers(at)
  for (const { to, body: question } of asked.data.requests)
    await keepQuestion(records, { log: asked.data.log, witness: to, question, nowMs })
  return json(200, await saidTo(at, asked.data))
}

/** 32 requests and 200 answers are within. */
const MOST_EXCHANGE = 4 * 1024 * 1024

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function json(status: number, body: unknown): TaxiiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

/** Who asks for signatures gives them. A member that comes with another key has lost the former. */
async function keepOffer(
  { records, row, nowMs }: WitnessAtHub,
  { witness, log }: WitnessExchange,
): Promise<boolean> {
  const other = await records
    .selectFrom('witness_offers')
    .select('peer')
    .where('key', '=', witness)
    .where('peer', '!=', row.name)
    .executeTakeFirst()
  if (other !== undefined) return false
  const values = { key: witness, log, made: new Date(nowMs) }
  await records
    .insertInto('witness_offers')
    .values({ peer: row.name, ...values })
    .onConflict((conflict) => conflict.column('peer').doUpdateSet(values))
    .execute()
  return true
}

type Question = {
  readonly log: string
  readonly witness: string
  readonly question: string
  readonly nowMs: number
}

/** The newest of a log to a witness stands; the one before it is not waited for. */
async function keepQuestion(
  records: Records,
  { log, witness, question: request, nowMs }: Question,
): Promise<void> {
  const values = { request, made: new Date(nowMs), status: null, answer: null }
  await records
    .insertInto('witness_relay')
    .values({ log, witness, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['log', 'witness'])
        .doUpdateSet(values)
        .where('witness_relay.request', '!=', request),
    )
    .execute()
}

/** Of its own key alone: nobody answers in another's name. What the hub itself asked goes to its own log. */
async function keepAnswer(
  { records, port }: WitnessAtHub,
  { witness }: WitnessExchange,
  log: string,
  { status, body }: WitnessAnswer,
): Promise<void> {
  if (log === port.log) {
    await records
      .deleteFrom('witness_relay')
      .where('log', '=', log)
      .where('witness', '=', witness)
      .execute()
    return port.take(OWN_MEMBERS, witness, { status, body })
  }
  await records
    .updateTable('witness_relay')
    .set({ status, answer: body })
    .where('log', '=', log)
    .where('witness', '=', witness)
    .execute()
}

/** The hub's own log is witnessed by its members: its questions lie beside those of the others. */
async function askOwnMembers({ records, port, nowMs }: WitnessAtHub): Promise<void> {
  const offers = await liveOffers(records, nowMs)
  await port.meet(
    OWN_MEMBERS,
    offers.map(({ key, organisation }) => ({ key, organisation, isHub: false })),
  )
  for (const { to, body } of await port.requests(OWN_MEMBERS))
    await keepQuestion(records, { log: port.log, witness: to, question: body, nowMs })
}

/** Of members that are joined under an agreement that holds. */
async function liveOffers(records: Records, nowMs: number) {
  const offers = await records.selectFrom('witness_offers').selectAll().execute()
  return (await liveMembers(records, nowMs)).flatMap(({ name, organisation }) => {
    const offer = offers.find(({ peer }) => peer === name)
    return offer === undefined ? [] : [{ ...offer, organisation }]
  })
}

const MOST_TOLD = 100

async function saidTo(
  { records, row, port, nowMs }: WitnessAtHub,
  { log, witness }: WitnessExchange,
): Promise<WitnessExchanged> {
  const { organisation: hub } = await readSelf(records)
  const offers = await liveOffers(records, nowMs)
  const others = offers.filter(({ peer }) => peer !== row.name)
  const organisationOf = new Map(offers.map((offer) => [offer.log, offer.organisation]))
  organisationOf.set(port.log, hub)
  const waiting = await records
    .selectFrom('witness_relay')
    .select(['log', 'request'])
    .where('witness', '=', witness)
    .where('status', 'is', null)
    .orderBy('made')
    .limit(MOST_TOLD)
    .execute()
  // Told once: if that is lost, the log asks again, and the witness signs again.
  const answered = await records
    .deleteFrom('witness_relay')
    .where('log', '=', log)
    .where('status', 'is not', null)
    .returning(['witness', 'status', 'answer'])
    .execute()
  return {
    witnesses: [
      { key: port.witness, organisation: hub, isHub: true },
      ...others
        .slice(0, MOST_TOLD)
        .map(({ key, organisation }) => ({ key, organisation, isHub: false })),
    ],
    requests: waiting.flatMap(({ log: of, request: body }) => {
      const organisation = organisationOf.get(of)
      return organisation === undefined ? [] : [{ log: of, organisation, body }]
    }),
    answers: answered.flatMap(({ witness: by, status, answer: body }) =>
      status === null ? [] : [{ witness: by, status, body: body ?? '' }],
    ),
  }
}
