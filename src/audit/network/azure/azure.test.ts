// Azure as `az … list` tells it, judged like any other network.

import { describe, expect, test } from 'vitest'
import { read } from '../../reference.test-helper.ts'
import { between, devicesFrom, flow } from '../cloud/clouds.test-helper.ts'

const GROUP = '/subscriptions/0b1c/resourceGroups/plant/providers/Microsoft.Network'
const id = (kind: string, name: string) => ({ id: `${GROUP}/${kind}/${name}` })

type Rule = Readonly<Record<string, unknown>>

const rule = (priority: number, access: string, own: Rule) => ({
  name: `rule-${priority}`,
  priority,
  access,
  direction: 'Inbound',
  protocol: 'Tcp',
  sourceAddressPrefix: '*',
  sourcePortRange: '*',
  destinationAddressPrefix: '*',
  destinationPortRange: '*',
  ...own,
})

const groups = (...rules: readonly Rule[]) => [
  {
    ...id('networkSecurityGroups', 'plant-nsg'),
    name: 'plant-nsg',
    type: 'Microsoft.Network/networkSecurityGroups',
    securityRules: [
      rule(100, 'Allow', {
        sourceAddressPrefix: '10.1.0.0/24',
        destinationPortRange: null,
        destinationPortRanges: ['22', '8000-8010'],
      }),
      rule(110, 'Deny', { sourceAddressPrefix: '10.1.0.0/16', protocol: '*' }),
      ...rules,
    ],
  },
  {
    ...id('networkSecurityGroups', 'web-nsg'),
    name: 'web-nsg',
    securityRules: [
      rule(200, 'Allow', { sourceAddressPrefix: 'Internet', destinationPortRange: '443' }),
      rule(210, 'Deny', {
        direction: 'Outbound',
        sourceAddressPrefix: 'VirtualNetwork',
        destinationAddressPrefix: '10.1.9.0/24',
        protocol: '*',
      }),
    ],
  },
]

const NETWORKS = [
  {
    ...id('virtualNetworks', 'town'),
    name: 'town',
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
    subnets: [
      {
        ...id('virtualNetworks', 'town/subnets/office'),
        name: 'office',
        addressPrefix: '10.1.0.0/24',
      },
      {
        ...id('virtualNetworks', 'town/subnets/web'),
        name: 'web',
        addressPrefix: '10.1.1.0/24',
        networkSecurityGroup: id('networkSecurityGroups', 'web-nsg'),
      },
      {
        ...id('virtualNetworks', 'town/subnets/plant'),
        name: 'plant',
        addressPrefix: '10.1.9.0/24',
        networkSecurityGroup: id('networkSecurityGroups', 'plant-nsg'),
      },
    ],
    virtualNetworkPeerings: [
      {
        name: 'to-region',
        peeringState: 'Connected',
        allowVirtualNetworkAccess: true,
        remoteVirtualNetwork: id('virtualNetworks', 'region'),
      },
    ],
  },
  {
    ...id('virtualNetworks', 'region'),
    name: 'region',
    addressSpace: { addressPrefixes: ['10.7.0.0/16'] },
    subnets: [
      {
        ...id('virtualNetworks', 'region/subnets/servers'),
        name: 'servers',
        addressPrefix: '10.7.0.0/24',
      },
    ],
    virtualNetworkPeerings: [
      {
        name: 'to-town',
        peeringState: 'Connected',
        allowVirtualNetworkAccess: true,
        remoteVirtualNetwork: id('virtualNetworks', 'town'),
      },
    ],
  },
]

const nic = (name: string, subnet: string, address: string, more: Rule = {}) => ({
  ...id('networkInterfaces', name),
  name,
  ipConfigurations: [
    { name: 'own', privateIPAddress: address, subnet: id('virtualNetworks', subnet), ...more },
  ],
})

const NICS = [
  nic('office', 'town/subnets/office', '10.1.0.4'),
  nic('web', 'town/subnets/web', '10.1.1.4', {
    publicIPAddress: id('publicIPAddresses', 'web-ip'),
  }),
  nic('plc', 'town/subnets/plant', '10.1.9.4'),
  nic('plc2', 'town/subnets/plant', '10.1.9.5'),
  nic('server', 'region/subnets/servers', '10.7.0.4'),
]
const PUBLIC = [{ ...id('publicIPAddresses', 'web-ip'), name: 'web-ip', ipAddress: '20.1.2.3' }]

const all = (...rules: readonly Rule[]) => devicesFrom(groups(...rules), NETWORKS, NICS, PUBLIC)

