// Zones, conduits, ways on foot and changes, on one small plant: office, a zone between with a historian, and machines.

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deviceOf } from '../network/device-of.ts'
import type { Device } from '../network/device.ts'
import { ANY_ADDRESS, prefix } from '../packets/addresses.ts'
import { read } from '../reference.test-helper.ts'
import { deadIn, differencesIn, searchIn } from './filter-questions.ts'
import { readOtServices } from './ot-services.ts'
import { proposalText, proposeZones } from './proposal.ts'
import { segment } from './segment.ts'
import { serviceFrom } from './service-text.ts'
import { readZones } from './zones-file.ts'
import type { Plan } from './zones-file.ts'

const services = readOtServices(join(import.meta.dirname, '../../../content/ot-services.yml'))

const FIREWALL = `version 17.9
hostname fw
!
interface GigabitEthernet0/0
 description Office
 ip address 10.1.0.1 255.255.255.0
 ip access-group FROM-OFFICE in
!
interface GigabitEthernet0/1
 description Historian DMZ
 ip address 10.2.0.1 255.255.255.0
 ip access-group FROM-DMZ in
!
interface GigabitEthernet0/2
 description PLC line 1
 ip address 10.3.0.1 255.255.255.0
 ip access-group FROM-PLANT in
!
interface GigabitEthernet0/3
 ip address 198.51.100.2 255.255.255.252
 ip access-group FROM-OUTSIDE in
!
ip route 0.0.0.0 0.0.0.0 198.51.100.1
ip access-list extended FROM-OFFICE
 10 permit tcp 10.1.0.0 0.0.0.255 host 10.2.0.10 eq 3389
 20 deny ip any 10.3.0.0 0.0.0.255
 30 permit tcp any 10.3.0.0 0.0.0.255 eq 102
ip access-list extended FROM-DMZ
 10 permit tcp host 10.2.0.10 10.3.0.0 0.0.0.255 eq 502
ip access-list extended FROM-PLANT
 10 permit tcp any any established
ip access-list extended FROM-OUTSIDE
 10 deny ip any any
`

const ZONES = `zones:
  - { id: office, kind: it, prefixes: [10.1.0.0/24] }
  - { id: dmz, kind: dmz, prefixes: [10.2.0.0/24] }
  - { id: plant, kind: ot, prefixes: [10.3.0.0/24] }
  - { id: internet, kind: internet }
conduits:
  - { from: office, to: dmz, allow: [tcp/3389] }
  - { from: dmz, to: plant, allow: [tcp/502], expires: 2026-01-31 }
  - { from: plant, to: dmz, allow: [tcp/443] }
`

function plan(text = ZONES): Plan {
  const found = readZones(text)
  if (!found.ok) throw new Error(JSON.stringify(found.problems))
  return found.plan
}

const device = (text = FIREWALL): Device => deviceOf(read(text), 'fw.cfg')

function judged(
  text = FIREWALL,
  { zones = ZONES, before }: { zones?: string; before?: string } = {},
) {
  return segment(plan(zones), {
    devices: [device(text)],
    before: before === undefined ? null : [device(before)],
    services,
    today: '2026-06-01',
  })
}

const pairOf = (found: ReturnType<typeof judged>, from: string, to: string) =>
  found.pairs.find((pair) => pair.from === from && pair.to === to)

