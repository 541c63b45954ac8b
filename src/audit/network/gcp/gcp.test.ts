// Google Cloud as `gcloud compute … list --format=json` tells it, judged like any other network.

import { describe, expect, test } from 'vitest'
import { read } from '../../reference.test-helper.ts'
import { devicesFrom, flow } from '../cloud/clouds.test-helper.ts'

const ROOT = 'https://www.googleapis.com/compute/v1/projects/town'
const NETWORK = `${ROOT}/global/networks/town`
type Own = Readonly<Record<string, unknown>>

const firewall = (name: string, own: Own) => ({
  kind: 'compute#firewall',
  name,
  network: NETWORK,
  direction: 'INGRESS',
  priority: 1000,
  disabled: false,
  selfLink: `${ROOT}/global/firewalls/${name}`,
  ...own,
})
const tcp = (...ports: readonly string[]) => [{ IPProtocol: 'tcp', ports }]

const RULES = [
  firewall('office-ssh', {
    sourceTags: ['office'],
    targetTags: ['plc'],
    allowed: tcp('22', '8000-8010'),
  }),
  firewall('web', { sourceRanges: ['0.0.0.0/0'], targetTags: ['web'], allowed: tcp('443') }),
  firewall('no-web-admin', {
    priority: 500,
    sourceRanges: ['10.1.1.0/24'],
    targetTags: ['plc'],
    denied: [{ IPProtocol: 'all' }],
  }),
  firewall('off', {
    disabled: true,
    sourceRanges: ['0.0.0.0/0'],
    allowed: [{ IPProtocol: 'all' }],
  }),
  firewall('equal-allow', {
    priority: 800,
    sourceRanges: ['10.1.0.4/32'],
    targetTags: ['plc'],
    allowed: tcp('102'),
  }),
  firewall('equal-deny', {
    priority: 800,
    sourceRanges: ['10.1.0.0/24'],
    targetTags: ['plc'],
    denied: tcp('102'),
  }),
  firewall('plc-stays', {
    direction: 'EGRESS',
    targetTags: ['plc'],
    destinationRanges: ['0.0.0.0/0'],
    denied: [{ IPProtocol: 'all' }],
    priority: 900,
  }),
]
const NETWORKS = [{ kind: 'compute#network', name: 'town', selfLink: NETWORK }]
const subnet = (name: string, range: string) => ({
  kind: 'compute#subnetwork',
  name,
  ipCidrRange: range,
  network: NETWORK,
  selfLink: `${ROOT}/regions/northamerica-northeast1/subnetworks/${name}`,
})
const SUBNETS = [
  subnet('office', '10.1.0.0/24'),
  subnet('web', '10.1.1.0/24'),
  subnet('plant', '10.1.9.0/24'),
]
const instance = (
  name: string,
  on: string,
  address: string,
  tags: readonly string[],
  shown?: string,
) => ({
  kind: 'compute#instance',
  name,
  selfLink: `${ROOT}/zones/northamerica-northeast1-a/instances/${name}`,
  tags: { items: tags },
  serviceAccounts: [{ email: `${name}@town.iam.gserviceaccount.com` }],
  metadata: { items: [{ key: 'startup-script', value: 'export DB=hunter2hunter2' }] },
  networkInterfaces: [
    {
      network: NETWORK,
      subnetwork: `${ROOT}/regions/northamerica-northeast1/subnetworks/${on}`,
      networkIP: address,
      accessConfigs: shown === undefined ? [] : [{ type: 'ONE_TO_ONE_NAT', natIP: shown }],
    },
  ],
})
const INSTANCES = [
  instance('office', 'office', '10.1.0.4', ['office']),
  instance('web', 'web', '10.1.1.4', ['web', 'office'], '35.1.2.3'),
  instance('plc', 'plant', '10.1.9.4', ['plc']),
  instance('hmi', 'plant', '10.1.9.5', ['hmi']),
]
const ROUTES = [
  {
    kind: 'compute#route',
    name: 'default',
    network: NETWORK,
    destRange: '0.0.0.0/0',
    priority: 1000,
    nextHopGateway: `${ROOT}/global/gateways/default-internet-gateway`,
    selfLink: `${ROOT}/global/routes/default`,
  },
]
/** Says that there is none of these. */
const REST = { forwardingRules: [], routers: [], networks: NETWORKS }

