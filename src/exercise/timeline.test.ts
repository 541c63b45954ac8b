import { expect, test } from 'vitest'
import { HOUR_MS } from '../core/index.ts'
import type { Label } from './simulate.ts'
import { timelineOf } from './timeline.ts'
import type { Said } from './timeline.ts'

const HOUR = 500_000
const ana = { kind: 'account', name: 'ana' } as const
const files = { kind: 'device', name: 'files' } as const

function label(over: Partial<Label>): Label {
  return {
    organisation: 'town',
    campaign: 'home-router',
    step: 'vpn-login',
    attack: 'T1133',
    timeMs: HOUR * HOUR_MS,
    entities: [ana],
    source: 's',
    isCollected: true,
    line: '',
    ...over,
  }
}

const labels = [
  label({ timeMs: HOUR * HOUR_MS + 5 }),
  label({ timeMs: HOUR * HOUR_MS + 9, entities: [ana, files] }),
  label({ step: 'look-around', timeMs: (HOUR + 1) * HOUR_MS, entities: [files] }),
  label({ step: 'read-files', timeMs: (HOUR + 2) * HOUR_MS }),
  label({ step: 'take-out', timeMs: (HOUR + 3) * HOUR_MS, isCollected: false }),
]
const said: readonly Said[] = [
  { entity: { kind: 'account', name: 'Ana' }, hour: HOUR, rules: ['a'], toldMs: 7 },
  { entity: files, hour: HOUR + 1, rules: ['b'], toldMs: null },
  { entity: files, hour: HOUR - 9, rules: ['c'], toldMs: 8 },
  // Found where nothing was done, and told nobody: no moment of its own.
  { entity: files, hour: HOUR - 20, rules: ['c'], toldMs: null },
]
const alerts = [
  { entity: { kind: 'account', name: 'Ana' } as const, hours: [HOUR], toldMs: 7, because: [] },
  { entity: files, hours: [HOUR - 9], toldMs: 8, because: [] },
]

test('each step of an hour stands beside what was said of its entities, and an alert about nothing by itself', () => {
  const moments = timelineOf({ labels, said, alerts })
  expect(moments.map(({ step, state, lines }) => [step, state, lines])).toEqual([
    [null, 'false', 0],
    ['vpn-login', 'told', 2],
    ['look-around', 'found', 1],
    ['read-files', 'unseen', 1],
    ['take-out', 'not-collected', 1],
  ])
  expect(moments[1]?.said).toEqual([
    { kind: 'account', name: 'Ana', rules: ['a'], told: '1970-01-01T00:00:00.007Z' },
  ])
  expect(moments[1]?.entities).toEqual([ana, files])
  expect(moments[0]?.said.map(({ rules }) => rules)).toEqual([['c']])
})
