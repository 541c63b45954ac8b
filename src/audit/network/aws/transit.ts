// Transit gateways: attachments in one subnet of each availability zone, tables that route between them. Traffic stays in its
// zone where the other side stands there too (AWS, "How transit gateways work").

import { ANY_ADDRESS } from '../../packets/addresses.ts'
import { itemsAt, textAt, textsAt } from '../../tree/json-values.ts'
import type { Json } from '../../tree/json-values.ts'
import type { Device, NetworkInterface, Policy, Route } from '../device.ts'
import { between, deviceFrom, policyFrom, port, routeTo } from '../parts.ts'
import { ruleOf } from '../rule-of.ts'
import type { Attachment, Subnet, World } from './kinds.ts'
import type { Found, Resources } from './resources.ts'

export function attachmentsIn(resources: Resources): readonly Attachment[] {
  const ids = new Set(
    ['TransitGatewayVpcAttachments', 'TransitGatewayAttachments'].flatMap((kind) =>
      resources.of(kind).map(({ id }) => id),
    ),
  )
  return [...ids].flatMap((id) => {
    const vpc = resources.get('TransitGatewayVpcAttachments', id)?.json
    const any = resources.get('TransitGatewayAttachments', id)?.json
    const [told] = [vpc, any].filter((json) => json !== undefined)
    const gateway = textAt(told, 'TransitGatewayId')
    if (told === undefined || gateway === undefined || isGone(told) || isGone(any)) return []
    return [
      {
        id,
        line: told.first,
        gateway,
        kind: textAt(any, 'ResourceType') ?? 'vpc',
        resource: textAt(vpc, 'VpcId') ?? textAt(any, 'ResourceId') ?? '',
        subnets: textsAt(vpc, 'SubnetIds'),
        table:
          textAt(any, 'Association', 'TransitGatewayRouteTableId') ?? onlyTable(gateway, resources),
        isAppliance: textAt(vpc, 'Options', 'ApplianceModeSupport') === 'enable',
      },
    ]
  })
}

function isGone(json: Json | undefined): boolean {
  return /^(?:delet|reject|fail)/.test(textAt(json, 'State') ?? '')
}

function onlyTable(gateway: string, resources: Resources): string | undefined {
  const [only, ...more] = resources
    .of('TransitGatewayRouteTables')
    .filter(({ json }) => textAt(json, 'TransitGatewayId') === gateway)
  return more.length === 0 ? only?.id : undefined
}

type At = { readonly subnet: Subnet; readonly world: World }

/** Into the attachment's subnet in the same zone, whose ACL is met; `null`: it stands in no subnet of this zone. */
export function transitWay(
  gateway: string,
  acl: Pick<NetworkInterface, 'ingress' | 'egress' | 'line'>,
  { subnet, world }: At,
): NetworkInterface | null {
  const own = world.attachments.find(
    (one) => one.gateway === gateway && one.resource === subnet.vpc,
  )
  if (own === undefined || own.subnets.length === 0) return port(gateway, acl)
  const near = own.subnets
    .flatMap((id) => world.subnets.get(id) ?? [])
    .find(({ zone }) => zone === subnet.zone)
  if (near === undefined)
    return own.subnets.every((id) => world.subnets.has(id)) ? null : port(gateway, acl)
  const more = near.id === subnet.id ? [] : [near.acls.in]
  return port(gateway, {
    ...acl,
    egress: [...acl.egress, ...more],
    ...(own.table === undefined
      ? {}
      : { leadsTo: { device: own.table, interface: inOf(own, subnet.zone) } }),
  })
}

function inOf({ id }: Attachment, zone: string): string {
  return `${id} ${zone}`
}

/** A table is a device: what comes from its attachments goes where it says. */
export function transitDevices(world: World): readonly Device[] {
  const tables = new Map(
    world.resources.of('TransitGatewayRouteTables').map((one) => [one.id, one]),
  )
  const used = new Set(world.attachments.flatMap(({ table }) => table ?? []))
  return [...used].map((id) => tableDevice(id, tables.get(id), world))
}

