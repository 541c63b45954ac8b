import { describe, expect, test } from 'vitest'
import { compareVersions, schemeOf, VERSION_SCHEMES } from './schemes.ts'
import type { VersionScheme } from './schemes.ts'

/** Versions that rise from left to right; `=` joins two that are the same. */
const RISING: readonly (readonly [VersionScheme, string])[] = [
  [
    'semver',
    '1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0',
  ],
  ['semver', '1.2.3=v1.2.3=1.2.3+build.5 1.2.4 1.10.0 2 2.0.1'],
  ['nuget', '1.0.0-Beta=1.0.0-beta 1.0.0 1.0.0.1 8.0.0-preview.1.23110.8 8.0.0'],
  ['debian', '0:0~~a 0:0~ 0:0=0=0-0 0a 0a-1 0b 0+ 1 1:0 1:0.1'],
  [
    'debian',
    '1.2.3~rc1-1 1.2.3-1~bpo11+1 1.2.3-1 1.2.3-1+deb11u1 1.2.3-1+deb11u10 1.2.3-2 1.2.3+dfsg-1 2:0.1',
  ],
  ['debian', '7.6-0=7.6 7.6p2-4'],
  ['rpm', '1.0~rc1 1.0 1.0^ 1.0^git1 1.0.1 1.1 2.0=2_0=2.0 2.0.1 2.0.1a'],
  ['rpm', 'xyz10 xyz10.1 1'],
  ['rpm', '5.5p1=5_5p1 5.5p2 5.5p10 5.6p1'],
  ['rpm', '1.1.1k-7.el8 1.1.1k-8.el8 1:0.1-1'],
  ['apk', '1.2_alpha 1.2_beta2 1.2_rc1 1.2-r0=1.2 1.2-r1 1.2_p1 1.2a 1.2.1 1.10'],
  [
    'maven',
    '1-alpha2snapshot 1-alpha2 1-alpha-123 1-beta-2 1-beta123 1-m2 1-m11 1-rc 1-cr2 1-rc123 1-SNAPSHOT 1 1-sp 1-sp2 1-sp123 1-abc 1-def 1-pom-1 1-1-snapshot 1-1 1-2 1-123',
  ],
  [
    'maven',
    '2.0 2.0.a 2-1 2.0.2 2.0.123 2.1.0 2.1-a 2.1b 2.1-c 2.1-1 2.1.0.1 2.2 2.123 11.a2 11.a11 11.b2 11.b11 11.m2 11.m11 11 11.a 11b 11c 11m',
  ],
  ['maven', '1=1.0=1.0.0=1-0=1-ga=1-final=1.0-release 1.0.1'],
  ['maven', '1x=1.0.0-x=1-x'],
  ['maven', '1cr=1rc 1'],
  [
    'pep440',
    '1.dev0 1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456 1.0b2.post345 1.0rc1.dev456 1.0rc1 1.0 1.0+abc.5 1.0+abc.7 1.0+5 1.0.post456.dev34 1.0.post456 1.0.15 1.1.dev1 1!0.1',
  ],
  ['pep440', '1.0c1=1.0rc1=1.0-preview1 1.0=1.0.0=v1.0 1.0-1=1.0.post1=1.0-r1'],
  ['ios', '12.2(55)SE 12.2(55)SE3 12.2(55)SE12 12.2(58)SE 15.0(2)SE11'],
  ['ios', '15.2(7)E 15.2(7)E0a 15.2(7)E0b 15.2(7)E1 15.2(7)E1a'],
  [
    'ios-xe',
    '3.16.5S=03.16.05.S 3.16.5aS 3.16.6S 16.3.1 16.9.5 16.9.5f 16.12.1z1 17.3.4a=17.03.04a 17.10.1',
  ],
  ['asa', '9.8.4 9.12(3)=9.12.3 9.12(3)2=9.12.3.2 9.12(3)12 9.12(4) 9.16.1'],
  ['nx-os', '7.0(3)I7(1) 7.0(3)I7(9) 7.0(3)I7(10)'],
  ['nx-os', '9.3(5) 9.3(5a) 9.3(10) 10.2(1) 10.2(1q)'],
  [
    'junos',
    '12.3R12-S15 15.1R7 18.4R2 18.4R2-S7 18.4R2-S7.3 18.4R3 21.2 21.2R1 22.1R3-S4=22.1r3-s4 22.1R3-S10 22.2R1',
  ],
  ['junos', '21.2R3-S4-EVO 21.2R3-S5-EVO 22.1R1-EVO'],
  ['junos', '15.1X49-D170 15.1X49-D200'],
  ['pan-os', '9.1.16 10.2.0-b5 10.2.0 10.2.9 10.2.9-h1 10.2.9-h11 10.2.10 11.0.0'],
  ['fortios', '6.4.15 7.0.9=v7.0.9 7.0.15 7.2.0 7.10.0'],
  ['fortios', 'v7.0.15,build0632,240401|v7.0.15 build0640'],
  [
    'netscaler',
    '12.1-65.25|13.0-92.19|13.1-49.15=13.1 49.15=NS13.1: Build 49.15.nc|13.1-51.15|14.1-8.50',
  ],
  ['netscaler', '13.1-FIPS 37.176|13.1-FIPS 37.219'],
  [
    'windows',
    '10.0.14393.5717 10.0.17763 10.0.17763.253 10.0.17763.5936 10.0.19045.2486 15.2.1118.40',
  ],
  ['generic', '1.0.2 1.0.2a 1.0.2k 1.0.3'],
  ['generic', '22.6R2 22.6R2.3 22.7R1'],
  ['generic', '2022|2022 SU1|2022 SU6|2024'],
  ['generic', '5.37|5.37 Patch 1|5.38'],
  ['generic', '9.0.0|9.0.0 Patch 9|9.0.0.p38|10.0.0'],
  ['generic', '8.0|8.0 U1|8.0 U2|8.0 U2b|8.0 U3'],
  ['vmware', '8.0|8.0 U1|8.0 U2=8.0 Update 2|8.0 U2b|8.0 U2d|8.0 U3'],
  ['vmware', '7.0.3|8.0.1|8.0 U2=8.0.2|8.0.3=8.0 Update 3'],
  ['generic', 'R80.40|R81|R81.20|R81.20 Take 26|R81.20 Take 53'],
  ['generic', '7.0.1-5080 7.0.1-5119'],
  ['generic', '1.3.1-9346-3 1.3.1-9346-6'],
  ['generic', '12.5.12 12.5.12_Update1 12.5.13'],
  ['generic', '1.0-alpha1 1.0-beta2 1.0-rc1 1.0 1.0.1'],
  ['generic', '16.1.4=16.1.4.0 17.1'],
  ['generic', '7.2.48.10|7.2.48.11 (LTS)'],
]

