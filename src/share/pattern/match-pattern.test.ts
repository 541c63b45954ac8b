import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { matches, observedIn } from './match-pattern.test-helper.ts'
import { Unfit } from './match-value.test-helper.ts'
import { parsePattern } from './parse-pattern.ts'

const CASES = join(import.meta.dirname, '../../../../shared/data/sharing/pattern_match_v21.json')

type Case = {
  n: number
  stix_version: string
  pattern: string
  result: string
  observations: unknown[]
}

function verdict({ pattern, observations }: Case): string {
  const parsed = parsePattern(pattern)
  if (!parsed.ok) return 'error'
  try {
    return matches(parsed.value, observedIn(observations)) ? 'match' : 'nomatch'
  } catch (thrown) {
    if (thrown instanceof Unfit) return 'error'
    throw thrown
  }
}

describe.skipIf(!existsSync(CASES))('reference cases of matching', () => {
  test('have the expected result', () => {
    const all = JSON.parse(readFileSync(CASES, 'utf8')) as Case[]
    const cases = all.filter(({ stix_version }) => stix_version === '2.1')
    const differing = cases
      .filter((one) => !one.result.startsWith(verdict(one)))
      .map((one) => [one.n, one.pattern, one.result, verdict(one)])
    // The grammar forbids a second REPEATS on what stands in square brackets.
    expect(differing.filter(([n]) => n !== 240 && n !== 244)).toEqual([])
    expect(cases.length).toBe(206)
  })
})
