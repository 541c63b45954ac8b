import { expect, test } from 'vitest'
import { EVENT_COLUMNS } from '../model/index.ts'
import { wordsOf } from '../words/index.ts'
import { huntFields } from './hunt-fields.ts'

test('every column has a French meaning of its own, and French names no column that is not there', () => {
  const french = wordsOf('fr').hunt.columns
  expect(Object.keys(french).toSorted()).toEqual(EVENT_COLUMNS.map(({ name }) => name).toSorted())
  expect(
    EVENT_COLUMNS.filter(({ name, meaning }) => french[name] === meaning && !SAME.has(name)),
  ).toEqual([])
})

/** Words that both languages share. */
const SAME: ReadonlySet<string> = new Set()

test('every column is offered, what addresses belong to, and the one that looks everywhere', () => {
  expect(huntFields().map(({ name }) => name)).toEqual([
    ...EVENT_COLUMNS.map(({ name }) => name),
    ...['src', 'dst'].flatMap((side) =>
      ['asn', 'name', 'kind', 'country'].map((part) => `${side}_network_${part}`),
    ),
    'any',
  ])
})
