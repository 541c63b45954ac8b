import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

/** Runs that note how many others ran at the same time. */
function noting() {
  let running = 0
  const most: Record<string, number> = {}
  const run = (name: string) => async () => {
    running += 1
    for (let turn = 0; turn < 5; turn += 1) {
      most[name] = Math.max(most[name] ?? 0, running)
      await sleep(1)
    }
    running -= 1
  }
  return { run, most }
}

test('many run at once, and one that must be alone is alone', async () => {
  const turns = new Turns()
  const { run, most } = noting()
  await Promise.all([
    turns.beside(run('a')),
    turns.beside(run('b')),
    turns.alone(run('x')),
    turns.alone(run('y')),
    turns.beside(run('c')),
    turns.beside(run('d')),
  ])
  expect(most).toEqual({ a: 2, b: 2, x: 1, y: 1, c: 2, d: 2 })
})

test('a failure is its own: the others go on', async () => {
  const turns = new Turns()
  const fail = () => Promise.reject(new Error('no'))
  await expect(turns.alone(fail)).rejects.toThrow('no')
  await expect(turns.beside(fail)).rejects.toThrow('no')
  expect(await turns.alone(async () => 1)).toBe(1)
  expect(await turns.beside(async () => 2)).toBe(2)
})
