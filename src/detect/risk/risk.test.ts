import { expect, test } from 'vitest'
import { rareHours } from './budget.ts'
import { episodesOf } from './episodes.ts'
import { watchedSince } from './risk.ts'
import { prevalenceOf, weigh } from './weigh.ts'
import type { EntityHour, Prevalence, Standing } from './weigh.ts'

const at = (entity: string, day: number, hour: number, ...rules: string[]): EntityHour => ({
  entity,
  hour: day * 24 + hour,
  rules,
})

const ONE = { hoursADay: 1 }

/** Three hosts that do the same every hour of every day. */
const ordinary = (days: number) =>
  Array.from({ length: days * 24 }, (_, hour) =>
    ['a', 'b', 'c'].map((entity) =>
      at(entity, 0, hour, 'usual', hour % 4 === 0 ? 'often' : 'usual2'),
    ),
  ).flat()

test('a rule weighs the less the more of the hours known held it', () => {
  const known = prevalenceOf([at('a', 0, 0, 'x'), at('a', 0, 1, 'x'), at('b', 0, 2, 'y')])
  expect(weigh({ entity: 'b', rules: ['x', 'new'] }, known)).toEqual([
    { rule: 'new', weight: Math.log(4) },
    { rule: 'x', weight: Math.log(4 / 3) },
  ])
})

test('what one entity does all day is its habit, and says little of others', () => {
  const hours = Array.from({ length: 40 }, (_, hour) => [
    at('a', 0, hour, 'poll'),
    at('b', 0, hour, 'usual'),
  ])
  const known = prevalenceOf(hours.flat())
  const weightFor = (entity: string) => weigh({ entity, rules: ['poll'] }, known)[0]?.weight ?? 0
  expect(weightFor('a')).toBeLessThan(0.1)
  expect(weightFor('b')).toBeGreaterThan(2)
})

test('what began today is less news with every hour it goes on', () => {
  const spread = [1, 2, 3].map((hour) => at(`host ${hour}`, 6, hour, 'new thing'))
  const rare = rareHours([...ordinary(6), ...spread], { hoursADay: 50 })
  const scores = rare.filter(({ rules }) => rules.includes('new thing')).map(({ score }) => score)
  expect(scores).toHaveLength(3)
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
})

test('what others have seen counts as much as the own past', () => {
  const everywhere = prevalenceOf(
    Array.from({ length: 99 }, (_, n) => at(`q${n}`, 0, n, n < 90 ? 'loud' : 'quiet')),
  )
  const hours = [...ordinary(6), at('a', 6, 1, 'loud'), at('b', 6, 1, 'unheard of')]
  const scoresOf = (elsewhere?: Prevalence) =>
    new Map(
      rareHours(hours, { hoursADay: 1000, ...(elsewhere === undefined ? {} : { elsewhere }) }).map(
        ({ entity, score }) => [entity, score],
      ),
    )
  const own = scoresOf()
  const both = scoresOf(everywhere)
  expect(own.get('a')).toBe(own.get('b'))
  expect(both.get('a')).toBeCloseTo((own.get('a') ?? 0) / 2 + Math.log(100 / 91) / 2)
  expect(both.get('b')).toBeCloseTo((own.get('b') ?? 0) / 2 + Math.log(100) / 2)
})

test('ordinary days tell nothing; the first day only teaches', () => {
  expect(rareHours(ordinary(1), ONE)).toEqual([])
  expect(rareHours(ordinary(6), ONE)).toEqual([])
})

test('an hour before midnight teaches no day: whole days are counted from the first hour', () => {
  const from = 23
  const late = ordinary(3).filter(({ hour }) => hour >= from)
  const odd = [at('a', 1, 5, 'odd', 'more'), at('b', 2, 5, 'rare', 'else')]
  const told = rareHours([...late, ...odd], { hoursADay: 5 })
  expect(told.map(({ entity }) => entity)).toEqual(['b'])
  expect(told[0]?.calibration).toBe(24 * 3 + 1)
})

test('while a place is not known, only two thirds of the budget are given out, and what outweighs all is told', () => {
  const odd = [at('a', 0, 1, 'odd', 'odder'), at('c', 1, 1, 'strange', 'stranger')]
  const toldOn = (day: number, ...more: readonly string[]) => {
    const now = at('b', day, 2, 'usual', 'new', ...more)
    const told = rareHours([...ordinary(day), ...odd, now], { hoursADay: 1 })
    return told.filter(({ entity }) => entity === 'b').length
  }
  // Two hours of four days outweigh it: the third of four that one a day allows.
  expect(toldOn(4)).toBe(0)
  expect(toldOn(4, 'newer', 'newest')).toBe(1)
  expect(toldOn(6)).toBe(1)
})

test('days are counted from the same hour however long a place is watched', () => {
  const first = Date.UTC(2026, 2, 1, 17, 20)
  const after = (days: number) =>
    watchedSince(first, first + days * 86_400_000 + 1) - watchedSince(first, first)
  expect([0, 29, 30, 31.5, 100].map(after)).toEqual([0, 0, 24, 48, 71 * 24])
})

