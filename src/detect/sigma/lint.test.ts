// What lint says of rule files: what cannot be used, what could be better, and nothing of files nobody asked about.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { lintRules } from './lint.ts'
import { readLogsources } from './logsource.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-lint-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const LOGSOURCES = readLogsources(`lanes: { test: { entity: device } }
sources: [{ product: test, lane: test, routes: [{ when: { parser: test } }] }]
`)

const rule = (
  id: string,
  more = '',
  detection = '{ s: { a: 1 }, condition: s }',
) => `title: Rule ${id}
id: ${id}
author: Vigie project
description: For this test.
falsepositives: [None]
logsource: { product: test }
detection: ${detection}
${more}`

/** `file:line severity: sentence`. */
function lint(files: Readonly<Record<string, string>>, asked: readonly string[] = ['']) {
  const root = mkdtempSync(join(folder, 'case-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(root, file, '..'), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  const linted = lintRules({
    paths: asked.map((path) => join(root, path)),
    beside: [join(root, 'beside')],
    logsources: LOGSOURCES,
    today: '2026-11-23',
  })
  const lines = linted.lints.map(
    ({ file = '', line = 0, severity, sentence }) =>
      `${file.slice(root.length + 1)}:${line} ${severity}: ${sentence}`,
  )
  return { ...linted, lines }
}

test('nothing of rules that say all they should', () => {
  const { lines, files, rules } = lint({ 'a.yml': `${rule('r1')}---\n${rule('r2')}` })
  expect({ lines, files, rules }).toEqual({ lines: [], files: 1, rules: 2 })
})

test('what cannot be used, by place, and what would be better', () => {
  const { lines } = lint({
    'a.yml': rule('r1', '', '{ s: { a: 1 }, t: { b: 2 }, condition: s }').replace(
      'falsepositives: [None]\n',
      '',
    ),
    'b.yml': `${rule('r2', '', '{ s: { a: 1 }, condition: u }')}---\n${rule('r3').replace('product: test', 'product: mars')}`,
    'c.yml': rule('r1'),
  })
  expect(lines).toEqual([
    'a.yml:1 remark: It names no false positives: what else looks like this?',
    'a.yml:1 remark: The condition does not use the selection “t”.',
    expect.stringMatching(/^b\.yml:7 error: .*names “u”/),
    expect.stringMatching(/^b\.yml:9 error: No log this station reads answers .* mars/),
    expect.stringMatching(/^c\.yml:1 error: The id r1 is already used by .*a\.yml/),
  ])
})

const FILTER = `title: Accepted
description: Agreed.
logsource: { product: test }
vigie: { expires: 2026-12-31 }
filter: { rules: [r9], s: { b: 1 }, condition: s }
`

test('a filter may name a rule that stands beside, of which nothing is said', () => {
  const beside = rule('r9').replace('author: Vigie project\n', '')
  const { lines, rules, filters } = lint({ 'mine/f.yml': FILTER, 'beside/r.yml': beside }, ['mine'])
  expect({ lines, rules, filters }).toEqual({ lines: [], rules: 0, filters: 1 })
})

test('filters that reach nobody, have ended or never end', () => {
  const { lines } = lint({
    'a.yml': FILTER,
    'b.yml': FILTER.replace('2026-12-31', '2026-11-22'),
    'c.yml': `${FILTER.replace(/vigie.*\n/, '').replace('r9', 'r1')}---\n${rule('r1')}`,
  })
  expect(lines).toEqual([
    'a.yml:1 error: The filter names rules that are not here: r9.',
    'b.yml:1 error: The filter ended on 2026-11-22: its rules find everything again.',
    expect.stringMatching(/^c\.yml:1 remark: It never ends/),
  ])
})

test('one file, and a path that is not there', () => {
  const { lines, files } = lint({ 'a.yml': rule('r1'), 'b.yml': 'x' }, ['a.yml', 'gone'])
  expect(files).toBe(1)
  expect(lines).toEqual([expect.stringMatching(/^gone:0 error: It cannot be read/)])
})
