// sFlow version 5 (sflow.org, sFlow version 5, July 2004): flow samples. Counter samples say nothing of who spoke with whom.

import { ethernetMembers, ipMembers } from './packet.ts'
import { ipv4Text, ipv6Text } from './values.ts'

export type SflowDatagram = {
  readonly agent: string
  readonly subAgent: number
  readonly sequence: number
  /** Members of one line each, behind a comma. */
  readonly flows: readonly string[]
  /** False where a length led beyond the datagram. */
  readonly isWhole: boolean
}

type Part = { readonly format: number; readonly bytes: Buffer }

const FLOW_SAMPLE = 1
const EXPANDED_FLOW_SAMPLE = 3
const RAW_HEADER = 1
const SAMPLED_IPV4 = 3
const SAMPLED_IPV6 = 4
const EXTENDED_SWITCH = 1001
const [ETHERNET, HEADER_IPV4, HEADER_IPV6] = [1, 11, 12]

/** undefined where the bytes are shorter than a header. */
export function readSflow(bytes: Buffer): SflowDatagram | undefined {
  if (bytes.length < 28) return undefined
  const addressBytes = bytes.readUInt32BE(4) === 2 ? 16 : 4
  const at = 8 + addressBytes
  if (bytes.length < at + 16) return undefined
  const agent = addressBytes === 16 ? ipv6Text(bytes, 8) : ipv4Text(bytes, 8)
  const { parts, isWhole } = partsOf(bytes, at + 16, bytes.readUInt32BE(at + 12))
  return {
    agent,
    subAgent: bytes.readUInt32BE(at),
    sequence: bytes.readUInt32BE(at + 4),
    flows: parts.flatMap((part) => flowMembers(part) ?? []),
    isWhole,
  }
}

/** Parts with a format and a length before them: samples of a datagram, records of a sample. */
function partsOf(
  bytes: Buffer,
  from: number,
  count: number,
): { readonly parts: readonly Part[]; readonly isWhole: boolean } {
  const parts: Part[] = []
  let at = from
  for (let i = 0; i < count; i += 1) {
    const length = at + 8 <= bytes.length ? bytes.readUInt32BE(at + 4) : Number.POSITIVE_INFINITY
    if (at + 8 + length > bytes.length) return { parts, isWhole: false }
    parts.push({ format: bytes.readUInt32BE(at), bytes: bytes.subarray(at + 8, at + 8 + length) })
    at += 8 + length
  }
  return { parts, isWhole: true }
}

/** undefined for what is no flow sample, or holds no packet. */
function flowMembers({ format, bytes }: Part): string | undefined {
  const isExpanded = format === EXPANDED_FLOW_SAMPLE
  if (format !== FLOW_SAMPLE && !isExpanded) return undefined
  const records = isExpanded ? 44 : 32
  if (bytes.length < records) return undefined
  const [rate, input, output] = isExpanded
    ? [bytes.readUInt32BE(12), bytes.readUInt32BE(28), bytes.readUInt32BE(36)]
    : [bytes.readUInt32BE(8), bytes.readUInt32BE(20), bytes.readUInt32BE(24)]
  const { parts } = partsOf(bytes, records, bytes.readUInt32BE(records - 4))
  // A switch may describe one packet twice: by its bytes and by what it read in them.
  const packet = parts.map(packetMembers).find((members) => members.includes('"ipVersion"'))
  if (packet === undefined) return undefined
  const tags = parts.map(switchMembers).join('')
  return `,"samplingInterval":${rate},"ingressInterface":${input},"egressInterface":${output},"packetDeltaCount":1${packet}${tags}`
}

function packetMembers({ format, bytes }: Part): string {
  if (format === RAW_HEADER) return headerMembers(bytes)
  if (format === SAMPLED_IPV4 && bytes.length >= 32) return sampledMembers(bytes, 4)
  return format === SAMPLED_IPV6 && bytes.length >= 56 ? sampledMembers(bytes, 16) : ''
}

function switchMembers({ format, bytes }: Part): string {
  if (format !== EXTENDED_SWITCH || bytes.length < 16) return ''
  return `,"dot1qVlanId":${bytes.readUInt32BE(0)},"postDot1qVlanId":${bytes.readUInt32BE(8)}`
}

function headerMembers(bytes: Buffer): string {
  if (bytes.length < 16) return ''
  const packet = bytes.subarray(16, 16 + bytes.readUInt32BE(12))
  const size = `,"octetDeltaCount":${bytes.readUInt32BE(4)}`
  const protocol = bytes.readUInt32BE(0)
  if (protocol === ETHERNET) return size + ethernetMembers(packet)
  return protocol === HEADER_IPV4 || protocol === HEADER_IPV6 ? size + ipMembers(packet) : ''
}

/** Length, protocol, addresses, ports, flags of TCP. */
function sampledMembers(bytes: Buffer, addressBytes: 4 | 16): string {
  const [version, text] = addressBytes === 4 ? [4, ipv4Text] : [6, ipv6Text]
  const ports = 8 + 2 * addressBytes
  return `,"octetDeltaCount":${bytes.readUInt32BE(0)},"ipVersion":${version},"protocolIdentifier":${bytes.readUInt32BE(4)},"sourceIPv${version}Address":${text(bytes, 8)},"destinationIPv${version}Address":${text(bytes, 8 + addressBytes)},"sourceTransportPort":${bytes.readUInt32BE(ports)},"destinationTransportPort":${bytes.readUInt32BE(ports + 4)},"tcpControlBits":${bytes.readUInt32BE(ports + 8)}`
}
