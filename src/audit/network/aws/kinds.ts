// What AWS is made of: networks with their subnets, who stands where, and what lies between them.

import type { Addresses } from '../../packets/addresses.ts'
import type { Filter } from '../../packets/rule.ts'
import type { Direction } from './filters.ts'
import type { Firewall } from './firewalls.ts'
import type { Eni } from './hosts.ts'
import type { Found, Resources } from './resources.ts'

export type Subnet = {
  readonly id: string
  readonly vpc: string
  readonly zone: string
  readonly name: string | null
  /** As written. */
  readonly blocks: readonly string[]
  readonly table: Found | undefined
  readonly acls: Readonly<Record<Direction, Filter>>
  readonly enis: readonly Eni[]
  readonly found: Found
}

export type Vpc = {
  readonly id: string
  readonly name: string | null
  readonly blocks: readonly string[]
  readonly subnets: readonly Subnet[]
  readonly found: Found
}

export type World = {
  readonly resources: Resources
  readonly enis: readonly Eni[]
  /** Addresses of those in a group; `undefined`: not known. */
  readonly members: (group: string) => Addresses | undefined
  readonly vpcs: ReadonlyMap<string, Vpc>
  readonly subnets: ReadonlyMap<string, Subnet>
  readonly machines: ReadonlyMap<string, readonly Eni[]>
  readonly attachments: readonly Attachment[]
  readonly balancers: readonly Balancer[]
  readonly firewalls: readonly Firewall[]
}

export type Balancer = {
  readonly name: string
  readonly found: Found
  /** Its addresses; public ones are translated before. */
  readonly enis: readonly Eni[]
  readonly isNetwork: boolean
  readonly groups: readonly string[]
}

export type Attachment = {
  readonly id: string
  readonly line: number
  readonly gateway: string
  /** `vpc`, `vpn`, `direct-connect-gateway`, `peering`, … */
  readonly kind: string
  /** The VPC where it is one. */
  readonly resource: string
  readonly subnets: readonly string[]
  /** The table that routes what comes from it; `undefined`: not known. */
  readonly table: string | undefined
  /** Every flow keeps to one zone, and it is not said to which. */
  readonly isAppliance: boolean
}
