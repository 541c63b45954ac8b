// AWS Network Firewall between two subnets of one VPC: tables send to its endpoint, and its subnet goes on.

import { expect, test } from 'vitest'
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
  const both = group({ StatefulRules: [header('DROP', 'ANY'), header('PASS', '22')] })
  expect(asked('tcp/22', FIREWALL, loose, both)).toBe('open')
  expect(asked('tcp/502', FIREWALL, loose, both)).toBe('blocked')
  expect(asked('udp/502', FIREWALL, loose, both)).toBe('open')
})

test('what is dropped once it is established has begun', () => {
  const later = policy({ StatefulDefaultActions: ['aws:drop_established'] })
  expect(asked('tcp/502', FIREWALL, later, FIVE)).toBe('conditional')
})

test('what was not given, or decides before, is indeterminate', () => {
  expect(asked('tcp/502')).toBe('indeterminate')
  expect(asked('tcp/502', FIREWALL)).toBe('indeterminate')
  expect(asked('tcp/502', FIREWALL, policy())).toBe('indeterminate')
  const first = policy({ StatelessDefaultActions: ['aws:pass'] })
  expect(asked('tcp/502', FIREWALL, first, FIVE)).toBe('indeterminate')
  const odd = group({ StatefulRules: [header('PASS', '$LOST'), header('PASS', '22')] })
  expect(asked('tcp/502', FIREWALL, policy(), odd)).toBe('indeterminate')
})
