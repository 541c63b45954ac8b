// Firewall policies: of the organization and its folders before the rules of a VPC network, of the network and its regions behind
// them. A rule may pass on what it is about; then the rest of its policy does not judge it.

import { ANY_ADDRESS, bothAddresses, prefix } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { meet } from '../../packets/cube.ts'
import type { Cube } from '../../packets/cube.ts'
import type { Rule } from '../../packets/rule.ts'
import type { Service } from '../../packets/services.ts'
import type { Family } from '../../packets/space.ts'
import { isTrueAt, itemsAt, numberAt, textAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { ruleOf } from '../rule-of.ts'
import { linkAt, linkOf } from './resources.ts'
import type { Resource } from './resources.ts'
import { serviceOf } from './rule-parts.ts'
import type { Role } from './rule-parts.ts'

export type Direction = 'in' | 'out'
export type Asked = {
  /** `projects/p/global/networks/n`. */
  readonly network: string
  readonly direction: Direction
  readonly role: Role
}

/** What is judged before the network's own rules, and behind them. */
export type Levels = {
  readonly above: readonly Resource[]
  readonly below: readonly Resource[]
}

/** Policies that a network meets, in the order they are met. */
export function levelsOf(policies: readonly Resource[], network: string): Levels {
  const own = policies.filter((one) => targetsOf(one).some((target) => linkOf(target) === network))
  // A policy of a region judges after that of the network.
  const attached = own.toSorted((a, b) => Number(isRegional(a)) - Number(isRegional(b)))
  const nodes = policies
    .filter((one) => targetsOf(one).some((target) => NODE.test(target)))
    .toSorted((a, b) => Number(!isOfOrganization(a)) - Number(!isOfOrganization(b)))
  return { above: nodes, below: attached }
}

const NODE = /(?:^|\/)(?:organizations|folders)\/\d+$/

function targetsOf({ json }: Resource): readonly string[] {
  return itemsAt(json, 'associations').flatMap((one) => textAt(one, 'attachmentTarget') ?? [])
}

function isRegional({ json }: Resource): boolean {
  return textAt(json, 'region') !== undefined
}

function isOfOrganization(policy: Resource): boolean {
  return targetsOf(policy).some((target) => /(?:^|\/)organizations\/\d+$/.test(target))
}

/** One list out of levels: the rules of each, then those of the next; what is passed on meets the end of the last as well. */
export function joinedRules(
  levels: readonly (readonly Judged[])[],
  fallback: Rule['action'],
): readonly Rule[] {
  const [first, ...rest] = levels
  if (first === undefined) return []
  const next = joinedRules(rest, fallback)
  const rules: Rule[] = []
  first.forEach((one, at) => {
    if (one.kind === 'rule') rules.push(one.rule)
    // What is passed on at the end of a policy goes on by itself.
    else if (first.slice(at + 1).some(({ kind }) => kind === 'rule'))
      rules.push(...[...next, implied(fallback)].map((rule) => within(rule, one.rule)))
  })
  return [...rules, ...next]
}

function implied(action: Rule['action']): Rule {
  const nowhere = { first: 0, last: 0, label: 'implied', text: `implied ${action}` }
  const services = [{ protocols: null, destination: null, source: null }]
  return ruleOf({ action, source: ANY_ADDRESS, destination: ANY_ADDRESS, services, ...nowhere })
}

export type Judged = {
  /** `next`: what it is about goes to the next level. */
  readonly kind: 'rule' | 'next'
  readonly rule: Rule
}

export function judgedBy(policy: Resource, asked: Asked): readonly Judged[] {
  const conditions =
    isOfOrganization(policy) || !targetsOf(policy).some((one) => NODE.test(one))
      ? []
      : targetsOf(policy)
  const wanted = asked.direction === 'in' ? 'INGRESS' : 'EGRESS'
  const read = itemsAt(policy.json, 'rules')
    .filter(
      (rule) =>
        (textAt(rule, 'direction') ?? 'INGRESS') === wanted &&
        !isTrueAt(rule, 'disabled') &&
        isAbout(rule, asked),
    )
    .map((rule) => ({ rule, priority: numberAt(rule, 'priority') ?? 0 }))
    .toSorted((a, b) => a.priority - b.priority)
    .map(({ rule }) => judgedFrom(rule, policy, { asked, conditions }))
  // Whether it passes on is not certain: then nothing behind it in this policy is.
  const doubtful = read.findIndex(({ kind, rule }) => kind === 'next' && rule.certainty !== 'sure')
  if (doubtful === -1) return read
  return read.flatMap((one, at) => {
    if (at < doubtful) return [one]
    if (one.kind === 'next') return []
    return [{ ...one, rule: weakened(one.rule, read[doubtful]?.rule.because ?? []) }]
  })
}

function weakened(rule: Rule, because: readonly string[]): Rule {
  if (rule.certainty === 'unknown') return rule
  return { ...rule, certainty: 'conditional', because: [...rule.because, ...because] }
}

function isAbout(rule: Json, { network, role }: Asked): boolean {
  const networks = textsAt(rule, 'targetResources').map((one) => linkOf(one))
  if (networks.length > 0 && !networks.includes(network)) return false
  const accounts = textsAt(rule, 'targetServiceAccounts')
  return accounts.length === 0 || accounts.some((one) => role.accounts.includes(one))
}

type Making = { readonly asked: Asked; readonly conditions: readonly string[] }

const ACTIONS: Readonly<Record<string, Rule['action']>> = {
  allow: 'permit',
  deny: 'deny',
  // What inspects it may still refuse it.
  apply_security_profile_group: 'permit',
}

function judgedFrom(rule: Json, { name, json, file }: Resource, { conditions }: Making): Judged {
  const action = textAt(rule, 'action') ?? ''
  const isNext = action === 'goto_next'
  const tags = itemsAt(rule, 'targetSecureTags').length > 0
  const [source, destination] = [sideOf(rule, 'src'), sideOf(rule, 'dest')]
  const services = itemsAt(rule, 'match', 'layer4Configs').map((one) =>
    serviceOf(one, 'ipProtocol'),
  )
  const shown = textAt(json, 'shortName') ?? textAt(json, 'displayName') ?? name
  const made = ruleOf({
    action: ACTIONS[action] ?? 'permit',
    source: source.addresses,
    destination: destination.addresses,
    services: services.includes(undefined)
      ? undefined
      : services.length === 0
        ? [{ protocols: null, destination: null, source: null } satisfies Service]
        : services.flatMap((one) => one ?? []),
    conditions: [
      ...conditions,
      ...(tags ? ['targetSecureTags'] : []),
      ...(action === 'apply_security_profile_group' ? ['securityProfileGroup'] : []),
      ...source.conditions,
      ...destination.conditions,
    ],
    unread: isNext || action in ACTIONS ? [] : [`action ${action}`],
    first: rule.first,
    last: rule.last,
    label: `${shown} ${numberAt(rule, 'priority') ?? ''}`.trim(),
    text: `${shown} ${action} ${textsAt(rule, 'match', 'srcIpRanges').join()} → ${textsAt(rule, 'match', 'destIpRanges').join()} (${file})`,
  })
  return { kind: isNext ? 'next' : 'rule', rule: made }
}

type Side = { readonly addresses: Addresses | undefined; readonly conditions: readonly string[] }

/** Names, countries, lists of threats: what they stand for is not in the file. Beside ranges they make it wider. */
const NAMED = [
  'Fqdns',
  'RegionCodes',
  'ThreatIntelligences',
  'AddressGroups',
  'SecureTags',
  'Networks',
]
const SCOPES = ['NetworkScope', 'NetworkType', 'NetworkContext']

function sideOf(rule: Json, side: 'src' | 'dest'): Side {
  const ranges = textsAt(rule, 'match', `${side}IpRanges`)
  const named = NAMED.map((name) => `${side}${name}`).filter(
    (name) => itemsAt(rule, 'match', name).length > 0 || textsAt(rule, 'match', name).length > 0,
  )
  const scopes = SCOPES.map((name) => `${side}${name}`).filter(
    (name) => textAt(rule, 'match', name) !== undefined,
  )
  if (named.length > 0) return { addresses: ANY_ADDRESS, conditions: [...named, ...scopes] }
  if (ranges.length === 0) return { addresses: ANY_ADDRESS, conditions: scopes }
  const sets = ranges.map(prefix)
  const addresses = sets.includes(undefined)
    ? undefined
    : bothAddresses(sets.flatMap((one) => one ?? []))
  return { addresses, conditions: scopes }
}

/** The rule for what another is about. */
function within(rule: Rule, outer: Rule): Rule {
  const common = (family: Family): readonly Cube[] =>
    rule.match[family].flatMap((cube) =>
      outer.match[family].flatMap((other) => {
        const both = meet(cube, other)
        return both === undefined ? [] : [both]
      }),
    )
  return { ...rule, match: { 4: common(4), 6: common(6) } }
}

/** Before or behind the rules of the network, as it says. */
export function isBeforeRules(network: Json): boolean {
  return textAt(network, 'networkFirewallPolicyEnforcementOrder') === 'BEFORE_CLASSIC_FIREWALL'
}

/** The policy that a network names; whether it was given. */
export function namesUnread(network: Resource, policies: readonly Resource[]): boolean {
  const named = linkAt(network.json, 'firewallPolicy')
  return named !== undefined && !policies.some(({ id }) => id === named)
}
