// Information elements by number, with the names and types of IANA's IPFIX registry, which NetFlow v9 shares below 128.

export type ElementType =
  | 'unsigned'
  | 'ipv4'
  | 'ipv6'
  | 'mac'
  | 'string'
  | 'octets'
  /** Microseconds and nanoseconds are NTP timestamps on the wire (RFC 7011 section 6.1.9). */
  | 'micros'
  | 'nanos'

export type Element = { readonly name: string; readonly type: ElementType }

/** https://www.iana.org/assignments/ipfix/ipfix.xhtml; times in seconds and milliseconds are plain numbers. */
const REGISTRY: Readonly<Record<ElementType, string>> = {
  unsigned: `
    1 octetDeltaCount 2 packetDeltaCount 3 deltaFlowCount 4 protocolIdentifier 5 ipClassOfService 6 tcpControlBits
    7 sourceTransportPort 9 sourceIPv4PrefixLength 10 ingressInterface 11 destinationTransportPort
    13 destinationIPv4PrefixLength 14 egressInterface 16 bgpSourceAsNumber 17 bgpDestinationAsNumber
    19 postMCastPacketDeltaCount 20 postMCastOctetDeltaCount 21 flowEndSysUpTime 22 flowStartSysUpTime
    23 postOctetDeltaCount 24 postPacketDeltaCount 25 minimumIpTotalLength 26 maximumIpTotalLength
    29 sourceIPv6PrefixLength 30 destinationIPv6PrefixLength 31 flowLabelIPv6 32 icmpTypeCodeIPv4 33 igmpType
    34 samplingInterval 35 samplingAlgorithm 36 flowActiveTimeout 37 flowIdleTimeout 38 engineType 39 engineId
    40 exportedOctetTotalCount 41 exportedMessageTotalCount 42 exportedFlowRecordTotalCount 46 mplsTopLabelType
    48 samplerId 49 samplerMode 50 samplerRandomInterval 51 classId 52 minimumTTL 53 maximumTTL
    54 fragmentIdentification 55 postIpClassOfService 58 vlanId 59 postVlanId 60 ipVersion 61 flowDirection
    64 ipv6ExtensionHeaders 85 octetTotalCount 86 packetTotalCount 87 flagsAndSamplerId 88 fragmentOffset
    89 forwardingStatus 91 mplsTopLabelPrefixLength 92 srcTrafficIndex 93 dstTrafficIndex
    98 postIpDiffServCodePoint 99 multicastReplicationFactor 101 classificationEngineId
    128 bgpNextAdjacentAsNumber 129 bgpPrevAdjacentAsNumber 132 droppedOctetDeltaCount 133 droppedPacketDeltaCount
    134 droppedOctetTotalCount 135 droppedPacketTotalCount 136 flowEndReason 137 commonPropertiesId
    138 observationPointId 139 icmpTypeCodeIPv6 141 lineCardId 142 portId 143 meteringProcessId
    144 exportingProcessId 145 templateId 146 wlanChannelId 148 flowId 149 observationDomainId
    150 flowStartSeconds 151 flowEndSeconds 152 flowStartMilliseconds 153 flowEndMilliseconds
    158 flowStartDeltaMicroseconds 159 flowEndDeltaMicroseconds 160 systemInitTimeMilliseconds
    161 flowDurationMilliseconds 162 flowDurationMicroseconds 163 observedFlowTotalCount
    176 icmpTypeIPv4 177 icmpCodeIPv4 178 icmpTypeIPv6 179 icmpCodeIPv6 180 udpSourcePort 181 udpDestinationPort
    182 tcpSourcePort 183 tcpDestinationPort 184 tcpSequenceNumber 185 tcpAcknowledgementNumber 186 tcpWindowSize
    187 tcpUrgentPointer 188 tcpHeaderLength 189 ipHeaderLength 190 totalLengthIPv4 191 payloadLengthIPv6 192 ipTTL
    193 nextHeaderIPv6 194 mplsPayloadLength 195 ipDiffServCodePoint 196 ipPrecedence 197 fragmentFlags
    206 isMulticast 218 tcpSynTotalCount 219 tcpFinTotalCount 220 tcpRstTotalCount 221 tcpPshTotalCount
    222 tcpAckTotalCount 223 tcpUrgTotalCount 224 ipTotalLength 227 postNAPTSourceTransportPort
    228 postNAPTDestinationTransportPort 229 natOriginatingAddressRealm 230 natEvent 231 initiatorOctets
    232 responderOctets 233 firewallEvent 234 ingressVRFID 235 egressVRFID 238 tcpWindowScale 239 biflowDirection
    240 ethernetHeaderLength 241 ethernetPayloadLength 242 ethernetTotalLength 243 dot1qVlanId 244 dot1qPriority
    245 dot1qCustomerVlanId 246 dot1qCustomerPriority 256 ethernetType 298 initiatorPackets 299 responderPackets
    301 selectionSequenceId 302 selectorId 304 selectorAlgorithm 305 samplingPacketInterval 306 samplingPacketSpace
    322 observationTimeSeconds 323 observationTimeMilliseconds 346 privateEnterpriseNumber
    352 layer2OctetDeltaCount 353 layer2OctetTotalCount 361 portRangeStart 362 portRangeEnd 363 portRangeStepSize
    364 portRangeNumPorts 368 ingressInterfaceType 369 egressInterfaceType 457 httpStatusCode 463 natInstanceID
    466 natQuotaExceededEvent 467 natThresholdEvent`,
  ipv4: `
    8 sourceIPv4Address 12 destinationIPv4Address 15 ipNextHopIPv4Address 18 bgpNextHopIPv4Address 43 ipv4RouterSc
    44 sourceIPv4Prefix 45 destinationIPv4Prefix 47 mplsTopLabelIPv4Address 130 exporterIPv4Address
    225 postNATSourceIPv4Address 226 postNATDestinationIPv4Address 366 staIPv4Address`,
  ipv6: `
    27 sourceIPv6Address 28 destinationIPv6Address 62 ipNextHopIPv6Address 63 bgpNextHopIPv6Address
    131 exporterIPv6Address 140 mplsTopLabelIPv6Address 281 postNATSourceIPv6Address
    282 postNATDestinationIPv6Address`,
  mac: `
    56 sourceMacAddress 57 postDestinationMacAddress 80 destinationMacAddress 81 postSourceMacAddress
    365 staMacAddress 367 wtpMacAddress`,
  string: `
    82 interfaceName 83 interfaceDescription 84 samplerName 94 applicationDescription 96 applicationName
    100 className 147 wlanSSID 236 VRFname 371 userName 459 httpRequestMethod 460 httpRequestHost
    461 httpRequestTarget 462 httpMessageVersion 468 httpUserAgent 469 httpContentType 470 httpReasonPhrase`,
  octets: `
    70 mplsTopLabelStackSection 71 mplsLabelStackSection2 72 mplsLabelStackSection3 90 mplsVpnRouteDistinguisher
    95 applicationId 210 paddingOctets 313 ipHeaderPacketSection 315 dataLinkFrameSection`,
  micros: '154 flowStartMicroseconds 155 flowEndMicroseconds 324 observationTimeMicroseconds',
  nanos: '156 flowStartNanoseconds 157 flowEndNanoseconds 325 observationTimeNanoseconds',
}

