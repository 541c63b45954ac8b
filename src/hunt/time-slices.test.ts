import { expect, test } from 'vitest'
import { firstWidth, nextSlice, widen } from './time-slices.ts'

const HOUR_MS = 3_600_000

test.each([
  ['nothing found: eight times', { rows: 0, missing: 100, tookMs: 400 }, 8],
  ['nothing found, and it took no time', { rows: 0, missing: 100, tookMs: 100 }, 32],
  ['as wide as what was found promises, and a quarter', { rows: 20, missing: 80, tookMs: 10 }, 5],
  ['never narrower while it is cheap', { rows: 99, missing: 1, tookMs: 10 }, 1],
  ['never more than eight times', { rows: 1, missing: 100, tookMs: 400 }, 8],
  ['the same when it took a second', { rows: 1, missing: 100, tookMs: 1500 }, 1],
  ['half when it took four', { rows: 1, missing: 100, tookMs: 4500 }, 0.5],
])('the next slice: %s', (_name, found, times) => {
  expect(widen(HOUR_MS, found) / HOUR_MS).toBe(times)
})

test.each([
  ['a quarter of an hour where nobody knows', 0, 0.25],
  ['never less', 1000, 0.25],
  ['300,000 events', 300_000 / (6 * HOUR_MS), 6],
])('the first slice: %s', (_name, perMs, hours) => {
  expect(firstWidth(perMs) / HOUR_MS).toBe(hours)
})

test('18 months without a match are walked in six slices', () => {
  let left = { fromMs: 0, toMs: 18 * 30 * 24 * HOUR_MS }
  let width = firstWidth(0)
  let slices = 0
  for (
    let slice = nextSlice(left, 'newest', width);
    slice;
    slice = nextSlice(left, 'newest', width)
  ) {
    slices += 1
    left = { fromMs: 0, toMs: slice.fromMs }
    width = widen(width, { rows: 0, missing: 100, tookMs: 10 })
  }
  expect(slices).toBeLessThanOrEqual(6)
})
