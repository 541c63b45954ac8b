// Security admin rules of Azure's network manager: judged before groups. `Deny` ends it, `Allow` leaves it to the groups, `AlwaysAllow`
// passes them by. Whether a configuration is deployed where a network lies stands in no resource, so each is a condition.

import { bothAddresses } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Filter, Rule } from '../../packets/rule.ts'
import { numberAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import { ruleOf } from '../rule-of.ts'
import { servicesOf, tagged } from './groups.ts'
import type { Around, Direction } from './groups.ts'
import { propItems, propText } from './resources.ts'
import type { Resource, Resources } from './resources.ts'

/** A list of a group as it stands behind the admin rules: what these always allow, then its own. */
export function behindAdminRules(filter: Filter, rules: readonly Rule[]): Filter {
  const always = rules.filter(({ label }) => !ENDS.test(label))
  return always.length === 0 ? filter : { ...filter, rules: [...always, ...filter.rules] }
}

/** What the rules stop whatever groups say; nothing where there are none. */
export function adminFilters(rules: readonly Rule[], network: string): readonly Filter[] {
  return rules.length === 0
    ? []
    : [{ name: `${network} admin rules`, rules, fallback: 'permit', isStateful: true }]
}

/** What leaves the groups their say. */
const ENDS = / (?:Deny|Allow)$/

/** Rules that may hold for a network, in their order. */
export function adminRules(network: string, direction: Direction, around: Around): readonly Rule[] {
  const wanted = direction === 'in' ? 'inbound' : 'outbound'
  return around.resources
    .of('adminRules')
    .filter(({ json }) => propText(json, 'direction')?.toLowerCase() === wanted)
    .filter((rule) => mayHold(rule, network, around.resources))
    .map((rule) => ({
      rule,
      priority:
        numberAt(rule.json, 'properties', 'priority') ?? numberAt(rule.json, 'priority') ?? 0,
    }))
    .toSorted((a, b) => a.priority - b.priority)
    .map(({ rule, priority }) => ruleFrom(rule, priority, around))
}

/** False only where every group it is applied to lists its members and the network is in none. */
function mayHold(rule: Resource, network: string, resources: Resources): boolean {
  const collection = resources.get(rule.id.replace(/\/rules\/[^/]+$/, ''))
  if (collection === undefined) return true
  const groups = propItems(collection.json, 'appliesToGroups').flatMap(
    (one) => propText(one, 'networkGroupId')?.toLowerCase() ?? [],
  )
  return groups.some((group) => {
    const members = resources.of('groupMembers').filter(({ id }) => id.startsWith(`${group}/`))
    return (
      members.length === 0 ||
      members.some(({ json }) => propText(json, 'resourceId')?.toLowerCase() === network)
    )
  })
}

function ruleFrom({ json, name, file }: Resource, priority: number, around: Around): Rule {
  const access = propText(json, 'access') ?? '?'
  const source = side(propItems(json, 'sources'), around)
  const destination = side(propItems(json, 'destinations'), around)
  return ruleOf({
    action: access === 'Deny' ? 'deny' : 'permit',
    source: source.addresses,
    destination: destination.addresses,
    services: servicesOf(json),
    conditions: ['network manager'],
    unread: [
      ...source.open,
      ...destination.open,
      ...(/^(?:Deny|Allow|AlwaysAllow)$/.test(access) ? [] : ['access']),
    ],
    first: json.first,
    last: json.last,
    label: `${priority} ${name} ${access}`,
    text: `${priority} ${name} ${access} ${propText(json, 'protocol') ?? '?'} (${file})`,
  })
}

type Side = { readonly addresses: Addresses | undefined; readonly open: readonly string[] }

function side(prefixes: readonly Json[], around: Around): Side {
  const texts = prefixes.flatMap((one) => propText(one, 'addressPrefix') ?? [])
  const found = texts.map((text) => ({ text, ...tagged(text, around) }))
  // None: any.
  if (prefixes.length === 0) return { addresses: tagged('*', around).addresses, open: [] }
  return {
    addresses: found.some(({ addresses }) => addresses === undefined)
      ? undefined
      : bothAddresses(found.flatMap(({ addresses }) => addresses ?? [])),
    open: found.filter(({ isOpen }) => isOpen).map(({ text }) => text),
  }
}
