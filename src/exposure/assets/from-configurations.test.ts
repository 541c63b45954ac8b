// Versions that configurations name.

import { expect, test } from 'vitest'
import { systemIn } from './from-configurations.ts'

test.each([
  ['#config-version=FGT60F-7.0.12-FW-build0523-230526:opmode=0:vdom=0', 'FortiOS 7.0.12'],
  [
    '<?xml version="1.0"?>\n<config version="10.1.0" urldb="paloaltonetworks" detail-version="10.1.9-h3">',
    'PAN-OS 10.1.9-h3',
  ],
  [
    ': Saved\n:\nASA Version 9.16(4)19 \n!\nhostname edge',
    'Adaptive Security Appliance Software 9.16(4)19',
  ],
  ['!Command: show running-config\nversion 9.3(8) Bios:version 05.45', 'NX-OS 9.3(8)'],
  ['! Cisco IOS XE Software, Version 17.09.04a\nversion 17.9', 'IOS XE 17.9.4a'],
  ['version 17.9\nboot system flash:/isr4300-universalk9.17.09.04a.SPA.bin', 'IOS XE 17.9.4a'],
  [
    '! System image file is "flash:/c2900-universalk9-mz.SPA.152-4.M3.bin"\nversion 15.2',
    'IOS 15.2(4)M3',
  ],
  ['! Cisco IOS Software, C2960 Software, Version 15.0(2)SE11, RELEASE', 'IOS 15.0(2)SE11'],
  ['## Last commit: 2026\nversion 21.4R3-S5.4;\nsystem {', 'Junos OS 21.4R3-S5.4'],
  ['set version 22.1R3-S4', 'Junos OS 22.1R3-S4'],
  ['! device: sw1 (DCS-7050SX3, EOS-4.28.3M)', 'EOS 4.28.3M'],
  ['# nov/30/2026 08:00:00 by RouterOS 6.49.10', 'RouterOS 6.49.10'],
  ['#NS13.1 Build 48.47\n# Last modified', 'NetScaler ADC 13.1-48.47'],
  ['firmware-version "SonicOS Enhanced 6.5.4.4-44n"', 'SonicOS 6.5.4.4-44n'],
  ['#TMSH-VERSION: 16.1.3.1', 'BIG-IP 16.1.3.1'],
])('reads %j', (text, said) => {
  const system = systemIn(text)
  expect(`${system?.name} ${system?.version}`).toBe(said)
})

test.each([
  // A train and no release: nothing can be compared with it.
  'version 15.2\nhostname r1',
  '#config-version=7.0',
  'hostname r1\n description ASA Version 9.16(4)',
  '',
])('gives no version for %j', (text) => {
  expect(systemIn(text)).toBeUndefined()
})
