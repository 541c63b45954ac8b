import { describe, expect, test } from 'vitest'
import { cloudAssets } from './cloud-inventory.ts'
import { readScan } from './formats.ts'

const told = (document: unknown) =>
  cloudAssets(document).map(({ host, reachable, products, kept }) => ({
    shown: host.shown,
    aliases: host.aliases.map(({ kind, value }) => `${kind} ${value}`),
    ...(reachable === undefined ? {} : { reachable }),
    ...(products.length === 0
      ? {}
      : { products: products.map(({ name, version }) => `${name} ${version}`) }),
    ...(kept === undefined ? {} : { owner: kept.owner }),
  }))

const INSTANCES = {
  Reservations: [
    {
      ReservationId: 'r-0a',
      OwnerId: '111122223333',
      Instances: [
        {
          InstanceId: 'i-0123456789abcdef0',
          ImageId: 'ami-0',
          InstanceType: 't3.small',
          PrivateIpAddress: '10.0.0.5',
          PublicIpAddress: '203.0.113.5',
          PrivateDnsName: 'ip-10-0-0-5.ca-central-1.compute.internal',
          PublicDnsName: 'ec2-203-0-113-5.ca-central-1.compute.amazonaws.com',
          PlatformDetails: 'Linux/UNIX',
          State: { Code: 16, Name: 'running' },
          Tags: [
            { Key: 'Name', Value: 'web' },
            { Key: 'Owner', Value: 'web team' },
          ],
          NetworkInterfaces: [
            {
              NetworkInterfaceId: 'eni-1',
              PrivateIpAddresses: [
                { PrivateIpAddress: '10.0.0.5', Association: { PublicIp: '203.0.113.5' } },
                { PrivateIpAddress: '10.0.0.6' },
              ],
            },
          ],
        },
        { InstanceId: 'i-0123456789abcdef1', ImageId: 'ami-0', State: { Name: 'terminated' } },
      ],
    },
  ],
}

describe('AWS', () => {
  test('an instance with its addresses, names and tags; what is gone is gone', () => {
    expect(told(INSTANCES)).toEqual([
      {
        shown: 'web',
        aliases: [
          'tool aws/i-0123456789abcdef0',
          'name ip-10-0-0-5.ca-central-1.compute.internal',
          'name ec2-203-0-113-5.ca-central-1.compute.amazonaws.com',
          'address 203.0.113.5',
          'address 10.0.0.5',
          'address 10.0.0.6',
        ],
        reachable: 'AWS: 203.0.113.5',
        owner: 'web team',
      },
    ])
  })
  test('databases and load balancers say themselves whether they face the internet', () => {
    const databases = {
      DBInstances: [
        {
          DBInstanceIdentifier: 'roll',
          DBInstanceArn: 'arn:aws:rds:ca-central-1:1:db:roll',
          Engine: 'postgres',
          EngineVersion: '14.9',
          PubliclyAccessible: true,
          Endpoint: { Address: 'roll.x.rds.amazonaws.com', Port: 5432 },
        },
      ],
    }
    const balancers = {
      LoadBalancers: [
        {
          LoadBalancerArn: 'arn:aws:elb:1',
          LoadBalancerName: 'front',
          DNSName: 'front.elb.amazonaws.com',
          Scheme: 'internet-facing',
        },
        {
          LoadBalancerArn: 'arn:aws:elb:2',
          LoadBalancerName: 'back',
          DNSName: 'back.elb.amazonaws.com',
          Scheme: 'internal',
        },
      ],
    }
    expect(told([databases, balancers])).toMatchObject([
      { shown: 'roll', reachable: 'AWS: PubliclyAccessible', products: ['postgres 14.9'] },
      { shown: 'front', reachable: 'AWS: internet-facing' },
      { shown: 'back' },
    ])
  })
})

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/town/providers'
const MACHINE = {
  id: `${GROUP}/Microsoft.Compute/virtualMachines/app-1`,
  name: 'app-1',
  type: 'Microsoft.Compute/virtualMachines',
  tags: { Owner: 'apps' },
}
const PARTS = {
  hardwareProfile: { vmSize: 'B2s' },
  osProfile: { computerName: 'APP-1' },
  storageProfile: {
    imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' },
  },
}
const CARD = `${GROUP}/Microsoft.Network/networkInterfaces/app-1-nic`

