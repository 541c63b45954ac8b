// AWS as its API answers, judged like any other network.

import { describe, expect, test } from 'vitest'
import { prefix } from '../../packets/addresses.ts'
import { lostLines, read } from '../../reference.test-helper.ts'
import { between, devicesFrom, flow } from '../cloud/clouds.test-helper.ts'

type Own = Readonly<Record<string, unknown>>

const subnet = (id: string, block: string, zone: string, vpc = 'vpc-00000001', more: Own = {}) => ({
  SubnetId: id,
  VpcId: vpc,
  CidrBlock: block,
  AvailabilityZoneId: zone,
  Tags: [{ Key: 'Name', Value: id.replace('subnet-', '') }],
  ...more,
})
const six = (block: string) => ({
  Ipv6CidrBlockAssociationSet: [
    { Ipv6CidrBlock: block, Ipv6CidrBlockState: { State: 'associated' } },
  ],
})
const eni = (
  id: string,
  on: string,
  address: string,
  groups: readonly string[],
  more: Own = {},
) => ({
  NetworkInterfaceId: id,
  SubnetId: on,
  VpcId: 'vpc-00000001',
  InterfaceType: 'interface',
  SourceDestCheck: true,
  Groups: groups.map((GroupId) => ({ GroupId })),
  Attachment: { InstanceId: `i-${id}` },
  PrivateIpAddress: address,
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address }],
  ...more,
})
const shown = (address: string, PublicIp: string) => ({
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address, Association: { PublicIp } }],
})
const tcp = (port: number, own: Own) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...own,
})
const EVERYTHING = [
  { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
]
const group = (
  GroupId: string,
  IpPermissions: readonly unknown[],
  IpPermissionsEgress: readonly unknown[] = EVERYTHING,
) => ({
  GroupId,
  GroupName: GroupId.replace('sg-', ''),
  VpcId: 'vpc-00000001',
  IpPermissions,
  IpPermissionsEgress,
})
const entry = (RuleNumber: number, Egress: boolean, RuleAction: string, own: Own = {}) => ({
  RuleNumber,
  Egress,
  RuleAction,
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
  ...own,
})
const acl = (NetworkAclId: string, subnets: readonly string[], Entries: readonly unknown[]) => ({
  NetworkAclId,
  VpcId: 'vpc-00000001',
  Associations: subnets.map((SubnetId) => ({ SubnetId })),
  Entries,
})
const local = { DestinationCidrBlock: '10.1.0.0/16', GatewayId: 'local', State: 'active' }
const table = (RouteTableId: string, subnets: readonly string[], Routes: readonly unknown[]) => ({
  RouteTableId,
  VpcId: 'vpc-00000001',
  Associations: subnets.map((SubnetId) => ({ SubnetId, Main: false })),
  Routes: [local, ...Routes],
})

const VPCS = [{ VpcId: 'vpc-00000001', CidrBlock: '10.1.0.0/16', ...six('2600:1f00:1::/56') }]
const SUBNETS = [
  subnet('subnet-office', '10.1.0.0/24', 'az1'),
  subnet('subnet-web', '10.1.1.0/24', 'az1', 'vpc-00000001', six('2600:1f00:1:1::/64')),
  subnet('subnet-plant', '10.1.9.0/24', 'az1', 'vpc-00000001', six('2600:1f00:1:9::/64')),
]
const ENIS = [
  eni('eni-office', 'subnet-office', '10.1.0.4', ['sg-office']),
  eni('eni-web', 'subnet-web', '10.1.1.4', ['sg-web'], {
    ...shown('10.1.1.4', '52.1.2.3'),
    Ipv6Addresses: [{ Ipv6Address: '2600:1f00:1:1::4' }],
  }),
  eni('eni-plc', 'subnet-plant', '10.1.9.4', ['sg-plant'], {
    Ipv6Addresses: [{ Ipv6Address: '2600:1f00:1:9::4' }],
  }),
  eni('eni-hmi', 'subnet-plant', '10.1.9.5', ['sg-plant']),
]
const GROUPS = [
  group('sg-office', []),
  group('sg-web', [
    tcp(443, { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] }),
    { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  ]),
  group('sg-plant', [
    tcp(22, { UserIdGroupPairs: [{ GroupId: 'sg-office' }] }),
    tcp(102, { IpRanges: [{ CidrIp: '10.1.0.0/16' }] }),
    tcp(502, { PrefixListIds: [{ PrefixListId: 'pl-known' }] }),
    tcp(443, { Ipv6Ranges: [{ CidrIpv6: '2600:1f00:1:1::/64' }] }),
  ]),
]
const OPEN = [
  entry(100, true, 'allow'),
  entry(100, false, 'allow'),
  entry(101, true, 'allow', { CidrBlock: undefined, Ipv6CidrBlock: '::/0' }),
  entry(101, false, 'allow', { CidrBlock: undefined, Ipv6CidrBlock: '::/0' }),
]
const ACLS = [
  acl('acl-open', ['subnet-office', 'subnet-web'], OPEN),
  acl(
    'acl-plant',
    ['subnet-plant'],
    [
      entry(90, false, 'deny', {
        CidrBlock: '10.1.1.0/24',
        Protocol: '6',
        PortRange: { From: 102, To: 102 },
      }),
      ...OPEN,
      entry(32_767, false, 'deny'),
    ],
  ),
]
const TABLES = [
  table(
    'rtb-web',
    ['subnet-web'],
    [
      { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-00000001', State: 'active' },
      { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-00000001', State: 'active' },
    ],
  ),
  table(
    'rtb-in',
    ['subnet-office', 'subnet-plant'],
    [
      { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-00000001', State: 'active' },
      { DestinationCidrBlock: '10.66.0.0/16', GatewayId: 'vgw-gone', State: 'blackhole' },
    ],
  ),
]
const GATEWAYS = [
  {
    InternetGatewayId: 'igw-00000001',
    Attachments: [{ State: 'available', VpcId: 'vpc-00000001' }],
  },
]
const NATS = [
  {
    NatGatewayId: 'nat-00000001',
    VpcId: 'vpc-00000001',
    SubnetId: 'subnet-web',
    State: 'available',
    NatGatewayAddresses: [{ PrivateIp: '10.1.1.9', PublicIp: '52.1.2.9' }],
  },
]
const NAT_ENI = eni('eni-nat', 'subnet-web', '10.1.1.9', [], {
  ...shown('10.1.1.9', '52.1.2.9'),
  InterfaceType: 'nat_gateway',
})
const LISTS = [{ PrefixListId: 'pl-known', Cidrs: ['10.1.0.4/32'] }]

const WHOLE = {
  Vpcs: VPCS,
  Subnets: SUBNETS,
  NetworkInterfaces: [...ENIS, NAT_ENI],
  SecurityGroups: GROUPS,
  NetworkAcls: ACLS,
  RouteTables: TABLES,
  InternetGateways: GATEWAYS,
  NatGateways: NATS,
  PrefixLists: LISTS,
}
/** One file for each answer. */
const all = (own: Partial<Record<keyof typeof WHOLE, unknown>> = {}) =>
  devicesFrom(...Object.entries({ ...WHOLE, ...own }).map(([kind, list]) => ({ [kind]: list })))

test('is recognised, and no line is lost', () => {
  for (const [kind, list] of Object.entries(WHOLE)) {
    const config = read(JSON.stringify({ [kind]: list }, null, 2))
    expect(config.dialect.name).toBe('aws')
    expect(lostLines(config.tree)).toEqual([])
    expect(config.coverage.understood).toBe(config.coverage.significant)
  }
})

const VERDICTS = [
  ['10.1.0.4', '10.1.9.4', 'tcp/22', 'open'],
  ['10.1.1.4', '10.1.9.4', 'tcp/22', 'blocked'],
  ['10.1.0.4', '10.1.9.4', 'tcp/102', 'open'],
  // The ACL of the plant's subnet, and not between hosts of one subnet.
  ['10.1.1.4', '10.1.9.4', 'tcp/102', 'blocked'],
  ['10.1.9.5', '10.1.9.4', 'tcp/102', 'open'],
  ['10.1.9.5', '10.1.9.4', 'tcp/22', 'blocked'],
  ['10.1.0.4', '10.1.9.4', 'tcp/502', 'open'],
  ['10.1.9.5', '10.1.9.4', 'tcp/502', 'blocked'],
  ['10.1.9.4', '10.1.9.4', 'tcp/9999', 'open'],
  ['8.8.8.8', '52.1.2.3', 'tcp/443', 'open'],
  ['8.8.8.8', '52.1.2.3', 'tcp/22', 'blocked'],
  ['8.8.8.8', '52.1.2.3', 'icmp/echo-request', 'open'],
  ['8.8.8.8', '10.1.9.4', 'tcp/22', 'blocked'],
  ['8.8.8.8', '52.1.2.9', 'tcp/443', 'blocked'],
  ['10.1.9.4', '8.8.8.8', 'tcp/443', 'open'],
  ['10.1.0.4', '52.1.2.3', 'tcp/443', 'open'],
  // By way of its public address it comes in from the Internet, and meets what the Internet meets.
  ['10.1.0.4', '52.1.2.3', 'tcp/22', 'blocked'],
  ['10.1.1.4', '52.1.2.9', 'tcp/443', 'blocked'],
  ['10.1.0.4', '10.66.0.1', 'tcp/22', 'blocked'],
  ['10.1.0.4', '10.1.0.77', 'tcp/22', 'blocked'],
  ['2600:1f00:1:1::4', '2600:1f00:1:9::4', 'tcp/443', 'open'],
  ['2600:1f00:1:1::4', '2600:1f00:1:9::4', 'tcp/22', 'blocked'],
  ['2a00::1', '2600:1f00:1:1::4', 'tcp/443', 'open'],
  ['2a00::1', '2600:1f00:1:9::4', 'tcp/443', 'blocked'],
] as const

describe('aws ec2 describe-…', () => {
  const files = all()
  const one = devicesFrom(WHOLE)
  test.each(VERDICTS)(
    '%s → %s %s is %s, from many files and from one',
    (from, to, service, expected) => {
      expect(flow(files, [from, to, service]).verdict).toBe(expected)
      expect(flow(one, [from, to, service]).verdict).toBe(expected)
    },
  )

  test('of zones: what may get from one network to another', () => {
    expect(between(files, ['10.1.0.0/24', '10.1.9.0/24', 'tcp/22']).verdict).toBe('open')
    expect(between(files, ['10.1.1.0/24', '10.1.9.0/24', 'tcp/22']).verdict).toBe('blocked')
    expect(between(files, ['8.8.8.0/24', '10.1.9.0/24', 'any']).verdict).toBe('blocked')
    expect(between(files, ['8.8.8.0/24', '10.1.1.0/24', 'tcp/443']).verdict).toBe('open')
  })

  test('what is sent to an address that another gateway shows comes in there, under the address it left with', () => {
    const far = 'vpc-00000002'
    const away = all({
      Vpcs: [...VPCS, { VpcId: far, CidrBlock: '10.2.0.0/16' }],
      Subnets: [...SUBNETS, subnet('subnet-far', '10.2.1.0/24', 'az2', far)],
      NetworkInterfaces: [
        ...ENIS,
        NAT_ENI,
        eni('eni-far', 'subnet-far', '10.2.1.4', ['sg-far'], {
          VpcId: far,
          ...shown('10.2.1.4', '52.2.2.4'),
        }),
      ],
      SecurityGroups: [
        ...GROUPS,
        {
          ...group('sg-far', [
            tcp(443, { IpRanges: [{ CidrIp: '52.1.2.3/32' }] }),
            tcp(8443, { IpRanges: [{ CidrIp: '10.1.0.0/16' }] }),
          ]),
          VpcId: far,
        },
      ],
      NetworkAcls: [...ACLS, { ...acl('acl-far', ['subnet-far'], OPEN), VpcId: far }],
      RouteTables: [
        ...TABLES,
        {
          RouteTableId: 'rtb-far',
          VpcId: far,
          Associations: [{ SubnetId: 'subnet-far', Main: false }],
          Routes: [
            { DestinationCidrBlock: '10.2.0.0/16', GatewayId: 'local', State: 'active' },
            { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-far', State: 'active' },
          ],
        },
      ],
      InternetGateways: [
        ...GATEWAYS,
        { InternetGatewayId: 'igw-far', Attachments: [{ State: 'available', VpcId: far }] },
      ],
    })
    const verdict = (from: string, service: string) =>
      flow(away, [from, '52.2.2.4', service]).verdict
    expect(verdict('10.1.1.4', 'tcp/443')).toBe('open')
    expect(verdict('10.1.1.4', 'tcp/8443')).toBe('blocked')
    // Behind translation for many it has another address.
    expect(verdict('10.1.0.4', 'tcp/443')).toBe('blocked')
    expect(between(away, ['10.1.1.0/24', '10.2.1.0/24', 'any']).verdict).toBe('open')
    expect(between(away, ['10.1.0.0/24', '10.2.1.0/24', 'any']).verdict).toBe('blocked')
  })

  test('a packet starts from an address that stands there, and arrives at one', () => {
    const { witness } = between(files, ['10.1.0.0/24', '10.1.9.0/24', 'tcp/22'])
    expect(witness?.packet[3]).toBe(prefix('10.1.0.4')?.v4[0])
    expect([prefix('10.1.9.4')?.v4[0], prefix('10.1.9.5')?.v4[0]]).toContain(witness?.arrives[2])
  })

  test('the witness names the rule of the group with its line and file', () => {
    const { witness } = flow(files, ['10.1.0.4', '10.1.9.4', 'tcp/22'])
    const rules = witness?.hops.flatMap(({ decisions }) => decisions.map(({ rule }) => rule))
    expect(rules?.at(-1)).toMatchObject({ label: 'sg-plant plant', certainty: 'sure' })
    expect(rules?.at(-1)?.text).toBe('IpPermissions tcp 22 sg-office (file-3.json)')
  })

  test('answers alone, without the names of their lists, are told by what they hold', () => {
    const { Vpcs, ...rest } = WHOLE
    const bare = devicesFrom(
      { Vpcs },
      ...Object.entries(rest).map(([kind, list]) =>
        kind === 'PrefixLists' ? { [kind]: list } : list,
      ),
    )
    expect(flow(bare, ['10.1.0.4', '10.1.9.4', 'tcp/22']).verdict).toBe('open')
    expect(flow(bare, ['10.1.1.4', '10.1.9.4', 'tcp/22']).verdict).toBe('blocked')
  })
})

describe('what is not known makes nothing blocked', () => {
  const ask = ['10.1.0.4', '10.1.9.4', 'tcp/999'] as const
  const plant = (permission: unknown) =>
    GROUPS.map((one) =>
      one.GroupId === 'sg-plant' ? { ...one, IpPermissions: [permission] } : one,
    )
  test.each([
    [
      'groups that were not given',
      { SecurityGroups: GROUPS.filter(({ GroupId }) => GroupId !== 'sg-plant') },
    ],
    [
      'a group of another account',
      { SecurityGroups: plant(tcp(999, { UserIdGroupPairs: [{ GroupId: 'sg-elsewhere' }] })) },
    ],
    [
      'a prefix list that was not given',
      { SecurityGroups: plant(tcp(999, { PrefixListIds: [{ PrefixListId: 'pl-other' }] })) },
    ],
    [
      'a protocol that is not read',
      { SecurityGroups: plant({ IpProtocol: 'plant', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }) },
    ],
    [
      'ports that are none',
      {
        SecurityGroups: plant({
          IpProtocol: 'tcp',
          FromPort: 70_000,
          ToPort: 80_000,
          IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        }),
      },
    ],
    [
      'an address that is none',
      { SecurityGroups: plant(tcp(999, { IpRanges: [{ CidrIp: '10.1.0.0/99' }] })) },
    ],
    ['interfaces that were not given', { NetworkInterfaces: [] }],
    ['one group told in two ways', { SecurityGroups: [...GROUPS, group('sg-plant', EVERYTHING)] }],
  ])('%s', (_, own) => {
    expect(flow(all(own), ask).verdict).toBe('indeterminate')
  })

  test('a list of ACLs that was not given, a text that was cut, an answer with further pages', () => {
    const { NetworkAcls, ...rest } = WHOLE
    expect(NetworkAcls).toHaveLength(2)
    expect(flow(devicesFrom(rest), ['10.1.0.4', '10.1.9.4', 'tcp/22']).verdict).toBe(
      'indeterminate',
    )
    const text = JSON.stringify({ SecurityGroups: GROUPS }, null, 2)
    const others = { ...WHOLE, SecurityGroups: undefined }
    expect(flow(devicesFrom(others, text.slice(0, -8)), ask).verdict).toBe('indeterminate')
    expect(flow(devicesFrom({ ...WHOLE, NextToken: 'eyJ2' }), ask).verdict).toBe('indeterminate')
  })

  test('a machine that passes packets on, and a way home', () => {
    const led = TABLES.map((one) =>
      one.RouteTableId === 'rtb-in'
        ? {
            ...one,
            Routes: [
              ...one.Routes,
              {
                DestinationCidrBlock: '10.1.9.0/24',
                NetworkInterfaceId: 'eni-firewall',
                State: 'active',
              },
              { DestinationCidrBlock: '10.50.0.0/16', GatewayId: 'vgw-00000001', State: 'active' },
            ],
          }
        : one,
    )
    const devices = all({ RouteTables: led })
    expect(flow(devices, ['10.1.0.4', '10.1.9.4', 'tcp/999']).verdict).toBe('indeterminate')
    expect(between(devices, ['10.1.0.0/24', '10.50.0.0/16', 'tcp/22']).verdict).not.toBe('blocked')
  })
})

describe('hostile answers', () => {
  test('groups that name each other and themselves end', () => {
    const loop = GROUPS.map((one) => ({
      ...one,
      IpPermissions: [tcp(22, { UserIdGroupPairs: GROUPS.map(({ GroupId }) => ({ GroupId })) })],
    }))
    expect(flow(all({ SecurityGroups: loop }), ['10.1.0.4', '10.1.9.4', 'tcp/22']).verdict).toBe(
      'open',
    )
  })

  test('networks that overlap, ids told twice, values of other kinds', () => {
    const twice = [
      ...SUBNETS,
      subnet('subnet-plant', '10.1.9.0/24', 'az1'),
      subnet('subnet-over', '10.1.0.0/16', 'az1'),
    ]
    expect(() => flow(all({ Subnets: twice }), ['10.1.0.4', '10.1.9.4', 'tcp/22'])).not.toThrow()
    const odd = {
      Vpcs: 7,
      Subnets: [null, 1, 'x', [], {}],
      SecurityGroups: { GroupId: [] },
      NetworkInterfaces: [{ NetworkInterfaceId: 1 }],
    }
    expect(() => devicesFrom({ ...odd, Vpcs: VPCS })).not.toThrow()
  })

  test('what is too deep is refused, and a line without an end is no loss', () => {
    const deep = `${'{"Vpcs":['.repeat(100)}${']}'.repeat(100)}`
    expect(() => read(deep)).toThrow('too_deep')
    const line = JSON.stringify({
      ...WHOLE,
      Filler: Array.from({ length: 500 }, (_, at) => `subnet-${at}`),
    })
    expect(flow(devicesFrom(line), ['10.1.0.4', '10.1.9.4', 'tcp/22']).verdict).toBe('open')
  })

  test('secrets of a tunnel do not stay, whatever stands in front of them', () => {
    const text = JSON.stringify(
      {
        VpnConnections: [
          {
            VpnConnectionId: 'vpn-00000001',
            CustomerGatewayConfiguration:
              '<?xml version="1.0"?>\n<pre_shared_key>s3cr3t0fTheTunnel</pre_shared_key>',
            Options: { TunnelOptions: [{ PreSharedKey: 'an0therS3cret' }] },
            Tags: [{ Key: 'note', Value: 'password hunter2hunter2' }],
          },
        ],
      },
      null,
      2,
    )
    const { tree, coverage } = read(text)
    expect(tree.lines.join('\n')).not.toMatch(/s3cr3t0f|an0ther|hunter2/)
    expect(coverage.understood).toBe(coverage.significant)
  })
})
