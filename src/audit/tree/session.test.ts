import { describe, expect, test } from 'vitest'
import { auditDevice } from '../audit-device.ts'
import { compare } from '../diff/compare.ts'
import { read } from '../reference.test-helper.ts'
import { splitLines } from './read-text.ts'
import { besideConfiguration } from './session.ts'

const IOS = `version 17.3
hostname r1
interface Vlan10
 description to the library
 ip address 10.0.0.1 255.255.255.0
ip access-list extended EDGE
 10 permit tcp any any eq 22
 20 deny ip any any
router bgp 65000
 address-family ipv4
  network 10.0.0.0
end`

/** After every second line, what a pager shows and how it is wiped. */
const paged = (mark: string) =>
  IOS.split('\n')
    .map((line, at) => (at % 2 === 1 ? mark + line : line))
    .join('\n')

describe('a pager', () => {
  test.each([
    ['IOS', ' --More-- \b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\b'],
    ['IOS, control characters lost', ' --More--         '],
    ['ASA', '<--- More --->\r              \r'],
    ['ASA, control characters lost', '<--- More --->              '],
    ['FortiOS', '--More-- \r         \r'],
    ['Junos', '---(more 34%)---\r                                        \r'],
    ['EOS', '\u001B[7m --More-- \u001B[27m\r\u001B[K'],
    ['PAN-OS', '\u001B[7mlines 1-23 \u001B[27m\u001B[K\r\u001B[K'],
    ['Comware', '  ---- More ----\u001B[42D                                          \u001B[42D'],
    [
      'ProCurve',
      '-- MORE --, next page: Space, next line: Enter, quit: Control-C\r                              \r',
    ],
    ['Aruba', '--More-- (q) quit (u) pageup (/) search (n) repeat \r                 \r'],
  ])('of %s leaves nothing', (_, mark) => {
    const now = read(paged(mark), 'cisco-ios')
    expect(compare(read(IOS).view, now.view)).toEqual([])
    expect(now.coverage.understood).toBe(now.coverage.significant)
  })

  test('what is written over a word stays: nothing can hide behind it', () => {
    expect(splitLines('username evil privilege 15\rhostname r1\nx')[0]).toContain('username evil')
    expect(splitLines('description x\b\b\b\busername evil\nx')[0]).toContain('username evil')
  })

  test('colours and titles go, the end of lines of an old Macintosh too', () => {
    expect(splitLines('\u001B]0;r1\u0007\u001B[1mhostname r1\u001B[0m\nend')).toEqual([
      'hostname r1',
      'end',
    ])
    expect(splitLines('a\rb\rc')).toEqual(['a', 'b', 'c'])
  })
})

