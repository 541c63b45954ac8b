import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readBundle } from './check-bundle.ts'
import { checkObject, isUsable } from './check-object.ts'
import { granularMarks, withoutParts } from './markings.ts'
import { observableId } from './observable-id.ts'
import { isObject, pathText } from './problem.ts'
import type { JsonObject } from './problem.ts'
import { labelOfMarking, markingOfLabel, tlpDefinition } from './tlp.ts'
import { arrivalOf, nextVersion, revoke } from './versions.ts'

const SHARED = join(import.meta.dirname, '../../../../shared/data/sharing')

describe.skipIf(!existsSync(SHARED))('reference', () => {
  test('every id that values make is the expected one', () => {
    const cases = JSON.parse(readFileSync(join(SHARED, 'sco_ids.json'), 'utf8')) as JsonObject[]
    const wrong = cases.filter((one) => {
      const object = Object.values(one).find(
        (value) => isObject(value) && value['type'] !== undefined,
      )
      const { id: _, ...rest } = isObject(object) ? object : {}
      return observableId(rest) !== one['expected_id']
    })
    expect(wrong).toEqual([])
    expect(cases.length).toBe(78)
  })

  test.each(['pegasus', 'cytrox', 'novispy'])(
    'the published bundle %s is taken, object by object',
    (name) => {
      const folder = join(SHARED, 'stix_bundles')
      const file = [`${name}.stix2`, `${name}.json`]
        .map((one) => join(folder, one))
        .find(existsSync)
      if (file === undefined) return
      const { objects, problems } = readBundle(readFileSync(file, 'utf8'))
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(objects.length).toBeGreaterThan(30)
    },
  )
})

const indicator = {
  type: 'indicator',
  spec_version: '2.1',
  id: 'indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f',
  created_by_ref: 'identity--f431f809-377b-45e0-aa1c-6a4751cae5ff',
  created: '2026-04-06T20:03:48.000Z',
  modified: '2026-04-06T20:03:48.000Z',
  name: 'Proxy',
  description: 'Of last week',
  pattern: "[ipv4-addr:value = '198.51.100.3']",
  pattern_type: 'stix',
  valid_from: '2026-04-06T20:03:48Z',
}

test.each([
  [{ modified: '2026-04-06T20:03:47.9Z' }, 'modified'],
  [{ valid_until: '2026-04-06T20:03:48.000Z' }, 'valid_until'],
  [{ labels: [] }, 'labels'],
  [{ x_y: { deep: [1, null] } }, 'x_y.deep[1]'],
  [
    { granular_markings: [{ lang: 'fr', selectors: ['labels.[3]'] }] },
    'granular_markings[0].selectors[0]',
  ],
  [{ pattern: '[ipv4-addr:value = ]' }, 'pattern'],
  [{ extensions: { '__proto__-ext': 5 } }, 'extensions.__proto__-ext'],
])('%j is an error at %s', (change, place) => {
  const problems = checkObject({ ...indicator, ...change })
  expect(
    problems.filter(({ severity }) => severity === 'error').map(({ path }) => pathText(path)),
  ).toContain(place)
})

test('what an unknown extension brings is kept and no error', () => {
  const extensions = {
    'extension-definition--993ce403-6fdd-4efa-8279-31cf2d91b1c8': {
      extension_type: 'property-extension',
      a_thing: { b_c: 1 },
    },
  }
  expect(checkObject({ ...indicator, extensions })).toEqual([])
})

test.each(['clear', 'green', 'amber', 'amber+strict', 'red'] as const)(
  'TLP:%s goes and comes as published',
  (label) => {
    expect(isUsable(checkObject(tlpDefinition(label)))).toBe(true)
    expect(labelOfMarking(markingOfLabel(label))).toBe(label)
    const forged = {
      ...tlpDefinition(label),
      id: 'marking-definition--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f',
    }
    expect(isUsable(checkObject(forged))).toBe(false)
  },
)

test('TLP 1 white is clear', () => {
  expect(labelOfMarking('marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9')).toBe('clear')
})

describe('versions', () => {
  const later = nextVersion(indicator, { name: 'Other' }, 0)
  test('a later one of the same creator follows, also when the clock stands behind', () => {
    expect(later.modified).toBe('2026-04-06T20:03:48.001Z')
    expect(arrivalOf(later, [indicator])).toBe('new')
    expect(arrivalOf(indicator, [later])).toBe('older')
  })
  test.each([
    ['known', { ...indicator }, [indicator]],
    ['two texts', { ...indicator, name: 'Forged' }, [indicator]],
    [
      'other creator',
      { ...later, created_by_ref: 'identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f' },
      [indicator],
    ],
    [
      'after revocation',
      nextVersion(indicator, {}, Date.UTC(2027, 0, 1)),
      [indicator, revoke(indicator, Date.UTC(2026, 6, 1))],
    ],
  ])('%s', (expected, object, here) => {
    expect(arrivalOf(object, here)).toBe(expected)
  })
})

test('parts that are marked are found and cut, and nothing else', () => {
  const marked = {
    ...indicator,
    labels: ['open', 'secret'],
    granular_markings: [
      { marking_ref: markingOfLabel('red'), selectors: ['labels.[1]', 'description'] },
    ],
  }
  const marks = granularMarks(marked)
  const cut = withoutParts(
    marked,
    marks.map(({ path }) => path),
  )
  expect(cut['labels']).toEqual(['open'])
  expect(cut['description']).toBe(undefined)
  expect(cut['name']).toBe('Proxy')
})

describe('hostile bundles', () => {
  const bundle = (objects: unknown) =>
    JSON.stringify({ type: 'bundle', id: 'bundle--44af6c39-c09b-49c5-9de2-394224b04982', objects })
  test.each([
    ['deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'deeper'],
    ['large', bundle(['x'.repeat(70_000_000)]), 'larger'],
    ['of many', bundle(Array.from({ length: 100_001 }, () => 1)), 'more than 100000 objects'],
    ['no JSON', '{"type":', 'not JSON'],
    ['of bundles', bundle([{ type: 'bundle' }]), 'a bundle within a bundle'],
    [
      'with an object of a million values',
      bundle([{ ...indicator, labels: Array.from({ length: 200_000 }, () => 'a') }]),
      'holds more than',
    ],
  ])('%s: refused', (_, text, sentence) => {
    const { objects, problems } = readBundle(text)
    expect(objects).toEqual([])
    expect(problems.map((problem) => problem.sentence).join()).toContain(sentence)
  })

  test('one bad object does not stop the others', () => {
    const { objects, problems } = readBundle(
      bundle([indicator, { ...indicator, type: 'tool' }, 5, null]),
    )
    expect(objects).toHaveLength(1)
    expect(new Set(problems.map(({ path }) => path[1]))).toEqual(new Set([1, 2, 3]))
  })

  test('references in a circle are values and nothing is followed', () => {
    const one = { ...indicator, created_by_ref: indicator.id }
    expect(readBundle(bundle([one])).objects).toHaveLength(1)
  })
})
