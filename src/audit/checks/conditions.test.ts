import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { auditDevice } from '../audit-device.ts'
import { read } from '../reference.test-helper.ts'
import { editsBetween, isLookAlike } from './look-alike.ts'
import { readChecks } from './read-checks.ts'
import { isOlder, unsavedChange } from './told-of-itself.ts'
import { isWithin } from './within.ts'

describe('a name looks like a known one', () => {
  test.each([
    ['netopps', true],
    ['netosp', true],
    ['netops2', true],
    ['a7k2m9', true],
    ['marie', false],
    ['netops', false],
    ['admin1', false],
    ['server', false],
  ])('%s: %s', (name, expected) => {
    expect(isLookAlike(name, ['netops', 'ann'])).toBe(expected)
  })

  test('swapped neighbours are one edit, and short names are left alone', () => {
    expect(editsBetween('netosp', 'netops')).toBe(1)
    expect(isLookAlike('amy', ['ann'])).toBe(false)
  })
})

describe('a version is older than the mended one of its train', () => {
  test.each([
    ['7.4.4', true],
    ['7.4.7', false],
    ['7.4.12', false],
    ['6.2.16', true],
    ['7.8.0', false],
    [null, false],
    ['unknown', false],
  ])('%s: %s', (version, expected) => {
    expect(isOlder(version, ['7.0.17', '7.4.7'])).toBe(expected)
  })
})

describe('a line lets through no more than another', () => {
  test.each([
    ['10.1.1.0 0.0.0.255', '10.1.0.0 0.0.255.255', true],
    ['10.1.1.0 255.255.255.0 inside', '10.1.0.0 255.255.0.0 inside', true],
    ['10.1.1.0 255.255.255.0 outside', '10.1.0.0 255.255.0.0 inside', false],
    ['tcp host 10.1.1.9 any eq 22', 'tcp 10.1.0.0/16 any eq 22', true],
    ['tcp host 10.1.1.9 any eq 23', 'tcp 10.1.0.0/16 any eq 22', false],
    ['203.0.113.9', '10.1.0.0 0.0.255.255', false],
    ['any', '10.1.0.0 0.0.255.255', false],
    ['10.1.0.0 0.0.255.255', '10.1.1.0 0.0.0.255', false],
    ['10.1.0.0 0.255.0.255', 'any', false],
    ['999.1.1.1', 'any', false],
  ])('%s within %s: %s', (text, other, expected) => {
    expect(isWithin(text, other)).toBe(expected)
  })
})

test('what the device says of its own times is compared by its own clock', () => {
  const fact = (kind: 'changed' | 'saved', when: string) => ({
    fact: kind,
    line: 1,
    last: 1,
    text: '',
    says: { when },
  })
  const changed = fact('changed', '10:00:00 UTC Mon Jan 5 2026')
  const before = fact('saved', '09:59:00 UTC Mon Jan 5 2026')
  const after = fact('saved', '00:10:00 UTC Tue Jan 6 2026')
  expect(unsavedChange([changed, before])).toBe(changed)
  expect(unsavedChange([changed, after])).toBeUndefined()
  expect(unsavedChange([changed])).toBeUndefined()
})

test.each([
  [
    'panos',
    'set deviceconfig system hostname p1\nset deviceconfig system login-banner "Hello"',
    'set deviceconfig system hostname p1\nset deviceconfig system login-banner "Hello\nset mgt-config users evil permissions role-based superuser yes\nbye"',
  ],
  [
    'junos',
    'set system host-name j1\nset system login message "Hello"',
    'set system host-name j1\nset system login message "Hello\\nset system login user evil class super-user"',
  ],
  [
    'fortios',
    'config system replacemsg admin "x"\n    set buffer "Hello"\nend',
    'config system replacemsg admin "x"\n    set buffer "Hello\nconfig system admin\nedit evil\nset accprofile super_admin\nnext\nend"\nend',
  ],
])('a text for people that looks like commands adds no administrator: %s', (make, before, now) => {
  const audit = auditDevice(
    { source: 'x', now: read(now, make), before: read(before, make) },
    readChecks(join(import.meta.dirname, '../../../content/checks')),
  )
  expect(audit.findings.map(({ check }) => check)).not.toContain('new-administrator')
  expect(audit.changeCount).toBeGreaterThan(0)
})
