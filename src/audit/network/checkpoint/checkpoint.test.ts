// A gateway by its Gaia configuration and the answers of its management server.

import { describe, expect, test } from 'vitest'
import { read } from '../../reference.test-helper.ts'
import { devicesFrom, flow } from '../cloud/clouds.test-helper.ts'

const GAIA = `# Configuration of edge
# Language version: 13.4v1
set hostname edge
set interface eth1 state on
set interface eth1 ipv4-address 10.1.0.1 mask-length 24
set interface eth2 state on
set interface eth2 ipv4-address 10.3.0.1 mask-length 24
set interface eth0 state on
set interface eth0 ipv4-address 203.0.113.2 mask-length 30
set static-route default nexthop gateway address 203.0.113.1 on
set static-route 10.9.0.0/16 nexthop blackhole
`
type Own = Readonly<Record<string, unknown>>
const object = (uid: string, type: string, own: Own = {}) => ({ uid, name: uid, type, ...own })

const OBJECTS = [
  object('any', 'CpmiAnyObject', { name: 'Any' }),
  object('accept', 'RulebaseAction', { name: 'Accept' }),
  object('drop', 'RulebaseAction', { name: 'Drop' }),
  object('inner', 'Global', { name: 'Inner Layer' }),
  object('targets', 'Global', { name: 'Policy Targets' }),
  object('original', 'Global', { name: 'Original' }),
  object('office', 'network', { subnet4: '10.1.0.0', 'mask-length4': 24 }),
  object('plant', 'network', { subnet4: '10.3.0.0', 'mask-length4': 24 }),
  object('plc', 'host', { 'ipv4-address': '10.3.0.9' }),
  object('engineer', 'host', { 'ipv4-address': '10.1.0.7' }),
  object('range', 'address-range', {
    'ipv4-address-first': '10.1.0.16',
    'ipv4-address-last': '10.1.0.31',
  }),
  object('people', 'group', { members: ['engineer', 'range', 'people'] }),
  object('hollow', 'group'),
  object('cloud', 'updatable-object'),
  object('ssh', 'service-tcp', { port: '22' }),
  object('high', 'service-tcp', { port: '>8000' }),
  object('s7', 'service-tcp', { port: '102' }),
  object('web', 'service-group', { members: ['ssh', 'high'] }),
  object('modbus', 'service-tcp', { port: '502' }),
  object('working-hours', 'time'),
]
const ANY = ['any']
let numbers = 0
const rule = (
  action: string,
  source: readonly string[],
  destination: readonly string[],
  service: readonly string[],
  own: Own = {},
) => {
  numbers += 1
  return {
    uid: `rule-${numbers}`,
    name: `rule ${numbers}`,
    type: 'access-rule',
    'rule-number': numbers,
    source,
    destination,
    service,
    'source-negate': false,
    'destination-negate': false,
    'service-negate': false,
    vpn: ANY,
    content: ANY,
    time: ANY,
    action,
    enabled: true,
    'install-on': ['targets'],
    ...own,
  }
}
const base = (uid: string, rules: readonly unknown[], own: Own = {}) => ({
  uid,
  name: uid,
  rulebase: [{ uid: `${uid} section`, type: 'access-section', rulebase: rules }],
  'objects-dictionary': OBJECTS,
  from: 1,
  to: rules.length,
  total: rules.length,
  ...own,
})
const CLEANUP = () => rule('drop', ANY, ANY, ANY)
const layer = (uid: string, own: Own = {}) => ({
  uid,
  name: uid,
  type: 'access-layer',
  'implicit-cleanup-action': 'drop',
  ...own,
})
const SERVER = {
  objects: [
    {
      uid: 'gw',
      name: 'edge',
      type: 'simple-gateway',
      'ipv4-address': '203.0.113.2',
      policy: { 'access-policy-installed': true, 'access-policy-name': 'Standard' },
    },
  ],
}
const packages = (...layers: readonly unknown[]) => ({
  packages: [{ uid: 'pkg', name: 'Standard', type: 'package', 'access-layers': layers }],
})
const NO_NAT = { uid: 'nat', rulebase: [{ uid: 'n', type: 'nat-section', rulebase: [] }] }

const RULES = () => [
  rule('accept', ['people'], ['plc'], ['web']),
  rule('accept', ['office'], ['plc'], ['s7'], { time: ['working-hours'] }),
  rule('accept', ['office'], ['plant'], ['modbus'], { enabled: false }),
  rule('accept', ['office'], ['plant'], ['modbus'], { 'install-on': ['range'] }),
]
const given = (rules: readonly unknown[], ...more: readonly unknown[]) =>
  devicesFrom(
    GAIA,
    SERVER,
    packages(layer('Network')),
    NO_NAT,
    base('Network', [...rules, CLEANUP()]),
    ...more,
  )

const verdict = (
  devices: ReturnType<typeof devicesFrom>,
  from: string,
  service: string,
  to = '10.3.0.9',
) => flow(devices, [from, to, service]).verdict

test('is recognised', () => {
  for (const file of [SERVER, packages(layer('Network')), base('Network', RULES())])
    expect(read(JSON.stringify(file, null, 2)).dialect.name).toBe('checkpoint-management')
})

