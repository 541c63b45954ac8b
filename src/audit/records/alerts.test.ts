import { expect, test } from 'vitest'
import { auditDevice } from '../audit-device.ts'
import { readChecks } from '../checks/read-checks.ts'
import { read } from '../reference.test-helper.ts'
import { alertsOf } from './alerts.ts'

const checks = readChecks(`${import.meta.dirname}/../../../content/checks`)
const QUIET = [
  'version 17.9',
  'hostname r1',
  'username ops privilege 15 secret 9 Pl4ntedS3cret',
  'logging host 10.0.0.9',
  'no ip http server',
  'line vty 0 4',
  ' access-class 20 in',
]

/** Rules that ring when a line comes in place of another. */
function rung(...edits: readonly (readonly [string, string])[]): readonly string[] {
  const before = QUIET.join('\n')
  const after = edits.reduce((text, [was, is]) => text.replace(was, is), before)
  const [was, now] = [read(before, 'cisco-ios'), read(after, 'cisco-ios')]
  const audit = auditDevice({ source: 'x', now, before: was }, checks)
  const { findings } = alertsOf(audit, { device: 'r1', version: 'v', nowMs: 0 })
  return findings.map(({ rule }) => rule).toSorted()
}

test('a state that a change brought about rings where nothing else does', () => {
  expect(rung([' access-class 20 in', ' access-class 20 in\nvstack'])).toEqual([
    'audit-smart-install-on',
  ])
})

test('and not beside a finding about the change that is as bad', () => {
  expect(rung(['logging host 10.0.0.9\n', ''])).toEqual(['audit-log-muted'])
  expect(rung(['no ip http server', 'ip http server'])).toEqual(['audit-remote-access-opened'])
})

test('but where it is worse', () => {
  const community = 'no ip http server\nip http server\nsnmp-server community Wr1teS3cret RW'
  expect(rung(['no ip http server', community])).toEqual([
    'audit-remote-access-opened',
    'audit-snmp-changed',
    'audit-snmp-write',
  ])
})

test('ordinary work that a reader should see rings no bell', () => {
  expect(rung(['no ip http server', 'ip route 10.9.0.0 255.255.0.0 10.0.0.2'])).toEqual([])
})