describe('a log of a session', () => {
  test.each([
    ['cisco-ios', `r1>en\nPassword: \nr1#sh run\nBuilding configuration...\n\n${IOS}\n\nr1#`, IOS],
    ['cisco-ios', `show running-config\n${IOS}`, IOS],
    [
      'cisco-xr',
      'RP/0/RP0/CPU0:x1#show running-config\nMon Nov  3 10:00:01.123 UTC\nhostname x1\nroute-policy P\n  pass\nend-policy\nRP/0/RP0/CPU0:x1#',
      'hostname x1\nroute-policy P\n  pass\nend-policy',
    ],
    [
      'junos',
      'a@j1> show configuration | no-more\nsystem {\n    host-name j1;\n}\nvlans {\n    v1;\n}\n\n{master:0}\na@j1> ',
      'system {\n    host-name j1;\n}\nvlans {\n    v1;\n}',
    ],
    [
      'fortios',
      'F1 (root) # show\nconfig system global\n    set hostname "F1"\nend\nF1 (root) # ',
      'config system global\n    set hostname "F1"\nend',
    ],
    [
      'panos',
      'a@p1> configure\nEntering configuration mode\n[edit]\na@p1# show\nset deviceconfig system hostname p1\nset mgt-config users a preferences x\n[edit]\na@p1# ',
      'set deviceconfig system hostname p1\nset mgt-config users a preferences x',
    ],
    [
      'panos',
      'a@p1# show\n<config version="10.1.0" urldb="paloaltonetworks">\n<shared>\n<address/>\n</shared>\n</config>\na@p1#',
      '<config version="10.1.0" urldb="paloaltonetworks">\n<shared>\n<address/>\n</shared>\n</config>',
    ],
    [
      'routeros',
      '[a@m1] > /export\n# 2024-07-31 09:33:47 by RouterOS 7.15.2\n/system identity\nset name=m1\n[a@m1] > ',
      '# 2024-07-31 09:33:47 by RouterOS 7.15.2\n/system identity\nset name=m1',
    ],
    [
      'f5-bigip',
      'a@(b1)(cfg-sync Standalone)(Active)(/Common)(tmos)# list\n#TMSH-VERSION: 15.1.0\nltm pool p {\n    members none\n}\na@(b1)(cfg-sync Standalone)(Active)(/Common)(tmos)# ',
      '#TMSH-VERSION: 15.1.0\nltm pool p {\n    members none\n}',
    ],
    [
      'hp-comware',
      '<h1>display current-configuration\n#\n version 7.1.070\n#\n sysname h1\n#\nreturn\n<h1>',
      '#\n version 7.1.070\n#\n sysname h1\n#\nreturn',
    ],
  ])('of %s is the configuration alone', (make, logged, alone) => {
    const now = read(logged)
    expect(now.dialect.name).toBe(make)
    expect(compare(read(alone, make).view, now.view)).toEqual([])
    expect(now.coverage.understood).toBe(now.coverage.significant)
    expect(now.tree.lines).toHaveLength(logged.split('\n').length)
  })

  test('answers to other commands are comments, and say what the device runs', () => {
    const logged = `r1#show version\nSystem image file is "flash:a.bin"\nr1#show run\n${IOS}\nr1#show clock\n10:00\nr1#`
    const now = read(logged)
    expect(compare(read(IOS).view, now.view)).toEqual([])
    expect(auditDevice({ source: 'r1', now }, []).firmware).toMatchObject([
      { fact: 'image', what: 'flash:a.bin' },
    ])
  })

  test('a banner that looks like a prompt hides nothing', () => {
    const imitated = `${IOS.replace('\nend', '')}\nbanner motd ^C\nr1#show clock\n^C\nusername evil privilege 15 nopassword\nend`
    expect(besideConfiguration(imitated.split('\n')).size).toBe(0)
    const { tree } = read(`r1#show run\n${imitated}\nr1#`)
    expect(tree.root.children.map(({ text }) => text)).toContain(
      'username evil privilege 15 nopassword',
    )
  })

  test('without a prompt at its beginning only the last line can be one', () => {
    expect([...besideConfiguration(`${IOS}\n\nr1#`.split('\n'))]).toEqual([13])
    expect([...besideConfiguration(['<config>', '<a/>', '</config>'])]).toEqual([])
  })
})

test.each([
  ['cisco-ios', IOS],
  ['cisco-asa', ': Saved\nASA Version 9.16(1)\nhostname f\ninterface Vlan1\n nameif a\n: end'],
  ['junos', 'set system host-name j1\nset vlans v1 vlan-id 5'],
  ['junos', 'system {\n    host-name j1;\n}\nvlans {\n    v1;\n}'],
  ['fortios', '#config-version=FGT60F-7.2.5-FW\nconfig system global\n    set hostname "f"\nend'],
  ['panos', '<config version="10.1.0" urldb="paloaltonetworks">\n<shared/>\n</config>'],
  ['checkpoint-gaia', 'set hostname g1\nset interface eth0 state on'],
  ['pfsense', '<pfsense>\n<version>21</version>\n</pfsense>'],
  ['routeros', '# 2024-07-31 09:33:47 by RouterOS 7.15.2\n/system identity\nset name=m1'],
  ['vyos', "set system host-name 'v1'\nset service ssh port '22'"],
  ['f5-bigip', '#TMSH-VERSION: 15.1.0\nltm pool p {\n    members none\n}'],
  ['hp-comware', ' version 7.1.070\n sysname h1\n#\nreturn'],
])('two configurations of %s in one text are said to be two', (make, text) => {
  const signs = (joined: string) =>
    auditDevice({ source: 'x', now: read(joined, make) }, []).signs.includes('joined')
  expect([signs(text), signs(`${text}\n${text}`)]).toEqual([false, true])
})

test('half a configuration of FortiOS is said to be half', () => {
  const whole = 'config firewall policy\n    edit 1\n        set status disable\n    next\nend'
  expect(read(whole, 'fortios').tree.unclosed).toBe(0)
  expect(read(whole.slice(0, 50), 'fortios').tree.unclosed).toBe(2)
})
