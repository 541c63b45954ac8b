// Random groups, ACLs and rulesets, decided a second time from what was written, packet by packet and rule by rule.

import { expect, test } from 'vitest'
import { prefix } from '../../packets/addresses.ts'
import { chance } from '../../packets/random-rules.test-helper.ts'
import type { Chance } from '../../packets/random-rules.test-helper.ts'
import { read } from '../../reference.test-helper.ts'
import { serviceFrom } from '../../segmentation/service-text.ts'
import { deviceOf } from '../device-of.ts'
import { answerTo } from '../verdict.ts'
import { devicesFrom, flow } from './clouds.test-helper.ts'

type Span = { readonly text: string; readonly low: number; readonly high: number }

/** Of 10.1.0.0/16. */
function block(random: Chance): Span {
  const length = [16, 24, 25, 28, 32][random(5)] ?? 16
  const size = 2 ** (32 - length)
  const at = Math.floor((random(4) * 256 + random(256)) / size) * size
  const low = 10 * 2 ** 24 + 2 ** 16 + at
  return { text: `10.1.${Math.floor(at / 256)}.${at % 256}/${length}`, low, high: low + size - 1 }
}

const PORTS = [22, 80, 102, 443, 502]
function ports(random: Chance): readonly [number, number] {
  const [a, b] = [PORTS[random(5)] ?? 22, PORTS[random(5)] ?? 22]
  return a <= b ? [a, b] : [b, a]
}

const isIn = ({ low, high }: Span, address: string) => {
  const at = prefix(address)?.v4[0] ?? 0
  return at >= low && at <= high
}

type Permission = { readonly span: Span; readonly ports: readonly [number, number] }
type Entry = Permission & { readonly allow: boolean }
type Host = {
  readonly address: string
  readonly subnet: number
  readonly groups: readonly number[]
}

function permits(all: readonly Permission[], address: string, port: number): boolean {
  return all.some(
    ({ span, ports: [low, high] }) => isIn(span, address) && port >= low && port <= high,
  )
}

function allows(entries: readonly Entry[], address: string, port: number): boolean {
  const first = entries.find(
    ({ span, ports: [low, high] }) => isIn(span, address) && port >= low && port <= high,
  )
  return first?.allow === true
}

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
  'security groups and network ACLs, as AWS documents them (%s)',
  (seed) => {
    const random = chance(seed + 1)
    const permission = (): Permission => ({ span: block(random), ports: ports(random) })
    const list = <Item>(most: number, make: () => Item) =>
      Array.from({ length: 1 + random(most) }, make)
    const groups = Array.from({ length: 4 }, () => ({
      in: list(4, permission),
      out: list(4, permission),
    }))
    const entry = (): Entry => ({ ...permission(), allow: random(3) > 0 })
    const acls = Array.from({ length: 3 }, () => ({ in: list(6, entry), out: list(6, entry) }))
    const hosts = Array.from({ length: 9 }, (_, at): Host => ({
      address: `10.1.${at % 3}.${10 + at}`,
      subnet: at % 3,
      groups: [random(4), ...(random(2) === 0 ? [random(4)] : [])],
    }))
    const permissionJson = ({ span, ports: [low, high] }: Permission) => ({
      IpProtocol: 'tcp',
      FromPort: low,
      ToPort: high,
      IpRanges: [{ CidrIp: span.text }],
    })
    const entryJson =
      (isOut: boolean) =>
      ({ span, ports: [low, high], allow }: Entry, at: number) => ({
        RuleNumber: 100 + at,
        Egress: isOut,
        Protocol: '6',
        PortRange: { From: low, To: high },
        RuleAction: allow ? 'allow' : 'deny',
        CidrBlock: span.text,
      })
    const devices = devicesFrom({
      Vpcs: [{ VpcId: 'vpc-00000001', CidrBlock: '10.1.0.0/16' }],
      Subnets: acls.map((_, at) => ({
        SubnetId: `subnet-${at}`,
        VpcId: 'vpc-00000001',
        CidrBlock: `10.1.${at}.0/24`,
      })),
      RouteTables: [
        {
          RouteTableId: 'rtb-00000001',
          VpcId: 'vpc-00000001',
          Associations: [{ Main: true }],
          Routes: [{ DestinationCidrBlock: '10.1.0.0/16', GatewayId: 'local' }],
        },
      ],
      SecurityGroups: groups.map((group, at) => ({
        GroupId: `sg-${at}`,
        VpcId: 'vpc-00000001',
        IpPermissions: group.in.map(permissionJson),
        IpPermissionsEgress: group.out.map(permissionJson),
      })),
      // Not in the order of their numbers.
      NetworkAcls: acls.map((acl, at) => ({
        NetworkAclId: `acl-${at}`,
        Associations: [{ SubnetId: `subnet-${at}` }],
        Entries: [...acl.out.map(entryJson(true)), ...acl.in.map(entryJson(false))].toReversed(),
      })),
      NetworkInterfaces: hosts.map(({ address, subnet, groups: own }, at) => ({
        NetworkInterfaceId: `eni-${at}`,
        SubnetId: `subnet-${subnet}`,
        VpcId: 'vpc-00000001',
        Groups: own.map((group) => ({ GroupId: `sg-${group}` })),
        PrivateIpAddress: address,
      })),
    })
    for (const from of hosts)
      for (const to of hosts) {
        if (from === to) continue
        for (const port of PORTS) {
          const isOut = from.groups.some((at) => permits(groups[at]?.out ?? [], to.address, port))
          const isAllowed = to.groups.some((at) =>
            permits(groups[at]?.in ?? [], from.address, port),
          )
          const isNear = from.subnet === to.subnet
          const leaves = isNear || allows(acls[from.subnet]?.out ?? [], to.address, port)
          const enters = isNear || allows(acls[to.subnet]?.in ?? [], from.address, port)
          const expected = isOut && isAllowed && leaves && enters ? 'open' : 'blocked'
          const { verdict } = flow(devices, [from.address, to.address, `tcp/${port}`])
          expect(`${from.address} ${to.address} ${port} ${verdict}`).toBe(
            `${from.address} ${to.address} ${port} ${expected}`,
          )
        }
      }
  },
)