const pairs = RISING.flatMap(([scheme, line]) => {
  const steps = splitVersions(line)
  return steps.flatMap((same, at) => [
    ...same.map((version) => [scheme, same[0] ?? '', version, 0] as const),
    ...steps
      .slice(at + 1)
      .flatMap((later) =>
        same.flatMap((low) => later.map((high) => [scheme, low, high, -1] as const)),
      ),
  ])
})

/** Steps stand between bars where a version holds a blank. */
function splitVersions(line: string): readonly (readonly string[])[] {
  return line.split(line.includes('|') ? '|' : ' ').map((step) => step.split('='))
}

describe('versions', () => {
  test.each(pairs)('%s: %s to %s is %i', (scheme, low, high, expected) => {
    expect(compareVersions(scheme, low, high)).toBe(expected)
    expect(compareVersions(scheme, high, low)).toBe(expected === 0 ? 0 : 1)
  })

  test.each<readonly [VersionScheme, string, string]>([
    ['ios', '15.2(1)SY7', '15.2(4)E'],
    ['ios-xe', '3.18.1SP', '3.18.1S'],
    ['junos', '21.2R3-S4', '21.2R3-S4-EVO'],
    ['junos', '15.1X49-D170', '15.1X53-D50'],
    ['netscaler', '13.1-FIPS 37.176', '13.1-51.15'],
    ['generic', '10.2.1.10-62sv', '10.2.1.10-62n'],
    ['generic', '1.0-foo', '1.0'],
    ['generic', 'Snapdragon', 'QCA6391'],
    ['semver', 'latest', '1.0.0'],
    ['debian', '1.0;rm', '1.0'],
    ['fortios', '7.0.x', '7.0.1'],
    ['pep440', '2004d-unknown', '1.0'],
    ['maven', '', '1'],
    ['vmware', '8.0.2', '8.0 U2d'],
  ])('%s: %s and %s cannot be compared', (scheme, left, right) => {
    expect(compareVersions(scheme, left, right)).toBe('cannot-compare')
  })

  test('longer than any version, or without end, are answered at once', () => {
    for (const scheme of VERSION_SCHEMES)
      expect(compareVersions(scheme, '1.'.repeat(100_000), '1.0')).toBe('cannot-compare')
  })

  test.each([
    ['juniper', 'junos_os', 'semver', 'junos'],
    ['Juniper Networks', 'Junos OS', 'semver', 'junos'],
    ['cisco', 'ios_xe', '', 'ios-xe'],
    ['Cisco', 'Cisco IOS XE Software', '', 'ios-xe'],
    ['cisco', 'ios', '', 'ios'],
    ['Cisco', 'IOS', '', 'ios'],
    ['cisco', 'ios_xr', '', 'generic'],
    ['cisco', 'adaptive_security_appliance_software', '', 'asa'],
    ['paloaltonetworks', 'pan-os', 'custom', 'pan-os'],
    ['Palo Alto Networks', 'PAN-OS', 'custom', 'pan-os'],
    ['fortinet', 'fortios', 'semver', 'fortios'],
    ['citrix', 'netscaler_application_delivery_controller', '', 'netscaler'],
    ['microsoft', 'windows_10_1809', '', 'windows'],
    ['', 'requests', 'pypi', 'pep440'],
    ['ivanti', 'connect_secure', 'custom', 'generic'],
  ])('of %s %s (%s) follow %s', (vendor, product, ecosystem, scheme) => {
    expect(schemeOf({ vendor, product, ecosystem })).toBe(scheme)
  })
})