describe('zones', () => {
  const found = judged()

  test.each([
    ['office', 'dmz', 'open', 'blocked'],
    ['office', 'plant', 'blocked', 'blocked'],
    ['dmz', 'plant', 'open', 'blocked'],
    ['dmz', 'office', 'blocked', 'blocked'],
    ['plant', 'internet', 'blocked', 'blocked'],
    ['internet', 'plant', 'blocked', 'blocked'],
  ])('%s → %s is %s, beyond the conduits %s', (from, to, all, beyond) => {
    const pair = pairOf(found, from, to)
    expect([pair?.all.verdict, pair?.beyond.verdict]).toEqual([all, beyond])
  })

  test('the witness is a service people know, with its line', () => {
    const witness = pairOf(found, 'dmz', 'plant')?.all.witness
    expect(witness?.packet).toEqual({
      source: '10.2.0.10',
      destination: '10.3.0.1',
      service: 'tcp/502',
    })
    expect(witness?.hops[0]?.rules[0]).toMatchObject({ filter: 'FROM-DMZ', rule: '10', first: 29 })
    expect(witness?.answers).toBe('pass')
  })

  test('the way on foot from the office over the zone between is found', () => {
    const pivots = found.findings.filter(({ kind }) => kind === 'pivot')
    expect(pivots).toMatchObject([
      { from: 'office', to: 'plant', about: ['dmz'], severity: 'high', verdict: 'open' },
    ])
  })

  test('a conduit that ended, one that no rule carries, and a protocol that asks nobody who they are', () => {
    const kinds = found.findings.map(({ kind, from, to }) => `${kind} ${from} ${to}`)
    expect(kinds).toContain('conduit_expired dmz plant')
    expect(kinds).toContain('conduit_without_way plant dmz')
    expect(kinds).toContain('unauthenticated_protocol dmz plant')
    expect(kinds).not.toContain('conduit_without_way dmz plant')
  })

  test('what no conduit allows is said with the techniques it serves', () => {
    const open = FIREWALL.replace(
      ' 10 deny ip any any\n',
      ' 10 permit tcp any host 10.3.0.7 eq 20000\n',
    )
    const [worst] = judged(open).findings.filter(({ kind }) => kind === 'ot_reachable')
    expect(worst).toMatchObject({
      from: 'internet',
      to: 'plant',
      severity: 'critical',
      techniques: ['T0883', 'T0822'],
      about: ['dnp3'],
    })
  })

  test('hosts on one network reach each other, whatever the router says', () => {
    const zones = ZONES.replace('10.3.0.0/24', '10.3.0.0/25').replace(
      'conduits:',
      '  - { id: cell, kind: ot, prefixes: [10.3.0.128/25] }\nconduits:',
    )
    const pair = pairOf(judged(FIREWALL, { zones }), 'plant', 'cell')
    expect(pair?.all).toMatchObject({ verdict: 'open', reasons: ['same_network'] })
  })

  test('two zones behind one interface are indeterminate: what lies there was not given', () => {
    const text = FIREWALL.replace(
      'ip route 0.0.0.0',
      'ip route 10.20.0.0 255.255.0.0 10.3.0.9\nip route 10.30.0.0 255.255.0.0 10.3.0.9\nip route 0.0.0.0',
    )
    const zones = ZONES.replace('10.3.0.0/24', '10.20.0.0/16').replace(
      '10.2.0.0/24',
      '10.30.0.0/16',
    )
    expect(pairOf(judged(text, { zones }), 'dmz', 'plant')?.all).toMatchObject({
      verdict: 'indeterminate',
      reasons: ['leaves_given'],
    })
  })

  test('a zone that no device leads to is indeterminate', () => {
    const text = FIREWALL.replace('ip route 0.0.0.0 0.0.0.0 198.51.100.1\n', '')
    const zones = ZONES.replace('10.3.0.0/24', '172.20.0.0/24')
    expect(pairOf(judged(text, { zones }), 'office', 'plant')?.all).toMatchObject({
      verdict: 'indeterminate',
      reasons: ['no_place_to'],
    })
  })

  test('an interface that no configuration has is told', () => {
    const zones = ZONES.replace('kind: internet', 'kind: internet, interfaces: [fw/Nowhere1]')
    expect(judged(FIREWALL, { zones }).missing).toEqual(['fw/Nowhere1'])
  })
})

