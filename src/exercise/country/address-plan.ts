// The addresses of the invented country, all of the range kept for measuring networks (RFC 2544) and with numbers of networks
// kept for documents (RFC 5398), so that no line ever names somebody who exists.

import type { Random } from '../random.ts'

export const REGIONS = ['north', 'south', 'coast'] as const
export type Region = (typeof REGIONS)[number]

export const NETWORK_TYPES = ['residential', 'business', 'mobile', 'satellite', 'hosting'] as const
export type NetworkType = (typeof NETWORK_TYPES)[number]

export type Network = {
  /** /20, written as CIDR. */
  readonly prefix: string
  readonly asn: number
  readonly name: string
  readonly type: NetworkType
  readonly region: Region
}

/** Providers of each region, the largest first: as in thinly settled places, one of them serves half of the homes. */
const PROVIDERS: readonly (readonly [number, string, NetworkType, readonly Region[]])[] = [
  [64496, 'Boreal Cable', 'residential', ['north', 'south']],
  [64497, 'Tamarack Telephone', 'residential', ['north', 'coast']],
  [64498, 'Saltwater Internet', 'residential', ['coast', 'south']],
  [64499, 'Prairie Fibre', 'residential', ['south', 'coast']],
  [64500, 'Polar Orbit', 'satellite', ['north']],
  [64501, 'Walkabout Mobile', 'mobile', ['north', 'south', 'coast']],
  [64502, 'Counting House Networks', 'business', ['north', 'south', 'coast']],
  [64503, 'Rackspan Hosting', 'hosting', ['south']],
  [64504, 'Cheap Metal Servers', 'hosting', ['coast']],
]

export const NETWORKS: readonly Network[] = PROVIDERS.flatMap(([asn, name, type, regions]) =>
  regions.map((region) => ({ asn, name, type, region })),
).map((network, at) => ({ ...network, prefix: `198.${18 + (at >> 4)}.${(at & 15) << 4}.0/20` }))

/** The plan as a table (CSV, one header row): who is told the networks of addresses can be told these. */
export function addressPlanCsv(): string {
  const rows = NETWORKS.map(({ prefix, asn, name, type, region }) =>
    [prefix, asn, name, type, region].join(','),
  )
  return `${['prefix,asn,name,type,region', ...rows].join('\n')}\n`
}

export function networksOf(type: NetworkType, region?: Region): readonly Network[] {
  return NETWORKS.filter(
    (network) => network.type === type && (region === undefined || network.region === region),
  )
}

/** The network that serves most homes of the region, and the next ones more seldom. */
export function homeNetwork(region: Region, random: Random): Network {
  const served = networksOf('residential', region)
  const at = random.chance(0.5) ? 0 : random.int(served.length)
  return served[at] ?? FIRST
}

export function networkOfAsn(asn: number, region: Region): Network {
  return NETWORKS.find((network) => network.asn === asn && network.region === region) ?? FIRST
}

const FIRST: Network = NETWORKS[0] ?? {
  prefix: '198.18.0.0/20',
  asn: 64496,
  name: '',
  type: 'residential',
  region: 'north',
}

/** Any address of a network that a host may have. */
export function addressIn({ prefix }: Network, random: Random): string {
  const [first = '198', second = '18', third = '0'] = prefix.split('.')
  return [first, second, Number(third) + random.int(16), random.between(1, 254)].join('.')
}

/** Another address of the same /24. */
export function neighbourOf(address: string, random: Random): string {
  const parts = address.split('.')
  const last = ((Number(parts[3]) + random.between(1, 252) - 1) % 254) + 1
  return [...parts.slice(0, 3), last].join('.')
}

/** Whose address it is; undefined outside the plan. */
export function networkOfAddress(address: string): Network | undefined {
  const [first, second, third] = address.split('.')
  const prefix = `${first}.${second}.${Number(third) & 0xf0}.0/20`
  return NETWORKS.find((network) => network.prefix === prefix)
}

/** Any address of the country. */
export function anyAddress(random: Random): string {
  return addressIn(random.one(NETWORKS) ?? FIRST, random)
}
