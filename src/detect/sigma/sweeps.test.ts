import { expect, test } from 'vitest'
import { sweepsOf } from './sweeps.ts'
import type { Unit } from './units.ts'

const TABLE = { groups: [], atoms: [], groupOf: [] }
const LIMITS = { statement: 10, mostConditions: 50 }

function unit(id: number, atoms: readonly number[]): Unit {
  return { id, rules: [], atoms: new Set(atoms), scan: `own ${id}`, lists: [id], keepsAll: false }
}

function together(rows: readonly (readonly [Unit, number])[]): readonly (readonly number[])[] {
  const work = new Map(rows.map(([one, count]) => [one, { kinds: [], rows: count }]))
  return sweepsOf(TABLE, work, LIMITS).map(({ units }) => units.map(({ id }) => id))
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at)

test('units with few rows are asked together, and one with many by itself', () => {
  const units = [
    [unit(1, range(1, 10)), 20],
    [unit(2, range(5, 10)), 30],
    [unit(3, range(21, 10)), 50_000],
  ] as const
  expect(together(units)).toEqual([[1, 2], [3]])
})

test('one that asks the same is asked along, however many rows it has', () => {
  const units = [
    [unit(1, range(1, 10)), 20],
    [unit(2, range(1, 10)), 50_000],
  ] as const
  expect(together(units)).toEqual([[1, 2]])
})

test('what would be asked of the rows of others counts', () => {
  const [first, second] = [unit(1, range(1, 10)), unit(2, range(11, 10))]
  expect(
    together([
      [first, 400],
      [second, 200],
    ]),
  ).toEqual([[2, 1]])
  expect(
    together([
      [first, 800],
      [second, 700],
    ]),
  ).toEqual([[2], [1]])
})

test('of several, the one is taken with which most is shared', () => {
  const units = [
    [unit(1, range(1, 20)), 100],
    [unit(2, range(101, 20)), 2000],
    [unit(3, range(105, 20)), 2100],
  ] as const
  expect(together(units)).toEqual([[1], [2, 3]])
})

test('no statement asks more than it may', () => {
  const units = range(1, 8).map((id) => [unit(id, range(id * 20, 20)), 1] as const)
  const sizes = together(units).map((ids) => ids.length)
  expect(sizes).toEqual([2, 2, 2, 2])
})
