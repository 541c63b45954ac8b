// Firewall rules of a VPC network as they meet one kind of instance: by priority, a denial first where two are equal, the implied
// ones last.

import { ANY_ADDRESS, bothAddresses, prefix } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Filter, Rule } from '../../packets/rule.ts'
import { isTrueAt, itemsAt, numberAt, textAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { ruleOf } from '../rule-of.ts'
import { joinedRules, judgedBy, levelsOf } from './policies.ts'
import type { Judged } from './policies.ts'
import { linkAt } from './resources.ts'
import type { Resource } from './resources.ts'
import { serviceOf } from './rule-parts.ts'
import type { Role } from './rule-parts.ts'

export type FirewallWorld = {
  readonly firewalls: readonly Resource[]
  readonly policies: readonly Resource[]
  /** Networks whose policy judges before their rules. */
  readonly policyFirst: ReadonlySet<string>
  /** Addresses of the instances of a network with such a role; `undefined`: nobody said who there is. */
  readonly playing: (network: string, role: Partial<Role>) => Addresses | undefined
}

const DEFAULT_PRIORITY = 1000

export function firewallFilter(
  network: string,
  direction: 'in' | 'out',
  { role, world }: { readonly role: Role; readonly world: FirewallWorld },
): Filter {
  const wanted = direction === 'in' ? 'INGRESS' : 'EGRESS'
  const rules = world.firewalls
    .filter(
      ({ json }) =>
        linkAt(json, 'network') === network &&
        (textAt(json, 'direction') ?? 'INGRESS') === wanted &&
        !isTrueAt(json, 'disabled') &&
        isAbout(json, role),
    )
    .map((found) => ({
      found,
      priority: numberAt(found.json, 'priority') ?? DEFAULT_PRIORITY,
      isDenial: itemsAt(found.json, 'denied').length > 0,
    }))
    .toSorted((a, b) => a.priority - b.priority || Number(b.isDenial) - Number(a.isDenial))
    .map(({ found, priority, isDenial }) =>
      ruleFrom(found, { priority, isDenial, direction, network, world }),
    )
  const { above, below } = levelsOf(world.policies, network)
  const judged = (policies: readonly Resource[]) =>
    policies.map((policy) => judgedBy(policy, { network, direction, role }))
  const own = rules.map((rule): Judged => ({ kind: 'rule', rule }))
  const behind = judged(below)
  const fallback = direction === 'in' ? 'deny' : 'permit'
  return {
    name: `firewall ${direction}`,
    rules: joinedRules(
      [...judged(above), ...(world.policyFirst.has(network) ? [...behind, own] : [own, ...behind])],
      fallback,
    ),
    fallback,
    isStateful: true,
  }
}

/** By tag, by account, or all of the network. */
function isAbout(json: Json, { tags, accounts }: Role): boolean {
  const [wantedTags, wantedAccounts] = [
    textsAt(json, 'targetTags'),
    textsAt(json, 'targetServiceAccounts'),
  ]
  if (wantedTags.length + wantedAccounts.length === 0) return true
  return (
    wantedTags.some((tag) => tags.includes(tag)) ||
    wantedAccounts.some((account) => accounts.includes(account))
  )
}

type Making = {
  readonly priority: number
  readonly isDenial: boolean
  readonly direction: 'in' | 'out'
  readonly network: string
  readonly world: FirewallWorld
}

function ruleFrom(
  { name, json, file }: Resource,
  { priority, isDenial, direction, network, world }: Making,
): Rule {
  const source =
    direction === 'in' ? sourceOf(json, network, world) : rangesOf(json, 'sourceRanges')
  const entries = itemsAt(json, isDenial ? 'denied' : 'allowed')
  const services = entries.map((one) => serviceOf(one))
  const ranges = textsAt(json, direction === 'in' ? 'sourceRanges' : 'destinationRanges')
  return ruleOf({
    action: isDenial ? 'deny' : 'permit',
    source,
    destination: rangesOf(json, 'destinationRanges'),
    services:
      services.length === 0 || services.includes(undefined)
        ? undefined
        : services.flatMap((one) => one ?? []),
    first: json.first,
    last: json.last,
    label: `${priority} ${name}`,
    text: `${priority} ${name} ${isDenial ? 'denied' : 'allowed'} ${entries
      .map((one) => `${textAt(one, 'IPProtocol') ?? '?'} ${textsAt(one, 'ports').join()}`.trim())
      .join(
        ' ',
      )} ${[...ranges, ...textsAt(json, 'sourceTags'), ...textsAt(json, 'sourceServiceAccounts')].join()} (${file})`,
  })
}

/** Nothing said: all. */
function rangesOf(json: Json, list: string): Addresses | undefined {
  const texts = textsAt(json, list)
  if (texts.length === 0) return ANY_ADDRESS
  const sets = texts.map(prefix)
  return sets.includes(undefined) ? undefined : bothAddresses(sets.flatMap((one) => one ?? []))
}

/** Ranges, and whoever plays one of the roles. */
function sourceOf(json: Json, network: string, { playing }: FirewallWorld): Addresses | undefined {
  const [tags, accounts] = [textsAt(json, 'sourceTags'), textsAt(json, 'sourceServiceAccounts')]
  const ranges = textsAt(json, 'sourceRanges')
  if (tags.length + accounts.length === 0) return rangesOf(json, 'sourceRanges')
  const members = playing(network, { tags, accounts })
  const own = ranges.length === 0 ? { v4: [], v6: [] } : rangesOf(json, 'sourceRanges')
  return members === undefined || own === undefined ? undefined : bothAddresses([members, own])
}
