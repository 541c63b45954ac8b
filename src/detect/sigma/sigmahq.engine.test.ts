// The public rules and their regression cases, when ../shared is there. They are read at run time and never copied.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventEngine } from '../../store/index.ts'
import { createEventTable, insertEvents, withEngine } from './event-fixture.test-helper.ts'
import type { Selection } from './rule.ts'
import { readDump, windowsEvent } from './windows-fixture.test-helper.ts'
import { compileRuleSet, judge, loadLogsources, loadRules } from './index.ts'
import type { RuleSet, SigmaFinding } from './index.ts'

const ROOT = join(import.meta.dirname, '../../..')
const SHARED = join(ROOT, '../shared/data/sigma')

function table(file: string): readonly (readonly string[])[] {
  return readFileSync(join(SHARED, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
}

describe.skipIf(!existsSync(SHARED))('the public rules (needs ../shared/data/sigma)', () => {
  let folder: string
  let set: RuleSet
  let loaded: ReturnType<typeof loadRules>
  let engine: EventEngine
  let close: () => Promise<void>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vigie-sigmahq-'))
    for (const archive of ['rules/sigma-rules.tar.gz', 'regression/regression.tar.gz'])
      execFileSync('tar', ['xzf', join(SHARED, archive), '-C', folder])
    loaded = loadRules([join(folder, 'sigma')])
    set = compileRuleSet(loaded.rules, loadLogsources(join(ROOT, 'content/logsources.yml')))
    ;({ engine, close } = await withEngine())
  })
  afterAll(async () => {
    await close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('every rule loads or is refused by name', () => {
    expect(loaded.rules.length + loaded.problems.length).toBe(3754)
    expect(loaded.problems.map(({ sentence }) => sentence.includes('placeholder'))).toEqual([
      true,
      true,
    ])
    expect(
      loaded.problems.every(({ file, line }) => file !== undefined && line !== undefined),
    ).toBe(true)
  })

  test('the corpus is what it is said to be', () => {
    const items = (selection: Selection): readonly Extract<Selection, { kind: 'item' }>[] =>
      selection.kind === 'item' ? [selection] : selection.parts.flatMap(items)
    const count = (has: (item: Extract<Selection, { kind: 'item' }>['item']) => boolean) =>
      loaded.rules.filter(({ selections }) =>
        [...selections.values()].flatMap(items).some(({ item }) => has(item)),
      ).length
    expect(count(({ field }) => field === '')).toBe(107)
    expect(count(({ tests }) => tests.some(({ kind }) => kind === 'null'))).toBe(88)
    // 46 with the one rule that has '' under `contains`, which is left out there.
    expect(
      count(({ tests }) => tests.some((one) => one.kind === 'text' && one.text.length === 0)),
    ).toBe(45)
    expect(count(({ tests }) => tests.some(({ kind }) => kind === 'regex'))).toBe(120)
  })

  test('rules without a route are few, named, and none is of Windows', () => {
    expect(set.active.length).toBeGreaterThanOrEqual(3662)
    expect(set.refused).toEqual([])
    expect(set.noRoute.filter(({ rule }) => rule.logsource.product === 'windows')).toEqual([])
    expect(set.noRoute.every(({ reason }) => reason.code === 'SIGMA_NO_ROUTE')).toBe(true)
  })

  describe('regression cases from JSON', () => {
    let findings: readonly SigmaFinding[]
    const owners: string[] = []

    beforeAll(async () => {
      const events = table('regression/cases.tsv').flatMap(([, path = '', id = '']) => {
        const found = readDump(readFileSync(join(folder, path, `${id}.json`), 'utf8')).map(
          windowsEvent,
        )
        owners.push(...found.map(() => id))
        return found
      })
      const [lane] = engine.intake
      if (lane === undefined) throw new Error('no lane')
      await createEventTable(lane, 'cases')
      await insertEvents(lane, 'cases', events)
      findings = await judge({ lane, table: 'cases', ruleSet: set })
    })

    const hitsOf = (owner: string, rule: string) =>
      findings.filter((one) => one.rule === rule && owners[one.line - 1] === owner).length

    test('all 101 rules fire on their own events, as often as stated', () => {
      const cases = table('regression/cases.tsv')
      expect(cases).toHaveLength(101)
      expect(
        cases.filter(([, , id = '', count = '']) => hitsOf(id, id) < Number(count || '1')),
      ).toEqual([])
    })

    test('and the hits of all other rules are those expected', () => {
      const expected = table('regression/expected-hits.tsv').map(
        ([owner = '', rule = '', hits = '']) => `${owner} ${rule} ${hits}`,
      )
      const met = [...new Set(findings.map((one) => `${owners[one.line - 1]} ${one.rule}`))].map(
        (pair) => {
          const [owner = '', rule = ''] = pair.split(' ')
          return `${pair} ${hitsOf(owner, rule)}`
        },
      )
      expect(met.toSorted()).toEqual(expected.toSorted())
    })

    test('every finding has its reasons', () => {
      expect(findings.filter(({ reasons }) => reasons.length === 0)).toEqual([])
      expect(
        findings.filter(({ reasons }) =>
          reasons.some(
            ({ value, pattern }) => value === '' && pattern !== 'null' && pattern !== '',
          ),
        ),
      ).toEqual([])
    })
  })
})
