// AWS Network Firewall: each of its endpoints is a device in the subnet it stands in. Tables send to an endpoint, and from its subnet
// packets go on by that subnet's table.

import { itemsAt, member, numberAt, textAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import type { Device, NetworkInterface, Policy } from '../device.ts'
import { addressesIn, between, conditionalFilter, deviceFrom, port, routeTo } from '../parts.ts'
import { groupRules, unreadGroup } from './firewall-rules.ts'
import type { Judged, Variables } from './firewall-rules.ts'
import type { Doc } from './resources.ts'
import { withStateless } from './stateless-rules.ts'

export type Firewall = {
  readonly name: string
  readonly vpc: string
  readonly endpoints: readonly { readonly id: string; readonly subnet: string }[]
  readonly json: Json
  readonly file: string
  readonly policy: Json | undefined
  readonly groups: ReadonlyMap<string, Json>
}

/** Answers of `describe-firewall`, `describe-firewall-policy` and `describe-rule-group`, wherever they stand. */
export function firewallsIn(docs: readonly Doc[]): readonly Firewall[] {
  const all = docs.flatMap(({ read, file }) =>
    [...objectsIn(read.value, 0)].map((json) => ({ json, file })),
  )
  const byArn = (response: string, body: string) =>
    new Map(
      all.flatMap(({ json }) => {
        const arn = textAt(json, response, `${response.replace('Response', '')}Arn`)
        const found = member(json, body)
        return arn === undefined || found === undefined ? [] : [[arn, found] as const]
      }),
    )
  const policies = byArn('FirewallPolicyResponse', 'FirewallPolicy')
  const groups = byArn('RuleGroupResponse', 'RuleGroup')
  return all.flatMap(({ json, file }): readonly Firewall[] => {
    const name = textAt(json, 'Firewall', 'FirewallName')
    if (name === undefined) return []
    const states = member(json, 'FirewallStatus', 'SyncStates')
    const zones = states?.kind === 'object' ? [...states.members.values()] : []
    return [
      {
        name,
        vpc: textAt(json, 'Firewall', 'VpcId') ?? '',
        endpoints: zones.flatMap((zone) => {
          const id = textAt(zone, 'Attachment', 'EndpointId')
          const subnet = textAt(zone, 'Attachment', 'SubnetId')
          return id === undefined || subnet === undefined ? [] : [{ id, subnet }]
        }),
        json,
        file,
        policy: policies.get(textAt(json, 'Firewall', 'FirewallPolicyArn') ?? ''),
        groups,
      },
    ]
  })
}

/** Deepest that a file of one's own holds answers. */
const DEEPEST = 3

function* objectsIn(json: Json | null, depth: number): Generator<Json> {
  if (json === null || depth > DEEPEST) return
  if (json.kind === 'list') for (const item of json.items) yield* objectsIn(item, depth + 1)
  if (json.kind !== 'object') return
  yield json
  for (const inner of json.members.values()) yield* objectsIn(inner, depth + 1)
}

/** The device behind an endpoint, and the subnet it stands in. */
export type Endpoint = { readonly device: string; readonly subnet: string }

/** `undefined`: it belongs to no firewall that was given. */
export function firewallBehind(
  endpoint: string,
  firewalls: readonly Firewall[],
): Endpoint | undefined {
  for (const { name, endpoints } of firewalls) {
    const found = endpoints.find(({ id }) => id === endpoint)
    if (found !== undefined) return { device: `${name}.${endpoint}`, subnet: found.subnet }
  }
  return undefined
}

/** Where endpoints that stand in a subnet put packets down. */
export function endpointPorts(
  subnet: string,
  firewalls: readonly Firewall[],
): readonly NetworkInterface[] {
  return firewalls.flatMap(({ endpoints, json }) =>
    endpoints
      .filter((one) => one.subnet === subnet)
      .map(({ id }) => port(`from ${id}`, { line: json.first })),
  )
}

export function firewallDevices(firewall: Firewall, home: readonly string[]): readonly Device[] {
  const { name, endpoints, json, file } = firewall
  return endpoints.map(({ id, subnet }) =>
    deviceFrom({
      name: `${name}.${id}`,
      source: file,
      make: 'aws',
      interfaces: [
        port('in', { line: json.first }),
        port('out', { line: json.first, leadsTo: { device: subnet, interface: `from ${id}` } }),
      ],
      policy: policyOf(firewall, home),
      routes: ['0.0.0.0/0', '::/0'].flatMap((text) => routeTo('out', text, json.first) ?? []),
    }),
  )
}

function policyOf(firewall: Firewall, home: readonly string[]): Policy {
  const { name, policy, groups, json } = firewall
  const whole = { name, isStateful: true, sees: 'after', fallback: 'deny' } as const
  if (policy === undefined) return { ...whole, rules: unread(unreadGroup('FirewallPolicy', json)) }
  const stateful = statefulPolicy({ policy, groups, home }, whole)
  return (
    withStateless(policy, groups, stateful) ?? {
      ...whole,
      rules: unread(unreadGroup('StatelessRuleGroups', policy)),
    }
  )
}

type Asked = Pick<Firewall, 'groups'> & {
  readonly policy: Json
  readonly home: readonly string[]
}

/** In the order of actions passing comes first; else as groups and rules stand. */
function statefulPolicy({ policy, groups, home }: Asked, whole: Omit<Policy, 'rules'>): Policy {
  const isStrict = textAt(policy, 'StatefulEngineOptions', 'RuleOrder') === 'STRICT_ORDER'
  const references = itemsAt(policy, 'StatefulRuleGroupReferences').toSorted(
    (a, b) => (numberAt(a, 'Priority') ?? 0) - (numberAt(b, 'Priority') ?? 0),
  )
  const judged = references.flatMap((reference) => {
    const arn = textAt(reference, 'ResourceArn') ?? ''
    const group = groups.get(arn)
    const own = arn.split('/').at(-1) ?? arn
    return group === undefined
      ? unreadGroup(own, reference)
      : groupRules(group, own, variablesOf(group, policy, home))
  })
  const ordered = isStrict
    ? judged
    : judged.toSorted((a, b) => ORDER.indexOf(a.verb) - ORDER.indexOf(b.verb))
  const last = textsAt(policy, 'StatefulDefaultActions').filter((action) => /drop/.test(action))
  return {
    ...whole,
    rules: unread(ordered),
    fallback: isStrict && last.length > 0 ? 'deny' : 'permit',
    // Dropped once it is established: what begins it has passed.
    ...(isStrict && last.length > 0 && !last.includes('aws:drop_strict')
      ? { rules: [...unread(ordered), ...begins(last)] }
      : {}),
  }
}

const unread = (judged: readonly Judged[]) => judged.map(({ rule }) => between(rule, null, null))
const ORDER = ['pass', 'drop', 'reject']

function begins(actions: readonly string[]): Policy['rules'] {
  return conditionalFilter('StatefulDefaultActions', actions.join()).rules.map((rule) =>
    between(rule, null, null),
  )
}

function variablesOf(group: Json, policy: Json, home: readonly string[]): Variables {
  return (name) => {
    const said = [
      textsAt(policy, 'PolicyVariables', 'RuleVariables', name, 'Definition'),
      textsAt(group, 'RuleVariables', 'IPSets', name, 'Definition'),
      textsAt(group, 'RuleVariables', 'PortSets', name, 'Definition'),
    ].find((texts) => texts.length > 0)
    if (said !== undefined) return said
    return name === 'HOME_NET' && addressesIn(home).v4.length > 0 ? home : undefined
  }
}
