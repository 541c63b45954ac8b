import { expect, test } from 'vitest'
import { onceATimespan } from './once-a-timespan.ts'

const met = (...places: readonly (readonly [string, number])[]) =>
  places.map(([grp, ms]) => ({ grp, ms }))

test('a group is found again once more than the timespan has passed', () => {
  const found = onceATimespan(met(['a', 0], ['a', 10], ['a', 11], ['b', 12]), 10)
  expect(found).toEqual(met(['a', 0], ['a', 11], ['b', 12]))
})

test('what was found earlier counts on both sides', () => {
  const before = new Map([['a', [20]]])
  const found = onceATimespan(met(['a', 9], ['a', 10], ['a', 30], ['a', 31], ['b', 20]), 10, before)
  expect(found).toEqual(met(['a', 9], ['a', 31], ['b', 20]))
})
