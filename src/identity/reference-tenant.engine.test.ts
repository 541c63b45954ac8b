// The sample tenant's assessable verdicts, policy by policy. Those that the reference itself leaves open are not assessable here.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCheckBook } from './checks/check-book.ts'
import { runChecks } from './checks/run-checks.ts'
import { importExport } from './import-export.ts'
import { CONTENT, KNOWLEDGE, NOW_MS, memoryRecords } from './station.test-helper.ts'

const FOLDER = join(import.meta.dirname, '../../../shared/data/posture/scuba')
const EXPORT = join(FOLDER, 'ProviderSettingsExport.json')

test.runIf(existsSync(EXPORT))(
  'verdicts of the sample tenant are those of the reference',
  async () => {
    const records = await memoryRecords()
    const bytes = readFileSync(EXPORT)
    await importExport(records, KNOWLEDGE, {
      file: 'tenant.json',
      bytes,
      who: 'test',
      nowMs: NOW_MS,
    })
    const results = await runChecks(records, readCheckBook(CONTENT), NOW_MS)
    const lines = readFileSync(join(FOLDER, 'expected_part.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
    const identity = lines
      .map((line) => line.split('\t'))
      .filter(([policy]) => policy?.startsWith('MS.AAD.') === true)
    const said = identity.map(([policy = '', met, criticality = '']) => {
      const result = results.find(({ check }) => check.id === policy)
      const ours = result === undefined ? 'missing' : result.verdict
      const theirs = criticality.includes('Not-Implemented')
        ? 'not_assessable'
        : met === 'True'
          ? 'pass'
          : 'fail'
      return { policy, ours, theirs }
    })
    expect(said.length).toBeGreaterThan(10)
    expect(said.filter(({ ours, theirs }) => ours !== theirs)).toEqual([])
    await records.destroy()
  },
)
