// AWS Network Firewall between two subnets of one VPC: tables send to its endpoint, and its subnet goes on.

import { describe, expect, test } from 'vitest'
import { devicesFrom, flow } from '../cloud/clouds.test-helper.ts'

const ARN = 'arn:aws:network-firewall:ca-central-1:111122223333'
const VPC = 'vpc-0000000f'
const subnet = (SubnetId: string, CidrBlock: string) => ({
  SubnetId,
  VpcId: VPC,
  CidrBlock,
  AvailabilityZoneId: 'az1',
})
const table = (RouteTableId: string, on: string, routes: readonly unknown[]) => ({
  RouteTableId,
  VpcId: VPC,
  Associations: [{ SubnetId: on, Main: false }],
  Routes: [{ DestinationCidrBlock: '10.1.0.0/16', GatewayId: 'local', State: 'active' }, ...routes],
})
const through = (DestinationCidrBlock: string) => ({
  DestinationCidrBlock,
  VpcEndpointId: 'vpce-0123456789abcdef0',
  State: 'active',
})
const eni = (id: string, on: string, address: string) => ({
  NetworkInterfaceId: id,
  SubnetId: on,
  VpcId: VPC,
  InterfaceType: 'interface',
  SourceDestCheck: true,
  Groups: [{ GroupId: 'sg-all' }],
  Attachment: { InstanceId: `i-${id}` },
  PrivateIpAddress: address,
  PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address }],
})
const every = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]
const entry = (Egress: boolean) => ({
  RuleNumber: 100,
  Egress,
  RuleAction: 'allow',
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
})

const NETWORK = {
  Vpcs: [{ VpcId: VPC, CidrBlock: '10.1.0.0/16' }],
  Subnets: [
    subnet('subnet-office', '10.1.0.0/24'),
    subnet('subnet-wall', '10.1.5.0/28'),
    subnet('subnet-plant', '10.1.9.0/24'),
  ],
  NetworkInterfaces: [
    eni('eni-office', 'subnet-office', '10.1.0.4'),
    eni('eni-plc', 'subnet-plant', '10.1.9.4'),
  ],
  SecurityGroups: [
    { GroupId: 'sg-all', VpcId: VPC, IpPermissions: every, IpPermissionsEgress: every },
  ],
  NetworkAcls: [
    {
      NetworkAclId: 'acl-all',
      VpcId: VPC,
      Associations: ['subnet-office', 'subnet-wall', 'subnet-plant'].map((SubnetId) => ({
        SubnetId,
      })),
      Entries: [entry(true), entry(false)],
    },
  ],
  RouteTables: [
    table('rtb-office', 'subnet-office', [through('10.1.9.0/24')]),
    table('rtb-wall', 'subnet-wall', []),
    table('rtb-plant', 'subnet-plant', [through('10.1.0.0/24')]),
  ],
}
const FIREWALL = {
  Firewall: {
    FirewallName: 'wall',
    FirewallArn: `${ARN}:firewall/wall`,
    FirewallPolicyArn: `${ARN}:firewall-policy/base`,
    VpcId: VPC,
  },
  FirewallStatus: {
    SyncStates: {
      'ca-central-1a': {
        Attachment: { SubnetId: 'subnet-wall', EndpointId: 'vpce-0123456789abcdef0' },
      },
    },
  },
}
const policy = (own: Readonly<Record<string, unknown>> = {}) => ({
  FirewallPolicyResponse: { FirewallPolicyArn: `${ARN}:firewall-policy/base` },
  FirewallPolicy: {
    StatelessDefaultActions: ['aws:forward_to_sfe'],
    StatefulRuleGroupReferences: [{ ResourceArn: `${ARN}:stateful-rulegroup/ot`, Priority: 1 }],
    StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER' },
    StatefulDefaultActions: ['aws:drop_strict'],
    ...own,
  },
})
const group = (RulesSource: unknown) => ({
  RuleGroupResponse: { RuleGroupArn: `${ARN}:stateful-rulegroup/ot` },
  RuleGroup: { RulesSource },
})
const header = (Action: string, DestinationPort: string, Source = '$HOME_NET') => ({
  Action,
  Header: {
    Protocol: 'TCP',
    Source,
    SourcePort: 'ANY',
    Direction: 'FORWARD',
    Destination: '10.1.9.0/24',
    DestinationPort,
  },
  RuleOptions: [{ Keyword: 'sid', Settings: ['1'] }],
})
const FIVE = group({ StatefulRules: [header('PASS', '22'), header('ALERT', '502')] })
const LINES = group({
  RulesString: `# the plant
drop tcp [10.1.0.9, 10.1.0.10] any -> 10.1.9.0/24 any (msg:"never"; sid:1;)
pass tcp $HOME_NET any -> 10.1.9.0/24 22 (msg:"admin"; flow:to_server; sid:2; rev:1;)
pass tls any any -> 10.1.9.0/24 443 (tls.sni; content:"hmi.town.example.ca"; sid:3;)
`,
})

