import { expect, test } from 'vitest'
import type { Alert, AlertList } from '../../api-types.ts'
import { holdStill, nextAfter } from './hold-still.ts'

const alert = (id: string, count = 1): Alert => ({
  id,
  rule: 'r',
  title: { en: 'T', fr: 'T' },
  severity: 'high',
  entityKind: 'address',
  entity: '192.0.2.1',
  count,
  firstSeen: '2026-11-23T00:00:00Z',
  lastSeen: '2026-11-23T00:00:00Z',
  why: { en: '', fr: '' },
  reasons: [],
  attack: [],
  author: '',
  reference: '',
  state: 'new',
  assessment: null,
  reason: null,
  assignee: null,
  reopened: 0,
  updated: '2026-11-23T00:00:00Z',
})
const list = (...alerts: Alert[]): AlertList => ({
  asOf: '2026-11-23T00:00:00Z',
  total: alerts.length,
  alerts,
  groups: [],
})

test('rows keep their places and take their newest values', () => {
  const held = holdStill(list(alert('a'), alert('b')), list(alert('n'), alert('b', 7), alert('a')))
  expect(held.alerts.map(({ id, count }) => `${id}${count}`)).toEqual(['a1', 'b7'])
  expect(held.waiting).toBe(1)
})

test('a row that left the filter stays until the person asks', () => {
  expect(holdStill(list(alert('a')), list()).alerts).toHaveLength(1)
})

test.each([
  [['a', 'b', 'c'], ['b'], 'c'],
  [['a', 'b', 'c'], ['c'], 'b'],
  [['a', 'b', 'c'], ['a', 'c'], 'b'],
  [['a'], ['a'], null],
])('from %j without %j to %s', (ids, leaving, next) => {
  expect(nextAfter(ids, new Set(leaving))).toBe(next)
})
