import { expect, test } from 'vitest'
import { SHORTCUT_LINES, readingsOf } from './readings.ts'

const PARSERS = [
  { name: 'gate', form: 'quick', shortcutOf: 'any' },
  { name: 'other', form: 'any' },
  { name: 'gate', form: 'any' },
]
const [QUICK, OTHER, ANY] = [1, 2, 3]
const lines = (route: number, count: number, low = 0) => ({
  route,
  lines: count,
  low,
  high: low + count,
})

test('few lines of a shortcut are read with those of the form it stands for', () => {
  const readings = readingsOf(PARSERS, [lines(QUICK, 10, 3), lines(OTHER, 4), lines(ANY, 2, 40)])

  expect(readings).toEqual([
    { route: ANY, routes: [QUICK, ANY], lines: 12, low: 3, high: 42 },
    { ...lines(OTHER, 4), routes: [OTHER] },
  ])
})

test('many lines take the shortcut', () => {
  const readings = readingsOf(PARSERS, [lines(QUICK, SHORTCUT_LINES), lines(ANY, 2)])

  expect(readings.map(({ route }) => route)).toEqual([QUICK, ANY])
})

test('alone in a batch a shortcut is as good as any', () => {
  expect(readingsOf(PARSERS, [lines(QUICK, 10)])).toEqual([
    { ...lines(QUICK, 10), routes: [QUICK] },
  ])
})

test('lines that no parser knows stay what they are', () => {
  expect(readingsOf(PARSERS, [lines(0, 5)])).toEqual([{ ...lines(0, 5), routes: [0] }])
})
