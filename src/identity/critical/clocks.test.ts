import { describe, expect, test } from 'vitest'
import { BANDS, OFFICE_HOURS, clockOf, dueRungs, ladderOf, measure } from './clocks.ts'
import { bandOf, scoreOf } from './score.ts'

const at = (text: string) => Date.parse(text)
const iso = (ms: number) => new Date(ms).toISOString()

describe('clocks', () => {
  test.each([
    ['C1', '2026-11-28T03:00:00Z', '2026-11-28T03:15:00.000Z'],
    ['C2', '2026-11-28T03:00:00Z', '2026-11-28T03:30:00.000Z'],
    // Friday 15:00 in Toronto: an hour is left, three on Monday.
    ['C3', '2026-11-27T20:00:00Z', '2026-11-30T16:00:00.000Z'],
    // Over the change to summer time on 8 March 2026.
    ['C3', '2026-03-06T20:00:00Z', '2026-03-09T15:00:00.000Z'],
  ] as const)('%s received %s is due %s', (band, received, due) => {
    expect(iso(clockOf(band, at(received), OFFICE_HOURS).acknowledgeByMs)).toBe(due)
  })

  test('a closed day does not count', () => {
    const calendar = { ...OFFICE_HOURS, closed: ['2026-11-30'] }
    expect(iso(clockOf('C3', at('2026-11-27T20:00:00Z'), calendar).acknowledgeByMs)).toBe(
      '2026-12-01T16:00:00.000Z',
    )
  })

  test('a higher band is never due later', () => {
    for (let hour = 0; hour < 24 * 14; hour += 5) {
      const received = at('2026-11-20T00:00:00Z') + hour * 3_600_000
      const due = BANDS.map((band) => clockOf(band, received).acknowledgeByMs)
      expect(due).toEqual(due.toSorted((a, b) => a - b))
    }
  })
})

describe('ladder', () => {
  const ladder = ladderOf(
    ['person', 'alternate', 'manager', 'on call'].map((who) => ({ who, how: 'phone' })),
    'C1',
  )
  const running = { receivedMs: 0, acknowledgedMs: undefined, ladder, called: 0 }
  test('climbs by a third of the time', () => {
    expect(ladder.map(({ afterMinutes }) => afterMinutes)).toEqual([0, 5, 10, 15])
    expect(dueRungs(running, 6 * 60_000).map(({ who }) => who)).toEqual(['person', 'alternate'])
    expect(dueRungs({ ...running, called: 2 }, 6 * 60_000)).toEqual([])
  })
  test('stops when somebody acknowledged', () => {
    expect(dueRungs({ ...running, acknowledgedMs: 1 }, 60 * 60_000)).toEqual([])
  })
})

test('time to acknowledge counts what is open past its time as late', () => {
  const clock = (acknowledgedMs: number | undefined) => ({
    receivedMs: 0,
    acknowledgeByMs: 100,
    acknowledgedMs,
  })
  expect(measure([clock(50), clock(90), clock(200), clock(undefined)], 300)).toEqual({
    count: 4,
    p50Ms: 90,
    p90Ms: 200,
    withinShare: 0.5,
  })
})

test('no evidence more lowers a score, and tier 0 is always C1', () => {
  const base = { tier: 1, mission: 0.2, isExposed: false, reach: 0 }
  for (const more of [{ tier: 0 }, { mission: 0.9 }, { isExposed: true }, { reach: 4 }])
    expect(scoreOf({ ...base, ...more })).toBeGreaterThanOrEqual(scoreOf(base))
  expect(bandOf(0, 0)).toBe('C1')
})
