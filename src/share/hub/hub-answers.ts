// What a hub answers at its port, by who asks: joining and leaving, and TAXII for members. Sockets are elsewhere.

import type { Clock } from '../../core/index.ts'
import { AgreementSchema, JoinOfferSchema, JoinRequestSchema } from '../../model/index.ts'
import { answerBlindAtHub } from '../blind/answer-at-hub.ts'
import type { BlindHub } from '../blind/epochs.ts'
import { isFeedPath, serveFeed } from '../misp/serve-feed.ts'
import { MOST_NOTICE_BYTES, answerNoticeAtHub } from '../notices/exchange.ts'
import { digestOf } from '../peer/agreement.ts'
import { endPeer, invitation, join, listPeers, memberByPin, notePeerSeen } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { answerReportAtHub } from '../report-up/reports-at-hub.ts'
import type { TakenReport } from '../report-up/reports-at-hub.ts'
import { answerRollUpAtHub } from '../roll-up/roll-ups-at-hub.ts'
import type { JsonObject } from '../stix/problem.ts'
import type { TaxiiAnswer, TaxiiRequest } from '../taxii/asked.ts'
import { handleTaxii } from '../taxii/handle.ts'
import { TAXII_MEDIA } from '../taxii/media-types.ts'
import { answerCollecting } from '../threshold/collect-at-hub.ts'
import { answerAtHolder } from '../threshold/hold-key.ts'
import type { Opened } from '../threshold/open-shares.ts'
import { answerWitnessAtHub } from '../witness/answer-at-hub.ts'
import type { WitnessPort } from '../witness/witness-port.ts'
import type { Bell } from './bell.ts'
import { judgeFor, mayKnow } from './hub-context.ts'
import type { Hub } from './hub-context.ts'
import { memberClient } from './member-client.ts'
import type { Pace } from './pace.ts'
import { HUB_ROOT, layOutMember } from './places.ts'
import { costOf } from './question-cost.ts'
import { readBody } from './read-body.ts'
import { answerRenewalAtHub } from './renewal-at-hub.ts'

export type Asking = {
  /** SHA-256 of the visitor's public key; undefined without a certificate that is valid now. */
  readonly pin: string | undefined
  readonly remote: string
  readonly request: TaxiiRequest
}

export type HubAnswers = {
  readonly answer: (asking: Asking) => Promise<TaxiiAnswer>
}

export type HubAnswerOptions = {
  readonly hub: Hub
  readonly clock: Clock
  readonly bell: Bell
  readonly paces: { readonly member: Pace; readonly stranger: Pace }
  readonly blind: BlindHub
  /** Undefined where this hub keeps no log of evidence. */
  readonly witness: WitnessPort | undefined
  readonly secret: Buffer
  readonly title: string
  /** A member was told something new by itself. */
  readonly onReported: () => void
  /** A member sent an incident report. */
  readonly onReport: (taken: TakenReport) => void
  /** Enough unrelated members reported the same address. */
  readonly onOpened: (opened: Opened) => void
  readonly onTrouble: (cause: unknown) => void
}

/** Codes that a member understands; the sentence is for others. */
export const REFUSALS = {
  key: 'This key is not known here. Whoever has a new key needs a new code of the hub.',
  ended: 'The agreement with this member was ended.',
  code: 'This code is unknown, used or too old.',
  agreement: 'Another agreement was accepted than is offered now. Read it again.',
  identity: 'Another member joined with this identity.',
  certificate: 'A certificate that is valid now is expected (mutual TLS).',
} as const

