// Sets against point-by-point evaluation, and the laws that hold for every filter.

import { describe, expect, test } from 'vitest'
import { everything, has } from './cube.ts'
import type { Cube } from './cube.ts'
import { deadRules } from './dead-rules.ts'
import { Diagrams, NO_PACKET, TooLarge } from './diagram.ts'
import { differenceOf, judge, passing, pointIn, witness } from './questions.ts'
import { chance, ruleOf, someCube, someFilter, somePoint } from './random-rules.test-helper.ts'
import type { Filter } from './rule.ts'
import { SURENESS } from './rule.ts'
import { boxesOf } from './set-boxes.ts'
import { IPV4, IPV6 } from './space.ts'

const SPACES = [IPV4, IPV6]
const ROUNDS = 60

describe.each(SPACES)('filters made by chance, IPv$family', (space) => {
  const { family } = space
  const all = [everything(space)]

  test.each(SURENESS)('the exact set of %s says what rule-by-rule evaluation says', (sureness) => {
    const next = chance(family)
    for (let round = 0; round < ROUNDS; round += 1) {
      const filter = someFilter(space, 1 + next(14), next)
      const wanted = [someCube(space, next), someCube(space, next)]
      const diagrams = new Diagrams(space)
      const set = passing(diagrams, { filter, family, sureness, wanted })
      for (let turn = 0; turn < 60; turn += 1) {
        const point = somePoint(space, next)
        const isAsked = wanted.some((cube) => has(cube, point))
        const passes = isAsked && judge(filter, family, point, sureness).passes
        expect({ round, point, passes: diagrams.has(set, point) }).toEqual({ round, point, passes })
      }
    }
  })

  test('a witness is found exactly where the set holds a packet, and it is let through', () => {
    const next = chance(family + 10)
    for (let round = 0; round < ROUNDS; round += 1) {
      const filter = someFilter(space, 1 + next(14), next)
      const asked = { filter, family, sureness: 'must' as const, wanted: [someCube(space, next)] }
      const diagrams = new Diagrams(space)
      const set = passing(diagrams, asked)
      const point = witness(asked)
      expect(point !== null).toBe(set !== NO_PACKET)
      if (point !== null) expect(judge(filter, family, point, 'must').passes).toBe(true)
      const denied = witness(asked, 'deny')
      const rest = diagrams.minus(diagrams.of(asked.wanted), set)
      expect(denied !== null).toBe(rest !== NO_PACKET)
      if (denied !== null) expect(judge(filter, family, denied, 'must').passes).toBe(false)
    }
  })

  test('must lies in may, and may in might', () => {
    const next = chance(family + 20)
    for (let round = 0; round < ROUNDS; round += 1) {
      const filter = someFilter(space, 1 + next(14), next)
      const diagrams = new Diagrams(space)
      const [must = 0, may = 0, might = 0] = SURENESS.map((sureness) =>
        passing(diagrams, { filter, family, sureness, wanted: all }),
      )
      expect(diagrams.minus(must, may)).toBe(NO_PACKET)
      expect(diagrams.minus(may, might)).toBe(NO_PACKET)
    }
  })

  test('a dead rule may go and nothing changes; a rule that is not dead has a packet of its own', () => {
    const next = chance(family + 30)
    let dead = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const made = someFilter(space, 2 + next(12), next)
      const again = made.rules[next(made.rules.length)] ?? ruleOf([], { family, action: 'deny' })
      const rules = [...made.rules, again].map((rule) => ({
        ...rule,
        certainty: 'sure' as const,
      }))
      const filter: Filter = { ...made, rules, isPartial: false }
      const found = deadRules(filter)
      expect(found.undecided).toEqual([])
      const gone = new Set(found.dead.map(({ rule }) => rule))
      dead += gone.size
      for (const [at, rule] of rules.entries()) {
        const diagrams = new Diagrams(space)
        const own = diagrams.of(rule.match[family])
        const before = diagrams.of(rules.slice(0, at).flatMap(({ match }) => match[family]))
        expect(diagrams.minus(own, before) === NO_PACKET).toBe(gone.has(rule))
      }
      for (const { rule, covers } of found.dead) {
        const diagrams = new Diagrams(space)
        const cover = diagrams.of(covers.flatMap(({ match }) => match[family]))
        expect(diagrams.minus(diagrams.of(rule.match[family]), cover)).toBe(NO_PACKET)
      }
    }
    expect(dead).toBeGreaterThanOrEqual(ROUNDS)
  })

  test('a difference holds only packets that one lets through and the other does not', () => {
    const next = chance(family + 40)
    for (let round = 0; round < ROUNDS; round += 1) {
      const filter = someFilter(space, 6, next)
      const now = { ...filter, rules: filter.rules.toSpliced(next(6), 1) }
      const found = differenceOf({ filter, family, sureness: 'must', wanted: all }, now)
      if (found === 'too_large') throw new Error('too large')
      for (const [boxes, gain] of [
        [found.widened, true],
        [found.narrowed, false],
      ] as const)
        for (const box of boxes) {
          const diagrams = new Diagrams(space)
          const point = pointIn(diagrams, diagrams.ofCube(box)) ?? []
          expect(judge(now, family, point, 'must').passes).toBe(gain)
          expect(judge(filter, family, point, 'must').passes).toBe(!gain)
        }
    }
  })
})

