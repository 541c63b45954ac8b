import { expect, test } from 'vitest'
import { rareHours } from './budget.ts'
import { episodesOf } from './episodes.ts'
import { prevalenceOf, weigh } from './weigh.ts'
import type { EntityHour, Standing } from './weigh.ts'

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

test('what others have seen stands in place of the own past', () => {
  const everywhere = prevalenceOf(Array.from({ length: 99 }, (_, hour) => at('q', 0, hour, 'loud')))
  const hours = [...ordinary(6), at('a', 6, 1, 'loud'), at('b', 6, 1, 'unheard of')]
  const own = rareHours(hours, { hoursADay: 1 })
  expect(own.map(({ entity }) => entity)).toEqual(['a', 'b'])
  const told = rareHours(hours, { hoursADay: 1, elsewhere: everywhere })
  expect(told.map(({ entity }) => entity)).not.toContain('a')
})

test('ordinary days tell nothing; the first day only teaches', () => {
  expect(rareHours(ordinary(1), ONE)).toEqual([])
  expect(rareHours(ordinary(6), ONE)).toEqual([])
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
