// Rules, analytics and checks that a hub sent: checked, put to use where the agreement or a person accepts them, run over what is
// stored at once, and answered. What cannot be used says why, here and at the hub. One that goes wrong stops no other.

import { reasonOf } from '../../core/index.ts'
import { CONTENT_KINDS } from '../../model/index.ts'
import type { ContentAnswer, ContentDecision } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { Answering, Row } from '../member/answering.ts'
import { judgeUp, putOut } from '../member/outbox.ts'
import { tell } from '../member/tell.ts'
import { agreementsWith, findPeer } from '../peer/peers.ts'
import { readSelf } from '../peer/self.ts'
import type { JsonObject } from '../stix/problem.ts'
import type { Begun, ContentDesk, Looked } from './content-desk.ts'
import type { UsedContent } from './used-content.ts'
import { contentNote } from './content-note.ts'
import { contentOf, endOf, formProblem } from './content-object.ts'
import { MOST_IN_USE, accept, moveRow, takeOut, usedOf } from './content-records.ts'

type At = Answering & { readonly desk: ContentDesk }

/** Whether there is more to do soon. */
export async function contentRound(answering: Answering): Promise<boolean> {
  const { desk } = answering
  if (desk === undefined) return false
  const at = { ...answering, desk }
  await takeOutEnded(at)
  const took = await takeOffered(at)
  const isLooking = await lookThrough(at)
  return took || isLooking
}

/** What was valid until now. */
async function takeOutEnded({ records, desk, peer, nowMs }: At): Promise<void> {
  const ended = await records
    .deleteFrom('share_content')
    .where('peer', '=', peer.name)
    .where('ends', '<=', new Date(nowMs))
    .returning('object')
    .execute()
  if (ended.length === 0) return
  const ids = ended.map(({ object }) => object)
  await records
    .updateTable('share_received')
    .set({ state: 'withdrawn', reason: 'expired' })
    .where('peer', '=', peer.name)
    .where('id', 'in', ids)
    .where('state', '!=', 'asked')
    .execute()
  await desk.put()
}

/** Of one round: checking one may take a moment. */
const PER_ROUND = 50

async function rowsIn({ records, peer }: At, state: string): Promise<readonly Row[]> {
  return records
    .selectFrom('share_received')
    .selectAll()
    .where('peer', '=', peer.name)
    .where('state', '=', state)
    .where('content', 'is not', null)
    .orderBy('is_urgent', 'desc')
    .orderBy('received')
    .orderBy('id')
    .limit(PER_ROUND)
    .execute()
}

async function takeOffered(at: At): Promise<boolean> {
  const rows = await rowsIn(at, 'taken')
  if (rows.length === 0) return false
  const isAutomatic = await acceptsByItself(at)
  for (const row of rows) await takeOne(at, row, isAutomatic)
  await at.desk.put()
  return true
}

async function acceptsByItself({ records, peer }: At): Promise<boolean> {
  const latest = (await agreementsWith(records, peer.name)).at(-1)
  return latest?.revoked === null && latest.agreement.down.content === 'automatic'
}

async function takeOne(at: At, row: Row, isAutomatic: boolean): Promise<void> {
  const { records, nowMs } = at
  const object = objectOf(row)
  const end = endOf(object)
  if (object['revoked'] === true || (end !== undefined && end <= nowMs)) {
    await records.transaction().execute(async (transaction) => {
      await takeOut(transaction, row.peer, row.id)
      const reason = object['revoked'] === true ? null : 'expired'
      await moveRow(transaction, row, { state: 'withdrawn', reason })
    })
    return
  }
  const reason = await problemOf(at, row, object)
  if (reason !== undefined) return say(at, row, { state: 'not watched', answer: 'refused', reason })
  if (!isAutomatic) return say(at, row, { state: 'asked', answer: 'asked', reason: '' })
  await acceptOne(at, row, null)
}

/** Why it cannot be used. What was in use of it before stays. */
async function problemOf(at: At, row: Row, object: JsonObject): Promise<string | undefined> {
  const content = contentOf(object)
  if (content === undefined) return 'empty'
  const form = formProblem(object, content)
  if (form !== undefined) return form
  if ((await inUse(at, row)) >= MOST_IN_USE) return `more than ${MOST_IN_USE} of one hub are not used`
  try {
    return await at.desk.check({ ...content, peer: row.peer, object: row.id })
  } catch (thrown) {
    return reasonIn(thrown)
  }
}

async function inUse({ records }: At, { peer, id }: Row): Promise<number> {
  const { count } = await records
    .selectFrom('share_content')
    .select((by) => by.fn.countAll<string>().as('count'))
    .where('peer', '=', peer)
    .where('object', '!=', id)
    .executeTakeFirstOrThrow()
  return Number(count)
}

type Outcome = {
  readonly state: string
  readonly answer: ContentAnswer
  readonly reason: string
}

type Sayer = Pick<Answering, 'records' | 'peer' | 'nowMs'>

