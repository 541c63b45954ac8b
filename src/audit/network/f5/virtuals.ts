// What a BIG-IP listens for: virtual servers, of which the narrowest takes a packet, and addresses it translates. What nothing listens for
// does not pass (F5, "BIG-IP Local Traffic Management: Basics"; order of virtual servers: K14800).

import { ANY_ADDRESS, bothAddresses, ipv4 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { ranges, spansOf } from '../../packets/ranges.ts'
import type { Ranges } from '../../packets/ranges.ts'
import { ANY_SERVICE, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { NetworkInterface, PolicyRule, Translation } from '../device.ts'
import { between, cubesFor } from '../parts.ts'
import { ruleOf } from '../rule-of.ts'
import { at, childrenAt, valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'
import {
  isDisabled,
  maskedText,
  objectsAt,
  plainAddress,
  portText,
  shortName,
  targetOf,
  vlansOf,
} from './names.ts'
import { addressText } from './names.ts'

/** One listener with what it does: a rule, and what it makes of addresses. */
export type Listener = {
  readonly rule: PolicyRule
  readonly translations: readonly Translation[]
  /** Something besides decides where packets go: an iRule, a policy of its own. */
  readonly isOpenEnded: boolean
}

export type Box = { readonly root: Twig; readonly interfaces: readonly NetworkInterface[] }

export function virtualServers(box: Box): readonly Listener[] {
  return [...objectsAt(box.root, 'ltm', 'virtual').values()]
    .filter((twig) => !isDisabled(twig))
    .map((twig) => ({ twig, width: widthOf(twig, box) }))
    .toSorted((a, b) => a.width - b.width)
    .map(({ twig }) => listenerOf(twig, box))
}

type Wanted = {
  readonly source: Addresses | undefined
  readonly destination: Addresses | undefined
  readonly services: readonly Service[] | undefined
}

/** Destination first, then source, then port: the fewer the earlier. */
function widthOf(twig: Twig, { root }: Box): number {
  const { source, destination, services } = wantedBy(twig, root)
  const port = services?.[0]?.destination === null ? 1 : 0
  return bitsIn(destination) * 1000 + bitsIn(source) * 10 + port
}

function bitsIn(addresses: Addresses | undefined): number {
  const size = spansOf(addresses?.v4 ?? []).reduce((sum, [low, high]) => sum + high - low + 1, 0)
  return size === 0 ? 0 : Math.ceil(Math.log2(size))
}

function wantedBy(twig: Twig, root: Twig): Wanted {
  const { address, port } = targetOf(valueAt(twig, 'destination') ?? '')
  const known = objectsAt(root, 'ltm', 'virtual-address').get(address)
  const named = known === undefined ? address : plainAddress(valueAt(known, 'address') ?? address)
  const mask = valueAt(twig, 'mask') ?? valueAt(known, 'mask')
  const source = valueAt(twig, 'source')
  const ports = portText(port)
  const name = valueAt(twig, 'ip-protocol') ?? 'any'
  const number = protocolNumber(name)
  const isKnown = ports !== undefined && (number !== undefined || name === 'any')
  return {
    source: source === undefined ? ANY_ADDRESS : addressText(source),
    destination: maskedText(named, mask),
    services: isKnown
      ? [
          {
            ...ANY_SERVICE,
            protocols: number === undefined ? null : [number, number],
            destination: ports,
          },
        ]
      : undefined,
  }
}

/** The iRule that comes with the system and only sends browsers to HTTPS. */
const HARMLESS_RULE = '_sys_https_redirect'

function listenerOf(twig: Twig, { root, interfaces }: Box): Listener {
  const wanted = wantedBy(twig, root)
  const vlans = vlansOf(
    twig,
    interfaces.map(({ name }) => name),
  )
  const scripts = [...valuesAt(twig, 'rules'), ...valuesAt(twig, 'policies')]
    .map(shortName)
    .filter((name) => name !== HARMLESS_RULE)
  const isWhole = twig.children.has('destination')
  const rule = ruleOf({
    action: twig.children.has('reject') ? 'deny' : 'permit',
    ...wanted,
    conditions: scripts,
    unread: [
      ...(isWhole ? [] : ['traffic-matching-criteria']),
      ...(twig.children.has('fw-enforced-policy') ? ['fw-enforced-policy'] : []),
    ],
    first: twig.first,
    last: twig.last,
    label: shortName(twig.word),
    text: `ltm virtual ${twig.word} ${valueAt(twig, 'destination') ?? ''}`,
  })
  return {
    rule: between(rule, vlans === null ? null : [...vlans], null),
    translations: translationsOf(twig, { wanted, vlans, root, interfaces }),
    isOpenEnded: scripts.length > 0,
  }
}

type Listening = Box & { readonly wanted: Wanted; readonly vlans: ReadonlySet<string> | null }

function translationsOf(twig: Twig, around: Listening): readonly Translation[] {
  const { wanted, vlans, root } = around
  const { source, destination, services } = wanted
  if (source === undefined || destination === undefined || services === undefined) return []
  const pool = valueAt(twig, 'pool')
  const members = pool === undefined ? null : poolNamed(root, pool)
  const isMoved = members !== null && valueAt(twig, 'translate-address') !== 'disabled'
  const port = valueAt(twig, 'translate-port') === 'disabled' ? null : (members?.port ?? null)
  const shown = { first: twig.first, last: twig.last, label: shortName(twig.word), from: vlans }
  const moved: readonly Translation[] = isMoved
    ? [
        {
          ...shown,
          kind: 'destination',
          to: null,
          match: cubesFor({ source, destination, services }),
          address: members.address,
          port,
          isExact: members.isOne,
        },
      ]
    : []
  const there = isMoved ? { v4: members.address ?? ANY_ADDRESS.v4, v6: [] } : destination
  const ways = services.map((one) => (port === null ? one : { ...one, destination: port }))
  const match = cubesFor({ source, destination: there, services: isMoved ? ways : services })
  return [...moved, ...sentAs(at(twig, 'source-address-translation'), { ...around, match, shown })]
}

type Pool = {
  readonly address: Ranges | null
  readonly port: Ranges | null
  readonly isOne: boolean
}

/** `null` as address: into what is not known. */
function poolNamed(root: Twig, name: string): Pool {
  const members = childrenAt(objectsAt(root, 'ltm', 'pool').get(shortName(name)), 'members').filter(
    (twig) => !/^(?:user-down|disabled)$/.test(valueAt(twig, 'session') ?? ''),
  )
  const nodes = objectsAt(root, 'ltm', 'node')
  const addresses = members.map((twig) => {
    const node = nodes.get(targetOf(twig.word).address)
    const text = valueAt(twig, 'address') ?? valueAt(node, 'address') ?? targetOf(twig.word).address
    return ipv4(plainAddress(text))
  })
  const ports = members.map((twig) => portText(targetOf(twig.word).port))
  const isKnown = members.length > 0 && !addresses.includes(undefined) && !ports.includes(undefined)
  if (!isKnown) return { address: null, port: null, isOne: false }
  const all = ranges(addresses.flatMap((one) => (one === undefined ? [] : [[one, one] as const])))
  const isOpen = ports.includes(null)
  return {
    address: all,
    port: isOpen ? null : ranges(ports.flatMap((one) => spansOf(one ?? []))),
    isOne: members.length === 1,
  }
}

type Sent = Pick<Listening, 'root' | 'interfaces'> & {
  readonly match: Translation['match']
  readonly shown: Pick<Translation, 'first' | 'last' | 'label' | 'from'>
}

/** `automap`: as the address the device has on the way out; a pool: as one of it. */
function sentAs(twig: Twig | undefined, { root, interfaces, match, shown }: Sent) {
  const type = valueAt(twig, 'type') ?? 'none'
  const made = (address: Ranges | null, to: Translation['to']): Translation => ({
    ...shown,
    kind: 'source',
    to,
    match,
    address,
    port: null,
    isExact: false,
  })
  if (type === 'automap')
    return interfaces.map(({ name, prefixes }) => made(ownAddresses(prefixes), new Set([name])))
  return type === 'snat' ? [made(snatPool(root, valueAt(twig, 'pool')), null)] : []
}

/** Addresses of the device itself on a VLAN. */
export function ownAddresses(prefixes: NetworkInterface['prefixes']): Ranges {
  return ranges(
    prefixes.flatMap((one) => (one.family === 4 ? [[one.address, one.address] as const] : [])),
  )
}

/** `null`: into what is not known. */
export function snatPool(root: Twig, name: string | undefined): Ranges | null {
  const twig = objectsAt(root, 'ltm', 'snatpool').get(shortName(name ?? ''))
  const all = valuesAt(twig, 'members').map(addressText)
  return all.length === 0 || all.includes(undefined)
    ? null
    : bothAddresses(all.flatMap((one) => one ?? [])).v4
}
