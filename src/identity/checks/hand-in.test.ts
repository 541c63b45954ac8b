// What to hand in next.

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCheckBook } from './check-book.ts'
import { handInNext, readExports } from './hand-in.ts'
import type { Directory, OpenCheck } from './hand-in.ts'

const CONTENT = join(import.meta.dirname, '../../../content/identity')
const EXPORTS = readExports(CONTENT)
const { checks, fields } = readCheckBook(CONTENT)
const open = (directories: readonly Directory[]): readonly OpenCheck[] =>
  checks.flatMap((check) => {
    if (check.sql === undefined) return []
    const asked =
      check.scope === 'all'
        ? [new Set(directories.flatMap((one) => [...one.fields]))]
        : directories.map((one) => one.fields)
    const lacks = asked.map((has) =>
      check.needs.filter((need) => !need.split('|').some((one) => has.has(one))),
    )
    const missing = lacks.toSorted((a, b) => a.length - b.length)[0] ?? check.needs
    return missing.length === 0 ? [] : [{ ...check, missing }]
  })
const entra = (...covers: readonly string[]): Directory => ({
  source: 'entra',
  system: 'entra',
  fields: new Set(['entra', ...covers]),
})
const USERS = ['account', 'account.enabled', 'account.guest', 'account.lastInteractive']

describe('what to hand in next', () => {
  test('names only fields that checks know', () => {
    const strange = EXPORTS.flatMap(({ covers }) => covers).filter(
      (field) => fields[field] === undefined,
    )
    expect(strange).toEqual([])
  })

  test('begins with a list of accounts where nothing is here', () => {
    expect(handInNext(open([]), [], EXPORTS).every(({ exported }) => exported.start)).toBe(true)
  })

  test('users alone: roles and factors first, and nothing of systems that are not here', () => {
    const here = [entra(...USERS)]
    const next = handInNext(open(here), here, EXPORTS)
    expect(next.slice(0, 3).map(({ exported }) => exported.id)).toEqual(
      expect.arrayContaining(['entra-registrations']),
    )
    expect(next.map(({ exported }) => exported.system)).not.toContain('okta')
    const opened = next.flatMap(({ opens }) => opens)
    // Each check is opened once, by the first file that suffices.
    expect(new Set(opened).size).toBe(opened.length)
    expect(opened).toContain('I05')
  })

  test('says nothing that would change nothing', () => {
    const all = [entra(...Object.keys(fields))]
    expect(handInNext(open(all), all, EXPORTS)).toEqual([])
  })

  test('somebody who stands in no list of factors asks for that list again', () => {
    const here = [entra(...USERS, 'factor', 'account.mfa', 'role')]
    const [check] = checks.filter(({ id }) => id === 'I05')
    const unknown = check === undefined ? [] : [{ ...check, missing: ['factor|account.mfa'] }]
    expect(handInNext(unknown, here, EXPORTS)).toMatchObject([
      { exported: { id: 'entra-registrations' }, opens: ['I05'] },
    ])
  })
})
