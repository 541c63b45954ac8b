import { expect, test } from 'vitest'
import type { Rule } from '../../api-types.ts'
import { filterRules } from './filter-rules.ts'

const rule = (id: string, over: Partial<Rule> = {}): Rule => ({
  id,
  title: { en: `Rule ${id}`, fr: `Règle ${id}` },
  severity: 'high',
  state: 'active',
  problem: null,
  file: `${id}.yml`,
  own: null,
  author: 'Someone',
  reference: '',
  attack: ['T1078'],
  logsource: 'windows/security',
  status: 'test',
  hits: 0,
  hits24h: 0,
  lastHit: null,
  cost: null,
  costShare: null,
  falsePositives: [],
  correlation: null,
  feeds: [],
  isMuted: false,
  filters: [],
  ...over,
})

const RULES = [rule('a', { hits: 1 }), rule('b', { hits: 9 }), rule('c', { state: 'refused' })]
const ids = (rules: readonly Rule[]): string => rules.map(({ id }) => id).join('')

test('rules that do not run come first, then the busiest', () => {
  expect(ids(filterRules(RULES, {}))).toBe('cba')
})

test('every word has to be found, without regard to case or accents', () => {
  expect(ids(filterRules(RULES, { text: 'REGLE t1078 b' }))).toBe('b')
  expect(ids(filterRules(RULES, { text: 'rule nowhere' }))).toBe('')
})

test('states and severities are choices', () => {
  expect(ids(filterRules(RULES, { state: 'refused,breaker' }))).toBe('c')
  expect(ids(filterRules(RULES, { severity: 'low' }))).toBe('')
})
