// Campaigns: what belongs together and why, what common places do not join, and how well the scope is estimated.

import { describe, expect, test } from 'vitest'
import type { Feature } from '../../model/index.ts'
import { assign } from './assign.ts'
import type { Standing } from './assign.ts'
import { chapman, estimateOf, shown, shownAll, strataOf, wilson } from './scope.ts'
import type { Surveyed } from './scope.ts'
import { TOGETHER, linkOf, weighing } from './weigh.ts'

const feature = (kind: Feature['kind'], value: string, vouched = false): Feature => ({
  kind,
  value,
  vouched,
})
const DAY = 86_400_000
const report = (
  at: number,
  features: readonly Feature[],
  change: Partial<Standing> = {},
): Standing => ({
  id: `r${at}`,
  organisation: `org-${at}`,
  firstMs: at * DAY,
  lastMs: at * DAY,
  features,
  campaign: null,
  ...change,
})
const link = (reports: readonly Standing[], isCommon?: (of: Feature) => boolean) => {
  const [one, other] = reports
  if (one === undefined || other === undefined) throw new Error('two')
  return linkOf(weighing(reports, isCommon), one, other)
}

describe('what two reports share', () => {
  test('a certificate joins, and the reason says how rare it is', () => {
    const both = [
      report(1, [feature('certificate', 'c')]),
      report(2, [feature('certificate', 'c')]),
    ]
    expect(link(both)).toMatchObject({
      why: [{ kind: 'certificate', value: 'c', reports: 2, weight: 1 }],
    })
    expect(link(both).weight).toBeGreaterThan(TOGETHER)
  })
  test('techniques alone join nothing, however many', () => {
    const all = Array.from({ length: 30 }, (_, at) => feature('technique', `T1${at}`))
    expect(link([report(1, all), report(2, all)]).weight).toBe(0)
  })
  test('weak signs join together: a provider, a device, a flaw', () => {
    const signs = [
      feature('provider', 'msp'),
      feature('device', 'fw'),
      feature('vulnerability', 'CVE-2026-1'),
    ]
    expect(link([report(1, signs), report(2, signs)]).weight).toBeGreaterThan(TOGETHER)
    expect(link([report(1, signs.slice(0, 2)), report(2, signs.slice(0, 2))]).weight).toBeLessThan(
      TOGETHER,
    )
  })
  test('an address of a large VPN joins nothing', () => {
    const both = [
      report(1, [feature('address', '192.0.2.1')]),
      report(2, [feature('address', '192.0.2.1')]),
    ]
    expect(link(both, ({ kind }) => kind === 'address').weight).toBeLessThan(TOGETHER)
  })
  test('an address that forty unrelated reports show joins nothing; one that an indicator vouches for does', () => {
    const many = (vouched: boolean) =>
      Array.from({ length: 40 }, (_, at) => report(at, [feature('address', 'x', vouched)]))
    expect(link(many(false)).weight).toBeLessThan(0.1)
    expect(link(many(true)).weight).toBeGreaterThan(TOGETHER)
  })
  test('half a year between them makes it weaker', () => {
    const both = [
      report(1, [feature('certificate', 'c')]),
      report(181, [feature('certificate', 'c')]),
    ]
    expect(link(both).weight).toBeLessThan(TOGETHER)
  })
})

describe('the machine joins and never moves', () => {
  const shared = [feature('file', 'f')]
  test('two organisations found one; a third joins it; one alone founds none', () => {
    const made = assign(
      [
        report(1, shared),
        report(2, shared),
        report(3, shared),
        report(4, [feature('file', 'other')]),
      ],
      new Set(),
    )
    expect(
      made.map(({ report: of, campaign }) => [
        of,
        campaign.kind === 'new' ? campaign.of : campaign.id,
      ]),
    ).toEqual([
      ['r1', 'r1'],
      ['r2', 'r1'],
      ['r3', 'r1'],
    ])
    expect(
      assign([report(1, shared), report(2, shared, { organisation: 'org-1' })], new Set()),
    ).toEqual([])
  })
  test('what people split apart stays apart, and what they dismissed takes nothing in', () => {
    const split = [report(1, shared, { campaign: 'a' }), report(2, shared, { campaign: 'b' })]
    expect(assign(split, new Set())).toEqual([])
    expect(assign([...split.slice(0, 1), report(3, shared)], new Set(['a']))).toEqual([])
  })
  test('ten thousand reports that share a common place take moments, not their product', () => {
    const many = Array.from({ length: 10_000 }, (_, at) =>
      report(at % 60, [feature('address', 'cdn'), feature('domain', `d${at % 3000}`)], {
        id: `r${at}`,
        organisation: `o${at % 500}`,
      }),
    )
    const startedMs = performance.now()
    assign(many, new Set())
    expect(performance.now() - startedMs).toBeLessThan(8000)
  })
})

function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe('scope', () => {
  test('Wilson’s interval, as published for 10 of 50', () => {
    const { low, high } = wilson(0.2, 50)
    expect([low, high].map((one) => Math.round(one * 1000))).toEqual([112, 330])
  })
  test('where everybody looked there is nothing to estimate', () => {
    const all = Array.from({ length: 20 }, (_, at): Surveyed => ({
      id: `${at}`,
      sector: 'municipality',
      hasLooked: true,
      isHit: at < 3,
    }))
    expect(estimateOf(strataOf(all))).toEqual({ least: 3, likely: 3, most: 3 })
  })
  test('where nobody looked nothing is said', () => {
    expect(
      estimateOf([{ sector: 'health', organisations: 9, looked: 0, positive: 0 }]),
    ).toBeUndefined()
  })
  test('nine in ten intervals hold the truth when those who look are drawn by chance (2,000 federations)', () => {
    const draw = chance(7)
    let held = 0
    let given = 0
    for (let run = 0; run < 2000; run += 1) {
      const rate = 0.05 + draw() * 0.4
      const surveyed = (['municipality', 'health', 'first_nation'] as const).flatMap((sector, at) =>
        Array.from({ length: 60 + 40 * at }, (_, of): Surveyed => ({
          id: `${sector}${of}`,
          sector,
          hasLooked: draw() < 0.25,
          isHit: draw() < rate * (1 + 0.3 * at),
        })),
      )
      const estimate = estimateOf(strataOf(surveyed))
      if (estimate === undefined) continue
      const truth = surveyed.filter(({ isHit }) => isHit).length
      given += 1
      if (estimate.least <= truth && truth <= estimate.most) held += 1
    }
    expect(given).toBe(2000)
    expect(held / given).toBeGreaterThan(0.92)
    // An interval that says nothing would hold everything.
    expect(held / given).toBeLessThan(0.99)
  })
  test('Chapman’s estimate, as in its textbook case of 200 marked, 150 caught, 30 of them marked', () => {
    expect(chapman(200, 150, 30)).toBe(978.1)
  })
  test('below the floor a figure is not shown to others', () => {
    expect([shown(3, 5), shown(5, 5), shown(0, 5), shown(3, null)]).toEqual([null, 5, 0, 3])
  })
  test('a hidden figure is not told from the whole', () => {
    expect(shownAll([1, 9, 6, 0], 5)).toEqual([null, 9, null, 0])
    expect(shownAll([4, 4, 9], 5)).toEqual([null, null, 9])
    expect(shownAll([2, 7], null)).toEqual([2, 7])
  })
})
