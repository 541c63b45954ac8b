// What a configuration says about which packets pass a device, the same for every make.

import type { Block6 } from '../packets/addresses.ts'
import type { Cube } from '../packets/cube.ts'
import type { Ranges } from '../packets/ranges.ts'
import type { Filter, Rule } from '../packets/rule.ts'

export type Prefix =
  | { readonly family: 4; readonly address: number; readonly length: number }
  | { readonly family: 6; readonly address: readonly number[]; readonly length: number }

export type NetworkInterface = {
  readonly name: string
  /** What people call it, where the configuration says so. */
  readonly alias: string | null
  readonly vrf: string
  readonly zone: string | null
  readonly isUp: boolean
  readonly prefixes: readonly Prefix[]
  /** The address comes from outside (DHCP, PPPoE): where it leads is not known. */
  readonly isDynamic: boolean
  readonly ingress: readonly Filter[]
  readonly egress: readonly Filter[]
  readonly line: number
  /** What leaves here comes in there and nowhere else: a cloud says who is behind a gateway. */
  readonly leadsTo?: Far
  /**
   * Its addresses are hosts that stand there, each with all it has: what goes from one to another passes the filters too. On a
   * network they would reach each other past every router.
   */
  readonly hosts?: readonly (readonly Prefix[])[]
  /** The networks that its hosts are on. */
  readonly networks?: readonly Prefix[]
  /** Leads to the Internet and to nothing else. */
  readonly isInternet?: boolean
  /** What came in here may go out here again. */
  readonly turns?: boolean
}

export type Far = { readonly device: string; readonly interface: string }

/** A rule between interfaces; `null`: any. */
export type PolicyRule = Rule & {
  readonly from: ReadonlySet<string> | null
  readonly to: ReadonlySet<string> | null
}

export type Policy = Omit<Filter, 'rules'> & {
  readonly rules: readonly PolicyRule[]
  /** Whether it judges addresses as they came, or as destination translation left them. */
  readonly sees: 'before' | 'after'
  /** What these let pass as well, and nothing else passes. */
  readonly and?: readonly Policy[]
}

export type Translation = {
  readonly kind: 'destination' | 'source'
  readonly from: ReadonlySet<string> | null
  readonly to: ReadonlySet<string> | null
  readonly match: readonly Cube[]
  /** `null`: into what is not known. */
  readonly address: Ranges | null
  readonly port: Ranges | null
  readonly first: number
  readonly last: number
  readonly label: string
  /** Each address has one other, so the way back is certain. */
  readonly isExact: boolean
}

export type Route = {
  readonly vrf: string
  readonly v4: Ranges
  readonly v6: readonly Block6[]
  readonly length: number
  readonly interface: string | null
  readonly nextHop: Prefix | null
  readonly line: number
}

/** What the device does besides that is not judged here: named on every verdict that crosses it. */
export const DEVICE_LIMITS = [
  'dynamic_routing',
  'policy_routing',
  'groups_not_expanded',
  'translation_not_understood',
  'tunnels',
  'not_whole',
  'not_a_filter_we_read',
] as const
export type DeviceLimit = (typeof DEVICE_LIMITS)[number]

export type Device = {
  readonly name: string
  /** The file it was read from. */
  readonly source: string
  readonly make: string
  readonly interfaces: readonly NetworkInterface[]
  readonly policy: Policy | null
  readonly translations: readonly Translation[]
  readonly routes: readonly Route[]
  /** Every list that the configuration defines, applied or not. */
  readonly filters: readonly Filter[]
  readonly limits: readonly DeviceLimit[]
}
