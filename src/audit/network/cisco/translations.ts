// Address translation of Cisco's makes: static ones exactly, the others as far as the addresses they are about.

import { ANY_V4, ipv4 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { matchOf } from '../../packets/match.ts'
import type { Ranges } from '../../packets/ranges.ts'
import type { Filter } from '../../packets/rule.ts'
import { ANY_SERVICE, portNumber, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { ConfigTree } from '../../tree/config-tree.ts'
import { walk } from '../../tree/config-tree.ts'
import { plainText } from '../../tree/statement-path.ts'
import type { DeviceLimit, Translation } from '../device.ts'
import type { Objects } from './named-objects.ts'

type Context = {
  readonly objects: Objects
  readonly isAsa: boolean
  readonly limits: Set<DeviceLimit>
  readonly lists: ReadonlyMap<string, Filter>
}

export function translationsIn(
  tree: ConfigTree,
  { objects, isAsa, limits }: Context,
): readonly Translation[] {
  const found: Translation[] = []
  for (const node of walk(tree.root)) {
    if (node.kind !== 'statement') continue
    const text = plainText(node, tree.form)
    const at = { first: node.line, last: node.last, label: `${node.line}` }
    const statics = isAsa ? null : iosStatic(text)
    if (statics !== null) found.push({ ...statics, ...at })
    else if (
      isAsa
        ? text.startsWith('nat (')
        : /^ip nat (?:inside|outside) (?:source|destination)/.test(text)
    ) {
      const own = isAsa ? asaObject(text, plainText(node.parent ?? node, tree.form), objects) : null
      if (own !== null) found.push({ ...own, ...at })
      else if (!/ dynamic |source list|source route-map/.test(text))
        limits.add('translation_not_understood')
    }
  }
  return found
}

type Found = Omit<Translation, 'first' | 'last' | 'label'>

const one = (value: number): Ranges => [value, value]

/** `ip nat inside source static [tcp] LOCAL [PORT] GLOBAL [PORT]`: what comes for the global address goes to the local one. */
function iosStatic(text: string): Found | null {
  const [, protocol, local = '', localPort, global = '', globalPort] =
    /^ip nat inside source static (?:(tcp|udp) )?(\S+) (?:(\d+) )?(\S+)(?: (\d+))?/.exec(text) ?? []
  const inside = ipv4(local)
  const outside = ipv4(global)
  if (inside === undefined || outside === undefined) return null
  const number = protocol === undefined ? undefined : protocolNumber(protocol)
  const port = globalPort === undefined ? undefined : portNumber(globalPort)
  const target = localPort === undefined ? undefined : portNumber(localPort)
  return toInside({ v4: one(outside), v6: [] }, one(inside), {
    protocols: number === undefined ? null : one(number),
    destination: port === undefined ? null : one(port),
    source: null,
    ...(target === undefined ? {} : { target }),
  })
}

/** `nat (inside,outside) static GLOBAL [service tcp LOCAL GLOBAL]` under an object. */
function asaObject(text: string, above: string, objects: Objects): Found | null {
  const [, name] = /^object network (\S+)$/.exec(above) ?? []
  const [, global = '', protocol, local, outer] =
    /^nat \([^)]*\) static (\S+)(?: service (tcp|udp) (\S+) (\S+))?/.exec(text) ?? []
  const inside = name === undefined ? undefined : objects.addresses(name)
  const address = ipv4(global)
  const outside = address === undefined ? objects.addresses(global) : { v4: one(address), v6: [] }
  if (inside === undefined || outside === undefined || inside.v4.length !== 2) return null
  const number = protocol === undefined ? undefined : protocolNumber(protocol)
  const port = outer === undefined ? undefined : portNumber(outer)
  const target = local === undefined ? undefined : portNumber(local)
  return toInside(outside, inside.v4, {
    protocols: number === undefined ? null : one(number),
    destination: port === undefined ? null : one(port),
    source: null,
    ...(target === undefined ? {} : { target }),
  })
}

function toInside(
  outside: Addresses,
  inside: Ranges,
  { target, ...service }: Service & { readonly target?: number },
): Found {
  const services = [{ ...ANY_SERVICE, ...service }]
  const match = matchOf({ source: ANY_V4, destination: outside, services })
  return {
    kind: 'destination',
    from: null,
    to: null,
    match: match?.[4] ?? [],
    address: inside,
    port: target === undefined ? null : one(target),
    isExact: inside[0] === inside[1],
  }
}