describe('Azure', () => {
  test('as `az vm list -d` writes it', () => {
    expect(
      told([
        {
          ...MACHINE,
          ...PARTS,
          privateIps: '10.1.0.4',
          publicIps: '203.0.113.40',
          fqdns: 'app.canadacentral.cloudapp.azure.com',
        },
      ]),
    ).toEqual([
      {
        shown: 'app-1',
        aliases: [
          `tool azure/${MACHINE.id.toLowerCase()}`,
          'name app-1',
          'name app.canadacentral.cloudapp.azure.com',
          'address 203.0.113.40',
          'address 10.1.0.4',
        ],
        reachable: 'Azure: 203.0.113.40',
        owner: 'apps',
      },
    ])
  })
  test('as the API answers: machine, card and public address are joined by their ids; an address of nobody is its own', () => {
    const documents = {
      value: [
        { ...MACHINE, properties: PARTS },
        {
          id: CARD,
          name: 'app-1-nic',
          properties: {
            virtualMachine: {
              id: MACHINE.id.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions'),
            },
            ipConfigurations: [
              { id: `${CARD}/ipConfigurations/one`, properties: { privateIPAddress: '10.1.0.4' } },
            ],
          },
        },
        {
          id: `${GROUP}/Microsoft.Network/publicIPAddresses/app-1-ip`,
          name: 'app-1-ip',
          properties: {
            ipAddress: '203.0.113.41',
            ipConfiguration: { id: `${CARD}/ipConfigurations/one` },
            dnsSettings: { fqdn: 'app1.canadacentral.cloudapp.azure.com' },
          },
        },
        {
          id: `${GROUP}/Microsoft.Network/publicIPAddresses/gateway-ip`,
          name: 'gateway-ip',
          properties: { ipAddress: '203.0.113.42' },
        },
      ],
    }
    expect(told(documents)).toMatchObject([
      {
        shown: 'app-1',
        reachable: 'Azure: 203.0.113.41',
        aliases: expect.arrayContaining([
          'address 10.1.0.4',
          'name app1.canadacentral.cloudapp.azure.com',
        ]),
      },
      { shown: 'gateway-ip', reachable: 'Azure: 203.0.113.42' },
    ])
  })
})

describe('Google Cloud', () => {
  test('instances, rules that face the internet and databases', () => {
    const link =
      'https://www.googleapis.com/compute/v1/projects/town/zones/northamerica-northeast1-a/instances/db-1'
    expect(
      told([
        {
          kind: 'compute#instance',
          id: '1',
          name: 'db-1',
          selfLink: link,
          status: 'RUNNING',
          labels: { owner: 'data' },
          disks: [
            {
              licenses: [
                'https://www.googleapis.com/compute/v1/projects/debian-cloud/global/licenses/debian-12-bookworm',
              ],
            },
          ],
          networkInterfaces: [
            { networkIP: '10.2.0.3', accessConfigs: [{ natIP: '203.0.113.50' }] },
          ],
        },
        {
          kind: 'compute#forwardingRule',
          name: 'web',
          IPAddress: '203.0.113.51',
          loadBalancingScheme: 'EXTERNAL_MANAGED',
        },
        {
          kind: 'compute#forwardingRule',
          name: 'inner',
          IPAddress: '10.2.0.9',
          loadBalancingScheme: 'INTERNAL',
        },
        {
          kind: 'sql#instance',
          name: 'roll',
          databaseVersion: 'POSTGRES_14',
          ipAddresses: [{ type: 'PRIMARY', ipAddress: '203.0.113.52' }],
        },
      ]),
    ).toEqual([
      {
        shown: 'db-1',
        aliases: [
          'tool gcp/projects/town/zones/northamerica-northeast1-a/instances/db-1',
          'address 203.0.113.50',
          'address 10.2.0.3',
        ],
        reachable: 'GCP: 203.0.113.50',
        owner: 'data',
      },
      {
        shown: 'web',
        aliases: ['tool gcp/web', 'address 203.0.113.51'],
        reachable: 'GCP: 203.0.113.51',
      },
      {
        shown: 'roll',
        aliases: ['tool gcp/roll', 'address 203.0.113.52'],
        reachable: 'GCP: 203.0.113.52',
        products: ['postgres 14'],
      },
    ])
  })
})

test.each([
  ['aws', INSTANCES],
  ['azure', [{ ...MACHINE, ...PARTS }]],
  ['gcp', [{ kind: 'compute#instance', name: 'a', networkInterfaces: [] }]],
])('a file of %s is told by what it holds', async (tool, document) => {
  const bytes = (async function* () {
    yield Buffer.from(JSON.stringify(document, null, 2))
  })()
  expect((await readScan({ file: 'inventory.json', bytes })).tool).toBe(tool)
})

test('whatever it holds, nothing throws', () => {
  let deep: unknown = 1
  for (let at = 0; at < 5000; at += 1) deep = { deep }
  for (const hostile of [
    null,
    1,
    'x',
    [],
    [[null]],
    { Reservations: 7 },
    { id: 3 },
    { kind: 'compute#instance' },
    deep,
  ])
    expect(cloudAssets(hostile)).toEqual([])
})