describe('a change', () => {
  test('that opens a way into OT is critical, with the packet that did not pass before', () => {
    const now = FIREWALL.replace(' 20 deny ip any 10.3.0.0 0.0.0.255\n', '')
    const found = judged(now, { before: FIREWALL })
    expect(pairOf(found, 'office', 'plant')?.opened?.witness?.packet.service).toBe('tcp/102')
    expect(found.findings).toContainEqual(
      expect.objectContaining({
        kind: 'change_opened',
        from: 'office',
        to: 'plant',
        severity: 'critical',
      }),
    )
  })

  test('that only renumbers, regroups or narrows opens nothing', () => {
    const now = FIREWALL.replace(
      ' 10 permit tcp host 10.2.0.10',
      ' 5 permit tcp host 10.2.0.10',
    ).replace(' 30 permit tcp any 10.3.0.0 0.0.0.255 eq 102\n', '')
    const found = judged(now, { before: FIREWALL })
    expect(found.pairs.filter(({ opened }) => opened !== null)).toEqual([])
    expect(found.findings.map(({ kind }) => kind)).not.toContain('change_opened')
  })
})

describe('two devices', () => {
  const inner = `version 17.9
hostname inner
interface GigabitEthernet0/0
 ip address 10.9.0.2 255.255.255.252
interface GigabitEthernet0/1
 ip address 10.3.0.1 255.255.255.0
ip route 0.0.0.0 0.0.0.0 10.9.0.1
`
  const outer = `version 17.9
hostname outer
interface GigabitEthernet0/0
 ip address 10.1.0.1 255.255.255.0
interface GigabitEthernet0/1
 ip address 10.9.0.1 255.255.255.252
 ip access-group OUT out
ip route 10.3.0.0 255.255.255.0 10.9.0.2
ip access-list extended OUT
 10 permit tcp any any eq 502
`
  const ask = (devices: readonly Device[]) =>
    segment(plan(), { devices, before: null, services, today: '2026-01-01' }).pairs.find(
      ({ from, to }) => from === 'office' && to === 'plant',
    )

  test('on one way are crossed one after the other', () => {
    const witness = ask([device(outer), device(inner)])?.all.witness
    expect(witness?.packet.service).toBe('tcp/502')
    expect(witness?.hops.map((hop) => hop.device)).toEqual(['outer', 'inner'])
  })

  test('with a neighbour between that was not given are indeterminate, never blocked', () => {
    const apart = inner.replace('10.9.0.2 255', '10.9.0.6 255')
    expect(ask([device(outer), device(apart)])?.all).toMatchObject({
      verdict: 'indeterminate',
      reasons: ['leaves_given'],
    })
  })
})

describe('a zones file', () => {
  test.each([
    ['zones: [', 'yaml', 1],
    ['zones: []', 'value', 1],
    ['zones:\n  - { id: a, kind: it, prefixes: [10.0.0.0/8], colour: red }', 'unknown_key', 2],
    ['zones:\n  - { id: a, prefixes: [10.0.0.0/8] }', 'missing', 2],
    ['zones:\n  - { id: a, kind: cellar, prefixes: [10.0.0.0/8] }', 'value', 2],
    ['zones:\n  - { id: a, kind: it, prefixes: [10.0.0.0/40] }', 'prefix', 2],
    ['zones:\n  - { id: a, kind: it }', 'nowhere', 2],
    [
      'zones:\n  - { id: a, kind: it, prefixes: [10.0.0.0/8] }\n  - { id: a, kind: ot, prefixes: [10.0.0.0/8] }',
      'twice',
      3,
    ],
    [
      'zones:\n  - { id: a, kind: it, prefixes: [10.0.0.0/8] }\nconduits:\n  - { from: a, to: b, allow: [any] }',
      'zone',
      4,
    ],
    [
      'zones:\n  - { id: a, kind: it, prefixes: [10.0.0.0/8] }\nconduits:\n  - { from: a, to: a, allow: [tcp/lots] }',
      'service',
      4,
    ],
    [`# ${'x'.repeat(1024 * 1024)}\nzones: []`, 'too_large', 1],
  ])('%.60s: %s at its line', (text, kind, line) => {
    const found = readZones(text)
    expect(found.ok ? [] : found.problems[0]).toMatchObject({ kind, line })
  })

  test('that swells through aliases is refused', () => {
    const rows = Array.from(
      { length: 9 },
      (_, at) =>
        `a${at + 1}: &a${at + 1} [${Array.from({ length: 9 }, () => `*a${at}`).join(',')}]`,
    )
    expect(readZones(`a0: &a0 [x]\n${rows.join('\n')}\nzones: *a9\n`).ok).toBe(false)
  })
})

