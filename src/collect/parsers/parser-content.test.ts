// A parser file that cannot be used is told by the key that is wrong; the others go on.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { VigieError } from '../../core/index.ts'
import { readParsers } from './parser-content.ts'

const folder = mkdtempSync(join(tmpdir(), 'vigie-parsers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const GOOD = `title: Acme
vendor: Acme
product: Firewall
order: 40
fields: v_map([], [])
columns: { class_uid: '4001' }
`

test.each([
  ['a number where SQL belongs', GOOD.replace("'4001'", '4001'), 'columns: class_uid: '],
  ['a key that no parser has', GOOD.replace('order', 'ordr'), '"ordr"'],
  [
    'a shortcut of a form that is not there',
    `${GOOD}forms: { quick: { recognise: ['quick '], shortcut_of: any } }\n`,
    'quick is a shortcut of any, which is no other form',
  ],
  ['a column that no event has', GOOD.replace('class_uid', 'class'), 'no such event column: class'],
])('%s', (_, text, reason) => {
  for (const [name, content] of Object.entries({ good: GOOD, bad: text })) {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, 'parser.yml'), content)
  }
  const problems: VigieError[] = []
  const parsers = readParsers(folder, (problem) => problems.push(problem))
  expect(parsers.map(({ name }) => name)).toEqual(['good'])
  expect(problems.map(({ code, details }) => [code, details])).toEqual([
    [
      'CONTENT_INVALID',
      { file: join(folder, 'bad/parser.yml'), reason: expect.stringContaining(reason) },
    ],
  ])
})

test('what a form says stands in place of what `with` says, and constants stand in their places', () => {
  mkdirSync(join(folder, 'forms'), { recursive: true })
  const text = GOOD.replace("columns: { class_uid: '4001' }\n", '').concat(
    `forms:
  quick: { recognise: ['quick '], with: { is_event: '0', kind: "'is_event'" } }
  any: { recognise: ['slow '] }
with:
  is_event: position(raw, 'event') > 0
  kind: extract(raw, 'kind=(.*)')
  both: if(is_event, kind, raw)
columns:
  class_uid: if(is_event, 3002, 4001)
  action: kind
`,
  )
  writeFileSync(join(folder, 'forms', 'parser.yml'), text)
  const forms = readParsers(folder, () => undefined).filter(({ name }) => name === 'forms')
  expect(forms.map(({ with: named, columns }) => [named, columns])).toEqual([
    [{ both: "if(0, 'is_event', raw)" }, { class_uid: 'if(0, 3002, 4001)', action: "'is_event'" }],
    [
      expect.objectContaining({ is_event: "position(raw, 'event') > 0" }),
      { class_uid: 'if(is_event, 3002, 4001)', action: 'kind' },
    ],
  ])
})