export async function answerAtHub(
  options: HubAnswerOptions,
  { pin, remote, request }: Asking,
): Promise<TaxiiAnswer> {
  const { hub, paces } = options
  if (pin === undefined) return slow(paces.stranger, remote) ?? refused(401, 'certificate')
  const row = await memberByPin(hub.records, pin)
  const isJoined = row?.state === 'joined'
  const cost = costOf(request)
  const late = isJoined ? slow(paces.member, pin, cost) : slow(paces.stranger, remote)
  if (late !== undefined) return late
  if (request.path === '/vigie/offer') return offer(options, pin, request)
  if (request.path === '/vigie/join') return takeJoin(options, pin, request)
  if (row === undefined) return refused(401, 'key')
  if (!isJoined) return refused(403, 'ended')
  if (request.path === '/vigie/leave' && request.method === 'POST') {
    const nowMs = options.clock.nowMs()
    await endPeer(hub.records, { name: row.name, by: 'them', isTold: true, nowMs })
    return plain(200, {})
  }
  if (isFeedPath(request.path))
    return serveFeed({ hub, row, nowMs: options.clock.nowMs() }, request)
  if (request.path.startsWith('/vigie/witness') && options.witness !== undefined) {
    const at = { records: hub.records, row, port: options.witness, nowMs: options.clock.nowMs() }
    const said = await answerWitnessAtHub(at, request)
    if (said !== undefined) return said
  }
  if (request.path.startsWith('/vigie/') && request.method === 'POST') {
    const at = { records: hub.records, row, nowMs: options.clock.nowMs() }
    const { value: body, reason } = await readBody(request, MOST_NOTICE_BYTES)
    if (reason !== undefined) return plain(422, { reason })
    const asked = { path: request.path, body }
    const said =
      (await answerBlindAtHub(options.blind, at, asked)) ??
      (await answerAtHolder(options.blind, at, asked)) ??
      (await answerReportAtHub({ ...at, onReport: options.onReport }, request.path, body)) ??
      (await answerCollecting({ ...at, onOpened: options.onOpened }, asked)) ??
      (await answerNoticeAtHub(at, request.path, body)) ??
      (await answerRollUpAtHub(at, request.path, body)) ??
      (await answerRenewalAtHub(at, request.path, body))
    if (said !== undefined) return plain(said.status, said.body)
  }
  return taxii(options, row, request)
}

function slow(pace: Pace, visitor: string, cost = 1): TaxiiAnswer | undefined {
  const seconds = pace.take(visitor, cost)
  if (seconds === 0) return undefined
  const answer = plain(429, {
    title: 'Too many requests',
    description: `Ask again in ${seconds} s`,
    http_status: '429',
  })
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
}

function refused(status: number, code: keyof typeof REFUSALS): TaxiiAnswer {
  const [title, description] = [code, REFUSALS[code]]
  return plain(status, { title, description, error_code: code, http_status: String(status) })
}

function plain(status: number, body: unknown): TaxiiAnswer {
  return { status, headers: { 'content-type': TAXII_MEDIA }, body: JSON.stringify(body) }
}

const MOST_JSON_BYTES = 64 * 1024

async function offer(
  { hub, clock }: HubAnswerOptions,
  pin: string,
  request: TaxiiRequest,
): Promise<TaxiiAnswer> {
  const asked = JoinOfferSchema.safeParse((await readBody(request, MOST_JSON_BYTES)).value)
  if (!asked.success) return refused(403, 'code')
  const found = await invitation(hub.records, { ...asked.data, pin, nowMs: clock.nowMs() })
  return found === undefined ? refused(403, 'code') : plain(200, { agreement: found.agreement })
}

async function takeJoin(
  { hub, clock }: HubAnswerOptions,
  pin: string,
  request: TaxiiRequest,
): Promise<TaxiiAnswer> {
  const asked = JoinRequestSchema.safeParse((await readBody(request, MOST_JSON_BYTES)).value)
  if (!asked.success) return refused(403, 'code')
  const { secret, identity, organisation, digest, acceptedBy } = asked.data
  const nowMs = clock.nowMs()
  const found = await invitation(hub.records, { secret, pin, nowMs })
  if (found === undefined) return refused(403, 'code')
  if (digestOf(found.agreement) !== digest) return refused(409, 'agreement')
  const { name } = found.row
  // An identity stands for an organisation: nobody may take another's. The same key again is the same station, joining anew.
  const others = (await listPeers(hub.records)).filter((one) => one.name !== name)
  if (others.some((one) => one.identity === identity && one.pin !== pin))
    return refused(409, 'identity')
  for (const { name: former } of others.filter(
    (one) => one.role === 'member' && one.pin === pin && one.state === 'joined',
  ))
    await endPeer(hub.records, { name: former, by: 'them', isTold: true, nowMs })
  await layOutMember(hub.records, identity)
  await join(hub.records, {
    name,
    role: 'member',
    organisation,
    identity,
    pin,
    address: null,
    agreement: AgreementSchema.parse(found.row.terms),
    acceptedBy,
    nowMs,
  })
  return plain(200, {})
}

