import { describe, expect, test } from 'vitest'
import { readConfig } from '../read-config.ts'
import { dialects, door } from '../reference.test-helper.ts'
import { firmwareOf, verdictOn } from './firmware-of.ts'
import { readHashes } from './read-hashes.ts'

const DIGEST = '3f'.repeat(32)

function factsOf(text: string, knownAs: string): readonly string[] {
  const read = readConfig(Buffer.from(text), { dialects, door, knownAs })
  if (!read.ok) throw new Error('refused')
  const { view, dialect } = read.config
  return firmwareOf(view, dialect).map(({ fact, what, line }) => `${line} ${fact} ${what}`)
}

test('what a router says of itself beside its configuration is kept with its line', () => {
  const text = [
    '! System image file is "flash:/c2900-a.bin"',
    '! ROM: System Bootstrap, Version 15.0(1r)M16',
    '! Configuration register is 0x2142',
    `! verify /sha256 (flash:c2900-a.bin) = ${DIGEST.toUpperCase()}`,
    'version 15.2',
    'hostname r1',
    'boot system flash:/c2900-b.bin',
    'interface Gi0/0',
    ' description boot system flash:/no.bin',
  ].join('\n')
  expect(factsOf(text, 'cisco-ios')).toEqual([
    '1 image flash:/c2900-a.bin',
    '2 loader System Bootstrap, Version 15.0(1r)M16',
    '3 register 0x2142',
    `4 hash flash:c2900-a.bin ${DIGEST}`,
    '7 boot flash:/c2900-b.bin',
  ])
})

test.each([
  [
    'cisco-xr',
    '!! Cisco IOS XR Software, Version 7.3.2[Default]\n!! ROM: GRUB, Version 1.99\nhostname x',
    ['1 release 7.3.2', '2 loader GRUB, Version 1.99'],
  ],
  ['panos', '# sw-version: 10.1.9-h1\nset deviceconfig system hostname p', ['1 release 10.1.9-h1']],
  [
    'checkpoint-gaia',
    "# This is Check Point's software version R81.20 - Build 043\nset hostname g",
    ['1 release R81.20 - Build 043'],
  ],
  [
    'f5-bigip',
    '#TMSH-VERSION: 16.1.3\nsys global-settings {\n    hostname b\n}',
    ['1 release 16.1.3'],
  ],
  [
    'routeros',
    '# 2026-05-01 02:00:00 by RouterOS 7.15.2\n#   current-firmware: 7.15.2\n/system identity\nset name=m',
    ['1 release 7.15.2', '2 loader 7.15.2'],
  ],
  ['vyos', 'system {\n    host-name v\n}\n// Release version: 1.4.0', ['4 release 1.4.0']],
  [
    'aruba-os',
    '; J9729A Configuration Editor; Created on release #WB.16.10.0012\n; ROM Version  : WB.16.03\n; Boot Image : Primary\nhostname "s"',
    ['1 release WB.16.10.0012', '2 loader WB.16.03', '3 boot Primary'],
  ],
  [
    'aruba-aoscx',
    '!Version ArubaOS-CX FL.10.13.1101\n! Service OS Version : FL.01.14.0002\nhostname c',
    ['1 release FL.10.13.1101', '2 loader FL.01.14.0002'],
  ],
  [
    'hp-comware',
    '# HPE Comware Software, Version 7.1.070, Release 6126\n# Boot image: flash:/a-boot.bin\n# Bootrom Version is 147\n sysname h\n boot-loader file flash:/b.ipe',
    [
      '1 release 7.1.070, Release 6126',
      '2 image flash:/a-boot.bin',
      '3 loader 147',
      '5 boot flash:/b.ipe',
    ],
  ],
  [
    'ubiquiti-edgeswitch',
    '!System Software Version "1.9.3"\n!Bootcode Version 1.0.5\nhostname "e"',
    ['1 release 1.9.3', '2 loader 1.0.5'],
  ],
] as const)('so does %s', (make, text, facts) => {
  expect(factsOf(text, make)).toEqual(facts)
})

describe('a list of digests', () => {
  const list = readHashes(
    [
      'file,sha256',
      `c2900-a.bin,${DIGEST}`,
      `${'ab'.repeat(16)}  ./images/nxos.9.3.8.bin`,
      '# a remark',
      'nothing of use',
    ].join('\n'),
  )

  test('is read in either order, and says what it did not take', () => {
    expect(list.hashes).toEqual([
      { file: 'c2900-a.bin', digest: DIGEST },
      { file: './images/nxos.9.3.8.bin', digest: 'ab'.repeat(16) },
    ])
    expect(list.refused).toEqual([5])
  })

  test.each([
    [`flash:/C2900-A.bin ${DIGEST}`, 'known'],
    [`flash:/c2900-a.bin ${'00'.repeat(32)}`, 'wrong'],
    // Another kind of digest than the list has says nothing against it.
    [`flash:/c2900-a.bin ${'00'.repeat(16)}`, 'unlisted'],
    [`flash:/other.bin ${DIGEST}`, 'unlisted'],
  ])('%s is %s', (what, verdict) => {
    expect(verdictOn(what, new Map([['c2900-a.bin', [DIGEST]]]))).toBe(verdict)
  })
})
