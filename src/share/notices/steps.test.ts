// Clocks: who is told when, and by which way next, with the time passed in.

import { describe, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../core/index.ts'
import { NOTICE_CLASSES, NoticeContactSchema } from '../../model/index.ts'
import type { NoticeAnswer, NoticeClass, NoticeState } from '../../model/index.ts'
import { afterAnswer, dueMs, nextMove, stepsOf } from './steps.ts'

const contact = (change: object) => NoticeContactSchema.parse({ name: 'Ann', ...change })
const CONTACTS = [
  contact({ email: 'ann@town.example' }),
  contact({ name: 'Bo', email: 'bo@town.example', phone: '+1 867 555 0100' }),
  contact({ name: 'Night desk', phone: '+1 867 555 0199', always: true }),
]
const steps = stepsOf({ contacts: CONTACTS, isMember: true, canGoUp: true })
const at = (change: object) => ({
  class: 'compromise' as NoticeClass,
  state: 'told' as NoticeState,
  dueMs: 0,
  step: 0,
  stepAtMs: 0,
  hasFailed: false,
  ...change,
})

test('the first contact and the console, the next contact, the telephone at any hour, the hub above', () => {
  expect(
    steps.map((step) => (step.kind === 'message' ? step.channels.join('+') : step.kind)),
  ).toEqual(['console+email', 'email', 'call', 'up'])
  expect(steps[2]).toMatchObject({ contact: { name: 'Night desk' } })
})
test.each([
  ['compromise', HOUR_MS],
  ['targeted', 4 * HOUR_MS],
  ['vulnerable', DAY_MS],
] as const)('%s: the next way after its clock, not before', (of, clock) => {
  expect(nextMove(at({ class: of }), steps, clock - 1)).toEqual({ kind: 'wait', untilMs: clock })
  expect(nextMove(at({ class: of }), steps, clock)).toEqual({ kind: 'step', step: 1 })
})
test('information is told once and waits for nobody', () => {
  expect(nextMove(at({ class: 'information' }), steps, 400 * DAY_MS)).toEqual({
    kind: 'wait',
    untilMs: undefined,
  })
})
test('a way that failed for good is not waited for', () => {
  expect(nextMove(at({ hasFailed: true }), steps, 1)).toEqual({ kind: 'step', step: 1 })
})
test('after the last way people are shown it', () => {
  expect(nextMove(at({ step: 3 }), steps, HOUR_MS)).toEqual({ kind: 'unanswered' })
  expect(nextMove(at({ state: 'gathering', step: -1 }), [], 1)).toEqual({ kind: 'unanswered' })
})
test.each(['acknowledged', 'fixed', 'closed'] as const)('%s: no clock runs', (state) => {
  expect(nextMove(at({ state }), steps, 400 * DAY_MS)).toEqual({ kind: 'wait', untilMs: undefined })
})

describe('answers', () => {
  test.each([
    ['told', 'acknowledged', 'acknowledged'],
    ['told', 'confirmed', 'acknowledged'],
    ['acknowledged', 'fixed', 'fixed'],
    ['fixed', 'acknowledged', 'fixed'],
    ['told', 'not ours', 'closed'],
    ['closed', 'fixed', 'closed'],
  ] as const)('%s and %s make %s', (state: NoticeState, answer: NoticeAnswer, after) => {
    expect(afterAnswer(state, answer)).toBe(after)
  })
})

test('7,000 sightings a year of every class make at most so many notices as the clocks let through', () => {
  const made: Record<string, number> = {}
  for (const of of NOTICE_CLASSES) {
    let due: number | undefined
    let count = 0
    // Worst: each notice is answered the moment it is told, so that the next sighting opens another.
    for (let hour = 0; hour < 365 * 24; hour += 1) {
      const nowMs = hour * HOUR_MS
      if (due !== undefined && nowMs < due) continue
      due = dueMs(of, nowMs, due)
      count += 1
    }
    made[of] = count
  }
  expect(made['vulnerable']).toBeLessThanOrEqual(54)
  expect(made['information']).toBeLessThanOrEqual(54)
  // A new compromise is told at once; nobody answers 365 times a day.
  expect(made['targeted']).toBeLessThanOrEqual(6 * 365 + 1)
})