/** What became of it, here and to the hub, in one step. */
async function say(at: Sayer, row: Row, { state, answer, reason }: Outcome): Promise<void> {
  const { records, peer, nowMs } = at
  const { identity } = await readSelf(records)
  const judge = await judgeUp(records, peer, nowMs)
  const note = contentNote({ identity, about: objectOf(row), answer, reason, nowMs })
  await records.transaction().execute(async (transaction) => {
    await moveRow(transaction, row, { state, reason: reason === '' ? null : reason.slice(0, 500) })
    await putOut(transaction, { peer: peer.name, objects: [note], judge, nowMs })
  })
}

async function acceptOne(at: Sayer, row: Row, acceptedBy: string | null): Promise<void> {
  const { records, peer, nowMs } = at
  const { identity } = await readSelf(records)
  const judge = await judgeUp(records, peer, nowMs)
  const note = contentNote({ identity, about: objectOf(row), answer: 'in use', reason: '', nowMs })
  await records.transaction().execute(async (transaction) => {
    await accept(transaction, { row, acceptedBy, nowMs })
    await putOut(transaction, { peer: peer.name, objects: [note], judge, nowMs })
  })
}

async function lookThrough(at: At): Promise<boolean> {
  const rows = await rowsIn(at, 'searching')
  if (rows.length === 0) return false
  const used = await usedIn(at, rows)
  for (const row of rows.filter(({ id }) => !used.has(id)))
    await moveRow(at.records, row, { state: 'declined', reason: null })
  await begin(at, rows, used)
  for (const row of rows) {
    const content = used.get(row.id)
    if (content !== undefined && row.search !== null) await lookedOne(at, row, content)
  }
  return true
}

type Used = ReadonlyMap<string, UsedContent>

async function usedIn({ records, peer }: At, rows: readonly Row[]): Promise<Used> {
  const ids = rows.map(({ id }) => id)
  const used = await records
    .selectFrom('share_content')
    .selectAll()
    .where('peer', '=', peer.name)
    .where('object', 'in', ids)
    .execute()
  return new Map(used.map((row) => [row.object, usedOf(row)]))
}

async function begin(at: At, rows: readonly Row[], used: Used): Promise<void> {
  const { records, desk } = at
  const fresh = rows.filter(({ search }) => search === null)
  for (const kind of CONTENT_KINDS) {
    const own = fresh.filter(({ id }) => used.get(id)?.kind === kind)
    if (own.length === 0) continue
    const contents = own.flatMap(({ id }) => used.get(id) ?? [])
    const begun = await desk.look(contents).catch((thrown: unknown) => failedAll(contents, thrown))
    for (const row of own) {
      const state = begun.get(row.id)
      if (state?.kind === 'cannot')
        await say(at, row, { state: 'not watched', answer: 'refused', reason: state.reason })
      if (state?.kind === 'looking')
        await moveRow(records, row, { state: 'searching', search: state.search })
    }
  }
}

/** What cannot be begun says so, and is not tried for ever. */
function failedAll(contents: readonly UsedContent[], thrown: unknown): ReadonlyMap<string, Begun> {
  const begun = { kind: 'cannot', reason: reasonIn(thrown) } as const
  return new Map(contents.map(({ object }) => [object, begun]))
}

function reasonIn(thrown: unknown): string {
  return reasonOf(thrown).slice(0, 500)
}

async function lookedOne(at: At, row: Row, content: UsedContent): Promise<void> {
  const { records, desk } = at
  const looked = await desk.looked(content, row.search ?? '').catch(
    (thrown: unknown): Looked => ({ kind: 'failed', reason: reasonIn(thrown) }),
  )
  if (looked.kind === 'lost') return moveRow(records, row, { state: 'searching', search: null })
  if (looked.kind === 'failed')
    return say(at, row, { state: 'not watched', answer: 'refused', reason: looked.reason })
  if (looked.kind === 'done') {
    const met = new Map(looked.met === undefined ? [] : [[row.id, looked.met]])
    await tell(at, [row], { met, reason: null, through: { span: looked.span } })
  }
}

/** A person of the station decides on the version that was read. False when there is none such that waits or is in use. */
export async function decideContent(
  records: Records,
  { peer: name, object, version, accept: isAccepted }: ContentDecision,
  { who, nowMs }: { readonly who: string; readonly nowMs: number },
): Promise<boolean> {
  const peer = await findPeer(records, name)
  const row = await records
    .selectFrom('share_received')
    .selectAll()
    .where('peer', '=', name)
    .where('id', '=', object)
    .where('version', '=', version)
    .where('content', 'is not', null)
    .where('state', 'in', isAccepted ? ACCEPTABLE : DECLINABLE)
    .executeTakeFirst()
  if (row === undefined || peer === undefined) return false
  const at = { records, peer, nowMs }
  if (isAccepted) await acceptOne(at, row, who)
  else {
    await takeOut(records, name, object)
    await say(at, row, { state: 'declined', answer: 'declined', reason: '' })
  }
  return true
}

const ACCEPTABLE = ['asked', 'declined']
const DECLINABLE = ['asked', 'searching', 'answered', 'not watched']

function objectOf({ body }: Pick<Row, 'body'>): JsonObject {
  const object: JsonObject = JSON.parse(body)
  return object
}