test('is recognised, from the command line and from the API', () => {
  for (const file of [groups(), NETWORKS, { value: NICS }]) {
    const { dialect, coverage } = read(JSON.stringify(file, null, 2))
    expect(dialect.name).toBe('azure')
    expect(coverage.understood).toBe(coverage.significant)
  }
})

describe('az … list', () => {
  test.each([
    ['10.1.0.4', '10.1.9.4', 'tcp/22', 'open'],
    ['10.1.0.4', '10.1.9.4', 'tcp/8005', 'open'],
    ['10.1.0.4', '10.1.9.4', 'tcp/502', 'blocked'],
    // On one subnet too.
    ['10.1.9.5', '10.1.9.4', 'tcp/502', 'blocked'],
    ['10.1.1.4', '10.1.9.4', 'tcp/22', 'blocked'],
    // A joined network is inside: the default rule lets it in.
    ['10.7.0.4', '10.1.9.4', 'tcp/502', 'open'],
    ['10.1.9.4', '10.7.0.4', 'tcp/502', 'open'],
    ['8.8.8.8', '20.1.2.3', 'tcp/443', 'open'],
    ['8.8.8.8', '20.1.2.3', 'tcp/22', 'blocked'],
    ['8.8.8.8', '10.1.9.4', 'tcp/22', 'blocked'],
    ['10.1.1.4', '8.8.8.8', 'tcp/443', 'open'],
    // Without a public address the maker may lend one.
    ['10.1.9.4', '8.8.8.8', 'tcp/443', 'conditional'],
    ['10.1.9.4', '10.1.9.4', 'tcp/502', 'open'],
  ] as const)('%s → %s %s is %s', (from, to, service, expected) => {
    expect(flow(all(), [from, to, service]).verdict).toBe(expected)
  })

  test('the witness names the rule with its line and file', () => {
    const { witness } = flow(all(), ['10.1.0.4', '10.1.9.4', 'tcp/22'])
    const rules = witness?.hops.flatMap(({ decisions }) => decisions.map(({ rule: own }) => own))
    expect(rules?.at(-1)?.label).toBe('plant-nsg 100 rule-100')
    expect(rules?.at(-1)?.text).toContain('file-0.json')
  })

  test('members of properties are read as those beside the name', () => {
    const wrapped = {
      value: groups().map(({ securityRules, ...own }) => ({
        ...own,
        properties: {
          securityRules: securityRules.map(({ name, ...rest }) => ({ name, properties: rest })),
        },
      })),
    }
    const devices = devicesFrom(wrapped, NETWORKS, NICS, PUBLIC)
    expect(flow(devices, ['10.1.0.4', '10.1.9.4', 'tcp/22']).verdict).toBe('open')
    expect(flow(devices, ['10.1.0.4', '10.1.9.4', 'tcp/502']).verdict).toBe('blocked')
  })

  test.each([
    [
      'a tag that stands for nobody knows what',
      { sourceAddressPrefix: 'AzureCloud.canadacentral' },
    ],
    [
      'an application group without members that are known',
      {
        sourceAddressPrefix: '',
        sourceApplicationSecurityGroups: [id('applicationSecurityGroups', 'x')],
      },
      true,
    ],
    ['a protocol that is not read', { protocol: 'Sctp2' }],
    ['ports that are no ports', { destinationPortRange: 'many' }],
  ])('%s makes nothing blocked', (_, own, isEmpty = false) => {
    const devices = isEmpty
      ? devicesFrom(groups(rule(90, 'Allow', own)), NETWORKS)
      : all(rule(90, 'Allow', own))
    expect(between(devices, ['10.1.0.0/24', '10.1.9.0/24', 'tcp/502']).verdict).toBe(
      'indeterminate',
    )
  })

  test('what was not given makes nothing blocked: groups, interfaces, a joined network, further pages', () => {
    const ask = ['10.1.0.4', '10.1.9.4', 'tcp/502'] as const
    expect(flow(devicesFrom(NETWORKS, NICS), ask).verdict).toBe('indeterminate')
    expect(flow(devicesFrom(groups(), NETWORKS), ask).verdict).toBe('indeterminate')
    const alone = devicesFrom(groups(), [NETWORKS[0]], NICS, PUBLIC)
    expect(flow(alone, ['10.7.0.4', '10.1.9.4', 'tcp/502']).verdict).toBe('indeterminate')
    const paged = devicesFrom(
      { value: groups(), nextLink: 'https://example.org' },
      NETWORKS,
      NICS,
      PUBLIC,
    )
    expect(flow(paged, ask).verdict).toBe('indeterminate')
  })

  test('a route of one’s own leads to a machine that is not read', () => {
    const table = {
      ...id('routeTables', 'through'),
      name: 'through',
      routes: [
        {
          name: 'plant',
          addressPrefix: '10.1.9.0/24',
          nextHopType: 'VirtualAppliance',
          nextHopIpAddress: '10.1.1.9',
        },
        { name: 'none', addressPrefix: '10.7.0.0/16', nextHopType: 'None' },
      ],
    }
    const [town, region] = NETWORKS
    const led = {
      ...town,
      subnets: town?.subnets.map((one) =>
        one.name === 'office' ? { ...one, routeTable: id('routeTables', 'through') } : one,
      ),
    }
    const devices = devicesFrom(groups(), [led, region], NICS, PUBLIC, [table])
    expect(flow(devices, ['10.1.0.4', '10.1.9.4', 'tcp/22']).verdict).not.toBe('blocked')
    expect(flow(devices, ['10.1.0.4', '10.7.0.4', 'tcp/22']).verdict).toBe('blocked')
  })
})

