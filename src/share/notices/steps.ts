// When who is told, and by which way next. Time is passed in. Another way is tried rather than the same again: repeats were
// measured not to help (Li et al., USENIX Security 2016).

import { DAY_MS, HOUR_MS } from '../../core/index.ts'
import type {
  NoticeContact,
  NoticeAnswer,
  NoticeChannel,
  NoticeClass,
  NoticeState,
} from '../../model/index.ts'

/** Until the next step while nobody answers; null = no answer is expected. */
export const ANSWER_MS: Readonly<Record<NoticeClass, number | null>> = {
  compromise: HOUR_MS,
  targeted: 4 * HOUR_MS,
  vulnerable: DAY_MS,
  information: null,
}

/** How often at most one organisation gets a new notice of a class. */
const AT_MOST_EVERY_MS: Readonly<Record<NoticeClass, number>> = {
  compromise: HOUR_MS,
  targeted: 4 * HOUR_MS,
  vulnerable: 7 * DAY_MS,
  information: 7 * DAY_MS,
}
/** What comes in within so short a time is one notice. */
const GATHER_MS: Readonly<Record<NoticeClass, number>> = {
  compromise: 0,
  targeted: 0,
  vulnerable: HOUR_MS,
  information: 7 * DAY_MS,
}

/** When a new notice is told, by when the last of that class to that organisation was made. */
export function dueMs(of: NoticeClass, nowMs: number, lastMs: number | undefined): number {
  const spaced = lastMs === undefined ? 0 : lastMs + AT_MOST_EVERY_MS[of]
  return Math.max(nowMs + GATHER_MS[of], spaced)
}

export type Step =
  | {
      readonly kind: 'message'
      readonly contact: NoticeContact | undefined
      readonly channels: readonly NoticeChannel[]
    }
  /** A person of the hub calls. */
  | { readonly kind: 'call'; readonly contact: NoticeContact }
  /** Our own hub is asked to. */
  | { readonly kind: 'up' }

export type Reach = {
  readonly contacts: readonly NoticeContact[]
  readonly isMember: boolean
  readonly canGoUp: boolean
}

/** The first contact (and the member's console), the next one, the telephone at any hour, our own hub. */
export function stepsOf({ contacts, isMember, canGoUp }: Reach): readonly Step[] {
  const written = contacts.filter(({ email, webhook }) => email !== '' || webhook !== '')
  const [first, second] = written
  const steps: Step[] = []
  const ways = [
    ...(isMember ? (['console'] as const) : []),
    ...(first === undefined ? [] : waysTo(first)),
  ]
  if (ways.length > 0) steps.push({ kind: 'message', contact: first, channels: ways })
  if (second !== undefined)
    steps.push({ kind: 'message', contact: second, channels: waysTo(second) })
  const phone =
    contacts.find(({ phone: number, always }) => number !== '' && always) ??
    contacts.find(({ phone: number }) => number !== '')
  if (phone !== undefined) steps.push({ kind: 'call', contact: phone })
  if (canGoUp) steps.push({ kind: 'up' })
  return steps
}

function waysTo({ email, webhook }: NoticeContact): readonly NoticeChannel[] {
  return [
    ...(email === '' ? [] : (['email'] as const)),
    ...(webhook === '' ? [] : (['webhook'] as const)),
  ]
}

export type Standing = {
  readonly class: NoticeClass
  readonly state: NoticeState
  readonly dueMs: number
  /** -1 = nobody was told yet. */
  readonly step: number
  readonly stepAtMs: number | undefined
  /** Every way of the step failed for good. */
  readonly hasFailed: boolean
}

export type Move =
  | { readonly kind: 'wait'; readonly untilMs: number | undefined }
  | { readonly kind: 'step'; readonly step: number }
  /** Nobody left to tell. */
  | { readonly kind: 'unanswered' }

export function nextMove(standing: Standing, steps: readonly Step[], nowMs: number): Move {
  const { state, step, stepAtMs = 0, hasFailed } = standing
  if (state === 'gathering')
    return nowMs < standing.dueMs ? { kind: 'wait', untilMs: standing.dueMs } : climb(0, steps)
  if (state !== 'told') return { kind: 'wait', untilMs: undefined }
  const clock = ANSWER_MS[standing.class]
  if (hasFailed) return climb(step + 1, steps)
  if (clock === null) return { kind: 'wait', untilMs: undefined }
  return nowMs < stepAtMs + clock
    ? { kind: 'wait', untilMs: stepAtMs + clock }
    : climb(step + 1, steps)
}

function climb(step: number, steps: readonly Step[]): Move {
  return step < steps.length ? { kind: 'step', step } : { kind: 'unanswered' }
}

/** What an answer makes of a notice. What was answered is not unsaid by a lesser answer. */
export function afterAnswer(state: NoticeState, answer: NoticeAnswer): NoticeState {
  if (state === 'closed') return 'closed'
  if (answer === 'not ours' || answer === 'false positive') return 'closed'
  if (answer === 'fixed' || state === 'fixed') return 'fixed'
  return 'acknowledged'
}
