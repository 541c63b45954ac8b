// Zones as a line of addresses, as entries of a form, and days of connections as one.

import { expect, test } from 'vitest'
import { deviceOf } from '../network/device-of.ts'
import { read } from '../reference.test-helper.ts'
import { placeZones } from '../segmentation/place-zones.ts'
import { readZones } from '../segmentation/zones-file.ts'
import { bordersOf } from './borders.ts'
import { merged } from './seen-days.ts'
import type { SeenGroup } from './seen-days.ts'
import { entriesOf, textOfEntries } from './zone-entries.ts'

const ROUTER = `version 17.9
hostname gw
interface GigabitEthernet0/0
 ip address 10.1.0.1 255.255.255.0
interface GigabitEthernet0/1
 ip address 198.51.100.2 255.255.255.252
ip route 0.0.0.0 0.0.0.0 198.51.100.1
end
`

function plan(text: string) {
  const found = readZones(text)
  if (!found.ok) throw new Error(JSON.stringify(found.problems))
  return found
}

/** The zone that an address has by the borders; '' for none. */
function zoneAt(text: string, position: bigint): string {
  const { plan: zones } = plan(text)
  const borders = bordersOf(zones, placeZones(zones, [deviceOf(read(ROUTER), 'gw')]))
  if (borders === null) throw new Error('too many')
  const at = borders.starts.findLastIndex((start) => BigInt(start) <= position)
  return borders.ids[(borders.zones[at] ?? 0) - 1] ?? ''
}

const V4 = 0xff_ff_00_00_00_00n
const four = (a: number, b: number, c: number, d: number) =>
  V4 + BigInt(((a * 256 + b) * 256 + c) * 256 + d)

const ZONES = `zones:
  - { id: wide, kind: it, prefixes: [10.0.0.0/8, 2001:db8::/32] }
  - { id: plant, kind: ot, prefixes: [10.3.0.0/24, 2001:db8:3::/48] }
  - { id: net, kind: internet }
`

test.each([
  ['of the smallest zone that holds it', four(10, 3, 0, 255), 'plant'],
  ['behind the smaller zone, of the wider again', four(10, 3, 1, 0), 'wide'],
  ['public: of the Internet', four(203, 0, 113, 7), 'net'],
  [
    'private and in no zone: of none, and not of the Internet by way of IPv6',
    four(192, 168, 1, 1),
    '',
  ],
  ['of IPv6, by its network', 0x20_01_0d_b8_00_03_00_01n, 'plant'],
  ['of IPv6, of the wider', 0x20_01_0d_b8_00_04_00_00n, 'wide'],
])('an address is %s', (_, position, zone) => {
  expect(zoneAt(ZONES, position)).toBe(zone)
})

test('a file with more networks than one question carries is not compared with what was seen', () => {
  const prefixes = (zone: number) =>
    Array.from({ length: 900 }, (_, at) => `10.${zone}.${Math.floor(at / 64)}.${(at % 64) * 4}/31`)
  const zones = [1, 2, 3].map(
    (one) => `  - { id: z${one}, kind: it, prefixes: [${prefixes(one).join(', ')}] }`,
  )
  const found = plan(`zones:\n${zones.join('\n')}\n`)
  expect(bordersOf(found.plan, placeZones(found.plan, []))).toBeNull()
})

test('entries of a form become a file that says the same', () => {
  const text = `zones:
  - { id: office, name: "L'étage: 2 # nord", kind: it, purdue: 4, prefixes: [10.1.0.0/16] }
  - { id: plant, kind: ot, target_level: 2, interfaces: [fw-1/port3] }
conduits:
  - { from: office, to: plant, allow: [tcp/443], owner: "yes", justification: 'null', expires: 2027-03-31 }
`
  const entries = entriesOf(plan(text).file)
  expect(entriesOf(plan(textOfEntries(entries)).file)).toEqual(entries)
})

test('days become one: counts are added, of each pair of addresses the newest time stays', () => {
  const day = (more: Partial<SeenGroup>): SeenGroup => ({
    from: 'a',
    to: 'b',
    protocol: 6,
    port: 502,
    passed: 2,
    refused: 1,
    sources: 3,
    destinations: 1,
    firstMs: 10,
    lastMs: 20,
    pairs: [['10.1.0.7', '10.3.0.9', 20]],
    ...more,
  })
  const later = day({ firstMs: 30, lastMs: 40, sources: 2, pairs: [['10.1.0.7', '10.3.0.9', 40]] })
  expect(merged([later, day({}), day({ port: 80 })])).toEqual([
    day({
      passed: 4,
      refused: 2,
      sources: 3,
      lastMs: 40,
      pairs: [['10.1.0.7', '10.3.0.9', 40]],
    }),
    day({ port: 80 }),
  ])
})