/** How exactly it is known when a member was heard. */
const SEEN_EVERY_MS = 10_000
/** How long a question is held open at most, and how many are at once. */
const MOST_WAIT_S = 30
const MOST_WAITING = 2000

async function taxii(
  options: HubAnswerOptions,
  row: PeerRow,
  request: TaxiiRequest,
): Promise<TaxiiAnswer> {
  const { hub, clock, bell, secret, title, onReported, onTrouble } = options
  const ask = async () => {
    const client = await memberClient(hub, row, clock)
    return handleTaxii(
      {
        records: hub.records,
        clock,
        secret,
        title,
        defaultRoot: HUB_ROOT,
        address: `https://${request.header('host') ?? ''}`,
        pageSize: 500,
        identify: async () => client,
        onTrouble: (_, cause) => onTrouble(cause),
      },
      request,
    )
  }
  const nowMs = clock.nowMs()
  if ((row.last_seen?.getTime() ?? 0) < nowMs - SEEN_EVERY_MS)
    await notePeerSeen(hub.records, row.name, nowMs)
  const waitS = waitOf(request)
  const since = waitS === 0 ? 0 : await bell.now()
  const answer = await ask()
  if (request.method === 'POST' && answer.status === 202) onReported()
  const isEmpty = answer.status === 200 && answer.body === '{}'
  if (waitS === 0 || !isEmpty || bell.waiting >= MOST_WAITING) return answer
  await somethingFor(options, row, { since, untilMs: performance.now() + waitS * 1000 })
  const still = await memberByPin(hub.records, row.pin ?? '')
  return still?.state === 'joined' ? ask() : refused(403, 'ended')
}

/** Resolves when there is something that this member may know of, wherever it lies: what it may not must not wake it either. */
async function somethingFor(
  { hub, bell, clock }: HubAnswerOptions,
  row: PeerRow,
  { since, untilMs }: { readonly since: number; readonly untilMs: number },
): Promise<void> {
  let seen = since
  for (;;) {
    const leftMs = untilMs - performance.now()
    if (leftMs <= 0) return
    await bell.wait(seen, leftMs)
    const newest = await bell.now()
    if (newest > seen && (await isForMember(hub, row, { since: seen, nowMs: clock.nowMs() })))
      return
    seen = newest
  }
}

const MOST_LOOKED_AT = 1000

async function isForMember(
  hub: Hub,
  row: PeerRow,
  { since, nowMs }: { readonly since: number; readonly nowMs: number },
): Promise<boolean> {
  const judge = await judgeFor(hub, row, { nowMs })
  const rows = await hub.records
    .selectFrom('taxii_objects as object')
    .innerJoin('taxii_collections as place', (on) =>
      on.onRef('place.root', '=', 'object.root').onRef('place.id', '=', 'object.collection'),
    )
    .select(['object.body', 'object.collection'])
    .where('place.root', '=', HUB_ROOT)
    .where('place.can_read', '=', true)
    .where('object.added', '>', since)
    .orderBy('object.added')
    .limit(MOST_LOOKED_AT)
    .execute()
  for (const { body, collection } of rows) {
    const object: JsonObject = JSON.parse(body)
    if (await mayKnow(hub, judge, { object, collection })) return true
  }
  return false
}

/** RFC 7240 section 4.3; of questions for objects alone. */
function waitOf(request: TaxiiRequest): number {
  const [, seconds] = /(?:^|[,;\s])wait=(\d{1,4})/.exec(request.header('prefer') ?? '') ?? []
  const isObjects = /\/objects\/?$/.test(request.path) && request.method === 'GET'
  return isObjects && seconds !== undefined ? Math.min(MOST_WAIT_S, Number(seconds)) : 0
}
