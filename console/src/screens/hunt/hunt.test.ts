import { expect, test } from 'vitest'
import { completed, completionAt } from './completion.ts'
import { FIRST_COLUMNS, columnsOf, movedColumn } from './hunt-columns.ts'

const NAMES = ['src_ip', 'src_port', 'dst_ip', 'user_name']

test.each([
  ['sr', ['src_ip', 'src_port']],
  ['a:1 -ip', ['src_ip', 'dst_ip']],
  ['src_ip:10', null],
  ['"sr', null],
  ['', null],
  ['zzz', null],
])('%j offers %j', (query, choices) => {
  expect(completionAt(query, query.length, NAMES)?.choices ?? null).toEqual(choices)
})

test('a choice takes the place of what was typed and waits for its value', () => {
  const completion = completionAt('a:1 us b', 6, NAMES)
  if (completion === null) throw new Error('no completion')
  expect(completed('a:1 us b', completion, 'user_name')).toEqual({
    query: 'a:1 user_name: b',
    caret: 14,
  })
})

test('columns come from the address, each once, and nothing that is no name', () => {
  expect(columnsOf('time,src_ip,time,1); DROP')).toEqual(['time', 'src_ip'])
  expect(columnsOf(undefined)).toBe(FIRST_COLUMNS)
})

test('a column moves by one place and stops at the edge', () => {
  expect(movedColumn(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
  expect(movedColumn(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c'])
})