describe('a firewall between subnets', () => {
  const FIREWALL = {
    ...id('azureFirewalls', 'fw'),
    name: 'fw',
    ipConfigurations: [
      {
        name: 'own',
        privateIPAddress: '10.1.2.4',
        subnet: id('virtualNetworks', 'town/subnets/AzureFirewallSubnet'),
        publicIPAddress: id('publicIPAddresses', 'fw-ip'),
      },
    ],
    firewallPolicy: id('firewallPolicies', 'base'),
  }
  const POLICY = {
    ...id('firewallPolicies', 'base'),
    name: 'base',
    ruleCollectionGroups: [id('firewallPolicies', 'base/ruleCollectionGroups/ot')],
  }
  const net = (name: string, own: Rule) => ({
    ruleType: 'NetworkRule',
    name,
    ipProtocols: ['TCP'],
    sourceAddresses: ['10.1.0.0/24'],
    destinationAddresses: ['10.1.9.0/24'],
    destinationPorts: ['22'],
    ...own,
  })
  const collection = (priority: number, type: string, ...rules: readonly unknown[]) => ({
    ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
    name: `c${priority}`,
    priority,
    action: { type },
    rules,
  })
  const GROUPS = {
    ...id('firewallPolicies', 'base/ruleCollectionGroups/ot'),
    name: 'ot',
    priority: 100,
    ruleCollections: [
      collection(
        300,
        'Allow',
        net('admin', {}),
        net('names', {
          destinationAddresses: [],
          destinationFqdns: ['plc.town.example.ca'],
          destinationPorts: ['44818'],
        }),
      ),
      collection(200, 'Deny', net('never', { sourceAddresses: ['10.1.0.9'] })),
      collection(100, 'DNAT', {
        ruleType: 'NatRule',
        name: 'hmi',
        ipProtocols: ['TCP'],
        sourceAddresses: ['8.8.8.0/24'],
        destinationAddresses: ['20.9.9.9'],
        destinationPorts: ['8443'],
        translatedAddress: '10.1.9.4',
        translatedPort: '22',
      }),
    ],
  }
  const TABLE = {
    ...id('routeTables', 'through'),
    name: 'through',
    routes: ['10.1.9.0/24', '0.0.0.0/0'].map((addressPrefix, at) => ({
      name: `r${at}`,
      addressPrefix,
      nextHopType: 'VirtualAppliance',
      nextHopIpAddress: '10.1.2.4',
    })),
  }
  const [town, region] = NETWORKS
  const ROUTED = [
    {
      ...town,
      subnets: [
        ...(town?.subnets ?? []).map((subnet) =>
          subnet.name === 'office'
            ? { ...subnet, routeTable: id('routeTables', 'through') }
            : { ...subnet, networkSecurityGroup: undefined },
        ),
        {
          ...id('virtualNetworks', 'town/subnets/AzureFirewallSubnet'),
          name: 'AzureFirewallSubnet',
          addressPrefix: '10.1.2.0/26',
        },
      ],
    },
    region,
  ]
  const OFFICES = [...NICS, nic('nine', 'town/subnets/office', '10.1.0.9')]
  const ADDRESS = [
    ...PUBLIC,
    { ...id('publicIPAddresses', 'fw-ip'), name: 'fw-ip', ipAddress: '20.9.9.9' },
  ]
  const asked = (from: string, to: string, service: string, ...files: readonly unknown[]) =>
    flow(devicesFrom(ROUTED, OFFICES, ADDRESS, [TABLE], ...files), [from, to, service]).verdict

  test.each([
    ['10.1.0.4', '10.1.9.4', 'tcp/22', 'open'],
    ['10.1.0.4', '10.1.9.4', 'tcp/502', 'blocked'],
    ['10.1.0.9', '10.1.9.4', 'tcp/22', 'blocked'],
    ['10.1.0.4', '10.1.9.4', 'tcp/44818', 'conditional'],
    ['10.1.0.4', '8.8.8.8', 'tcp/443', 'blocked'],
    ['8.8.8.8', '20.9.9.9', 'tcp/8443', 'open'],
    ['9.9.9.9', '20.9.9.9', 'tcp/8443', 'blocked'],
    // Its answers apart, nothing that does not go through it meets it.
    ['10.1.9.4', '10.1.0.4', 'tcp/502', 'open'],
  ] as const)('%s → %s %s is %s', (from, to, service, expected) => {
    expect(asked(from, to, service, [FIREWALL], [POLICY], [GROUPS])).toBe(expected)
  })

  test('whose policy, or a group of it, was not given is indeterminate', () => {
    expect(asked('10.1.0.4', '10.1.9.4', 'tcp/502', [FIREWALL])).toBe('indeterminate')
    expect(asked('10.1.0.4', '10.1.9.4', 'tcp/502', [FIREWALL], [POLICY])).toBe('indeterminate')
    expect(asked('10.1.0.4', '10.1.9.4', 'tcp/502')).toBe('indeterminate')
  })

  test('has rules of its own where it has no policy', () => {
    const classic = {
      ...FIREWALL,
      firewallPolicy: undefined,
      networkRuleCollections: [
        {
          name: 'n',
          priority: 100,
          action: { type: 'Allow' },
          rules: [
            {
              ...net('admin', {}),
              ruleType: undefined,
              ipProtocols: undefined,
              protocols: ['TCP'],
            },
          ],
        },
      ],
    }
    expect(asked('10.1.0.4', '10.1.9.4', 'tcp/22', [classic])).toBe('open')
    expect(asked('10.1.0.4', '10.1.9.4', 'tcp/502', [classic])).toBe('blocked')
  })
})