describe('a proposal', () => {
  test('is a zones file that is read, and says what only a name suggests', () => {
    const zones = proposeZones([device()])
    expect(zones.map(({ id, kind, suggestedBy }) => [id, kind, suggestedBy])).toEqual([
      ['office', 'it', 'Office'],
      ['historian-dmz', 'dmz', 'DMZ'],
      ['plc-line-1', 'ot', 'PLC'],
      ['internet', 'internet', null],
    ])
    const text = proposalText(zones, {
      head: 'a\nb',
      suggested: (word) => `by ${word}`,
      undecided: 'decide',
    })
    expect(text).toContain('kind: ot  # by PLC')
    expect(plan(text).zones).toHaveLength(4)
  })

  test('decides nothing where no name says anything', () => {
    const bare = FIREWALL.replaceAll(/^ description .*\n/gm, '')
    const kinds = proposeZones([device(bare)]).map(({ kind }) => kind)
    expect(kinds).toEqual(['undecided', 'undecided', 'undecided', 'internet'])
  })
})

describe('questions to one list', () => {
  test('a permit behind a deny that covers it is dead, and contrary', () => {
    expect(deadIn(device())).toMatchObject([
      {
        rule: { filter: 'FROM-OFFICE', rule: '30', first: 27 },
        covers: [{ rule: '20', first: 26 }],
        isContrary: true,
      },
    ])
  })

  const search = (decision: 'permit' | 'deny', from: string) =>
    searchIn(device(), {
      list: 'FROM-OFFICE',
      from: prefix(from) ?? ANY_ADDRESS,
      to: ANY_ADDRESS,
      services: [serviceFrom('tcp/3389') ?? { protocols: null, destination: null, source: null }],
      decision,
    })

  test('a packet that is let through, and one that is not', () => {
    expect(search('permit', '10.1.0.0/16')).toMatchObject([
      {
        packet: { source: '10.1.0.1', destination: '10.2.0.10', service: 'tcp/3389' },
        rule: { rule: '10' },
      },
    ])
    expect(search('permit', '10.8.0.0/16')).toEqual([])
    expect(search('deny', '10.8.0.0/16')).toMatchObject([{ filter: 'FROM-OFFICE' }])
  })

  test('a policy between interfaces is compared for each pair of them', () => {
    const forti = (service: string) =>
      deviceOf(
        read(
          `config system global\n    set hostname "f"\nend\nconfig system interface\n    edit "port1"\n        set ip 10.1.0.1 255.255.255.0\n    next\n    edit "port2"\n        set ip 10.2.0.1 255.255.255.0\n    next\nend\nconfig firewall service custom\n    edit "S"\n        set tcp-portrange ${service}\n    next\nend\nconfig firewall policy\n    edit 1\n        set srcintf "port1"\n        set dstintf "port2"\n        set srcaddr "all"\n        set dstaddr "all"\n        set action accept\n        set service "S"\n    next\nend\n`,
        ),
        'f',
      )
    const found = differencesIn(forti('443'), forti('443-444'))
    expect(found.map(({ filter }) => filter)).toEqual([
      'firewall policy port1 → port2',
      'firewall policy port1 → port2',
    ])
    expect(found[0]).toMatchObject({ widened: ['* → *, tcp, 444'], narrowed: [] })
    expect(differencesIn(forti('443'), forti('443'))).toEqual([])
  })

  test('renumbering means the same; a wider mask lets more through', () => {
    const renumbered = FIREWALL.replace(
      ' 10 permit tcp host 10.2.0.10',
      ' 77 permit tcp host 10.2.0.10',
    )
    expect(differencesIn(device(), device(renumbered))).toEqual([])
    const wider = FIREWALL.replace('permit tcp host 10.2.0.10', 'permit tcp 10.2.0.0 0.0.0.255')
    expect(differencesIn(device(), device(wider))).toMatchObject([
      { filter: 'FROM-DMZ', narrowed: [], isTooLarge: false },
    ])
    expect(differencesIn(device(), device(wider))[0]?.widened[0]).toContain('tcp, 502')
  })
})
