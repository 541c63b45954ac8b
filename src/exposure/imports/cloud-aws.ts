// Instances, databases and load balancers as AWS lists them.

import { z } from 'zod'
import { assetOf } from './cloud-machine.ts'
import type { Json } from './cloud-machine.ts'
import { listOf, Said } from './scanned.ts'
import type { Product, ScannedAsset } from './scanned.ts'

// docs.aws.amazon.com/AWSEC2/latest/APIReference: Instance; RDS: DBInstance; ELBv2: LoadBalancer.
const Tags = listOf(z.object({ Key: z.string(), Value: z.string() }))
const InstanceSchema = z.object({
  InstanceId: z.string().regex(/^(?:i|mi)-[0-9a-f]+$/),
  PrivateIpAddress: Said,
  PublicIpAddress: Said,
  PrivateDnsName: Said,
  PublicDnsName: Said,
  Platform: Said,
  PlatformDetails: Said,
  State: z.object({ Name: Said }).optional().catch(undefined),
  Tags,
  NetworkInterfaces: listOf(
    z.object({
      PrivateIpAddresses: listOf(
        z.object({
          PrivateIpAddress: Said,
          Association: z.object({ PublicIp: Said }).optional().catch(undefined),
        }),
      ),
    }),
  ),
})
const DatabaseSchema = z.object({
  DBInstanceIdentifier: z.string(),
  DBInstanceArn: Said,
  Engine: Said,
  EngineVersion: Said,
  PubliclyAccessible: z.boolean().optional().catch(undefined),
  Endpoint: z.object({ Address: Said, Port: Said }).optional().catch(undefined),
  TagList: Tags,
})
const BalancerSchema = z.object({
  LoadBalancerArn: z.string(),
  LoadBalancerName: Said,
  DNSName: Said,
  Scheme: Said,
})

export function* awsAssets(all: readonly Json[]): Generator<ScannedAsset> {
  for (const object of all) {
    const instance = InstanceSchema.safeParse(object)
    if (instance.success && ('ImageId' in object || 'InstanceType' in object))
      yield* awsInstance(instance.data)
    const database = DatabaseSchema.safeParse(object)
    if (database.success) yield awsDatabase(database.data)
    const balancer = BalancerSchema.safeParse(object)
    if (balancer.success && balancer.data.DNSName !== undefined) yield awsBalancer(balancer.data)
  }
}

function* awsInstance(one: z.infer<typeof InstanceSchema>): Generator<ScannedAsset> {
  if (one.State?.Name === 'terminated') return
  const interfaces = one.NetworkInterfaces.flatMap((card) => card.PrivateIpAddresses)
  yield assetOf('AWS', {
    id: one.InstanceId,
    shown: tagged(one.Tags, 'name'),
    names: [one.PrivateDnsName, one.PublicDnsName],
    own: [one.PrivateIpAddress, ...interfaces.map((address) => address.PrivateIpAddress)],
    open: [one.PublicIpAddress, ...interfaces.map(({ Association }) => Association?.PublicIp)],
    system: one.PlatformDetails ?? one.Platform,
    owner: tagged(one.Tags, 'owner'),
  })
}

function awsDatabase(one: z.infer<typeof DatabaseSchema>): ScannedAsset {
  const { Engine, EngineVersion, Endpoint } = one
  const product: readonly Product[] =
    Engine === undefined
      ? []
      : [
          {
            name: Engine,
            version: EngineVersion,
            service: Endpoint?.Port === undefined ? '' : `${Endpoint.Port}/tcp`,
            confidence: 90,
          },
        ]
  return assetOf('AWS', {
    id: one.DBInstanceArn ?? `rds/${one.DBInstanceIdentifier}`,
    shown: one.DBInstanceIdentifier,
    names: [Endpoint?.Address],
    own: [],
    open: [],
    system: Engine,
    owner: tagged(one.TagList, 'owner'),
    products: product,
    reached: one.PubliclyAccessible === true ? 'AWS: PubliclyAccessible' : undefined,
  })
}

function awsBalancer(one: z.infer<typeof BalancerSchema>): ScannedAsset {
  return assetOf('AWS', {
    id: one.LoadBalancerArn,
    shown: one.LoadBalancerName,
    names: [one.DNSName],
    own: [],
    open: [],
    reached: one.Scheme === 'internet-facing' ? 'AWS: internet-facing' : undefined,
  })
}

function tagged(tags: z.infer<typeof Tags>, wanted: string): string | undefined {
  const value = tags.find(({ Key }) => Key.toLowerCase() === wanted)?.Value.trim()
  return value === '' ? undefined : value
}
