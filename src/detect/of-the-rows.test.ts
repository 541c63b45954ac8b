import { expect, test } from 'vitest'
import { isOfTheRows } from './of-the-rows.ts'

const said = (text: string) =>
  new Error(`Code: 1. DB::Exception: something. (${text}) (version 25)`)

test.each(['MEMORY_LIMIT_EXCEEDED', 'TOO_LARGE_ARRAY_SIZE', 'CANNOT_PARSE_NUMBER'])(
  'fewer rows may pass: %s',
  (code) => expect(isOfTheRows(said(code))).toBe(true),
)

test.each(['NETWORK_ERROR', 'UNKNOWN_IDENTIFIER', 'NOT_ENOUGH_SPACE', 'ABORTED'])(
  'fewer rows meet the same: %s',
  (code) => expect(isOfTheRows(said(code))).toBe(false),
)

test('a server’s client names the code beside the text', () => {
  expect(isOfTheRows(Object.assign(new Error('over'), { type: 'MEMORY_LIMIT_EXCEEDED' }))).toBe(
    true,
  )
  expect(isOfTheRows(new Error('connect ECONNREFUSED 127.0.0.1:9'))).toBe(false)
})
