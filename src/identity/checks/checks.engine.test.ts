// Every check finds what its golden hit holds and nothing in its golden miss; a folder without goldens fails.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Records } from '../../store/index.ts'
import { consoleRooms } from '../../words/en/console-rooms.ts'
import { CONTENT, NOW_MS, memoryRecords, storeGolden } from '../station.test-helper.ts'
import { CHECK_FOLDERS, checkFiles, readCheckBook, readGolden } from './check-book.ts'
import { runChecks } from './run-checks.ts'

const BOOK = readCheckBook(CONTENT)
const FILES = CHECK_FOLDERS.flatMap((folder) => checkFiles(join(CONTENT, folder)))
let records: Records
/** Columns that checks gave, and how many did. */
const given = new Map<string, number>()

beforeAll(async () => {
  records = await memoryRecords()
})
afterAll(() => records.destroy())

async function judge(file: string, golden: string) {
  for (const table of ['parts', 'rows', 'accounts', 'roles'])
    await sql.raw(`DELETE FROM identity_${table}`).execute(records)
  await storeGolden(records, readGolden(golden))
  const check = BOOK.checks.find(({ id }) =>
    file.includes(`/${id.toLowerCase().replaceAll('.', '-')}-`),
  )
  if (check === undefined) throw new Error(`no check for ${file}`)
  const [result] = await runChecks(records, { ...BOOK, checks: [check] }, NOW_MS)
  if (result === undefined) throw new Error('no result')
  return { check, result }
}

test('the 58 checks and the tenant baseline are all there', () => {
  const ids = BOOK.checks.map(({ id }) => id)
  expect(ids.filter((id) => /^I\d\d$/.test(id))).toHaveLength(58)
  expect(ids.filter((id) => id.startsWith('MS.AAD.'))).toHaveLength(30)
})

describe.each(FILES)('%s', (file) => {
  const hit = file.replace(/\.yml$/, '.hit.yml')
  const miss = file.replace(/\.yml$/, '.miss.yml')
  const isAsked = BOOK.checks.some(
    ({ id, sql: text }) =>
      file.includes(`/${id.toLowerCase().replaceAll('.', '-')}-`) && text !== undefined,
  )
  test.runIf(isAsked)('finds its golden hit', async () => {
    expect(existsSync(hit)).toBe(true)
    const { result } = await judge(file, hit)
    expect(result.missing).toEqual([])
    expect(result.rows.map(({ subject }) => subject)).toEqual(readGolden(hit).finds)
    const columns = new Set(result.rows.flatMap((row) => Object.keys(row)))
    for (const name of columns) given.set(name, (given.get(name) ?? 0) + 1)
    expect(result.verdict).toBe('fail')
  })
  test.runIf(isAsked)('finds nothing in its golden miss', async () => {
    expect(existsSync(miss)).toBe(true)
    const { result } = await judge(file, miss)
    expect(result).toMatchObject({ verdict: 'pass', rows: [], missing: [] })
  })
  test('is not assessable without data, and says what it lacks', async () => {
    for (const table of ['parts', 'rows', 'accounts', 'roles'])
      await sql.raw(`DELETE FROM identity_${table}`).execute(records)
    const check = BOOK.checks.filter(({ id }) =>
      file.includes(`/${id.toLowerCase().replaceAll('.', '-')}-`),
    )
    const [result] = await runChecks(records, { ...BOOK, checks: check }, NOW_MS)
    expect(result).toMatchObject({ verdict: 'not_assessable', missing: check[0]?.needs })
  })
})

test('a column that several checks give has a heading on the screen', () => {
  const several = [...given].filter(([, checks]) => checks > 1).map(([name]) => name)
  expect(several.length).toBeGreaterThan(10)
  expect(several.filter((name) => !(name in consoleRooms.identity.found))).toEqual([])
})