describe('diagrams', () => {
  test('equal sets are the same number, however they were made', () => {
    const next = chance(5)
    for (let round = 0; round < ROUNDS; round += 1) {
      const diagrams = new Diagrams(IPV4)
      const [a, b, c] = [1, 2, 3].map(() => diagrams.ofCube(someCube(IPV4, next)))
      const left = diagrams.minus(diagrams.or(a ?? 0, b ?? 0), c ?? 0)
      const right = diagrams.or(diagrams.minus(a ?? 0, c ?? 0), diagrams.minus(b ?? 0, c ?? 0))
      expect(left).toBe(right)
      expect(diagrams.of(boxesOf(diagrams, left, 10_000))).toBe(left)
    }
  })

  test('forgetting a dimension keeps every packet and frees that dimension', () => {
    const next = chance(6)
    for (let round = 0; round < ROUNDS; round += 1) {
      const diagrams = new Diagrams(IPV4)
      const set = diagrams.of([someCube(IPV4, next), someCube(IPV4, next)])
      const freed = diagrams.forget(set, IPV4.src)
      expect(diagrams.minus(set, freed)).toBe(NO_PACKET)
      const point = somePoint(IPV4, next)
      const other = point.map((value, at) => (at === IPV4.src ? 7 : value))
      expect(diagrams.has(freed, point)).toBe(diagrams.has(freed, other))
    }
  })

  test('stop at their limit instead of answering', () => {
    const next = chance(7)
    const filter = someFilter(IPV4, 200, next)
    const diagrams = new Diagrams(IPV4, { nodes: 50, steps: 1_000_000 })
    const asked = { filter, family: 4, sureness: 'must', wanted: [everything(IPV4)] } as const
    expect(() => passing(diagrams, asked)).toThrow(TooLarge)
  })
})

test('a dead rule names a single rule that covers it, and says when that one does the opposite', () => {
  const line = (at: number, action: 'permit' | 'deny', cube: Cube) =>
    ruleOf([cube], { family: 4, action, line: at })
  const part = line(1, 'permit', [[6, 6], [80, 80], null, null, null, null])
  const wide = line(2, 'deny', [[0, 99], null, null, null, null, null])
  const narrow = line(3, 'permit', [[6, 6], null, [5, 6], null, null, null])
  const filter: Filter = {
    name: 'f',
    rules: [part, wide, narrow],
    fallback: 'deny',
    isStateful: false,
  }
  expect(deadRules(filter)).toEqual({
    dead: [{ rule: narrow, covers: [wide], isContrary: true }],
    undecided: [],
  })
})
