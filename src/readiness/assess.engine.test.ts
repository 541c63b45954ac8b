import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PlanSchema } from '../model/index.ts'
import { openTemporaryRecords } from '../store/temporary-records.test-helper.ts'
import { assess } from './assess.ts'
import { readGoals } from './catalogue.ts'
import { attest, correctGoal, noteGoal, plans, savePlan } from './kept.ts'

const NOW = Date.parse('2026-11-29T12:00:00Z')

test('evidence, words, owners and corrections meet; the score keeps what moved it; a failing provider is unknown', async () => {
  const records = await openTemporaryRecords()
  const troubles: unknown[] = []
  const state = { mfa: 'not_met' as 'not_met' | 'met' }
  const providers = {
    'identity.phishing-resistant-mfa': async () => ({
      state: state.mfa,
      said: { en: 'seen', fr: 'vu' },
      rows: [],
    }),
    'log.priority': async () => Promise.reject(new Error('engine gone')),
  }
  const ask = (nowMs: number) =>
    assess({
      records,
      goals: readGoals(join(import.meta.dirname, '../../content/goals')),
      providers,
      logs: [],
      organization: 'Town',
      nowMs,
      onTrouble: (cause) => troubles.push(cause),
    })
  const by = { who: 'admin', nowMs: NOW }
  const first = await ask(NOW)
  expect(first.goals).toHaveLength(36)
  expect(troubles).toHaveLength(1)
  const goal = (key: string, from = first) => from.goals.find((one) => one.goal.key === key)
  expect(goal('phishing-resistant-mfa')).toMatchObject({ state: 'not_met' })
  await attest(
    records,
    'organizational-leadership',
    {
      criterion: 'role',
      answer: 'met',
      statement: 'Council named A. Roy',
      who: 'A. Roy',
      role: 'CISO',
    },
    by,
  )
  await noteGoal(records, 'ot-leadership', { notApplicable: 'no OT', owner: 'B. Lee' }, by)
  await noteGoal(records, 'ot-leadership', { due: '2027-01-01T00:00:00Z' }, by)
  await correctGoal(records, 'macros', { id: '2.9' }, by)
  state.mfa = 'met'
  const second = await ask(NOW + 1000)
  expect(goal('organizational-leadership', second)).toMatchObject({
    state: 'met',
    criteria: [{ basis: 'attestation' }],
  })
  expect(goal('ot-leadership', second)).toMatchObject({ state: 'not_applicable', owner: 'B. Lee' })
  expect(goal('macros', second)?.goal.id).toBe('2.9')
  expect(second.score).toBeGreaterThan(first.score)
  expect(second.history.at(-1)?.moved.map(({ goal: key }) => key)).toEqual(
    expect.arrayContaining(['phishing-resistant-mfa', 'organizational-leadership']),
  )
  expect((await ask(NOW + 2000)).history).toHaveLength(second.history.length)
  // A year on, the word has ended.
  expect(goal('organizational-leadership', await ask(NOW + 366 * 86_400_000))).toMatchObject({
    state: 'not_assessable',
  })
  await expect(
    attest(
      records,
      'macros',
      {
        criterion: 'policy',
        answer: 'met',
        statement: 'x',
        who: 'AA',
        role: '',
        expires: '2029-01-01T00:00:00Z',
      },
      by,
    ),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  const plan = PlanSchema.parse({ title: 'P', owner: 'A' })
  await savePlan(records, 'response', plan, by)
  await savePlan(records, 'response', plan, by)
  expect((await plans(records, NOW)).find(({ kind }) => kind === 'response')).toMatchObject({
    version: 2,
    by: 'admin',
  })
  await records.destroy()
})
