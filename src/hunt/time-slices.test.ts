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

test('18 months without a match are walked in six slices', () => {
  let left = { fromMs: 0, toMs: 18 * 30 * 24 * HOUR_MS }
  let width = firstWidth()
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
