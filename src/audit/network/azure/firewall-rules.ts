// Rules of an Azure Firewall, its own or those of its policy: translation first, then network rules, then rules of applications; what none
// allows is dropped (Microsoft, "Azure Firewall rule processing logic").

import { ANY_ADDRESS, bothAddresses, prefix, range4 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Rule } from '../../packets/rule.ts'
import { ANY_SERVICE, portList, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import { numberAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { ruleOf } from '../rule-of.ts'
import { idAt, prop, propItems, propText } from './resources.ts'
import type { Resource, Resources } from './resources.ts'

export type FirewallRules = {
  /** Network rules in their order, then those of applications. */
  readonly rules: readonly Rule[]
  readonly translations: readonly Json[]
  /** A policy, or a group of it, that was not given. */
  readonly isWhole: boolean
}

type Collection = { readonly json: Json; readonly action: string; readonly rules: readonly Json[] }

export function firewallRules(firewall: Resource, resources: Resources): FirewallRules {
  const policy = idAt(firewall.json, 'firewallPolicy')
  const found =
    policy === undefined ? ownCollections(firewall) : policyCollections(policy, resources, 0)
  const all = found?.flatMap((one) =>
    one.rules.map((rule) => ({ rule, action: one.action, kind: kindOf(rule, one.json) })),
  )
  const of = (wanted: string) => all?.filter(({ kind }) => kind === wanted) ?? []
  return {
    rules: [...of('network'), ...of('application')].map(({ rule, action, kind }) =>
      ruleFrom(rule, { action, resources, isApplication: kind === 'application' }),
    ),
    translations: of('nat').map(({ rule }) => rule),
    isWhole: found !== undefined,
  }
}

function kindOf(rule: Json, collection: Json): 'nat' | 'network' | 'application' {
  const type = (propText(rule, 'ruleType') ?? propText(collection, 'kind') ?? '').toLowerCase()
  if (type.startsWith('nat') || propText(rule, 'translatedAddress') !== undefined) return 'nat'
  return type.startsWith('application') || propItems(rule, 'protocols').some(isApplication)
    ? 'application'
    : 'network'
}

/** Of applications protocols are objects with a port. */
function isApplication(json: Json): boolean {
  return json.kind === 'object'
}

function byPriority<One extends { readonly json: Json }>(all: readonly One[]): readonly One[] {
  const of = ({ json }: One) =>
    numberAt(json, 'properties', 'priority') ?? numberAt(json, 'priority') ?? 0
  return all.toSorted((a, b) => of(a) - of(b))
}

function collectionOf(json: Json): Collection {
  return {
    json,
    action: (propText(json, 'action', 'type') ?? propText(json, 'action') ?? '').toLowerCase(),
    rules: propItems(json, 'rules'),
  }
}

function ownCollections({ json }: Resource): readonly Collection[] {
  return ['natRuleCollections', 'networkRuleCollections', 'applicationRuleCollections'].flatMap(
    (list) => byPriority(propItems(json, list).map(collectionOf)),
  )
}

/** Deepest that policies inherit. */
const DEEPEST = 4

/** Those of the policy it inherits from come first. `undefined`: something of it was not given. */
function policyCollections(
  id: string,
  resources: Resources,
  depth: number,
): readonly Collection[] | undefined {
  const policy = resources.get(id)
  if (policy === undefined || depth > DEEPEST) return undefined
  const base = idAt(policy.json, 'basePolicy')
  const inherited = base === undefined ? [] : policyCollections(base, resources, depth + 1)
  const groups = resources
    .of('ruleCollectionGroups')
    .filter((group) => group.id.startsWith(`${id}/`))
  const named = propItems(policy.json, 'ruleCollectionGroups')
  if (inherited === undefined || groups.length < named.length) return undefined
  const own = byPriority(groups).flatMap(({ json }) =>
    byPriority(propItems(json, 'ruleCollections').map(collectionOf)),
  )
  return [...inherited, ...own]
}

type From = {
  readonly action: string
  readonly resources: Resources
  readonly isApplication: boolean
}

const NAMES = [
  'destinationFqdns',
  'targetFqdns',
  'fqdnTags',
  'targetUrls',
  'webCategories',
  'targetTags',
] as const

function ruleFrom(rule: Json, { action, resources, isApplication: isApp }: From): Rule {
  const source = sideOf(rule, 'source', resources)
  const destination = sideOf(rule, 'destination', resources)
  const names = NAMES.filter((name) => texts(rule, name).length > 0)
  const name = propText(rule, 'name') ?? ''
  return ruleOf({
    action: action === 'allow' ? 'permit' : 'deny',
    source,
    destination: names.length > 0 ? ANY_ADDRESS : destination,
    services: isApp ? applicationServices(rule) : servicesOf(rule),
    conditions: names.flatMap((one) => texts(rule, one)),
    unread: action === 'allow' || action === 'deny' ? [] : ['action'],
    first: rule.first,
    last: rule.last,
    label: name,
    text: `${name} ${action}`,
  })
}

function texts(rule: Json, name: string): readonly string[] {
  const own = textsAt(rule, 'properties', name)
  return own.length > 0 ? own : textsAt(rule, name)
}

function sideOf(
  rule: Json,
  which: 'source' | 'destination',
  resources: Resources,
): Addresses | undefined {
  const own = texts(rule, `${which}Addresses`).map(addressOf)
  const groups = texts(rule, `${which}IpGroups`).map((id) => {
    const group = resources.get(id)
    const all = texts(group?.json ?? rule, 'ipAddresses').map(addressOf)
    return group === undefined || all.includes(undefined)
      ? undefined
      : bothAddresses(all.flatMap((one) => one ?? []))
  })
  const all = [...own, ...groups]
  return all.length === 0 || all.includes(undefined)
    ? undefined
    : bothAddresses(all.flatMap((one) => one ?? []))
}

/** A tag of a service is none. */
function addressOf(text: string): Addresses | undefined {
  if (text === '*') return ANY_ADDRESS
  const [from = '', to] = text.split('-')
  return to === undefined ? prefix(from) : range4(from, to)
}

export function servicesOf(rule: Json): readonly Service[] | undefined {
  const names = [...texts(rule, 'ipProtocols'), ...texts(rule, 'protocols')].map((name) =>
    name.toLowerCase(),
  )
  const ports = texts(rule, 'destinationPorts')
  const destination = ports.length === 0 || ports.includes('*') ? null : portList(ports.join())
  if (destination === undefined || names.length === 0) return undefined
  const all = names.map((name): Service | undefined => {
    if (name === 'any') return { ...ANY_SERVICE, destination }
    const number = protocolNumber(name)
    if (number === undefined) return undefined
    return {
      protocols: [number, number],
      destination: number === 6 || number === 17 ? destination : null,
      source: null,
    }
  })
  return all.includes(undefined) ? undefined : all.flatMap((one) => one ?? [])
}

/** The ports of web protocols and of databases. */
function applicationServices(rule: Json): readonly Service[] | undefined {
  const ports = propItems(rule, 'protocols').map((one) => numberAt(one, 'port'))
  return ports.length === 0 || ports.includes(undefined)
    ? undefined
    : ports.map((port) => ({
        protocols: [6, 6],
        destination: [port ?? 0, port ?? 0],
        source: null,
      }))
}

/** A machine's address, and where it stands. */
export function ownAddress(
  firewall: Resource,
): { readonly text: string; readonly subnet: string } | undefined {
  for (const one of propItems(firewall.json, 'ipConfigurations')) {
    const text = propText(one, 'privateIPAddress') ?? propText(one, 'privateIpAddress')
    const subnet = idAt(prop(one, 'subnet'))
    if (text !== undefined && subnet !== undefined) return { text, subnet }
  }
  return undefined
}
