import { expect, test } from 'vitest'
import { door } from '../reference.test-helper.ts'
import { requiredText } from './required-text.ts'

test.each([
  ['\\bpmk (?:\\d )?(?<secret>\\S+)', 'pmk '],
  ['^\\s*config mgmtuser (?:add|password) \\S+ x', 'config mgmtuser '],
  ['\\bauth-keys? (?<secret>.)', 'auth-key'],
  ['\\b(?:key|psk) \\S+', null],
  ['abc|def', null],
  ['a[bc]d(?<secret>e{3})x{2}', null],
  ['://[^/@]*:(?<secret>[^@]+)@', '://'],
  ['colou{0,2}red', 'colo'],
])('of %s it is %s', (pattern, text) => {
  expect(requiredText(pattern)).toBe(text)
})

test('a rule is never passed over where its pattern would meet', () => {
  for (const { is, needs } of door.rules.rules) {
    if (needs === null) continue
    // Taken away, the pattern has nothing to meet: it stands in the pattern as it is, character by character.
    expect(is.source.replaceAll('\\', '')).toContain(needs.replaceAll('\\', ''))
  }
})
