// Whoever has the records and the files in hand cannot change a case unseen.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CaseAskSchema, CaseEntryAskSchema } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { openTemporaryRecords } from '../../store/temporary-records.test-helper.ts'
import { headOf, listActs } from './acts.ts'
import { writeEntry } from './entries.ts'
import { readFile, takeFile } from './files.ts'
import { openCase } from './open-case.ts'
import { proveCase } from './prove-case.ts'
import type { Witness } from './prove-case.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-case-files-'))
const act = { who: 'ann', nowMs: Date.UTC(2026, 10, 30) }
let records: Records
let number: number

beforeAll(async () => {
  records = await openTemporaryRecords()
})
afterAll(async () => {
  await records.destroy()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  const doing = records.transaction()
  number = await doing.execute((one) => openCase(one, CaseAskSchema.parse({ title: 'x' }), act))
  for (const text of ['first', 'second'])
    await records
      .transaction()
      .execute((one) => writeEntry(one, number, CaseEntryAskSchema.parse({ text }), act))
  await takeFile({ records, folder }, number, { bytes: pieces('a', 'b'), ask: FILE, ...act })
})

const FILE = { name: 'disk.img', origin: '', collectedBy: '' }

async function* pieces(...texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text)
}

const flaws = async (witness: Witness = new Map()) =>
  (await proveCase({ records, folder }, number, { witness, nowMs: act.nowMs })).flaws

test('a case as it was written has no flaw', async () => {
  expect(await flaws()).toEqual([])
  expect((await listActs(records, number)).map((one) => one.act)).toEqual([
    'opened',
    'entry_written',
    'entry_written',
    'file_taken',
  ])
})

test.each([
  ['an act', `UPDATE case_acts SET who = 'bob' WHERE "case" = $ AND number = 2`, 'act_changed'],
  ['an act taken out', `DELETE FROM case_acts WHERE "case" = $ AND number = 2`, 'act_missing'],
  [
    'the text of an entry',
    `UPDATE case_entries SET text = 'other' WHERE "case" = $`,
    'entry_changed',
  ],
  ['an entry taken out', `DELETE FROM case_entries WHERE "case" = $`, 'entry_missing'],
  ['the digest of a file', `UPDATE case_files SET sha256 = 'x' WHERE "case" = $`, 'file_missing'],
])('%s is found', async (_, statement, kind) => {
  await sql.raw(statement.replace('$', String(number))).execute(records)
  const found = await flaws()
  expect(found[0]).toMatchObject({ kind })
})

test('an entry slipped in is found', async () => {
  await records
    .insertInto('case_entries')
    .values({
      id: `slipped-${number}`,
      case: number,
      kind: 'done',
      at: new Date(act.nowMs),
      text: 'It was checked',
      recorded: new Date(act.nowMs),
      by: 'bob',
    })
    .execute()
  expect(await flaws()).toEqual([{ kind: 'entry_changed', what: `slipped-${number}` }])
})

test('a byte of a file is found, and a file that is gone', async () => {
  const own = join(folder, String(number))
  const [name = ''] = readdirSync(own)
  writeFileSync(join(own, name), 'aB')
  expect(await flaws()).toMatchObject([{ kind: 'file_changed' }])
  rmSync(join(own, name))
  expect(await flaws()).toMatchObject([{ kind: 'file_missing' }])
})

test('acts cut off the end are found by what was logged elsewhere', async () => {
  const head = await headOf(records, number)
  const witness: Witness = new Map([[head.act, (digest) => digest === head.digest]])
  expect(await flaws(witness)).toEqual([])
  await records
    .deleteFrom('case_acts')
    .where('case', '=', number)
    .where('number', '=', head.act)
    .execute()
  await records.deleteFrom('case_files').where('case', '=', number).execute()
  expect(await flaws()).toEqual([])
  expect(await flaws(witness)).toEqual([{ kind: 'act_missing', what: String(head.act) }])
})

test('a file whose sender fails leaves nothing behind', async () => {
  const broken = async function* (): AsyncGenerator<Buffer> {
    yield Buffer.from('half')
    await Promise.resolve()
    throw new Error('the line was cut')
  }
  const before = readdirSync(join(folder, String(number)))
  await expect(
    takeFile({ records, folder }, number, { bytes: broken(), ask: FILE, ...act }),
  ).rejects.toThrow('the line was cut')
  expect(readdirSync(join(folder, String(number)))).toEqual(before)
})

test('a file that is not of the case is not read', async () => {
  const asked = readFile({ records, folder }, { number, file: '../../records' }, act)
  await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