type NftRule = Entry & { readonly side: 'saddr' | 'daddr'; readonly isNot: boolean }

test.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'rules of nftables, first match first (%s)',
  (seed) => {
    const random = chance(seed + 101)
    const rule = (): NftRule => ({
      span: block(random),
      ports: ports(random),
      allow: random(2) === 0,
      side: random(2) === 0 ? 'saddr' : 'daddr',
      isNot: random(5) === 0,
    })
    const outer = Array.from({ length: 6 }, rule)
    const inner = Array.from({ length: 4 }, rule)
    const call = { ...rule(), at: random(6) }
    const text = ({ span, ports: [low, high], allow, side, isNot }: NftRule, end?: string) =>
      `\t\tip ${side} ${isNot ? '!= ' : ''}${span.text} tcp dport ${low}-${high} ${end ?? (allow ? 'accept' : 'drop')}`
    const lines = outer.flatMap((one, at) => [
      ...(at === call.at ? [text(call, 'jump inner')] : []),
      text(one),
    ])
    const ruleset = `table inet t {
\tchain inner {
${inner.map((one) => text(one)).join('\n')}
\t}
\tchain forward {
\t\ttype filter hook forward priority 0; policy ${seed % 2 === 0 ? 'drop' : 'accept'};
\t\tiifname "a" oifname "b" counter
${lines.join('\n')}
\t}
}
`
    const device = deviceOf(read(ruleset), 'linux')
    const place = (name: string) =>
      device.interfaces
        .filter((one) => one.name === name)
        .map((one) => ({ device, interface: one }))
    const fits = (
      { span, ports: [low, high], side, isNot }: NftRule,
      from: string,
      to: string,
      port: number,
    ) => isIn(span, side === 'saddr' ? from : to) !== isNot && port >= low && port <= high
    const decide = (from: string, to: string, port: number): boolean => {
      for (const [at, one] of outer.entries()) {
        if (at === call.at && fits(call, from, to, port)) {
          const found = inner.find((own) => fits(own, from, to, port))
          if (found !== undefined) return found.allow
        }
        if (fits(one, from, to, port)) return one.allow
      }
      return seed % 2 === 1
    }
    for (let at = 0; at < 60; at += 1) {
      const [from, to] = [`10.1.${random(4)}.${random(256)}`, `10.1.${random(4)}.${random(256)}`]
      const port = PORTS[random(5)] ?? 22
      const [source, target, wanted] = [prefix(from), prefix(to), serviceFrom(`tcp/${port}`)]
      if (source === undefined || target === undefined || wanted === undefined)
        throw new Error('text')
      const { verdict } = answerTo({
        devices: [device],
        from: { addresses: source, places: place('a') },
        to: { addresses: target, places: place('b') },
        family: 4,
        services: [wanted],
      })
      expect(`${from} ${to} ${port} ${verdict}`).toBe(
        `${from} ${to} ${port} ${decide(from, to, port) ? 'open' : 'blocked'}`,
      )
    }
  },
)
