import { expect, test } from 'vitest'
import type { FederationCard } from '../app/federation/card.ts'
import { wordsOf } from '../words/index.ts'
import { federationLines } from './federation-lines.ts'

const CARD: FederationCard = {
  version: '0',
  stations: 8,
  hubs: 2,
  seconds: 90,
  memoryMib: null,
  steps: [
    { step: 'received', seconds: 3.2, mostSeconds: 60, isSo: true },
    { step: 'chain', seconds: 70.1, mostSeconds: 60, isSo: false },
    { step: 'caught up', seconds: null, mostSeconds: 120, isSo: false },
  ],
  misdeeds: [{ misdeed: 'used code', became: '403', isHarmless: true }],
  isSo: false,
}

test.each(['en', 'fr'] as const)('%s: says what was not so, and how long it took', (language) => {
  const words = wordsOf(language)
  const text = federationLines(CARD, { words, language }).join('\n')
  const { so, not, steps, misdeeds, notAllSo } = words.exercise.federation
  expect(text).toMatch(new RegExp(`${so} +${steps.received}`))
  expect(text).toMatch(new RegExp(`${not} +${steps.chain} +70[.,]1 s`))
  expect(text).toMatch(new RegExp(`${not} +${steps['caught up']} +– `))
  expect(text).toContain(misdeeds['used code'])
  expect(text).toContain(notAllSo)
})
