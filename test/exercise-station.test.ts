// A short exercise through a whole station, in a process of its own: what a careless intruder does is told, and the files are written.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { playExercises, writeExercises } from '../src/app/exercise/exercises.ts'
import { simulate } from '../src/exercise/index.ts'

const SHORT = {
  seed: 4,
  days: 3,
  noise: 0,
  stealth: 0,
  campaigns: ['home-router'],
} as const

test('a careless intruder is told, every line is counted, and what was played is written', async () => {
  const out = mkdtempSync(join(tmpdir(), 'vigie-exercise-out-'))
  const troubles: string[] = []
  const played = await playExercises({
    ...SHORT,
    stepHours: 12,
    organisations: ['town'],
    onDay: () => undefined,
    onTrouble: (sentence) => troubles.push(sentence),
    signal: new AbortController().signal,
  })
  expect(troubles).toEqual([])
  const { labels, hours } = simulate({ ...SHORT, kind: 'town' })
  const lines = [...hours()].reduce((sum, hour) => sum + hour.lines.length, 0)
  const [score] = played.card.organisations
  expect(score?.lines).toBe(lines)
  expect(played.labels).toEqual(labels)
  const [campaign] = score?.campaigns ?? []
  expect(campaign?.hoursToFirstAlert).toBeLessThanOrEqual(48)
  expect(campaign?.steps.find(({ step }) => step === 'copy-directory')?.state).toBe('told')
  expect(score?.alerts.some(({ isTrue }) => isTrue)).toBe(true)
  const { moments = [], titles = {} } = played.played[0]?.timeline ?? {}
  const copied = moments.filter(({ step }) => step === 'copy-directory')
  expect(copied.map(({ state }) => state)).toContain('told')
  const rules = copied.flatMap(({ said }) => said.flatMap((one) => one.rules))
  expect(rules.length).toBeGreaterThan(0)
  for (const rule of rules) expect(titles[rule]?.fr).not.toBe(titles[rule]?.en)
  const [card = '', labelled = ''] = writeExercises(out, played)
  expect(JSON.parse(readFileSync(card, 'utf8'))).toEqual(JSON.parse(JSON.stringify(played.card)))
  expect(readFileSync(labelled, 'utf8').trim().split('\n')).toHaveLength(labels.length)
  rmSync(out, { recursive: true })
})
