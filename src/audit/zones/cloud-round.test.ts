// A station that holds a cloud in two texts: verdicts of both together, and what a change of one opened.

import { expect, test } from 'vitest'
import { dialects, door } from '../reference.test-helper.ts'
import { judgeRound } from './judge-round.ts'

const text = (content: unknown) => JSON.stringify(content, null, 2)
const permission = (port: number) => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  IpRanges: [{ CidrIp: '10.1.0.0/24' }],
})
const groups = (...ports: readonly number[]) =>
  text({
    SecurityGroups: [
      {
        GroupId: 'sg-00000001',
        VpcId: 'vpc-00000001',
        IpPermissions: ports.map(permission),
        IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      },
    ],
  })
const SUBNETS = ['10.1.0', '10.1.9']
const NETWORK = text({
  Vpcs: [{ VpcId: 'vpc-00000001', CidrBlock: '10.1.0.0/16' }],
  Subnets: SUBNETS.map((start, at) => ({
    SubnetId: `subnet-0000000${at}`,
    VpcId: 'vpc-00000001',
    CidrBlock: `${start}.0/24`,
  })),
  RouteTables: [
    {
      RouteTableId: 'rtb-00000001',
      VpcId: 'vpc-00000001',
      Associations: [{ Main: true }],
      Routes: [{ DestinationCidrBlock: '10.1.0.0/16', GatewayId: 'local' }],
    },
  ],
  NetworkAcls: [
    {
      NetworkAclId: 'acl-00000001',
      Associations: SUBNETS.map((_, at) => ({ SubnetId: `subnet-0000000${at}` })),
      Entries: [true, false].map((Egress) => ({
        RuleNumber: 100,
        Egress,
        Protocol: '-1',
        RuleAction: 'allow',
        CidrBlock: '0.0.0.0/0',
      })),
    },
  ],
  NetworkInterfaces: SUBNETS.map((start, at) => ({
    NetworkInterfaceId: `eni-0000000${at}`,
    SubnetId: `subnet-0000000${at}`,
    VpcId: 'vpc-00000001',
    Groups: [{ GroupId: 'sg-00000001' }],
    PrivateIpAddress: `${start}.4`,
  })),
})

const device = (name: string, config: string) => ({
  id: name,
  name,
  dialect: 'aws',
  config,
  receivedMs: 0,
  seenMs: 0,
})

const ZONES = `zones:
  - { id: office, kind: it, prefixes: [10.1.0.0/24] }
  - { id: plant, kind: ot, prefixes: [10.1.9.0/24] }
`

const round = (now: string, changes: readonly { readonly config: string }[] = []) =>
  judgeRound(
    {
      zones: ZONES,
      today: '2026-12-01',
      devices: [device('network.json', NETWORK), device('groups.json', now)],
      left: [],
      changes: changes.map(({ config }) => ({
        diff: 'd1',
        device: 'groups.json',
        version: 'v2',
        dialect: 'aws',
        config,
        madeMs: 0,
        isExpected: false,
      })),
    },
    { tools: { dialects, door }, services: [], seen: async () => null },
  )

test('both texts are judged as one network, and shown by the names they have', async () => {
  const { pairs, devices } = await round(groups())
  expect(pairs.map(({ from, to, all }) => `${from} ${to} ${all.verdict}`)).toEqual([
    'office plant blocked',
    'plant office blocked',
  ])
  expect(devices.map(({ name, make }) => `${name} ${make}`)).toEqual([
    'network.json aws',
    'groups.json aws',
  ])
})

test('a permission that came is an opening into OT, with its packet', async () => {
  const { openings } = await round(groups(502), [{ config: groups() }])
  expect(openings[0]?.openings).toHaveLength(1)
  expect(openings[0]?.openings[0]).toMatchObject({
    from: 'office',
    to: 'plant',
    severity: 'critical',
    answer: {
      // Conditions count as met on both sides of a change.
      verdict: 'conditional',
      witness: { packet: { source: '10.1.0.4', destination: '10.1.9.4', service: 'tcp/502' } },
    },
  })
  const { openings: none } = await round(groups(502), [{ config: groups(502) }])
  expect(none[0]?.openings).toEqual([])
})

test('of two changes that one way needs, the later is told of it, and each of what it opened alone', async () => {
  const acl = (ports: readonly number[]) =>
    NETWORK.replace(
      /"Entries": \[[^\]]*\]/,
      `"Entries": ${JSON.stringify(
        [true, false].flatMap((Egress) =>
          (Egress ? [0] : ports).map((port, at) => ({
            RuleNumber: 100 + at,
            Egress,
            Protocol: port === 0 ? '-1' : '6',
            RuleAction: 'allow',
            CidrBlock: '0.0.0.0/0',
            ...(port === 0 ? {} : { PortRange: { From: port, To: port } }),
          })),
        ),
      )}`,
    )
  const change = (diff: string, name: string, config: string, madeMs: number) => ({
    diff,
    device: name,
    version: 'v2',
    dialect: 'aws',
    config,
    madeMs,
    isExpected: false,
  })
  const [network, permissions] = [
    change('network', 'network.json', acl([22]), 1),
    change('groups', 'groups.json', groups(22), 2),
  ]
  const told = async (changes: readonly (typeof network)[]) => {
    const { openings } = await judgeRound(
      {
        zones: ZONES,
        today: '2026-12-01',
        devices: [device('network.json', acl([22, 502])), device('groups.json', groups(22, 502))],
        left: [],
        changes,
      },
      { tools: { dialects, door }, services: [], seen: async () => null },
    )
    return openings.map(({ diff, openings: own }) =>
      own.map(({ answer }) => `${diff} ${answer.witness?.packet.service}`),
    )
  }
  expect(await told([network, permissions])).toEqual([[], ['groups tcp/502']])
  expect(await told([permissions, network])).toEqual([[], ['network tcp/502']])
})
