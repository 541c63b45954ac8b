import { expect, test } from 'vitest'
import {
  between,
  parseRange,
  rangeParams,
  resolveRange,
  slideRange,
  zoomOut,
} from './time-range.ts'
import type { TimeRange } from './time-range.ts'

const DAY: TimeRange = { kind: 'last', span: '24h' }
const NOW = Date.parse('2026-11-23T12:00:00Z')

test.each([
  [{}, DAY],
  [{ last: '1h' }, { kind: 'last', span: '1h' }],
  [{ last: 'all' }, { kind: 'all' }],
  [{ last: 'forever' }, DAY],
  [{ from: '2026-11-23T00:00:00Z', to: '2026-11-22T00:00:00Z' }, DAY],
  [{ from: 'soon', to: '2026-11-22T00:00:00Z' }, DAY],
  [
    { from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' },
    { kind: 'between', from: NOW - 36 * 3_600_000, to: NOW - 12 * 3_600_000 },
  ],
])('reads %j from the address', (params, range) => {
  expect(parseRange(params, DAY)).toEqual(range)
})

test('a range survives the address', () => {
  const range: TimeRange = { kind: 'between', from: NOW - 1000, to: NOW }
  const { from, to } = rangeParams(range)
  expect(parseRange({ ...(from && { from }), ...(to && { to }) }, DAY)).toEqual(range)
})

test('a span ends now', () => {
  expect(resolveRange(DAY, NOW)).toEqual({ from: NOW - 86_400_000, to: NOW })
})

test('sliding moves by half the window', () => {
  const earlier = slideRange(DAY, -1, NOW)
  expect(resolveRange(earlier, NOW)).toEqual({ from: NOW - 129_600_000, to: NOW - 43_200_000 })
})

test('zooming out doubles the window and does not pass now', () => {
  expect(resolveRange(zoomOut(DAY, NOW), NOW)).toEqual({ from: NOW - 172_800_000, to: NOW })
})

test('a brushed range is in order and never empty', () => {
  expect(between(NOW, NOW)).toEqual({ kind: 'between', from: NOW, to: NOW + 1000 })
  expect(between(NOW, NOW - 5000)).toEqual({ kind: 'between', from: NOW - 5000, to: NOW })
})