/** Numbers that firewalls use in NetFlow v9 above the registry: Cisco ASA and PAN-OS say the same things by them. */
const VERSION_NINE: Readonly<Record<ElementType, string>> = {
  unsigned: `
    33002 firewallExtendedEvent 40003 postNAPTSourceTransportPort 40004 postNAPTDestinationTransportPort
    40005 firewallEvent`,
  ipv4: '40001 postNATSourceIPv4Address 40002 postNATDestinationIPv4Address',
  ipv6: '',
  mac: '',
  string: '40000 userName 56701 applicationName 56702 userName',
  octets: '33000 ingressAclId 33001 egressAclId',
  micros: '',
  nanos: '',
}

/** RFC 5103: the same element of the answering direction. */
const REVERSE_ENTERPRISE = 29_305

const IANA = byNumber(REGISTRY)
const NINE = byNumber(VERSION_NINE)
export const PADDING = 210

/** What a number stands for; one that is not known keeps its number as its name and its bytes as hexadecimal digits. */
export function elementOf(version: number, id: number, enterprise: number): Element {
  if (enterprise === 0) {
    const known = IANA.get(id) ?? (version === 9 ? NINE.get(id) : undefined)
    return known ?? { name: `element${id}`, type: 'octets' }
  }
  const forward = enterprise === REVERSE_ENTERPRISE ? IANA.get(id) : undefined
  if (forward === undefined) return { name: `enterprise${enterprise}_${id}`, type: 'octets' }
  const [first = '', ...rest] = forward.name
  return { name: `reverse${first.toUpperCase()}${rest.join('')}`, type: forward.type }
}

function byNumber(table: Readonly<Record<ElementType, string>>): ReadonlyMap<number, Element> {
  const found = new Map<number, Element>()
  for (const [type, text] of Object.entries(table)) {
    for (const [, id, name = ''] of text.matchAll(/(\d+) ([A-Za-z0-9]+)/g))
      found.set(Number(id), { name, type: type as ElementType })
  }
  return found
}
