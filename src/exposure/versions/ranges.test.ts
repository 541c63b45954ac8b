import { describe, expect, test } from 'vitest'
import { isInRange, rangeShape } from './ranges.ts'

describe('ranges', () => {
  test.each([
    ['1.0.0', { startIncluding: '1.0.0', endExcluding: '2.0.0' }, 'inside'],
    ['2.0.0', { startIncluding: '1.0.0', endExcluding: '2.0.0' }, 'outside'],
    ['2.0.0', { endIncluding: '2.0.0' }, 'inside'],
    ['1.0.0', { startExcluding: '1.0.0' }, 'outside'],
    ['0.9', { startIncluding: '0', endExcluding: '1.0' }, 'inside'],
    ['7.2.1', { startIncluding: '7.0', endExcluding: '*' }, 'inside'],
    ['6.4.11', { startIncluding: '6.4.0', endIncluding: '6.4.*' }, 'inside'],
    ['6.5.0', { startIncluding: '6.4.0', endIncluding: '6.4.*' }, 'outside'],
    ['unknown', { endExcluding: '2.0' }, 'cannot-compare'],
    ['1.0-foo', { startIncluding: '0.5', endExcluding: '1.0' }, 'cannot-compare'],
    // The end is surely missed, whatever the start means.
    ['3.0', { startIncluding: '1.0-foo', endExcluding: '2.0' }, 'outside'],
  ] as const)('%s in %j: %s', (version, range, expected) => {
    expect(isInRange('generic', range, version)).toBe(expected)
  })

  test('that end where they begin mean: fixed in this version', () => {
    const range = { startIncluding: '9.1R18.9', endExcluding: '9.1R18.9' }
    expect(rangeShape('generic', range)).toBe('fixed-in')
    expect(isInRange('generic', range, '9.1R18.8')).toBe('inside')
    expect(isInRange('generic', range, '9.1R18.9')).toBe('outside')
  })

  test('that end before they begin decide nothing', () => {
    const range = { startIncluding: '5.0', endExcluding: '4.0' }
    expect(rangeShape('generic', range)).toBe('malformed')
    expect(isInRange('generic', range, '4.5')).toBe('cannot-compare')
  })
})
