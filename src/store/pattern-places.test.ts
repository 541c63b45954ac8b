import { expect, test } from 'vitest'
import type { EngineLane } from './event-engine.ts'
import { PatternPlaces } from './pattern-places.ts'
import type { PlacedList } from './pattern-places.ts'

/** An engine that reckons otherwise than we do: two lists stand on one place until one of them is spelled otherwise. */
function otherEngine(onOnePlace: readonly (readonly string[])[]): EngineLane {
  const holders = new Map<string, string>()
  let compiled = 0
  const match = (text: string) => {
    const place = onOnePlace.findIndex((some) => some.includes(text))
    const at = place === -1 ? text : String(place)
    if (holders.get(at) !== text) compiled += 1
    holders.set(at, text)
  }
  const query = async (statement: unknown) => {
    const text = JSON.stringify(statement)
    for (const [, matched = ''] of text.matchAll(/<(.*?)>/g)) match(matched)
    return { rows: [{ n: String(compiled) }] }
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is asked and nothing else
  return { query } as unknown as EngineLane
}

test('where the engine reckons places otherwise, every further list is looked at too', async () => {
  const places = new PatternPlaces()
  const listOf = (key: string): PlacedList => ({
    key,
    patterns: [key],
    match: () => `<${places.spelled(key, [key])[0] ?? ''}>`,
  })
  const first = Array.from({ length: 120 }, (_, at) => listOf(`list ${at}`))
  places.choose(first)
  const [a, b, c] = ['list 0', 'list 1', 'list 2'].map((key) => places.spelled(key, [key])[0] ?? '')
  const later = listOf('later')
  places.choose([later])
  const [d] = places.spelled('later', ['later'])
  const lane = otherEngine([
    [a ?? '', b ?? ''],
    [c ?? '', d ?? ''],
  ])
  await places.compile(lane, first)
  await places.setApart(lane, first)
  await places.setApart(lane, first)
  expect(places.spelled('list 0', ['list 0'])[0] === a).not.toBe(
    places.spelled('list 1', ['list 1'])[0] === b,
  )
  await places.compile(lane, [later])
  await places.setApart(lane, [...first, later])
  expect(places.spelled('list 2', ['list 2'])[0] === c).not.toBe(
    places.spelled('later', ['later'])[0] === d,
  )
})
