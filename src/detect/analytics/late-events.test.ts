import { expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import type { Analytic } from './analytic.ts'
import { leastLateness, questionsOf } from './late-events.ts'

const NOW = Date.UTC(2026, 4, 10, 9, 30)
const asked = (every: number, window: number) =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of an analytic no more is asked here
  ({ every, window }) as Analytic
const DAILY = asked(HOUR_MS, 24 * HOUR_MS)
const HOURLY = asked(15 * MINUTE_MS, HOUR_MS)

const hour = (hoursAgo: number) => Math.floor((NOW - hoursAgo * HOUR_MS) / HOUR_MS) * HOUR_MS
const endsOf = (analytic: Analytic, hours: ReadonlyMap<number, number>) =>
  questionsOf([analytic], hours, NOW).map(({ toMs }) => toMs)

test('every moment of a late hour lies in a window, and so does what led to it and what followed', () => {
  for (const analytic of [DAILY, HOURLY]) {
    const late = hour(80)
    const ends = endsOf(analytic, new Map([[late, 80 * HOUR_MS]]))
    for (const momentMs of [late, late + 30 * MINUTE_MS, late + HOUR_MS - 1]) {
      const around = ends.filter((toMs) => toMs - analytic.window <= momentMs && momentMs <= toMs)
      expect(
        around.some((toMs) => momentMs - (toMs - analytic.window) >= analytic.window / 2),
      ).toBe(true)
      expect(around.some((toMs) => toMs - momentMs >= analytic.window / 2)).toBe(true)
    }
    expect(ends).toEqual(ends.toSorted((a, b) => a - b))
  }
})

test('what an analytic asks about anyway is not asked twice, and the future is not asked about', () => {
  const recent = new Map([[hour(3), 3 * HOUR_MS]])
  expect(endsOf(DAILY, recent)).toEqual([])
  expect(endsOf(HOURLY, recent).length).toBeGreaterThan(0)
  expect(Math.max(...endsOf(DAILY, new Map([[hour(23), 23.5 * HOUR_MS]])))).toBeLessThanOrEqual(NOW)
  expect(leastLateness([DAILY, HOURLY])).toBe(45 * MINUTE_MS)
  // One that looks at an hour of each day has gaps that nobody fills.
  const sampling = asked(24 * HOUR_MS, HOUR_MS)
  expect(leastLateness([DAILY, sampling])).toBe(23 * HOUR_MS)
  expect(endsOf(sampling, new Map([[hour(80), 80 * HOUR_MS]]))).toEqual([])
})

test('a month of old logs asks each window once; what is older than baselines is not asked about', () => {
  const month = new Map(Array.from({ length: 720 }, (_, at) => [hour(48 + at), 999 * HOUR_MS]))
  const ends = endsOf(DAILY, month)
  expect(ends.length).toBeLessThan(70)
  expect(new Set(ends).size).toBe(ends.length)
  expect(endsOf(DAILY, new Map([[hour(24 * 61), 1464 * HOUR_MS]]))).toEqual([])
})
