import { describe, expect, test } from 'vitest'
import { newSignerKey, parseSignerKey, verifierKeyText } from '../notes/keys.ts'
import type { SignerKey, VerifierKey } from '../notes/keys.ts'
import { isQuorum, parsePolicy, policyOf } from './policy.ts'

const keyOf = (name: string, kind: 'note' | 'cosignature'): SignerKey => {
  const key = parseSignerKey(newSignerKey(name, kind))
  if (key === undefined) throw new Error('no key')
  return key
}
const log = keyOf('vigie/log', 'note')
const names = ['X1', 'X2', 'X3', 'Y1', 'Y2'] as const
const keys = new Map(names.map((name) => [name, keyOf(`witness/${name}`, 'cosignature')]))
const text = (name: (typeof names)[number]) => verifierKeyText(keys.get(name) ?? log)
const witness = (name: (typeof names)[number]) => `witness ${name} ${text(name)}`

const WHOLE = `# two regions\n\tlog ${verifierKeyText(log)} https://log.example\n${names.map(witness).join('\n')}
group X 2 X1 X2 X3
group Y any Y1 Y2
group both all X Y
quorum both
`

const met = (policy: string, signed: readonly string[]): boolean => {
  const parsed = parsePolicy(policy)
  if (!parsed.ok) throw new Error(parsed.problem.reason)
  const has = ({ name }: VerifierKey) => signed.includes(name.slice('witness/'.length))
  return isQuorum(parsed.value, has)
}

test.each([
  [['X1', 'X3', 'Y2'], true],
  [['X1', 'X2', 'X3'], false],
  [['X1', 'Y1', 'Y2'], false],
  [[], false],
])('a group of groups with %j is %s', (signed, expected) => {
  expect(met(WHOLE, signed)).toBe(expected)
})

test('one witness, and none, are quorums too', () => {
  expect(met(`${witness('X1')}\nquorum X1\n`, ['X1'])).toBe(true)
  expect(met(`${witness('X1')}\nquorum X1\n`, ['X2'])).toBe(false)
  expect(met('quorum none\n', [])).toBe(true)
})

test('a policy of so many of those known reads back', () => {
  const three = names.slice(0, 3).map((name) => keys.get(name) ?? log)
  const policy = policyOf(log, three, 2)
  expect(met(policy, ['X1', 'X2'])).toBe(true)
  expect(met(policy, ['X3'])).toBe(false)
})

describe('what cannot be read whole is refused with its line', () => {
  test.each([
    ['no quorum', witness('X1'), 1, 'no quorum line'],
    ['two quorums', 'quorum none\nquorum none', 2, 'a second quorum line'],
    ['a quorum of somebody unknown', 'quorum X1', 1, 'expected: quorum NAME'],
    ['another word', 'quorm none', 1, 'expected log, witness, group or quorum'],
    ['a word of every object', 'constructor X', 1, 'expected log, witness, group or quorum'],
    ['a log key as a witness', `witness X ${verifierKeyText(log)}`, 1, 'type 04'],
    ['a witness key as a log', `log ${text('X1')}`, 1, 'expected: log KEY'],
    ['a name twice', `${witness('X1')}\nwitness X1 ${text('X2')}`, 2, 'is taken'],
    ['a key twice', `${witness('X1')}\nwitness X9 ${text('X1')}`, 2, 'the same witness again'],
    ['the name none', `witness none ${text('X1')}`, 1, 'is taken'],
    ['a group of what comes later', `group g any X1\n${witness('X1')}`, 1, 'not defined above'],
    ['more than there are', `${witness('X1')}\ngroup g 2 X1`, 2, 'a number from 1 to 1'],
    ['none of them', `${witness('X1')}\ngroup g 0 X1`, 2, 'a number from 1 to 1'],
    ['nobody', 'group g all', 1, 'a number from 1 to 0'],
    [
      'one in two groups',
      `${witness('X1')}\ngroup g any X1\ngroup h any X1`,
      3,
      'stands in a group already',
    ],
    ['one twice in a group', `${witness('X1')}\ngroup g any X1 X1`, 2, 'stands in a group already'],
    ['a control character', 'quorum none\u0000', 1, 'a control character'],
    ['a carriage return', 'quorum none\r', 1, 'a control character'],
  ])('%s', (_, policy, line, reason) => {
    const parsed = parsePolicy(policy)
    expect(parsed).toMatchObject({ ok: false, problem: { line } })
    expect(parsed.ok ? '' : parsed.problem.reason).toContain(reason)
  })
})