const asked = (service: string, ...files: readonly unknown[]) =>
  flow(devicesFrom(NETWORK, ...files), ['10.1.0.4', '10.1.9.4', service]).verdict

test.each([
  ['five values', FIVE],
  ['lines', LINES],
])('rules as %s decide what passes the endpoint', (_, rules) => {
  expect(asked('tcp/22', FIREWALL, policy(), rules)).toBe('open')
  expect(asked('tcp/502', FIREWALL, policy(), rules)).toBe('blocked')
})

test('what is seen inside is a condition', () => {
  expect(asked('tcp/443', FIREWALL, policy(), LINES)).toBe('conditional')
  const names = group({
    RulesSourceList: { Targets: ['hmi.town.example.ca'], GeneratedRulesType: 'ALLOWLIST' },
  })
  expect(asked('tcp/443', FIREWALL, policy(), names)).toBe('conditional')
})

test('without strict order passing comes first, and what no rule meets passes', () => {
  const loose = policy({ StatefulEngineOptions: {}, StatefulDefaultActions: [] })
  const mixed = group({ StatefulRules: [header('DROP', 'ANY'), header('PASS', '22')] })
  expect(asked('tcp/22', FIREWALL, loose, mixed)).toBe('open')
  expect(asked('tcp/502', FIREWALL, loose, mixed)).toBe('blocked')
  expect(asked('udp/502', FIREWALL, loose, mixed)).toBe('open')
})

test('what is dropped once it is established has begun', () => {
  const later = policy({ StatefulDefaultActions: ['aws:drop_established'] })
  expect(asked('tcp/502', FIREWALL, later, FIVE)).toBe('conditional')
})

type Stateless = readonly [action: string, source: string, own: Readonly<Record<string, unknown>>]
const first = (...rules: readonly Stateless[]) => ({
  RuleGroupResponse: { RuleGroupArn: `${ARN}:stateless-rulegroup/first` },
  RuleGroup: {
    RulesSource: {
      StatelessRulesAndCustomActions: {
        // By priority, and not as they stand.
        StatelessRules: rules
          .map(([action, source, own], at) => ({
            Priority: at + 1,
            RuleDefinition: {
              Actions: [action],
              MatchAttributes: { Sources: [{ AddressDefinition: source }], ...own },
            },
          }))
          .toReversed(),
      },
    },
  },
})
const before = (StatelessDefaultActions: readonly string[]) =>
  policy({
    StatelessDefaultActions,
    StatelessRuleGroupReferences: [
      { ResourceArn: `${ARN}:stateless-rulegroup/first`, Priority: 1 },
    ],
  })
const tcp = (FromPort: number, ToPort = FromPort) => ({
  Protocols: [6],
  DestinationPorts: [{ FromPort, ToPort }],
})
const both = (FromPort: number): readonly Stateless[] => [
  ['aws:pass', '10.1.0.0/24', tcp(FromPort)],
  ['aws:pass', '10.1.9.0/24', { Protocols: [6], SourcePorts: [{ FromPort, ToPort: FromPort }] }],
]

