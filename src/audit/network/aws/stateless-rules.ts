// Stateless rules of AWS Network Firewall: judged packet by packet before the stateful ones. What they pass goes past those, what they
// forward is judged there, and an answer is judged by them again.

import { ANY_ADDRESS, bothAddresses, prefix } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import type { Ranges } from '../../packets/ranges.ts'
import type { Rule } from '../../packets/rule.ts'
import { portList } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import { itemsAt, member, numberAt, textAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import type { Policy } from '../device.ts'
import { between } from '../parts.ts'
import { ruleOf } from '../rule-of.ts'

const FORWARD = 'aws:forward_to_sfe'
const PASS = 'aws:pass'
const DROP = 'aws:drop'
type Verb = typeof FORWARD | typeof PASS | typeof DROP

type Stateless = { readonly verb: Verb | undefined; readonly rule: (permits: boolean) => Rule }

/**
 * The stateless rules before the stateful policy; `undefined` where they cannot be told apart from it: a group that was not given, an
 * action that is not known, everything passing that is not forwarded, or a rule that passes what one before it may have forwarded.
 */
export function withStateless(
  policy: Json,
  groups: ReadonlyMap<string, Json>,
  stateful: Policy,
): Policy | undefined {
  const rules = rulesOf(policy, groups)
  const fallback = verbOf(textsAt(policy, 'StatelessDefaultActions'))
  if (rules === undefined || fallback === undefined) return undefined
  if (rules.length === 0 && fallback === FORWARD) return stateful
  const verbs = rules.map(({ verb }) => verb)
  const isForwarding = fallback === FORWARD || verbs.includes(FORWARD)
  const first: Policy = {
    name: `${stateful.name}: stateless`,
    isStateful: false,
    sees: 'after',
    rules: rules.map(({ verb, rule }) => between(rule(verb !== DROP), null, null)),
    fallback: fallback === DROP ? 'deny' : 'permit',
  }
  if (!isForwarding) return first
  const forwards = verbs.indexOf(FORWARD)
  const isPassingLate = forwards !== -1 && verbs.lastIndexOf(PASS) > forwards
  if (fallback === PASS || isPassingLate) return undefined
  const passing = rules.filter(({ verb }) => verb === PASS)
  const past = passing.map(({ rule }) => between(rule(true), null, null))
  return { ...first, and: [{ ...stateful, rules: [...past, ...stateful.rules] }] }
}

/** Of all groups by their priority, of each by the priority of its rules. */
function rulesOf(
  policy: Json,
  groups: ReadonlyMap<string, Json>,
): readonly Stateless[] | undefined {
  const found: Stateless[] = []
  for (const reference of byPriority(itemsAt(policy, 'StatelessRuleGroupReferences'))) {
    const arn = textAt(reference, 'ResourceArn') ?? ''
    const group = groups.get(arn)
    const at = ['RulesSource', 'StatelessRulesAndCustomActions', 'StatelessRules'] as const
    if (group === undefined || member(group, ...at) === undefined) return undefined
    const name = arn.split('/').at(-1) ?? arn
    for (const one of byPriority(itemsAt(group, ...at))) found.push(statelessFrom(one, name))
  }
  return found.some(({ verb }) => verb === undefined) ? undefined : found
}

function byPriority(list: readonly Json[]): readonly Json[] {
  const priority = (one: Json) => numberAt(one, 'Priority') ?? 0
  return list.toSorted((a, b) => priority(a) - priority(b))
}

/** Beside one of these stand custom actions, which only count. */
function verbOf(actions: readonly string[]): Verb | undefined {
  return ([FORWARD, PASS, DROP] as const).find((verb) => actions.includes(verb))
}

function statelessFrom(one: Json, name: string): Stateless {
  const definition = member(one, 'RuleDefinition') ?? one
  const verb = verbOf(textsAt(definition, 'Actions'))
  const wants = (what: string) => itemsAt(definition, 'MatchAttributes', what)
  const [sources, destinations] = [
    addressesOf(wants('Sources')),
    addressesOf(wants('Destinations')),
  ]
  const flags = wants('TCPFlags').flatMap((flag) => textsAt(flag, 'Flags'))
  const priority = String(numberAt(one, 'Priority') ?? '')
  const rule = (permits: boolean) =>
    ruleOf({
      action: permits ? 'permit' : 'deny',
      source: sources,
      destination: destinations,
      services: servicesOf(definition),
      conditions: wants('TCPFlags').length > 0 ? [`flags ${flags.join()}`] : [],
      first: one.first,
      last: one.last,
      label: `${name} ${priority}`,
      text: `${verb ?? ''} ${priority}`,
    })
  return { verb, rule }
}

/** None: any address. */
function addressesOf(list: readonly Json[]): Addresses | undefined {
  if (list.length === 0) return ANY_ADDRESS
  const all = list.map((one) => prefix(textAt(one, 'AddressDefinition') ?? ''))
  return all.includes(undefined) ? undefined : bothAddresses(all.flatMap((one) => one ?? []))
}

const [TCP, UDP] = [6, 17]

/** Ports are of TCP and UDP, also where no protocol is named. */
function servicesOf(definition: Json): readonly Service[] | undefined {
  const at = (what: string) => itemsAt(definition, 'MatchAttributes', what)
  const [from, to] = [portsOf(at('SourcePorts')), portsOf(at('DestinationPorts'))]
  const named = at('Protocols').map((one) => numberAt(one))
  if (from === undefined || to === undefined || named.includes(undefined)) return undefined
  const isByPort = from !== null || to !== null
  if (named.length === 0 && !isByPort) return [{ protocols: null, source: null, destination: null }]
  const protocols = named.length === 0 ? [TCP, UDP] : named.flatMap((number) => number ?? [])
  return protocols.map((number) => {
    const hasPorts = number === TCP || number === UDP
    return {
      protocols: [number, number],
      source: hasPorts ? from : null,
      destination: hasPorts ? to : null,
    }
  })
}

/** `null`: every port. */
function portsOf(list: readonly Json[]): Ranges | null | undefined {
  if (list.length === 0) return null
  const spans = list.map((one) => [numberAt(one, 'FromPort'), numberAt(one, 'ToPort')])
  return spans.some((span) => span.includes(undefined))
    ? undefined
    : portList(spans.map((span) => span.join('-')).join())
}
