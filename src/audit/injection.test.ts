// The targets of the injection benchmark, one seed of each kind: `node bench/injection.ts` prints the table of all.

import { expect, test } from 'vitest'
import { judge } from '../../bench/injection/judge.ts'
import { readPlatforms } from '../../bench/injection/kinds.ts'
import { makeChange } from '../../bench/injection/make-change.ts'

const platforms = readPlatforms()
const SEED = 20_260

/** Kinds of all platforms, and those that ring. */
function rung(which: 'malicious' | 'benign'): { readonly all: number; readonly rang: number } {
  const rings = platforms.flatMap((platform) =>
    platform[which].map(
      (kind) => judge(makeChange(platform, kind, SEED), platform.dialect).alerts.length > 0,
    ),
  )
  return { all: rings.length, rang: rings.filter(Boolean).length }
}

test('95 of 100 malicious changes ring the bell', () => {
  const { all, rang } = rung('malicious')
  expect(all).toBeGreaterThan(400)
  expect(rang / all).toBeGreaterThanOrEqual(0.95)
})

test('2 of 100 kinds of everyday changes ring it at most', () => {
  const { all, rang } = rung('benign')
  expect(all).toBeGreaterThanOrEqual(300)
  expect(rang / all).toBeLessThanOrEqual(0.02)
})
