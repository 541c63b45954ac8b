import { expect, test } from 'vitest'
import { dialects } from '../reference.test-helper.ts'
import { firstLetters } from './first-letters.ts'

test.each([
  ['^hostname \\S+', 'h'],
  ['^(?:ip|snmp) ', 'is'],
  ['^(?:no )?feature x', 'nf'],
  ['^: Saved$|^! saved', ':!'],
  ['^ +set', ' '],
  ['^ *set', ' s'],
  ['^!+ ?x', '!'],
  ['^\\(a\\)', '('],
])('%s begins with one of %s', (pattern, letters) => {
  expect([...(firstLetters(pattern) ?? [])].toSorted()).toEqual(letters.split('').toSorted())
})

test.each(['hostname', '^[a-z]x', '^\\s*x', '^a{0,1}b', '^(?:a|[bc])', '^x\\s+y', '^.x', '^|^x'])(
  '%s may begin with anything',
  (pattern) => {
    expect(firstLetters(pattern)).toBeNull()
  },
)

test('no cue matches a line that begins otherwise', () => {
  const cues = dialects.flatMap((dialect) => dialect.cues)
  expect(cues.filter(({ letters }) => letters !== null).length).toBeGreaterThan(150)
  const lines = cues.map(({ shown }) => shown.replaceAll(/[\\^$()?:|]/g, ''))
  for (const { is, letters } of cues)
    for (const line of lines) {
      is.lastIndex = 0
      if (letters !== null && is.test(line)) expect([...letters]).toContain(line.charAt(0))
    }
})