const all = (rules: readonly unknown[] = RULES) =>
  devicesFrom(rules, SUBNETS, INSTANCES, ROUTES, REST)

test('is recognised, and what instances are told at their start does not stay', () => {
  const config = read(JSON.stringify(INSTANCES, null, 2))
  expect(config.dialect.name).toBe('gcp')
  expect(config.tree.lines.join('\n')).not.toContain('hunter2')
  expect(config.coverage.understood).toBe(config.coverage.significant)
})

describe('gcloud … list', () => {
  test.each([
    ['10.1.0.4', '10.1.9.4', 'tcp/22', 'open'],
    ['10.1.0.4', '10.1.9.4', 'tcp/8010', 'open'],
    ['10.1.0.4', '10.1.9.4', 'tcp/502', 'blocked'],
    ['10.1.0.4', '10.1.9.5', 'tcp/22', 'blocked'],
    // A denial by a smaller number, for all its roles.
    ['10.1.1.4', '10.1.9.4', 'tcp/22', 'blocked'],
    // Of equal numbers a denial wins.
    ['10.1.0.4', '10.1.9.4', 'tcp/102', 'blocked'],
    ['8.8.8.8', '35.1.2.3', 'tcp/443', 'open'],
    ['8.8.8.8', '35.1.2.3', 'tcp/22', 'blocked'],
    ['10.1.9.4', '10.1.1.4', 'tcp/443', 'blocked'],
    ['10.1.9.5', '10.1.1.4', 'tcp/443', 'open'],
    ['10.1.1.4', '8.8.8.8', 'tcp/443', 'open'],
    ['10.1.9.5', '8.8.8.8', 'tcp/443', 'blocked'],
  ] as const)('%s → %s %s is %s', (from, to, service, expected) => {
    expect(flow(all(), [from, to, service]).verdict).toBe(expected)
  })

  test.each([
    [
      'a role nobody was told to play',
      [...RULES, firewall('x', { sourceRanges: ['here'], allowed: tcp('502') })],
    ],
    [
      'a protocol that is not read',
      [
        ...RULES,
        firewall('x', { sourceRanges: ['10.0.0.0/8'], allowed: [{ IPProtocol: 'plant' }] }),
      ],
    ],
  ])('%s makes nothing blocked', (_, rules) => {
    expect(flow(all(rules), ['10.1.0.4', '10.1.9.4', 'tcp/502']).verdict).toBe('indeterminate')
  })

  test('what was not given makes nothing blocked: instances, routes, balancers, policies of the network', () => {
    const ask = ['10.1.0.4', '10.1.9.4', 'tcp/502'] as const
    expect(flow(devicesFrom(RULES, SUBNETS, ROUTES, REST), ask).verdict).toBe('indeterminate')
    expect(flow(devicesFrom(RULES, SUBNETS, INSTANCES, REST), ask).verdict).toBe('indeterminate')
    expect(flow(devicesFrom(RULES, SUBNETS, INSTANCES, ROUTES, NETWORKS), ask).verdict).toBe(
      'indeterminate',
    )
    const policy = [{ ...NETWORKS[0], firewallPolicy: `${ROOT}/global/firewallPolicies/p` }]
    const rest = { forwardingRules: [], routers: [], networks: policy }
    expect(flow(devicesFrom(RULES, SUBNETS, INSTANCES, ROUTES, rest), ask).verdict).toBe(
      'indeterminate',
    )
  })

  test('of two answers for one thing neither is relied on', () => {
    const twice = [...RULES, firewall('web', { sourceRanges: ['0.0.0.0/0'], allowed: tcp('502') })]
    expect(flow(all(twice), ['10.1.0.4', '10.1.9.4', 'tcp/502']).verdict).toBe('indeterminate')
  })
})