describe('the policy of a management server', () => {
  test.each([
    ['10.1.0.7', 'tcp/22', 'open'],
    ['10.1.0.20', 'tcp/9000', 'open'],
    ['10.1.0.32', 'tcp/22', 'blocked'],
    ['10.1.0.9', 'tcp/102', 'conditional'],
    ['10.1.0.7', 'tcp/502', 'blocked'],
    // Settings of the server let some in by themselves, and were not given.
    ['10.1.0.7', 'icmp/echo-request', 'indeterminate'],
  ] as const)('%s %s is %s', (from, service, expected) => {
    expect(verdict(given(RULES()), from, service)).toBe(expected)
  })

  test('the witness names layer, number and name of the rule, its lines and its file', () => {
    const rules = RULES()
    const { witness } = flow(given(rules), ['10.1.0.7', '10.3.0.9', 'tcp/22'])
    const [decision] = witness?.hops[0]?.decisions ?? []
    expect(decision?.rule?.label).toMatch(/^Network \d+ rule \d+$/)
    expect(decision?.rule?.text).toContain('people → plc web Accept (file-4.json)')
  })

  test('what is negated is about the rest', () => {
    const rules = [rule('accept', ['people'], ANY, ['modbus'], { 'source-negate': true })]
    expect(verdict(given(rules), '10.1.0.9', 'tcp/502')).toBe('open')
    expect(verdict(given(rules), '10.1.0.7', 'tcp/502')).toBe('blocked')
  })

  test('every ordered layer has to let it pass', () => {
    const two = (rules: readonly unknown[]) =>
      devicesFrom(
        GAIA,
        SERVER,
        packages(layer('Network'), layer('Application', { 'implicit-cleanup-action': 'accept' })),
        NO_NAT,
        base('Network', [...RULES(), CLEANUP()]),
        base('Application', rules),
      )
    expect(verdict(two([rule('drop', ANY, ANY, ['s7'])]), '10.1.0.7', 'tcp/22')).toBe('open')
    expect(verdict(two([rule('drop', ANY, ANY, ['ssh'])]), '10.1.0.7', 'tcp/22')).toBe('blocked')
  })

  test('a layer inside a rule is about what the rule is about, and ends there', () => {
    const inside = base('Plant', [rule('accept', ['engineer'], ANY, ANY)])
    const rules = [
      rule('inner', ['office'], ['plant'], ANY, { 'inline-layer': 'Plant' }),
      rule('accept', ANY, ANY, ['modbus']),
    ]
    const all = given(rules, inside, { 'access-layers': [layer('Plant')] })
    expect(verdict(all, '10.1.0.7', 'tcp/502')).toBe('open')
    expect(verdict(all, '10.1.0.9', 'tcp/502')).toBe('blocked')
    expect(verdict(given(rules), '10.1.0.9', 'tcp/102')).toBe('indeterminate')
  })

  test.each([
    ['a group without its members', [rule('accept', ['hollow'], ANY, ['modbus'])]],
    ['an object that is not there', [rule('accept', ['nobody'], ANY, ['modbus'])]],
    ['a service that is not there', [rule('accept', ANY, ANY, ['nothing'])]],
    ['an action that is not there', [rule('nothing', ANY, ANY, ['modbus'])]],
    ['a column that is missing', [rule('accept', ANY, ANY, ['modbus'], { source: undefined })]],
  ])('%s makes nothing blocked', (_, rules) => {
    expect(verdict(given(rules), '10.1.0.7', 'tcp/502')).toBe('indeterminate')
  })

  test('a list of the maker’s is a condition', () => {
    expect(
      verdict(given([rule('accept', ['cloud'], ANY, ['modbus'])]), '10.1.0.7', 'tcp/502'),
    ).toBe('conditional')
  })

  test('what was not given makes nothing blocked: pages, translations, the policy itself', () => {
    const [one, two] = [RULES(), RULES()]
    const paged = devicesFrom(
      GAIA,
      SERVER,
      packages(layer('Network')),
      NO_NAT,
      base('Network', one, { total: 40 }),
    )
    expect(verdict(paged, '10.1.0.7', 'tcp/502')).toBe('indeterminate')
    const untold = devicesFrom(
      GAIA,
      SERVER,
      packages(layer('Network')),
      base('Network', [...two, CLEANUP()]),
    )
    expect(verdict(untold, '10.1.0.7', 'tcp/502')).toBe('indeterminate')
    expect(verdict(devicesFrom(GAIA), '10.1.0.7', 'tcp/502')).toBe('indeterminate')
    expect(
      verdict(devicesFrom(GAIA, SERVER, packages(layer('Network'))), '10.1.0.7', 'tcp/502'),
    ).toBe('indeterminate')
  })

  test('layers that hold each other end', () => {
    const rules = [rule('inner', ANY, ANY, ANY, { 'inline-layer': 'Network' })]
    expect(verdict(given(rules), '10.1.0.7', 'tcp/502')).toBe('indeterminate')
  })

  test('a static route into a hole leads nowhere', () => {
    expect(verdict(given([rule('accept', ANY, ANY, ANY)]), '10.1.0.7', 'tcp/22', '10.9.0.1')).toBe(
      'blocked',
    )
  })
})
