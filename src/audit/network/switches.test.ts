// Switches of Aruba and HPE beyond what all makes say: lists of VLANs and ports, defaults, orders, what is not read.

import { describe, expect, test } from 'vitest'
import { read } from '../reference.test-helper.ts'
import { ask } from './ask.test-helper.ts'
import { deviceOf } from './device-of.ts'

const deviceIn = (text: string) => deviceOf(read(text), 'f')
const FLOW = ['10.1.0.7', '10.2.0.8', 'tcp/502'] as const

const vlan = (number: number, more: string) => `vlan ${number}
   name "V${number}"
   ip address 10.${number}.0.1 255.255.255.0
${more}   exit
`
const PROVISION = (lists: string, at1 = '', at2 = '') =>
  `; J9850A Configuration Editor; Created on release #KB.16.11.0003\nhostname "sw"\n${lists}ip routing\n${vlan(1, at1)}${vlan(2, at2)}`

describe('ArubaOS-Switch', () => {
  const NO =
    'ip access-list extended "NO FIELD"\n     10 deny tcp 0.0.0.0 255.255.255.255 0.0.0.0 255.255.255.255 eq 502\n     20 permit ip 0.0.0.0 255.255.255.255 0.0.0.0 255.255.255.255\n   exit\n'

  test.each(['in', 'vlan-in'])('applies a list whose name has blanks: %s', (how) => {
    const device = deviceIn(PROVISION(NO, `   ip access-group "NO FIELD" ${how}\n`))
    expect(ask(device, FLOW).verdict).toBe('blocked')
    expect(ask(device, ['10.1.0.7', '10.2.0.8', 'tcp/503']).verdict).toBe('open')
  })

  test('applies lists on the way out', () => {
    const device = deviceIn(PROVISION(NO, '', '   ip access-group "NO FIELD" out\n'))
    expect(ask(device, FLOW).verdict).toBe('blocked')
  })

  test('a list at a port is a condition, because nobody says who is behind it', () => {
    const text = PROVISION(`${NO}interface 7\n   ip access-group "NO FIELD" in\n   exit\n`)
    expect(ask(deviceIn(text), FLOW).verdict).toBe('conditional')
    expect(ask(deviceIn(text), ['10.1.0.7', '10.2.0.8', 'tcp/80']).verdict).toBe('open')
  })

  test('that is not told to route may not', () => {
    expect(ask(deviceIn(PROVISION(NO).replace('ip routing\n', '')), FLOW).verdict).toBe(
      'indeterminate',
    )
  })

  test('a list that is not there may let anything through', () => {
    const device = deviceIn(PROVISION('', '   ip access-group "LOST" in\n'))
    expect(ask(device, FLOW).verdict).toBe('indeterminate')
  })
})

describe('AOS-CX', () => {
  const CX = (lists: string, own: string) =>
    `!\n!Version ArubaOS-CX GL.10.12.0001\nhostname cx\n${lists}vlan 1\n${own}interface vlan 1\n    ip address 10.1.0.1/24\ninterface vlan 2\n    ip address 10.2.0.1/24\n    vrf attach default\n`
  const NO =
    'access-list ip NO\n    10 comment field protocols\n    20 deny tcp any any eq 502 log\n    30 permit any any any count\n'

  test('applies lists at VLANs and at their interfaces', () => {
    const vlanList = CX(NO, 'vlan 2\n    apply access-list ip NO out\n')
    expect(ask(deviceIn(vlanList), FLOW).verdict).toBe('blocked')
    expect(ask(deviceIn(vlanList), ['10.1.0.7', '10.2.0.8', 'udp/502']).verdict).toBe('open')
  })

  test('policies of classes are not read, and named', () => {
    const device = deviceIn(CX(NO, 'interface 1/1/1\n    apply policy P in\n'))
    expect(device.limits).toContain('not_a_filter_we_read')
    expect(ask(device, FLOW).verdict).toBe('indeterminate')
  })
})

describe('Comware', () => {
  const HP = (lists: string, own = '', more = '') =>
    `#\n version 7.1.045, Release 3109P14\n#\n sysname hp\n#\n${lists}${more}#\ninterface Vlan-interface1\n ip address 10.1.0.1 24\n${own}#\ninterface Vlan-interface2\n ip address 10.2.0.1 255.255.255.0\n#\nreturn\n`
  const ONE = 'acl number 3900 name FIELD\n rule 5 permit tcp destination-port eq 443\n#\n'

  test('what no rule decides passes, unless the device says otherwise', () => {
    const open = HP(ONE, ' packet-filter name FIELD inbound\n')
    expect(ask(deviceIn(open), FLOW).verdict).toBe('open')
    const closed = HP(ONE, ' packet-filter 3900 inbound\n', ' packet-filter default deny\n')
    expect(ask(deviceIn(closed), FLOW).verdict).toBe('blocked')
    expect(ask(deviceIn(closed), ['10.1.0.7', '10.2.0.8', 'tcp/443']).verdict).toBe('open')
  })

  test('basic lists are about where it comes from, those of IPv6 about IPv6', () => {
    const basic = 'acl basic 2001\n rule 0 deny source 10.1.0.7 0\n#\n'
    expect(ask(deviceIn(HP(basic, ' packet-filter 2001 inbound\n')), FLOW).verdict).toBe('blocked')
    const six = 'acl ipv6 advanced 3000\n rule 0 deny ipv6\n#\n'
    expect(ask(deviceIn(HP(six, ' packet-filter ipv6 3000 inbound\n')), FLOW).verdict).toBe('open')
  })

  test('lists the device sorts by itself, zones and classes are indeterminate', () => {
    const sorted =
      'acl advanced 3001 match-order auto\n rule 0 deny tcp destination-port eq 502\n rule 5 permit ip\n#\n'
    expect(ask(deviceIn(HP(sorted, ' packet-filter 3001 inbound\n')), FLOW).verdict).toBe(
      'indeterminate',
    )
    for (const more of [
      'security-zone name Trust\n',
      'zone-pair security source A destination B\n',
    ])
      expect(ask(deviceIn(HP('', '', more)), FLOW).verdict).toBe('indeterminate')
    expect(ask(deviceIn(HP('', ' qos apply policy P inbound\n')), FLOW).verdict).toBe(
      'indeterminate',
    )
  })

  test('times are conditions, words that are not known make unknown', () => {
    const timed =
      'acl advanced 3001\n rule 0 deny tcp destination-port eq 502 time-range NIGHT\n#\n'
    expect(ask(deviceIn(HP(timed, ' packet-filter 3001 inbound\n')), FLOW).verdict).toBe(
      'conditional',
    )
    const odd = 'acl advanced 3001\n rule 0 deny tcp frobnicate 7\n#\n'
    expect(ask(deviceIn(HP(odd, ' packet-filter 3001 inbound\n')), FLOW).verdict).toBe(
      'indeterminate',
    )
  })
})
