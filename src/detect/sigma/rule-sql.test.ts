import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadLogsources, parseRules, ruleSql } from './index.ts'

const FOLDER = join(import.meta.dirname, 'golden')
const LOGSOURCES = loadLogsources(join(import.meta.dirname, '../../../content/logsources.yml'))
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('.yml'))

describe('SQL of own rules', () => {
  test('there are rules to compare', () => {
    expect(FILES.length).toBeGreaterThan(1)
  })

  test.each(FILES)('%s reads as committed', async (file) => {
    const { rules, problems } = parseRules(file, readFileSync(join(FOLDER, file), 'utf8'))
    expect(problems).toEqual([])
    const text = rules
      .map((rule) => `-- ${rule.title.en}\n${ruleSql(rule, LOGSOURCES)}\n`)
      .join('\n')
    await expect(text).toMatchFileSnapshot(join(FOLDER, file.replace('.yml', '.sql')))
  })
})
