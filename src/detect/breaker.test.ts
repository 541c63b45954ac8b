import { expect, test } from 'vitest'
import { HOUR_MS } from '../core/index.ts'
import type { Finding } from '../model/index.ts'
import { Breaker, FLOOD_FINDINGS } from './breaker.ts'

function findings(rule: string, count: number): readonly Finding[] {
  const one: Finding = {
    rule,
    title: '',
    severity: 'low',
    time: '2026-01-01T00:00:00Z',
    entityKind: 'device',
    entity: 'fw',
    batch: 'b',
    line: 0,
    reasons: [],
  }
  return Array.from({ length: count }, () => one)
}

test('a rule that floods is stopped for an hour, the others are not', () => {
  const breaker = new Breaker()
  expect(
    breaker.pass([...findings('loud', FLOOD_FINDINGS + 5), ...findings('calm', 3)], 0),
  ).toHaveLength(FLOOD_FINDINGS + 3)
  expect(breaker.isOpen('loud', 1)).toBe(true)
  expect(breaker.isOpen('calm', 1)).toBe(false)
  expect(breaker.pass(findings('loud', 10), HOUR_MS - 1)).toHaveLength(0)
  expect(breaker.pass(findings('loud', 10), HOUR_MS + 1)).toHaveLength(10)
})
