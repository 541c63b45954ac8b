import { expect, test } from 'vitest'
import { Backlog } from './backlog.ts'

let steadyMs = 0
const backlog = () => new Backlog(500, () => steadyMs)

test('few lines wait until nothing is being loaded, and half a second more', () => {
  const waiting = backlog()
  expect(waiting.isTimeFor(10, 1000, 1499)).toBe(false)
  expect(waiting.isTimeFor(10, 1000, 1500)).toBe(true)
  waiting.add(100)
  expect(waiting.isTimeFor(10, 1000, 9000)).toBe(false)
  steadyMs = 10_000
  waiting.release(100)
  steadyMs = 10_499
  expect(waiting.isTimeFor(10, 1000, 9000)).toBe(false)
  steadyMs = 10_500
  expect(waiting.isTimeFor(10, 1000, 9000)).toBe(true)
})

test('many lines do not wait for one that is being loaded, and do for two', () => {
  const waiting = backlog()
  waiting.add(100)
  expect(waiting.isTimeFor(4999, 1000, 1500)).toBe(false)
  expect(waiting.isTimeFor(5000, 1000, 1500)).toBe(true)
  waiting.add(100)
  expect(waiting.isTimeFor(50_000, 1000, 1500)).toBe(false)
  waiting.release(100)
  expect(waiting.isTimeFor(5000, 1000, 1500)).toBe(true)
  expect(waiting.bytes).toBe(100)
})

test('a thousand lines wait until nothing is being loaded, and no longer', () => {
  const waiting = backlog()
  waiting.add(100)
  expect(waiting.isTimeFor(1000, 1000, 1500)).toBe(false)
  waiting.release(100)
  expect(waiting.isTimeFor(999, 1000, 1500)).toBe(false)
  expect(waiting.isTimeFor(1000, 1000, 1500)).toBe(true)
})

test('a clock that was set back, or stands, holds nothing up', () => {
  const waiting = backlog()
  expect(waiting.isTimeFor(10, 1000, 999)).toBe(true)
  waiting.add(1)
  waiting.release(1)
  steadyMs += 500
  expect(waiting.isTimeFor(10, 1000, 1500)).toBe(true)
})