describe('admin rules of the network manager', () => {
  const MANAGER = `${GROUP}/networkManagers/nm`
  const collection = `${MANAGER}/securityAdminConfigurations/base/ruleCollections/ot`
  const admin = (access: string, own: Rule) => ({
    id: `${collection}/rules/${access}`,
    name: access,
    kind: 'Custom',
    access,
    direction: 'Inbound',
    priority: 10,
    protocol: 'Tcp',
    sources: [{ addressPrefix: '*', addressPrefixType: 'IPPrefix' }],
    destinations: [{ addressPrefix: '10.1.9.0/24', addressPrefixType: 'IPPrefix' }],
    sourcePortRanges: ['0-65535'],
    destinationPortRanges: ['502'],
    ...own,
  })
  const applied = {
    id: collection,
    name: 'ot',
    appliesToGroups: [{ networkGroupId: `${MANAGER}/networkGroups/all` }],
  }
  const memberOf = (network: string) => ({
    id: `${MANAGER}/networkGroups/all/staticMembers/one`,
    name: 'one',
    resourceId: `${GROUP}/virtualNetworks/${network}`,
  })
  const asked = (service: string, ...more: readonly unknown[]) =>
    flow(devicesFrom(groups(), NETWORKS, NICS, PUBLIC, more), ['10.1.0.4', '10.1.9.4', service])
      .verdict

  test('pass what a group denies, or stop what it allows, where they are deployed', () => {
    expect(asked('tcp/502')).toBe('blocked')
    expect(asked('tcp/502', admin('AlwaysAllow', {}), applied, memberOf('town'))).toBe(
      'conditional',
    )
    expect(asked('tcp/502', admin('Allow', {}), applied, memberOf('town'))).toBe('blocked')
    const stops = admin('Deny', { destinationPortRanges: ['22'] })
    expect(asked('tcp/22', stops, applied, memberOf('town'))).toBe('conditional')
    expect(asked('tcp/8005', stops, applied, memberOf('town'))).toBe('open')
  })

  test('say nothing of networks in none of their groups, and may of any where members are not told', () => {
    expect(asked('tcp/502', admin('AlwaysAllow', {}), applied, memberOf('region'))).toBe('blocked')
    expect(asked('tcp/502', admin('AlwaysAllow', {}), applied)).toBe('conditional')
    expect(asked('tcp/502', admin('AlwaysAllow', { access: 'Perhaps' }), applied)).toBe(
      'indeterminate',
    )
  })
})
