import { expect, test } from 'vitest'
import { Pace } from './pace.ts'

test('so many at once, then so many a second, each visitor by itself', () => {
  let nowMs = 1_000_000
  const pace = new Pace({ nowMs: () => nowMs }, { aSecond: 2, atOnce: 4 })
  const takes = (count: number, cost = 1) =>
    Array.from({ length: count }, () => pace.take('one', cost))
  expect(takes(5)).toEqual([0, 0, 0, 0, 1])
  expect(pace.take('other')).toBe(0)
  nowMs += 1000
  expect(takes(3)).toEqual([0, 0, 1])
  nowMs += 1000
  expect(takes(1, 4)).toEqual([1])
  nowMs += 1000
  expect(takes(2, 4)).toEqual([0, 2])
  // A clock that goes back gives nothing and takes nothing.
  nowMs -= 60_000
  expect(takes(1)).toEqual([1])
})
