// Address translation of RouterOS.

import { ANY_V4, NO_ADDRESS, bothAddresses } from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { matchOf } from '../../packets/match.ts'
import { ANY_SERVICE, portList, protocolNumber } from '../../packets/services.ts'
import type { DeviceLimit, NetworkInterface, Translation } from '../device.ts'
import type { Entry } from './rows.ts'
import { addressText } from './rules.ts'

export type InterfaceLists = (text: string) => ReadonlySet<string> | undefined

export type Context = {
  readonly lists: InterfaceLists
  readonly limits: Set<DeviceLimit>
  readonly interfaces: readonly NetworkInterface[]
}

const KNOWN = new Set(['dst-nat', 'netmap', 'src-nat', 'masquerade'])
/** What translates nothing. */
const NOTES = new Set(['accept', 'passthrough', 'log'])
/** Settings that make the match more than addresses and ports. */
const OTHERS = ['src-address-list', 'dst-address-list', 'connection-mark', 'src-port']

export function translationOf(entry: Entry, context: Context): readonly Translation[] {
  const action = entry.get('action') ?? ''
  const isDestination = entry.get('chain') === 'dstnat'
  if (NOTES.has(action)) return []
  const found = KNOWN.has(action) ? read(entry, isDestination, context) : undefined
  if (found !== undefined) return [found]
  if (isDestination || !KNOWN.has(action)) context.limits.add('translation_not_understood')
  return []
}

function read(entry: Entry, isDestination: boolean, context: Context): Translation | undefined {
  const about = sideOf(entry, isDestination ? 'in' : 'out', context)
  const source = addressText(entry.get('src-address') ?? '0.0.0.0/0')
  const destination = destinationOf(entry, context.interfaces)
  const target = addressText(entry.get('to-addresses') ?? '')
  const isOther = OTHERS.some((name) => entry.get(name) !== undefined)
  if (about === undefined || source === undefined || destination === undefined || isOther)
    return undefined
  if (isDestination && target === undefined) return undefined
  return {
    kind: isDestination ? 'destination' : 'source',
    from: isDestination ? about : null,
    to: isDestination ? null : about,
    match: matchOf({ source, destination, services: [serviceOf(entry)] })?.[4] ?? [],
    address: target?.v4 ?? null,
    port: isDestination ? (portList(entry.get('to-ports') ?? '') ?? null) : null,
    first: entry.first,
    last: entry.last,
    label: entry.get('comment') ?? `${entry.first}`,
    isExact: target?.v4[0] === target?.v4[1],
  }
}

function sideOf(
  entry: Entry,
  side: 'in' | 'out',
  { lists }: Context,
): ReadonlySet<string> | null | undefined {
  const text = entry.get(`${side}-interface`) ?? entry.get(`${side}-interface-list`)
  return text === undefined ? null : lists(text)
}

function serviceOf(entry: Entry) {
  const number = protocolNumber(entry.get('protocol') ?? '')
  const ports = portList(entry.get('dst-port') ?? '')
  return {
    ...ANY_SERVICE,
    protocols: number === undefined ? null : [number, number],
    destination: ports ?? null,
  }
}

/** `dst-address-type=local`: the router's own addresses. */
function destinationOf(
  entry: Entry,
  interfaces: readonly NetworkInterface[],
): Addresses | undefined {
  if (entry.get('dst-address-type') === 'local') {
    const own = interfaces.flatMap(({ prefixes }) => prefixes)
    if (interfaces.some(({ isDynamic }) => isDynamic)) return ANY_V4
    return bothAddresses([
      NO_ADDRESS,
      ...own.flatMap((one) =>
        one.family === 4 ? [{ v4: [one.address, one.address], v6: [] }] : [],
      ),
    ])
  }
  return addressText(entry.get('dst-address') ?? '0.0.0.0/0')
}
