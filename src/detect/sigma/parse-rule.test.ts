import { describe, expect, test } from 'vitest'
import { parseRules } from './parse-rule.ts'

const RULE = `title: Own rule
id: 11111111-2222-3333-4444-555555555555
author: Someone
references: [https://example.test/rule]
tags: [attack.execution, attack.t1059.001]
level: high
logsource: { product: fortigate, service: event }
detection:
  selection:
    action: login
  keywords:
    - one
    - two
  filter:
    - a: 1
    - b: null
  condition: (selection or keywords) and not filter
falsepositives: [Tests]
vigie:
  fr: { title: Règle maison, description: Ce qu'elle cherche }
  entity: account
  tradecraft: [A01, B02]
`

function problemOf(text: string): unknown {
  const { problems } = parseRules('r.yml', text)
  return problems[0]
}

describe('rule files', () => {
  test('reads what a rule says of itself, and our own key', () => {
    const [rule] = parseRules('r.yml', RULE).rules
    expect(rule).toMatchObject({
      id: '11111111-2222-3333-4444-555555555555',
      title: { en: 'Own rule', fr: 'Règle maison' },
      level: 'high',
      author: 'Someone',
      reference: 'https://example.test/rule',
      attack: ['T1059.001'],
      entity: 'account',
      tradecraft: ['A01', 'B02'],
      logsource: { product: 'fortigate', service: 'event' },
      falsePositives: ['Tests'],
    })
    expect([...(rule?.selections.keys() ?? [])]).toEqual(['selection', 'keywords', 'filter'])
  })

  test('reads several documents, and a bad one does not stop the others', () => {
    const { rules, problems } = parseRules(
      'r.yml',
      `${RULE}---\ntitle: Broken\n---\n${RULE.replace('1111', '9999')}`,
    )
    expect(rules).toHaveLength(2)
    expect(problems).toHaveLength(1)
  })

  test.each([
    ['no title', RULE.replace('title: Own rule', 'titel: x'), 'no title', 1],
    ['no logsource', RULE.replace('logsource:', 'source:'), 'logsource', 1],
    ['unknown level', RULE.replace('high', 'urgent'), 'no level', 6],
    ['unknown modifier', RULE.replace('action: login', 'action|sounds: login'), 'not known', 10],
    ['undefined selection', RULE.replace('(selection or', '(choice or'), 'does not define', 17],
    ['look-around', RULE.replace('action: login', "action|re: '(?=x)'"), 'looks around', 10],
    ['nested map', RULE.replace('action: login', 'action: { a: b }'), 'holds a map', 10],
    ['empty list', RULE.replace('action: login', 'action: []'), 'empty list', 10],
    ['timeframe', RULE.replace('  condition', '  timeframe: 5m\n  condition'), 'timeframe', 17],
    ['taxonomy', `taxonomy: ecs\n${RULE}`, 'taxonomy', 1],
    ['unknown entity', RULE.replace('entity: account', 'entity: person'), 'no entity', 21],
    ['bad YAML', 'title: [a', 'YAML', 1],
    ['duplicate key', `${RULE}title: again\n`, 'YAML', 23],
    ['correlation', 'title: c\ncorrelation: { type: event_count }', 'no rules', 2],
  ])('refuses with a place: %s', (_, text, sentence, line) => {
    expect(problemOf(text)).toMatchObject({ file: 'r.yml', line })
    expect(problemOf(text)).toHaveProperty('sentence', expect.stringContaining(sentence))
  })

  test.each([
    ['a large file', 'x'.repeat(2 * 1024 * 1024)],
    ['deep nesting', '['.repeat(100_000)],
    ['deep blocks', Array.from({ length: 60 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    [
      'exploding aliases',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
        .split('')
        .map((key, at) => `${key}: &${key} [${`*${'abcdefg'[at]},`.repeat(10).slice(0, -1)}]`)
        .join('\n')}`,
    ],
    ['too many documents', '--- {a: 1}\n'.repeat(2000)],
  ])('refuses %s quickly', (_, text) => {
    const started = performance.now()
    const { rules, problems } = parseRules('r.yml', text)
    expect(rules).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test('numbers keep their spelling', () => {
    const [rule] = parseRules(
      'r.yml',
      RULE.replace('action: login', 'action: [4624, 1.0, 0x10, true]'),
    ).rules
    expect(JSON.stringify(rule?.selections.get('selection'))).toMatch(
      /"4624".*"1\.0".*"16".*"true"/,
    )
  })
})
