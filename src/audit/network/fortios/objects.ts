// Addresses, virtual addresses and services of FortiOS, with their groups.

import {
  ANY_ADDRESS,
  ANY_V6,
  ipv4,
  maskLength,
  prefix,
  prefix4,
  range4,
  wildcard4,
} from '../../packets/addresses.ts'
import type { Addresses } from '../../packets/addresses.ts'
import { ANY_SERVICE, portList, protocolNumber } from '../../packets/services.ts'
import type { Service } from '../../packets/services.ts'
import type { Looked, Named } from '../named-objects.ts'
import type { Row, Tables } from './tables.ts'

const known = (value: Addresses): Looked<Addresses> => ({ kind: 'known', value })

export function fortiAddresses(tables: Tables): Named<Addresses> {
  const own = new Map(
    [...tables('firewall address'), ...tables('firewall address6')].map((row) => [row.name, row]),
  )
  const virtual = new Map(tables('firewall vip').map((row) => [row.name, row]))
  const groups = new Map(
    [
      ...tables('firewall addrgrp'),
      ...tables('firewall addrgrp6'),
      ...tables('firewall vipgrp'),
    ].map((row) => [row.name, row]),
  )
  return {
    own: (name) => {
      const address = own.get(name)
      if (name === 'all' && !isLimited(address)) return known(ANY_ADDRESS)
      if (address !== undefined) return addressOf(address)
      // The policy judges the address that stands behind a virtual one.
      const mapped = virtual.get(name)
      const target = mapped === undefined ? undefined : spanOf(mapped.values('mappedip')[0] ?? '')
      if (mapped !== undefined) return target === undefined ? { kind: 'unknown' } : known(target)
      return name === 'none' ? known({ v4: [], v6: [] }) : undefined
    },
    members: (name) => {
      const group = groups.get(name)
      return group === undefined ? undefined : group.values('member')
    },
  }
}

function isLimited(row: Row | undefined): boolean {
  return (
    row !== undefined &&
    ['subnet', 'start-ip', 'ip6', 'fqdn'].some((setting) => row.values(setting).length > 0)
  )
}

function addressOf(row: Row): Looked<Addresses> {
  const type = row.value('type') ?? 'ipmask'
  const v6 = row.value('ip6')
  if (v6 !== undefined) return looked(v6 === '::/0' ? ANY_V6 : prefix(v6))
  if (type === 'iprange')
    return looked(range4(row.value('start-ip') ?? '', row.value('end-ip') ?? ''))
  if (type === 'wildcard') return looked(masked(row.values('wildcard')))
  if (
    type === 'fqdn' ||
    type === 'wildcard-fqdn' ||
    type === 'geography' ||
    type === 'dynamic' ||
    type === 'mac'
  )
    return { kind: 'conditional', because: row.value('fqdn') ?? row.value('country') ?? row.name }
  if (type !== 'ipmask' && type !== 'interface-subnet') return { kind: 'unknown' }
  const subnet = row.values('subnet')
  // `show` leaves out what is the default: an address without a subnet is all.
  return subnet.length === 0 ? known(ANY_ADDRESS) : looked(masked(subnet))
}

function looked(value: Addresses | undefined): Looked<Addresses> {
  return value === undefined ? { kind: 'unknown' } : known(value)
}

function masked([address = '', mask]: readonly string[]): Addresses | undefined {
  if (mask === undefined) return prefix(address)
  const base = ipv4(address)
  const ones = ipv4(mask)
  if (base === undefined || ones === undefined) return undefined
  const length = maskLength(ones)
  const set = length === undefined ? wildcard4(base, 0xff_ff_ff_ff - ones) : prefix4(base, length)
  return set === undefined ? undefined : { v4: set, v6: [] }
}

/** `10.0.0.1` or `10.0.0.1-10.0.0.9`. */
export function spanOf(text: string): Addresses | undefined {
  const [from = '', to] = text.split('-')
  return to === undefined ? prefix(from) : range4(from, to)
}

export function fortiServices(tables: Tables): Named<readonly Service[]> {
  const own = new Map(tables('firewall service custom').map((row) => [row.name, row]))
  const groups = new Map(tables('firewall service group').map((row) => [row.name, row]))
  return {
    own: (name) => {
      const row = own.get(name)
      if (row !== undefined) return serviceOf(row)
      return name === 'ALL' ? { kind: 'known', value: [ANY_SERVICE] } : undefined
    },
    members: (name) => groups.get(name)?.values('member'),
  }
}

function serviceOf(row: Row): Looked<readonly Service[]> {
  const protocol = row.value('protocol') ?? 'TCP/UDP/SCTP'
  if (row.values('fqdn').length > 0 || row.values('application').length > 0)
    return { kind: 'conditional', because: row.name }
  if (protocol === 'ICMP' || protocol === 'ICMP6') {
    const type = row.value('icmptype')
    const kind = type === undefined ? null : Number(type)
    const number = protocol === 'ICMP' ? 1 : 58
    return {
      kind: 'known',
      value: [
        {
          protocols: [number, number],
          destination: kind === null ? null : [kind * 256, kind * 256 + 255],
          source: null,
        },
      ],
    }
  }
  if (protocol === 'IP') {
    const number = protocolNumber(row.value('protocol-number') ?? '0')
    return {
      kind: 'known',
      value: [
        number === undefined || number === 0
          ? ANY_SERVICE
          : { ...ANY_SERVICE, protocols: [number, number] },
      ],
    }
  }
  if (!protocol.startsWith('TCP')) return { kind: 'unknown' }
  return portsOf(row)
}

function portsOf(row: Row): Looked<readonly Service[]> {
  const all: Service[] = []
  for (const [setting, number] of [
    ['tcp-portrange', 6],
    ['udp-portrange', 17],
    ['sctp-portrange', 132],
  ] as const) {
    for (const text of row.values(setting)) {
      // Destination first, its source after a colon.
      const [to = '', from] = text.split(':')
      const destination = portList(to)
      const source = from === undefined ? null : portList(from)
      if (destination === undefined || source === undefined) return { kind: 'unknown' }
      all.push({ protocols: [number, number], destination, source })
    }
  }
  return { kind: 'known', value: all }
}
