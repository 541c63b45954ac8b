// Addresses, services and applications of PAN-OS, with their groups.

import { prefix, range4, wildcard4, ipv4 } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { portList } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { Looked, Named } from '../named-objects.ts'
import { at, valueAt, valuesAt } from '../twigs.ts'
import type { Twig } from '../twigs.ts'

/** Objects of every place they may stand in: shared, virtual systems, device groups. */
export function panosAddresses(root: Twig): Named<Addresses> {
  const own = merged(root, 'address')
  const groups = merged(root, 'address-group')
  const lists = merged(root, 'external-list')
  return {
    own: (name) => {
      const twig = own.get(name)
      if (twig !== undefined) return addressOf(twig)
      if (lists.has(name)) return { kind: 'conditional', because: name }
      const direct = literal(name)
      if (direct !== undefined) return { kind: 'known', value: direct }
      if (groups.has(name)) return { kind: 'conditional', because: name }
      return undefined
    },
    members: (name) => {
      const group = groups.get(name)
      if (group === undefined || at(group, 'dynamic') !== undefined) return undefined
      return valuesAt(at(group, 'static') ?? group).filter((word) => !ASIDE.has(word))
    },
  }
}

const ASIDE = new Set(['description', 'tag', 'disable-override'])

/** Where rules name objects, and do not define them. */
const NO_OBJECTS = new Set([
  'rulebase',
  'pre-rulebase',
  'post-rulebase',
  'network',
  'deviceconfig',
  'mgt-config',
  'import',
])

function merged(root: Twig, word: string): ReadonlyMap<string, Twig> {
  const found = new Map<string, Twig>()
  const visit = (twig: Twig) => {
    for (const one of twig.children.values()) {
      if (one.word === word)
        for (const [name, own] of one.children) found.set(name, found.get(name) ?? own)
      else if (!NO_OBJECTS.has(one.word)) visit(one)
    }
  }
  visit(root)
  return found
}

function addressOf(twig: Twig): Looked<Addresses> {
  const direct = valueAt(twig, 'ip-netmask') ?? valueAt(twig, 'ip-range')
  const value = direct === undefined ? undefined : literal(direct)
  if (value !== undefined) return { kind: 'known', value }
  const wild = valueAt(twig, 'ip-wildcard')?.split('/').map(ipv4)
  const [base, mask] = wild ?? []
  if (base !== undefined && mask !== undefined) {
    const set = wildcard4(base, mask)
    if (set !== undefined) return { kind: 'known', value: { v4: set, v6: [] } }
  }
  const fqdn = valueAt(twig, 'fqdn')
  return fqdn === undefined ? { kind: 'unknown' } : { kind: 'conditional', because: fqdn }
}

function literal(text: string): Addresses | undefined {
  const [, from, to] = /^([\d.]+)-([\d.]+)$/.exec(text) ?? []
  return from !== undefined && to !== undefined ? range4(from, to) : prefix(text)
}

export function panosServices(root: Twig): Named<readonly Service[]> {
  const own = merged(root, 'service')
  const groups = merged(root, 'service-group')
  return {
    own: (name) => {
      const twig = own.get(name)
      if (twig !== undefined) return serviceOf(twig)
      const built = BUILT_IN.get(name)
      return built === undefined ? undefined : { kind: 'known', value: built }
    },
    members: (name) => {
      const group = groups.get(name)
      return group === undefined
        ? undefined
        : valuesAt(at(group, 'members') ?? group).filter((word) => !ASIDE.has(word))
    },
  }
}

const BUILT_IN: ReadonlyMap<string, readonly Service[]> = new Map([
  ['service-http', [{ protocols: [6, 6], destination: [80, 80, 8080, 8080], source: null }]],
  ['service-https', [{ protocols: [6, 6], destination: [443, 443], source: null }]],
])

function serviceOf(twig: Twig): Looked<readonly Service[]> {
  const all: Service[] = []
  for (const [name, number] of [
    ['tcp', 6],
    ['udp', 17],
    ['sctp', 132],
  ] as const) {
    const own = at(twig, 'protocol', name)
    if (own === undefined) continue
    const target = valuesAt(own, 'port').join(',')
    const origin = valuesAt(own, 'source-port').join(',')
    const destination = target === '' ? null : portList(target)
    const source = origin === '' ? null : portList(origin)
    if (destination === undefined || source === undefined) return { kind: 'unknown' }
    all.push({ protocols: [number, number], destination, source })
  }
  return all.length === 0 ? { kind: 'unknown' } : { kind: 'known', value: all }
}
