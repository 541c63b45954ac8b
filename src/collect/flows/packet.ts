// The first bytes of a packet, as switches send them in sFlow: Ethernet, VLAN and MPLS tags, IPv4, IPv6, ports.

import { ipv4Text, ipv6Text, macText } from './values.ts'

const ETHERNET_BYTES = 14
const [IPV4, IPV6] = [0x08_00, 0x86_dd]
const VLAN_TAGS = new Set([0x81_00, 0x88_a8, 0x91_00])
const MPLS = new Set([0x88_47, 0x88_48])
const MOST_TAGS = 8
const [ICMP, TCP, UDP, ICMP6, SCTP] = [1, 6, 17, 58, 132]
/** Hop-by-hop, routing, destination options: eight bytes, and as many more as their second byte says. */
const IPV6_OPTIONS = new Set([0, 43, 60])
const IPV6_FRAGMENT = 44

/** Members, each behind a comma, as far as the bytes reach. */
export function ethernetMembers(bytes: Buffer): string {
  if (bytes.length < ETHERNET_BYTES) return ''
  let members = `,"sourceMacAddress":${macText(bytes, 6)},"destinationMacAddress":${macText(bytes, 0)}`
  let type = bytes.readUInt16BE(12)
  let at = ETHERNET_BYTES
  for (let tags = 0; VLAN_TAGS.has(type) && at + 4 <= bytes.length && tags < MOST_TAGS; tags += 1) {
    if (tags === 0) members += `,"vlanId":${bytes.readUInt16BE(at) & 0x0f_ff}`
    type = bytes.readUInt16BE(at + 2)
    at += 4
  }
  members += `,"ethernetType":${type}`
  if (MPLS.has(type)) return members + ipMembers(bytes.subarray(behindLabels(bytes, at)))
  return type === IPV4 || type === IPV6 ? members + ipMembers(bytes.subarray(at)) : members
}

/** The bit behind a label says whether it is the last. */
function behindLabels(bytes: Buffer, from: number): number {
  let at = from
  for (let labels = 0; labels < MOST_TAGS && at + 4 <= bytes.length; labels += 1) {
    at += 4
    if (((bytes[at - 2] ?? 0) & 1) === 1) return at
  }
  return at
}

export function ipMembers(bytes: Buffer): string {
  const version = (bytes[0] ?? 0) >> 4
  if (version === 4 && bytes.length >= 20) return ipv4Members(bytes)
  return version === 6 && bytes.length >= 40 ? ipv6Members(bytes) : ''
}

function ipv4Members(bytes: Buffer): string {
  const protocol = bytes[9] ?? 0
  const head = ((bytes[0] ?? 0) & 0x0f) * 4
  const members = `,"ipVersion":4,"sourceIPv4Address":${ipv4Text(bytes, 12)},"destinationIPv4Address":${ipv4Text(bytes, 16)},"protocolIdentifier":${protocol},"ipClassOfService":${bytes[1]},"ipTTL":${bytes[8]}`
  const isFirst = (bytes.readUInt16BE(6) & 0x1f_ff) === 0
  return isFirst && head >= 20 ? members + transport(bytes, protocol, head) : members
}

function ipv6Members(bytes: Buffer): string {
  let next = bytes[6] ?? 0
  let at = 40
  for (let heads = 0; heads < MOST_TAGS && at + 8 <= bytes.length; heads += 1) {
    const isFragment = next === IPV6_FRAGMENT
    if (!isFragment && !IPV6_OPTIONS.has(next)) break
    const isLater = isFragment && bytes.readUInt16BE(at + 2) >> 3 !== 0
    next = bytes[at] ?? 0
    at += isFragment ? 8 : ((bytes[at + 1] ?? 0) + 1) * 8
    // Only the first fragment holds ports.
    if (isLater) at = bytes.length
  }
  const members = `,"ipVersion":6,"sourceIPv6Address":${ipv6Text(bytes, 8)},"destinationIPv6Address":${ipv6Text(bytes, 24)},"protocolIdentifier":${next},"ipTTL":${bytes[7]}`
  return members + transport(bytes, next, at)
}

function transport(bytes: Buffer, protocol: number, at: number): string {
  if ((protocol === ICMP || protocol === ICMP6) && at + 2 <= bytes.length) {
    const name = protocol === ICMP ? 'icmpTypeCodeIPv4' : 'icmpTypeCodeIPv6'
    return `,"${name}":${bytes.readUInt16BE(at)}`
  }
  if (![TCP, UDP, SCTP].includes(protocol) || at + 4 > bytes.length) return ''
  const ports = `,"sourceTransportPort":${bytes.readUInt16BE(at)},"destinationTransportPort":${bytes.readUInt16BE(at + 2)}`
  const hasFlags = protocol === TCP && at + 14 <= bytes.length
  return hasFlags ? `${ports},"tcpControlBits":${bytes[at + 13]}` : ports
}