test('an hour of several things never seen is told, with how rare it is', () => {
  const intruder = at('b', 4, 3, 'dump', 'new account', 'tunnel')
  const rare = rareHours([...ordinary(6), intruder], ONE)
  expect(rare).toEqual([
    expect.objectContaining({ entity: 'b', hour: intruder.hour, calibration: 4 * 24 * 3 }),
  ])
  expect(rare[0]?.p).toBeCloseTo(1 / (4 * 24 * 3 + 1))
})

test('of days that ended before, nothing is told, and they teach all the same', () => {
  const hours = [...ordinary(6), at('a', 3, 5, 'odd'), at('b', 5, 3, 'dump', 'tunnel')]
  const all = rareHours(hours, ONE)
  expect(all.map(({ entity }) => entity)).toEqual(['a', 'b'])
  const late = rareHours(hours, { ...ONE, sinceHour: 5 * 24 + 2 })
  expect(late).toEqual(all.filter(({ entity }) => entity === 'b'))
})

test('a larger budget tells no fewer hours', () => {
  const noise = Array.from({ length: 40 }, (_, n) => at('a', 1 + (n % 5), n % 24, `odd ${n % 13}`))
  const hours = [...ordinary(6), ...noise]
  const told = [0.2, 1, 3, 10].map((hoursADay) => rareHours(hours, { hoursADay }).length)
  expect(told).toEqual(told.toSorted((a, b) => a - b))
})

test('hours of one entity that follow one another are one episode', () => {
  const hour = (entity: string, number: number) => ({
    ...at(entity, 0, number, 'x'),
    score: 1,
    contributions: [],
    p: 0,
    calibration: 1,
  })
  const episodes = episodesOf([
    hour('a', 12),
    hour('a', 8),
    hour('b', 9),
    hour('a', 10),
    hour('a', 16),
  ])
  expect(episodes.map(({ entity, hours }) => [entity, hours.map(({ hour: at1 }) => at1)])).toEqual([
    ['a', [8, 10, 12]],
    ['b', [9]],
    ['a', [16]],
  ])
})

/** Tactics and strengths by the first letter: `low`, `medium`, `high`. */
const STANDING: Standing = {
  strengthOf: (rule) => (rule.startsWith('l') ? 0.5 : rule.startsWith('h') ? 1.5 : 1),
  signsOf: (rule) => [rule.slice(-1)],
}

const told = (hours: readonly EntityHour[], days = 12) =>
  rareHours([...ordinary(days), ...hours], { hoursADay: 30, standing: STANDING }).map(
    ({ entity, hour }) => [entity, Math.floor(hour / 24)],
  )

test('a weak rule calls nobody alone, and does with a sign of something else within three hours', () => {
  expect(told([at('x', 9, 3, 'low A')])).toEqual([])
  expect(told([at('x', 9, 3, 'low A'), at('x', 9, 5, 'low B')])).toEqual([
    ['x', 9],
    ['x', 9],
  ])
  // Over midnight.
  expect(told([at('x', 8, 23, 'low A'), at('x', 9, 1, 'low B')])).toEqual([
    ['x', 8],
    ['x', 9],
  ])
  expect(told([at('x', 9, 3, 'low A'), at('x', 9, 9, 'low B')])).toEqual([])
  const [first] = rareHours([...ordinary(12), at('x', 9, 3, 'low A'), at('x', 9, 5, 'low B')], {
    hoursADay: 30,
    standing: STANDING,
  })
  expect(first).toMatchObject({ rules: ['low A'], beside: ['low B'] })
  // Two rules that see one and the same thing.
  expect(told([at('x', 9, 3, 'low A', 'lower A')])).toEqual([])
})

test('in the first days two weak signs are not enough; with an ordinary one they are', () => {
  expect(told([at('x', 2, 3, 'low A'), at('x', 2, 4, 'low B')])).toEqual([])
  expect(told([at('x', 2, 3, 'low A'), at('x', 2, 4, 'medium B')])).toEqual([
    ['x', 2],
    ['x', 2],
  ])
})

test('an ordinary rule alone waits until the place is known; an alarming one does not', () => {
  expect(told([at('x', 3, 3, 'medium A')])).toEqual([])
  expect(told([at('x', 3, 3, 'high A')])).toEqual([['x', 3]])
  expect(told([at('x', 9, 3, 'medium A')])).toEqual([['x', 9]])
})

test('days on which nothing was found teach as well', () => {
  const only = [at('x', 9, 3, 'medium A')]
  expect(rareHours(only, { hoursADay: 1, standing: STANDING })).toEqual([])
  const watched = { hoursADay: 1, standing: STANDING, watchedSinceHour: 0 }
  expect(rareHours(only, watched).map(({ entity }) => entity)).toEqual(['x'])
})

test('what comes oftener than once a week, here or on others, is usual', () => {
  const often = [1, 4, 7].map((day) => at(`person ${day}`, day, 3, 'medium A'))
  expect(told([...often, at('x', 10, 3, 'medium A')])).not.toContainEqual(['x', 10])
  expect(told([...often, at('x', 10, 3, 'medium A', 'medium B')])).toContainEqual(['x', 10])
})
