// Instances, forwarding rules and databases as Google Cloud lists them.

import { z } from 'zod'
import { Json, assetOf } from './cloud-machine.ts'
import { listOf, Said } from './scanned.ts'
import type { ScannedAsset } from './scanned.ts'

// cloud.google.com/compute/docs/reference/rest/v1: Instance, ForwardingRule; SQL Admin: DatabaseInstance.
const GoogleInstanceSchema = z.object({
  kind: z.literal('compute#instance').optional(),
  id: Said,
  name: z.string(),
  selfLink: Said,
  status: Said,
  labels: Json.optional().catch(undefined),
  disks: listOf(z.object({ licenses: listOf(z.string()) })),
  networkInterfaces: listOf(
    z.object({
      networkIP: Said,
      accessConfigs: listOf(z.object({ natIP: Said, publicPtrDomainName: Said })),
    }),
  ),
})
const GoogleRuleSchema = z.object({
  kind: z.literal('compute#forwardingRule'),
  name: z.string(),
  selfLink: Said,
  IPAddress: z.string(),
  loadBalancingScheme: Said,
})
const GoogleDatabaseSchema = z.object({
  kind: z.literal('sql#instance'),
  name: z.string(),
  selfLink: Said,
  databaseVersion: Said,
  ipAddresses: listOf(z.object({ ipAddress: Said, type: Said })),
})

export function* googleAssets(all: readonly Json[]): Generator<ScannedAsset> {
  for (const object of all) {
    const instance = GoogleInstanceSchema.safeParse(object)
    const isInstance =
      object['kind'] === 'compute#instance' ||
      ('machineType' in object && 'networkInterfaces' in object)
    if (instance.success && isInstance) yield googleInstance(instance.data)
    const rule = GoogleRuleSchema.safeParse(object)
    if (rule.success && rule.data.loadBalancingScheme?.startsWith('EXTERNAL') === true)
      yield assetOf('GCP', {
        id: linkOf(rule.data.selfLink) ?? rule.data.name,
        shown: rule.data.name,
        names: [],
        own: [],
        open: [rule.data.IPAddress],
      })
    const database = GoogleDatabaseSchema.safeParse(object)
    if (database.success) yield googleDatabase(database.data)
  }
}

function googleInstance(one: z.infer<typeof GoogleInstanceSchema>): ScannedAsset {
  const ways = one.networkInterfaces.flatMap(({ accessConfigs }) => accessConfigs)
  const owner = one.labels?.['owner']
  return assetOf('GCP', {
    id: linkOf(one.selfLink) ?? one.id ?? one.name,
    shown: one.name,
    names: ways.map(({ publicPtrDomainName }) => publicPtrDomainName),
    own: one.networkInterfaces.map(({ networkIP }) => networkIP),
    open: ways.map(({ natIP }) => natIP),
    system: one.disks
      .flatMap(({ licenses }) => licenses)[0]
      ?.split('/')
      .at(-1),
    owner: typeof owner === 'string' ? owner : undefined,
  })
}

function googleDatabase(one: z.infer<typeof GoogleDatabaseSchema>): ScannedAsset {
  const [, name, version] = /^([A-Z]+)_(.+)$/.exec(one.databaseVersion ?? '') ?? []
  const addresses = (isPublic: boolean) =>
    one.ipAddresses
      .filter(({ type }) => (type === 'PRIMARY') === isPublic)
      .map(({ ipAddress }) => ipAddress)
  return assetOf('GCP', {
    id: linkOf(one.selfLink) ?? one.name,
    shown: one.name,
    names: [],
    own: addresses(false),
    open: addresses(true),
    system: one.databaseVersion,
    products:
      name === undefined
        ? []
        : [
            {
              name: name.toLowerCase(),
              version: version?.replaceAll('_', '.'),
              service: '',
              confidence: 90,
            },
          ],
  })
}

/** Without the host and the version of the API. */
function linkOf(url: string | undefined): string | undefined {
  return url?.replace(/^https?:\/\/[^/]+\/(?:[a-z]+\/)?v\d\w*\//, '')
}