describe('stateless rules', () => {
  const forward = before(['aws:forward_to_sfe'])

  test('drop before the stateful ones, and hand on what they do not name', () => {
    const rules = first(['aws:drop', '10.1.0.0/28', tcp(20, 30)])
    expect(asked('tcp/22', FIREWALL, forward, FIVE, rules)).toBe('blocked')
    const other = first(['aws:drop', '10.1.0.128/25', tcp(20, 30)])
    expect(asked('tcp/22', FIREWALL, forward, FIVE, other)).toBe('open')
    expect(asked('tcp/502', FIREWALL, forward, FIVE, other)).toBe('blocked')
  })

  test('pass what the stateful ones would have stopped, the first by priority', () => {
    const rules = first(...both(502))
    expect(asked('tcp/502', FIREWALL, forward, FIVE, rules)).toBe('open')
    expect(asked('tcp/503', FIREWALL, forward, FIVE, rules)).toBe('blocked')
    const late = first(['aws:drop', '10.1.0.4/32', {}], ...both(502))
    expect(asked('tcp/502', FIREWALL, forward, FIVE, late)).toBe('blocked')
  })

  test('hand on some, and drop the rest', () => {
    const ways = first(
      ['aws:forward_to_sfe', '10.1.0.0/24', tcp(22)],
      ['aws:forward_to_sfe', '10.1.9.0/24', { Protocols: [6] }],
    )
    expect(asked('tcp/22', FIREWALL, before(['aws:drop']), FIVE, ways)).toBe('open')
    expect(asked('tcp/23', FIREWALL, before(['aws:drop']), FIVE, ways)).toBe('blocked')
  })

  test('alone decide where nothing is handed on', () => {
    const rules = first(['aws:drop', '10.1.0.0/24', tcp(502)])
    expect(asked('tcp/502', FIREWALL, before(['aws:pass']), FIVE, rules)).toBe('blocked')
    expect(asked('tcp/9999', FIREWALL, before(['aws:pass']), FIVE, rules)).toBe('open')
  })

  test('with flags are conditions', () => {
    const flags = { TCPFlags: [{ Flags: ['SYN'], Masks: ['SYN', 'ACK'] }] }
    const rules = first(['aws:drop', '10.1.0.0/24', { ...tcp(22), ...flags }])
    expect(asked('tcp/22', FIREWALL, forward, FIVE, rules)).toBe('conditional')
  })

  test('that were not given, or cannot be told apart, are indeterminate', () => {
    expect(asked('tcp/502', FIREWALL, forward, FIVE)).toBe('indeterminate')
    const odd = first(['aws:teleport', '10.1.0.0/24', {}])
    expect(asked('tcp/502', FIREWALL, forward, FIVE, odd)).toBe('indeterminate')
    const late = first(['aws:forward_to_sfe', '10.1.0.0/24', tcp(502)], ...both(502))
    expect(asked('tcp/502', FIREWALL, forward, FIVE, late)).toBe('indeterminate')
    const broken = first(['aws:drop', 'somewhere', { Protocols: ['x'] }])
    expect(asked('tcp/22', FIREWALL, forward, FIVE, broken)).toBe('indeterminate')
  })
})

test('what was not given, or decides before, is indeterminate', () => {
  expect(asked('tcp/502')).toBe('indeterminate')
  expect(asked('tcp/502', FIREWALL)).toBe('indeterminate')
  expect(asked('tcp/502', FIREWALL, policy())).toBe('indeterminate')
  const custom = policy({ StatelessDefaultActions: ['counted'] })
  expect(asked('tcp/502', FIREWALL, custom, FIVE)).toBe('indeterminate')
  const odd = group({ StatefulRules: [header('PASS', '$LOST'), header('PASS', '22')] })
  expect(asked('tcp/502', FIREWALL, policy(), odd)).toBe('indeterminate')
})
