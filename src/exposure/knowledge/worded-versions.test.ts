// What makers write for the versions that are affected, each asked of one that is and one that is not.

import { describe, expect, test } from 'vitest'
import type { VersionEntry } from './criterion.ts'
import { matchNamed } from './match-named.ts'
import { wordedVersions } from './worded-versions.ts'

function verdict(entry: Partial<VersionEntry>, version: string): string {
  const versions = [{ version: '0', status: 'affected', ...entry } as const]
  const named = {
    vendor: 'Fortinet',
    product: 'FortiOS',
    defaultStatus: 'unknown',
    versions,
  } as const
  return matchNamed(named, version).verdict
}
const asked = (entry: Partial<VersionEntry>, ...versions: readonly string[]) =>
  versions.map((version) => verdict(entry, version))

describe('7.0.12 is affected and 7.0.17 is not', () => {
  test.each([
    '< 7.0.16',
    '≤ 7.0.16',
    '= 7.0.12',
    '> 7.0.0, < 7.0.16',
    '>= 7.0.0 && < 7.0.16',
    '[7.0.0, 7.0.16)',
    '7.0.0-7.0.16',
    '7.0.0 – 7.0.16',
    '7.0.0 <= 7.0.16',
    '7.0.0 up to 7.0.16',
    '7.0.0 up to and including 7.0.16',
    'from 7.0.0 before 7.0.16',
    'from 7.0.0 through 7.0.16',
    'between 7.0.0 and 7.0.16',
    '7.0.x before 7.0.16',
    'All versions < V7.0.16',
    'all versions prior to 7.0.16',
    'prior to version 7.0.16',
    'Before 7.0.16.',
    'FortiOS 7.0.0 through 7.0.16',
    'FortiOS version 7.0.0 through 7.0.16, 6.4.0 through 6.4.8',
    'FortiOS 6.4.0 through 6.4.8 and 7.0.0 through 7.0.16',
    'Firmware version 7.0.16 and prior',
    '7.0.16 and all prior versions',
    '7.0.10, 7.0.11, 7.0.12',
    '7.0.10; 7.0.12',
    '7.0.10 and 7.0.12',
  ])('%s', (version) => {
    expect(asked({ version }, '7.0.12', '7.0.17')).toEqual(['affected', 'not-affected'])
  })
})

test.each(['7.0.x', '7.0.*', '7.0 all versions', 'all 7.0 versions', 'FortiOS 7.0 all versions'])(
  '%s is a branch',
  (version) => {
    expect(asked({ version }, '7.0.0', '7.0.17', '7.2.0', '6.4.9')).toEqual([
      'affected',
      'affected',
      'not-affected',
      'not-affected',
    ])
  },
)

test('and later is a beginning', () => {
  expect(asked({ version: '7.0.12 and later' }, '7.0.12', '7.2.0', '7.0.11')).toEqual([
    'affected',
    'affected',
    'not-affected',
  ])
})

test.each<[string, Partial<VersionEntry>]>([
  ['lessThan < 7.0.16', { version: '7.0.0', lessThan: '< 7.0.16' }],
  ['lessThanOrEqual <= 7.0.16', { lessThanOrEqual: '<= 7.0.16' }],
  ['from 7.0.x', { version: '7.0.x', lessThan: '7.0.16' }],
])('the end %s', (_, entry) => {
  expect(asked(entry, '7.0.12', '7.0.17')).toEqual(['affected', 'not-affected'])
})

test('the end 7.0.x is all of the branch', () => {
  expect(asked({ version: '7.0', lessThanOrEqual: '7.0.x' }, '7.0.12', '7.2.0')).toEqual([
    'affected',
    'not-affected',
  ])
})

test.each([
  'unaffected in 7.0.16 and later',
  'all versions except 7.0.16',
  '7.0.16 or the hotfix of May',
  'versions shipped before May',
  '7.0.0 to the newest',
  '7.0.0, and some of 7.2',
])('%s is left to a person, never cleared', (version) => {
  expect(asked({ version }, '7.0.12', '7.2.4')).toEqual(['unsure', 'unsure'])
})

test.each(['V5.38(ABCD.1)', '9.0.0 Patch 38', '2022 SU6', '15.2(1)SY7', '1.3.1-9346-6', 'R81.20'])(
  '%s is one version',
  (version) => {
    expect(wordedVersions(version)).toEqual({ kind: 'plain' })
  },
)

test('words without end cost no more than their length', () => {
  const startMs = process.cpuUsage().user
  for (const piece of [
    '1',
    '1.',
    '1-',
    'a ',
    '1 and ',
    '< ',
    '7.0.0-',
    '(',
    '1 patch 1 ',
    'v1.x ',
    ', ',
  ])
    for (const length of [200, 1000]) wordedVersions(piece.repeat(length).slice(0, length))
  expect((process.cpuUsage().user - startMs) / 1000).toBeLessThan(1000)
})
