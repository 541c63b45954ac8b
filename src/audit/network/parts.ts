// What devices are put together from where a text gives only some of it: ports, routes, lists that were not given.

import { ANY_ADDRESS, bothAddresses, ipv4, ipv6, prefix } from '../packets/addresses.ts'
import type { Addresses } from '../packets/addresses.ts'
import { matchOf } from '../packets/match.ts'
import type { Filter, Rule } from '../packets/rule.ts'
import { ANY_SERVICE } from '../packets/services.ts'
import type { Service } from '../packets/services.ts'
import type { Device, NetworkInterface, Policy, Prefix, Route, Translation } from './device.ts'
import { PUBLIC } from './public-addresses.ts'
import { ruleOf } from './rule-of.ts'
import type { RuleParts } from './rule-of.ts'

/** An interface with what it has; the rest is nothing. */
export function port(
  name: string,
  own: Partial<Omit<NetworkInterface, 'name'>> = {},
): NetworkInterface {
  return {
    name,
    alias: null,
    vrf: 'default',
    zone: null,
    isUp: true,
    prefixes: [],
    isDynamic: false,
    ingress: [],
    egress: [],
    line: 1,
    ...own,
  }
}

export function deviceFrom(
  own: Pick<Device, 'name' | 'source' | 'make' | 'interfaces'> & Partial<Device>,
): Device {
  return { policy: null, translations: [], routes: [], filters: [], limits: [], ...own }
}

/** `10.1.0.0/16`, `10.1.0.4`, `2001:db8::/56`; `undefined` for anything else. */
export function prefixFrom(text: string | undefined): Prefix | undefined {
  const [address = '', length, ...more] = (text ?? '').split('/')
  if (more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined
  const v4 = ipv4(address)
  if (v4 !== undefined) {
    const bits = Number(length ?? 32)
    return bits <= 32 ? { family: 4, address: v4, length: bits } : undefined
  }
  const v6 = ipv6(address)
  const bits = Number(length ?? 128)
  return v6 === undefined || bits > 128 ? undefined : { family: 6, address: v6, length: bits }
}

export function prefixesFrom(texts: readonly (string | undefined)[]): readonly Prefix[] {
  return texts.flatMap((text) => prefixFrom(text) ?? [])
}

/** Addresses behind texts; what is no address holds none. */
export function addressesIn(texts: readonly string[]): Addresses {
  return bothAddresses(texts.flatMap((text) => prefix(text) ?? []))
}

/** `undefined`: what it leads to cannot be read. `to` is `null` for a hole. */
export function routeTo(
  to: string | null,
  text: string | undefined,
  line: number,
): Route | undefined {
  const at = prefixFrom(text)
  const found = text === undefined ? undefined : prefix(text)
  if (at === undefined || found === undefined) return undefined
  return { vrf: 'default', ...found, length: at.length, interface: to, nextHop: null, line }
}

/** To everywhere on the Internet: what is special or private goes nowhere there (IANA's registries). */
export function internetRoute(to: string, line: number): Route {
  return { vrf: 'default', ...PUBLIC, length: 0, interface: to, nextHop: null, line }
}

/** A list that was not given, or not understood: it may let through anything, and may not. */
export function unreadFilter(name: string, because: string): Filter {
  const rule = ruleOf({ ...NOWHERE, action: 'permit', unread: [because], label: name })
  return { name, rules: [rule], fallback: 'deny', isStateful: true, isPartial: true }
}

/** Passes where something holds that no header says. */
export function conditionalFilter(name: string, because: string): Filter {
  const rule = ruleOf({ ...NOWHERE, action: 'permit', conditions: [because], label: name })
  return { name, rules: [rule], fallback: 'deny', isStateful: true }
}

const NOWHERE: Omit<RuleParts, 'action' | 'label'> = {
  source: ANY_ADDRESS,
  destination: ANY_ADDRESS,
  services: [{ protocols: null, destination: null, source: null }],
  first: 1,
  last: 1,
  text: '',
}

/** Only these addresses; said by no rule of a person, so it stands on no line. */
export function onlyFilter(
  name: string,
  {
    source = ANY_ADDRESS,
    destination = ANY_ADDRESS,
  }: { source?: Addresses; destination?: Addresses },
): Filter {
  const rule = ruleOf({ ...NOWHERE, action: 'permit', source, destination, label: name })
  return { name, rules: [rule], fallback: 'deny', isStateful: true }
}

export const NOTHING_PASSES = (name: string): Filter => ({
  name,
  rules: [],
  fallback: 'deny',
  isStateful: true,
})

/** A policy of rules between ports. */
export function policyFrom(
  name: string,
  rules: Policy['rules'],
  { fallback, isStateful }: Pick<Policy, 'fallback' | 'isStateful'>,
): Policy {
  return { name, rules, fallback, isStateful, sees: 'after' }
}

export function between(
  rule: Rule,
  from: readonly string[] | null,
  to: readonly string[] | null,
): Policy['rules'][number] {
  return {
    ...rule,
    from: from === null ? null : new Set(from),
    to: to === null ? null : new Set(to),
  }
}

/** Packets of IPv4 from and to these addresses, as a translation takes them. */
export function cubesFor({
  source = ANY_ADDRESS,
  destination = ANY_ADDRESS,
  services = [ANY_SERVICE],
}: {
  readonly source?: Addresses
  readonly destination?: Addresses
  readonly services?: readonly Service[]
}): Translation['match'] {
  return matchOf({ source, destination, services })?.[4] ?? []
}
