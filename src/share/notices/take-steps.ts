// Takes the next step of every notice whose clock ran out. A step and what it sends are written as one: killed in between, it is
// either not taken yet or its messages wait to be sent.

import type { NoticeChannel, NoticeClass, NoticeContact, NoticeState } from '../../model/index.ts'
import { NOTICE_CLASSES, NOTICE_STATES } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { answerCode, codeHash } from './codes.ts'
import { idOf } from './happening.ts'
import { NoticeContactsSchema } from './organisations.ts'
import { nextMove, stepsOf } from './steps.ts'
import type { Step } from './steps.ts'

export type Stepping = {
  readonly records: Records
  /** Makes the codes of messages. */
  readonly secret: string
  /** Whether there is a hub above. */
  readonly hasUpper: boolean
  readonly nowMs: number
}

const MOST_A_ROUND = 500

/** How many steps were taken. */
export async function takeSteps(stepping: Stepping): Promise<number> {
  const { records, nowMs } = stepping
  const rows = await records
    .selectFrom('notices')
    .selectAll()
    .where('state', 'in', ['gathering', 'told'])
    .where('is_unanswered', '=', false)
    .where('due', '<=', new Date(nowMs))
    .orderBy('made')
    .limit(MOST_A_ROUND)
    .execute()
  let taken = 0
  for (const row of rows) if (await takeStep(stepping, row)) taken += 1
  return taken
}

type Row = {
  readonly id: string
  readonly organisation: string
  readonly class: string
  readonly state: string
  readonly due: Date
  readonly step: number
  readonly step_at: Date | null
}

async function takeStep(stepping: Stepping, row: Row): Promise<boolean> {
  const { records, nowMs } = stepping
  const { steps, of } = await reachOf(stepping, row.organisation)
  const standing = {
    class: classNamed(row.class),
    state: stateNamed(row.state),
    dueMs: row.due.getTime(),
    step: row.step,
    stepAtMs: row.step_at?.getTime(),
    hasFailed: await hasFailed(records, row),
  }
  const move = nextMove(standing, steps, nowMs)
  if (move.kind === 'wait') return false
  return records.transaction().execute(async (transaction) => {
    // Whoever else takes steps here, or an answer that came meanwhile, comes first.
    const still = await transaction
      .updateTable('notices')
      .set(
        move.kind === 'unanswered'
          ? { state: 'told', is_unanswered: true }
          : { state: 'told', step: move.step, step_at: new Date(nowMs) },
      )
      .where('id', '=', row.id)
      .where('state', '=', row.state)
      .where('step', '=', row.step)
      .where('is_unanswered', '=', false)
      .returning('told')
      .executeTakeFirst()
    const step = move.kind === 'step' ? steps[move.step] : undefined
    if (still === undefined || move.kind !== 'step' || step === undefined)
      return still !== undefined
    await putOut(transaction, stepping, { notice: row.id, step, at: move.step, of })
    return true
  })
}

type Putting = {
  readonly notice: string
  readonly step: Step
  readonly at: number
  /** Name of the organisation, where no person is named. */
  readonly of: string
}

async function putOut(
  records: Records,
  { secret, nowMs }: Stepping,
  { notice, step, at, of }: Putting,
): Promise<void> {
  const deliveries = deliveriesOf(step).map(({ channel, contact, target }) => {
    const id = idOf([notice, String(at), channel])
    return {
      id,
      notice,
      step: at,
      channel,
      contact: JSON.stringify(contact ?? { name: of }),
      target,
      code_hash: codeHash(answerCode(secret, id)),
      state: FIRST_STATE[channel],
      next: new Date(nowMs),
      made: new Date(nowMs),
      sent: null,
      problem: null,
    }
  })
  await records
    .insertInto('notice_deliveries')
    .values(deliveries)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

const FIRST_STATE: Readonly<Record<NoticeChannel, string>> = {
  // A member that does not ask is not told: it is `sent` when it asks.
  console: 'waiting',
  email: 'waiting',
  webhook: 'waiting',
  hub: 'waiting',
  phone: 'to call',
}

type Way = {
  readonly channel: NoticeChannel
  readonly contact: NoticeContact | undefined
  readonly target: string
}

function deliveriesOf(step: Step): readonly Way[] {
  if (step.kind === 'up') return [{ channel: 'hub', contact: undefined, target: '' }]
  if (step.kind === 'call')
    return [{ channel: 'phone', contact: step.contact, target: step.contact.phone }]
  const { contact, channels } = step
  const target = { email: contact?.email ?? '', webhook: contact?.webhook ?? '' }
  return channels.map((channel) => ({
    channel,
    contact,
    target: channel === 'email' || channel === 'webhook' ? target[channel] : '',
  }))
}

async function reachOf({ records, hasUpper }: Stepping, organisation: string) {
  const row = await records
    .selectFrom('notice_organisations')
    .select(['name', 'contacts', 'may_go_up'])
    .where('id', '=', organisation)
    .executeTakeFirst()
  const member = await records
    .selectFrom('share_peers')
    .select('organisation')
    .where('role', '=', 'member')
    .where('state', '=', 'joined')
    .where('identity', '=', organisation)
    .executeTakeFirst()
  return {
    of: row?.name ?? member?.organisation ?? organisation,
    steps: stepsOf({
      contacts: NoticeContactsSchema.parse(row?.contacts ?? []),
      isMember: member !== undefined,
      canGoUp: hasUpper && row?.may_go_up === true,
    }),
  }
}

/** Every way but the member's own console, which is open for whoever looks. */
async function hasFailed(records: Records, { id, step }: Row): Promise<boolean> {
  const rows = await records
    .selectFrom('notice_deliveries')
    .select('state')
    .where('notice', '=', id)
    .where('step', '=', step)
    .where('channel', '!=', 'console')
    .execute()
  return rows.length > 0 && rows.every(({ state }) => state === 'failed')
}

function classNamed(text: string): NoticeClass {
  return NOTICE_CLASSES.find((one) => one === text) ?? 'information'
}

function stateNamed(text: string): NoticeState {
  return NOTICE_STATES.find((one) => one === text) ?? 'closed'
}
