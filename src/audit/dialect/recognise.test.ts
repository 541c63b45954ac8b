import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HAS_REFERENCE, REFERENCE, dialects, filesUnder } from '../reference.test-helper.ts'
import { readText, splitLines } from '../tree/read-text.ts'
import { recognise } from './recognise.ts'

const named = (text: string) => {
  const found = recognise(splitLines(text), dialects)
  return found.kind === 'known' ? found.dialect.name : `unknown: ${found.why}`
}

test.each([
  ['cisco-ios', 'version 17.9\nservice timestamps log datetime msec\nhostname r1'],
  ['cisco-xr', '!! IOS XR Configuration 7.3.2\nhostname x1\nroute-policy P\n  pass\nend-policy'],
  ['cisco-nxos', '!Command: show running-config\nfeature bgp\nvrf context A'],
  ['cisco-asa', 'ASA Version 9.16(1)\nhostname fw\ninterface Ethernet0/0\n nameif outside'],
  ['arista-eos', '! device: a1 (DCS-7050, EOS-4.29.2F)\nhostname a1'],
  [
    'junos',
    'system {\n    host-name j1;\n}\ninterfaces {\n    ge-0/0/0 {\n        unit 0;\n    }\n}',
  ],
  ['junos', 'set system host-name j1\nset interfaces ge-0/0/0 unit 0 family inet'],
  ['fortios', '#config-version=FGT60F-7.2.5-FW\nconfig system global\n    set hostname "f1"\nend'],
  [
    'panos',
    '<?xml version="1.0"?>\n<config version="10.1.0" urldb="paloaltonetworks">\n<mgt-config>\n</mgt-config>\n</config>',
  ],
  ['panos', 'set deviceconfig system hostname p1\nset network interface ethernet ethernet1/1'],
  ['checkpoint-gaia', '# Exported by admin on Mon Jan 5\nset hostname g1'],
  ['pfsense', '<?xml version="1.0"?>\n<pfsense>\n<version>21</version>\n</pfsense>'],
  ['opnsense', '<?xml version="1.0"?>\n<opnsense>\n</opnsense>'],
  ['routeros', '# 2024-07-31 09:33:47 by RouterOS 7.15.2\n/interface bridge\nadd name=b1'],
  ['vyos', "set interfaces ethernet eth0 address '192.0.2.1/24'\nset service ssh port '22'"],
  [
    'vyos',
    'interfaces {\n    ethernet eth0 {\n        address 192.0.2.1/24\n    }\n}\n// Release version: 1.3',
  ],
  ['f5-bigip', '#TMSH-VERSION: 15.1.0\nltm pool p {\n    members none\n}'],
  ['aruba-aoscx', '!Version ArubaOS-CX FL.10.10\nhostname c1'],
  ['hp-comware', 'version 7.1.070\nsysname H1\ninterface Vlan-interface1\n port link-mode bridge'],
])('names %s', (dialect, text) => {
  expect(named(text)).toBe(dialect)
})

test('says unknown where nothing speaks for a make', () => {
  expect(named('the quick brown fox\njumps over the lazy dog')).toBe('unknown: nothing')
})

test('says which lines gave it away', () => {
  const found = recognise(splitLines('!\nASA Version 9.16(1)\nhostname fw'), dialects)
  expect(found.kind === 'known' && found.because[0]).toMatchObject({
    line: 2,
    text: 'ASA Version 9.16(1)',
  })
})

test('is less sure of the make that others imitate', () => {
  const found = recognise(
    splitLines('hostname r1\nrouter ospf 1\n network 10.0.0.0 0.0.0.255 area 0'),
    dialects,
  )
  expect(found).toMatchObject({ kind: 'known', isSure: false })
})

const MAKES: Readonly<Record<string, string>> = {
  a10: 'a10-acos',
  arista_eos: 'arista-eos',
  check_point_gateway: 'checkpoint-gaia',
  cisco_asa: 'cisco-asa',
  cisco_ios: 'cisco-ios',
  cisco_nxos: 'cisco-nxos',
  cisco_xr: 'cisco-xr',
  cumulus_concatenated: 'cumulus',
  cumulus_nclu: 'cumulus',
  f5_imish: 'f5-bigip',
  f5_structured: 'f5-bigip',
  fortios: 'fortios',
  juniper: 'junos',
  palo_alto: 'panos',
  sros: 'nokia-sros',
}

describe.skipIf(!HAS_REFERENCE)('687 grammar fixtures', () => {
  const GRAMMAR = join(REFERENCE, 'batfish/grammar')
  const judge = (strip: boolean) => {
    const tally = { right: 0, unknown: 0, wrong: 0 }
    for (const make of readdirSync(GRAMMAR)) {
      for (const path of filesUnder(join(GRAMMAR, make))) {
        const text = readText(readFileSync(path))
        if (!text.ok) continue
        const source = strip
          ? text.text.replaceAll(/.*(?:RANCID-CONTENT-TYPE|BATFISH_FORMAT).*/g, '')
          : text.text
        const name = named(source)
        if (name === MAKES[make]) tally.right += 1
        else if (name.startsWith('unknown')) tally.unknown += 1
        else tally.wrong += 1
      }
    }
    return tally
  }

  test('are recognised in 99 of 100 cases', () => {
    const { right, unknown, wrong } = judge(false)
    expect(right / (right + unknown + wrong)).toBeGreaterThanOrEqual(0.99)
  })

  test('with every header taken away nine of ten are, most others being Cisco’s imitators', () => {
    const { right, unknown, wrong } = judge(true)
    expect(right / (right + unknown + wrong)).toBeGreaterThanOrEqual(0.9)
  })
})