describe('firewall policies', () => {
  const rule = (priority: number, action: string, match: Own, own: Own = {}) => ({
    kind: 'compute#firewallPolicyRule',
    direction: 'INGRESS',
    priority,
    action,
    match: { layer4Configs: [{ ipProtocol: 'all' }], ...match },
    ...own,
  })
  const policy = (name: string, target: string, rules: readonly unknown[]) => ({
    kind: 'compute#firewallPolicy',
    name,
    shortName: name,
    selfLink: target.startsWith('http')
      ? `${ROOT}/global/firewallPolicies/${name}`
      : `https://www.googleapis.com/compute/v1/locations/global/firewallPolicies/${name}`,
    associations: [{ name, attachmentTarget: target }],
    rules,
  })
  const ssh = { layer4Configs: [{ ipProtocol: 'tcp', ports: ['22'] }] }
  const verdict = (
    policies: readonly unknown[],
    ask: readonly [string, string, string],
    network: Own = {},
  ) => {
    const rest = { ...REST, networks: [{ ...NETWORKS[0], ...network }] }
    return flow(devicesFrom(RULES, SUBNETS, INSTANCES, ROUTES, rest, policies), ask).verdict
  }
  const OFFICE = ['10.1.0.4', '10.1.9.4', 'tcp/22'] as const
  const HMI = ['10.1.0.4', '10.1.9.5', 'tcp/22'] as const
  const ORG = 'organizations/123'

  test('of the organization judge before the rules of the network, and pass on what they say', () => {
    const deny = rule(10, 'deny', { srcIpRanges: ['10.1.0.0/24'], ...ssh })
    const allow = rule(10, 'allow', { srcIpRanges: ['10.1.0.0/24'], ...ssh })
    const next = rule(5, 'goto_next', { srcIpRanges: ['10.1.0.4/32'] })
    expect(verdict([policy('p', ORG, [deny])], OFFICE)).toBe('blocked')
    expect(verdict([policy('p', ORG, [allow])], HMI)).toBe('open')
    // Passed on, the rules of the network decide.
    expect(verdict([policy('p', ORG, [deny, next])], OFFICE)).toBe('open')
    expect(verdict([policy('p', ORG, [allow, next])], HMI)).toBe('blocked')
    expect(verdict([policy('p', ORG, [{ ...deny, disabled: true }])], OFFICE)).toBe('open')
    // On its way out; and what leaves the plant is another matter.
    expect(verdict([policy('p', ORG, [{ ...deny, direction: 'EGRESS' }])], OFFICE)).toBe('blocked')
    const away = { ...rule(10, 'deny', { destIpRanges: ['10.66.0.0/16'] }), direction: 'EGRESS' }
    expect(verdict([policy('p', ORG, [away])], OFFICE)).toBe('open')
  })

  test('of a folder hold where the project lies in it: a condition', () => {
    const folder = (action: string) => [
      policy('p', 'folders/9', [rule(10, action, { srcIpRanges: ['10.1.0.0/24'] })]),
    ]
    expect(verdict(folder('allow'), HMI)).toBe('conditional')
    expect(verdict(folder('deny'), OFFICE)).toBe('conditional')
  })

  test('of the network judge behind its rules, or before them where it says so', () => {
    const link = { firewallPolicy: `${ROOT}/global/firewallPolicies/p` }
    const deny = [policy('p', NETWORK, [rule(10, 'deny', { srcIpRanges: ['0.0.0.0/0'] })])]
    const allow = [policy('p', NETWORK, [rule(10, 'allow', { srcIpRanges: ['10.1.0.0/24'] })])]
    expect(verdict(deny, OFFICE, link)).toBe('open')
    expect(
      verdict(deny, OFFICE, {
        ...link,
        networkFirewallPolicyEnforcementOrder: 'BEFORE_CLASSIC_FIREWALL',
      }),
    ).toBe('blocked')
    expect(verdict(allow, HMI, link)).toBe('open')
    // Named and not given.
    expect(verdict([], HMI, link)).toBe('indeterminate')
  })

  test.each([
    ['countries', { srcRegionCodes: ['CA'] }, 'conditional'],
    ['names', { srcFqdns: ['office.example.ca'] }, 'conditional'],
    ['tags', { srcSecureTags: [{ name: 'tagValues/1' }] }, 'conditional'],
    ['ranges that are none', { srcIpRanges: ['here'] }, 'indeterminate'],
    ['a protocol that is not known', { layer4Configs: [{ ipProtocol: 'plant' }] }, 'indeterminate'],
  ] as const)('%s are conditions or not known, and never blocked', (_, match, expected) => {
    expect(verdict([policy('p', ORG, [rule(10, 'allow', match)])], HMI)).toBe(expected)
    const passed = rule(5, 'goto_next', match)
    const denied = rule(10, 'deny', { srcIpRanges: ['0.0.0.0/0'] })
    expect(verdict([policy('p', ORG, [passed, denied])], OFFICE)).not.toBe('blocked')
  })
})
