// Rules that another station wrote may add to what is here, and take nothing of it away.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bookSteps } from '../rule-book.ts'
import { atOnce } from '../steps.ts'
import { checkForeignText } from './foreign-text.ts'

const CONTENT = join(import.meta.dirname, '../../../content')
const TODAY = '2026-12-01'
const book = atOnce(
  bookSteps({
    folders: [join(CONTENT, 'rules')],
    logsourcesFile: join(CONTENT, 'logsources.yml'),
    today: TODAY,
  }),
)
const [own] = book.rules
const ID = '7f0f3a52-52a1-4a79-9f27-3f4b0a9c1d11'

const rule = (change: Readonly<Record<string, string>> = {}) => {
  const keys = {
    title: 'Made by a hub',
    id: ID,
    name: 'hub_rule',
    logsource: '{ category: firewall }',
    detection: '{ selection: { dst_ip: 192.0.2.7 }, condition: selection }',
    level: 'high',
    ...change,
  }
  const lines = Object.entries(keys).filter(([, value]) => value !== '')
  return lines.map(([key, value]) => `${key}: ${value}`).join('\n')
}
const correlation = (over: string) =>
  `title: Many\nid: 7f0f3a52-52a1-4a79-9f27-3f4b0a9c1d12\ncorrelation: { type: event_count, rules: [${over}], group-by: [src_ip], timespan: 5m, condition: { gte: 10 } }\nlevel: high`
const check = (text: string, isOwn: (file: string) => boolean = () => false) =>
  checkForeignText(text, book, { today: TODAY, isOwn })

test('a rule, and a correlation over what the text brings, may be used', () => {
  expect(check(rule())).toBeUndefined()
  expect(check(`${rule()}\n---\n${correlation('hub_rule')}`)).toBeUndefined()
  expect(check(`${rule()}\n---\n${correlation(ID)}`)).toBeUndefined()
})

test.each([
  ['nothing', '# nothing', 'no rule'],
  ['a rule without an id', rule({ id: '' }), 'has no “id”'],
  ['the id of a rule that is here', rule({ id: own?.id ?? '' }), 'is that of a rule'],
  ['its id as a name', rule({ name: own?.id ?? '' }), 'is that of a rule'],
  ['half a document', 'title: [', '1:'],
  [
    'a filter',
    `title: Look away\nid: ${ID}\nlogsource: { category: firewall }\nfilter: { rules: [${own?.id ?? ''}], selection: { src_ip: 192.0.2.9 }, condition: not selection }`,
    'A filter takes findings away',
  ],
  [
    'a correlation over a rule of this station',
    `${rule()}\n---\n${correlation(own?.id ?? '')}`,
    'which the text does not bring',
  ],
  [
    'a regular expression that no engine of ours takes',
    rule({ detection: String.raw`{ selection: { dst_ip|re: '(a)\1' }, condition: selection }` }),
    '',
  ],
])('%s is refused with its place', (_, text, reason) => {
  const refused = check(text)
  expect(refused).toMatch(/^\d+:\d+ /)
  expect(refused).toContain(reason)
})

test('a further version has the ids of the one whose place it takes', () => {
  const isOwn = (file: string) => file === own?.file
  const again = rule({ id: own?.id ?? '', name: '' })
  expect(check(again)).toContain('is that of a rule')
  expect(check(again, isOwn)).toBeUndefined()
})
