import { expect, test } from 'vitest'
import { sweepsOf } from './sweeps.ts'
import type { Unit } from './units.ts'

const TABLE = { groups: [], atoms: [], groupOf: [] }

function unit(id: number, atoms: readonly number[]): Unit {
  return { id, rules: [], atoms: new Set(atoms), scan: `own ${id}`, lists: [id], keepsAll: false }
}

function together(rows: readonly (readonly [Unit, number])[]): readonly (readonly number[])[] {
  const work = new Map(rows.map(([one, count]) => [one, { kinds: [], rows: count }]))
  const limits = { worthAStatement: 1000, mostAtoms: 50 }
  return sweepsOf(TABLE, work, limits).map(({ units }) => units.map(({ id }) => id))
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at)

test('units with few rows are asked together, and one with many by itself', () => {
  const units = [
    [unit(1, range(1, 10)), 20],
    [unit(2, range(5, 10)), 30],
    [unit(3, range(1, 10)), 50_000],
  ] as const
  expect(together(units)).toEqual([[3], [1, 2]])
})

test('what would be asked of the rows of others counts', () => {
  const [first, second] = [unit(1, range(1, 10)), unit(2, range(11, 10))]
  expect(
    together([
      [first, 40],
      [second, 20],
    ]),
  ).toEqual([[2, 1]])
  expect(
    together([
      [first, 80],
      [second, 70],
    ]),
  ).toEqual([[1], [2]])
})

test('no statement asks more than it may', () => {
  const units = range(1, 8).map((id) => [unit(id, range(id * 20, 20)), 1] as const)
  const sizes = together(units).map((ids) => ids.length)
  expect(sizes.toSorted((a, b) => a - b)).toEqual([1, 1, 1, 1, 1, 1, 2])
})