function tableDevice(id: string, found: Found | undefined, world: World): Device {
  const { resources } = world
  const from = world.attachments.filter(({ table }) => table === id)
  const gateway = from[0]?.gateway
  const others = world.attachments.filter((one) => one.gateway === gateway)
  const ins = from.flatMap((one) => zonesOf(one, world).map((zone) => ({ one, zone })))
  const outs = others.flatMap((one) => outsOf(one, world))
  const routes = routesOf(id, others, world)
  const isKnown =
    resources.has('TransitGatewayPropagations') && resources.has('TransitGatewayStaticRoutes')
  return deviceFrom({
    name: id,
    source: found?.file ?? '',
    make: 'aws',
    interfaces: [
      ...ins.map(({ one, zone }) => port(inOf(one, zone), { line: one.line })),
      ...outs.map(({ out }) => out),
    ],
    policy: zonePolicy(id, ins, outs),
    routes: routes.flatMap(({ route, attachment }): readonly Route[] =>
      outs.length === 0 || attachment === null
        ? [{ ...route, interface: null }]
        : outs
            .filter(({ one }) => one.id === attachment)
            .map(({ out }) => ({ ...route, interface: out.name })),
    ),
    // What lies behind a tunnel, or in a VPC that was not given, is told nowhere.
    limits:
      isKnown && others.every(({ kind, resource }) => kind === 'vpc' && world.vpcs.has(resource))
        ? []
        : ['dynamic_routing', 'not_whole'],
  })
}

function zonesOf({ subnets }: Attachment, world: World): readonly string[] {
  return [...new Set(subnets.flatMap((id) => world.subnets.get(id)?.zone ?? []))]
}

type Out = { readonly one: Attachment; readonly zone: string; readonly out: NetworkInterface }

function outsOf(one: Attachment, world: World): readonly Out[] {
  const near = one.subnets.flatMap((id) => world.subnets.get(id) ?? [])
  if (one.kind !== 'vpc' || near.length === 0)
    return [{ one, zone: '', out: port(`to ${one.id}`, { alias: one.kind, line: one.line }) }]
  return near.map((subnet) => ({
    one,
    zone: subnet.zone,
    out: port(`to ${one.id} ${subnet.id}`, {
      line: one.line,
      leadsTo: { device: subnet.id, interface: `from ${one.id}` },
    }),
  }))
}

/** The same zone where it can be; else any of the others, and which is not said. */
function zonePolicy(
  name: string,
  ins: readonly { readonly one: Attachment; readonly zone: string }[],
  outs: readonly Out[],
): Policy {
  const rules = ins.flatMap(({ one: from, zone }) =>
    outs.flatMap(({ one: to, zone: other, out }) => {
      const all = outs.filter((other_) => other_.one === to)
      const hasSame = all.some((each) => each.zone === zone)
      const isLoose = from.isAppliance || to.isAppliance
      if (other !== zone && hasSame && !isLoose) return []
      const isSure = all.length === 1 || (other === zone && !isLoose)
      const rule = ruleOf({
        action: 'permit',
        source: ANY_ADDRESS,
        destination: ANY_ADDRESS,
        services: [{ protocols: null, destination: null, source: null }],
        unread: isSure ? [] : ['availability zone'],
        first: to.line,
        last: to.line,
        label: out.name,
        text: '',
      })
      return [between(rule, [inOf(from, zone)], [out.name])]
    }),
  )
  return policyFrom(name, rules, { fallback: 'deny', isStateful: true })
}

type Way = { readonly route: Route; readonly attachment: string | null }

function routesOf(table: string, attachments: readonly Attachment[], world: World): readonly Way[] {
  const { resources } = world
  const said = itemsAt(resources.get('TransitGatewayStaticRoutes', table)?.json, 'Routes').flatMap(
    (entry): readonly Way[] => {
      const via = itemsAt(entry, 'TransitGatewayAttachments').flatMap(
        (one) => textAt(one, 'TransitGatewayAttachmentId') ?? [],
      )
      const route = routeTo('', textAt(entry, 'DestinationCidrBlock'), entry.first)
      const isHole = textAt(entry, 'State') === 'blackhole'
      if (route === undefined) return []
      return isHole || via.length === 0
        ? [{ route, attachment: null }]
        : via.map((attachment) => ({ route, attachment }))
    },
  )
  const told = itemsAt(
    resources.get('TransitGatewayPropagations', table)?.json,
    'TransitGatewayRouteTablePropagations',
  ).flatMap((entry) => {
    const id = textAt(entry, 'TransitGatewayAttachmentId')
    const vpc = world.vpcs.get(
      attachments.find((one) => one.id === id)?.resource ?? textAt(entry, 'ResourceId') ?? '',
    )
    return (vpc?.blocks ?? []).flatMap((text): readonly Way[] => {
      const route = routeTo('', text, entry.first)
      return route === undefined || id === undefined ? [] : [{ route, attachment: id }]
    })
  })
  return [...said, ...told]
}
