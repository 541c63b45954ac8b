// `vigie exercise` as people ask for it: what cannot be played is said before anything begins; the card in both languages.

import { expect, test } from 'vitest'
import type { Scorecard } from '../app/exercise/exercises.ts'
import { STEPS } from '../exercise/campaigns/campaign.ts'
import { CAMPAIGN_NAMES, ORGANISATION_KINDS } from '../exercise/index.ts'
import { wordsOf } from '../words/index.ts'
import { exerciseLines } from './exercise-lines.ts'
import { runCommand } from './run-command.ts'

async function run(...inputs: readonly string[]) {
  let [out, err] = ['', '']
  const code = await runCommand(['exercise', ...inputs], {
    stdout: { write: (text: string) => ((out += text), true) },
    stderr: { write: (text: string) => ((err += text), true) },
    env: {},
    on: () => undefined,
    off: () => undefined,
  } as unknown as NodeJS.Process)
  return { code, out, err }
}

test.each([
  [['--days', '13'], 'days', '14–120'],
  [['--days', '1e2'], 'days', '14–120'],
  [['--seed', '-1'], 'seed', '0–999999999'],
  [['--stealth', '4'], 'stealth', '0, 1, 2, 3'],
  [['--organisations', 'town,castle'], 'castle', 'town, band-council'],
  [['--campaign', 'invented'], 'invented', 'home-router, provider'],
])('%j is refused with what was expected', async (flags, met, expected) => {
  const english = await run(...flags)
  expect(english.code).toBe(2)
  expect(english.err).toContain(met)
  expect(english.err).toContain(`Expected: ${expected}`)
  const french = await run(...flags, '--language', 'fr')
  expect(french.err).toContain(`Attendu\u202f: ${expected}`)
})

const CARD: Scorecard = {
  version: '0',
  seed: 5,
  days: 14,
  noise: 1,
  stealth: 3,
  stepHours: 12,
  seconds: 1,
  cpuSeconds: 1,
  organisations: [
    {
      organisation: 'town',
      lines: 1200,
      days: 13,
      quietDays: 9,
      campaigns: [
        {
          campaign: 'home-router',
          begins: '2026-03-06T15:00:00.000Z',
          hoursToFirstAlert: null,
          steps: [
            { step: 'vpn-login', attack: 'T1133', lines: 2, state: 'unseen' },
            { step: 'look-around', attack: 'T1087.002', lines: 1, state: 'not-collected' },
          ],
        },
      ],
      alerts: [
        {
          kind: 'account',
          entity: 'ana\u001B[31m',
          first: '2026-03-05T10:00:00.000Z',
          told: '2026-03-05T12:03:00.000Z',
          because: ['Password spray'],
          isTrue: false,
        },
      ],
      trueAlerts: 0,
      falseAlerts: 1,
      falseOnQuietDays: 1,
    },
  ],
  totals: {
    played: 1,
    found: 0,
    medianHours: null,
    steps: 2,
    stepsTold: 0,
    stepsFound: 0,
    alerts: 1,
    precision: 0,
    alertsADay: 1 / 13,
    falseADay: 1 / 13,
    falseAQuietDay: 1 / 9,
  },
}

test.each([
  ['en', 'not found', 'no rule met it', 'its log is not collected', '0 of 1', '0.08'],
  ['fr', 'non trouvée', 'aucune règle ne l’a relevé', 'son journal', '0 sur 1', '0,08'],
] as const)('in %s the card says what was missed, and why', (language, ...said) => {
  const text = exerciseLines(CARD, { words: wordsOf(language), language }).join('\n')
  for (const part of said) expect(text).toContain(part)
  expect(text).not.toContain('\u001B')
})

test('every organisation, campaign and step has its words', () => {
  for (const language of ['en', 'fr'] as const) {
    const { organisations, campaigns, steps } = wordsOf(language).exercise
    expect(Object.keys(organisations).toSorted()).toEqual([...ORGANISATION_KINDS].toSorted())
    expect(Object.keys(campaigns).toSorted()).toEqual([...CAMPAIGN_NAMES].toSorted())
    expect(Object.keys(steps).toSorted()).toEqual(Object.keys(STEPS).toSorted())
  }
})
