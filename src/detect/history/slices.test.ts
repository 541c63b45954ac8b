import { describe, expect, test } from 'vitest'
import { halves, reachedBy, takeSlice } from './slices.ts'
import type { Slice, Stretch } from './slices.ts'

const HOUR = 3_600_000
const hour = (at: number, events: number): Stretch => ({
  fromMs: at * HOUR,
  toMs: (at + 1) * HOUR,
  events,
})

function allSlices(stretches: readonly Stretch[], target: number): readonly Slice[] {
  const slices: Slice[] = []
  for (let taken = takeSlice(stretches, target); taken; taken = takeSlice(taken.left, target))
    slices.push(taken.slice)
  return slices
}

describe('slices', () => {
  test('gather hours newest first until they hold enough', () => {
    const slices = allSlices([hour(9, 30), hour(8, 50), hour(5, 40), hour(1, 10)], 100)
    expect(slices.map(({ fromMs, toMs }) => [fromMs / HOUR, toMs / HOUR])).toEqual([
      [8, 10],
      [1, 6],
    ])
  })

  test('cut a busy hour, and leave no moment of it out and none twice', () => {
    const slices = allSlices([hour(9, 1000), hour(8, 1)], 100)
    expect(slices.length).toBeGreaterThanOrEqual(10)
    const newestFirst = slices.map(({ fromMs, toMs }) => ({ fromMs, toMs }))
    expect(newestFirst[0]?.toMs).toBe(10 * HOUR)
    expect(newestFirst.at(-1)?.fromMs).toBe(8 * HOUR)
    newestFirst.slice(1).forEach(({ toMs }, at) => expect(toMs).toBe(newestFirst[at]?.fromMs))
  })

  test('end, whatever is asked', () => {
    expect(allSlices([{ fromMs: 0, toMs: 1, events: 1e9 }], 10)).toHaveLength(1)
    expect(allSlices([], 10)).toEqual([])
    expect(allSlices([{ fromMs: 0, toMs: 3, events: 1e9 }], 1)).toHaveLength(3)
  })

  test('halve by time, then by parts of one millisecond, then not at all', () => {
    let slices: readonly Slice[] = [{ fromMs: 0, toMs: 4, part: 0, parts: 1 }]
    const halve = () => {
      slices = slices.flatMap((slice) => halves(slice))
    }
    halve()
    halve()
    expect(slices).toHaveLength(4)
    expect(slices.every(({ fromMs, toMs }) => toMs - fromMs === 1)).toBe(true)
    halve()
    halve()
    expect(
      slices.filter(({ fromMs }) => fromMs === 0).map(({ part, parts }) => [part, parts]),
    ).toEqual(
      expect.arrayContaining([
        [0, 4],
        [1, 4],
        [2, 4],
        [3, 4],
      ]),
    )
    expect(halves({ fromMs: 0, toMs: 1, part: 0, parts: 4096 })).toEqual([])
  })

  test('say how far everything newer is judged', () => {
    const done = { fromMs: 50, toMs: 100, part: 0, parts: 1 }
    expect(reachedBy(done, [])).toBe(50)
    expect(reachedBy(done, [{ fromMs: 0, toMs: 50, part: 0, parts: 1 }])).toBe(50)
    const part = { fromMs: 7, toMs: 8, part: 1, parts: 2 }
    expect(reachedBy(part, [{ fromMs: 7, toMs: 8, part: 0, parts: 2 }])).toBe(8)
  })
})
