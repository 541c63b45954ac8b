import { describe, expect, test } from 'vitest'
import {
  EXPORT_SECONDS,
  UP_MS,
  ethernet,
  flowSet,
  ip4,
  ipfix,
  ipv4Packet,
  netflowFive,
  netflowNine,
  sflow,
  sflowHeader,
  sflowPart,
  sflowSample,
  specifier,
  tcpHead,
  template,
  u16,
  u32,
  u64,
  u8,
} from './exporter.test-helper.ts'
import type { Field } from './exporter.test-helper.ts'
import { FlowReader } from './flow-reader.ts'

type Line = Readonly<Record<string, unknown>>

function newReader(nowMs = () => 0) {
  const said: string[] = []
  const reader = new FlowReader({
    nowMs,
    onTrouble: (trouble, address) => said.push(`${trouble} ${address}`),
  })
  const lines: Line[] = []
  const read = (bytes: Buffer, address = '192.0.2.1') =>
    reader.read(bytes, address, (line) => lines.push(JSON.parse(line)))
  return { reader, read, lines, said }
}

const HTTPS = {
  source: '10.20.0.5',
  destination: '198.51.100.9',
  ports: [51_000, 443],
  protocol: 6,
  packets: 12,
  octets: 4_000_000_000,
  firstMs: UP_MS - 5000,
  lastMs: UP_MS - 1000,
} as const

const BASIC: readonly Field[] = [
  { id: 8, length: 4 },
  { id: 12, length: 4 },
  { id: 7, length: 2 },
  { id: 11, length: 2 },
  { id: 4, length: 1 },
  { id: 1, length: 8 },
]
const basicRecord = (destination = '198.51.100.9') =>
  Buffer.concat([
    ip4('10.20.0.5'),
    ip4(destination),
    u16(51_000),
    u16(443),
    u8(6),
    u64(18_446_744_073_709_551_615n),
  ])

describe('NetFlow v5', () => {
  test('every field of a record under its registered name', () => {
    const { read, lines } = newReader()
    read(netflowFive([HTTPS, { ...HTTPS, protocol: 17 }]))
    expect(lines).toHaveLength(2)
    expect(lines[0]).toEqual({
      flowProtocol: 'NetFlow v5',
      exporter: '192.0.2.1',
      observationDomain: 0,
      exportTime: EXPORT_SECONDS,
      sysUpTime: UP_MS,
      samplingInterval: 100,
      sourceIPv4Address: '10.20.0.5',
      destinationIPv4Address: '198.51.100.9',
      ipNextHopIPv4Address: '192.0.2.254',
      ingressInterface: 3,
      egressInterface: 7,
      packetDeltaCount: 12,
      octetDeltaCount: 4_000_000_000,
      flowStartSysUpTime: UP_MS - 5000,
      flowEndSysUpTime: UP_MS - 1000,
      sourceTransportPort: 51_000,
      destinationTransportPort: 443,
      tcpControlBits: 27,
      protocolIdentifier: 6,
      ipClassOfService: 0,
      bgpSourceAsNumber: 0,
      bgpDestinationAsNumber: 0,
      sourceIPv4PrefixLength: 24,
      destinationIPv4PrefixLength: 16,
    })
    expect(lines[1]).toMatchObject({ protocolIdentifier: 17 })
  })

  test('that promises more records than it holds is not read', () => {
    const { reader, read, lines, said } = newReader()
    read(netflowFive([HTTPS]).subarray(0, 60))
    read(netflowFive([HTTPS]).subarray(0, 10))
    expect(lines).toEqual([])
    expect(reader.counters.unreadable).toBe(2)
    expect(said).toEqual(['unreadable 192.0.2.1'])
  })

  test('flows that were lost are counted by their numbers; a restart is no loss', () => {
    const { reader, read } = newReader()
    read(netflowFive([HTTPS], 100))
    read(netflowFive([HTTPS, HTTPS], 101))
    expect(reader.counters.missed).toBe(0)
    read(netflowFive([HTTPS, HTTPS], 110))
    expect(reader.counters.missed).toBe(7)
    read(netflowFive([HTTPS], 1))
    expect(reader.counters.missed).toBe(7)
  })
})

describe('NetFlow v9', () => {
  const defined = flowSet(0, template(256, BASIC))

  test('records by their template, the padding behind them left out', () => {
    const { read, lines } = newReader()
    const data = flowSet(256, basicRecord(), basicRecord('203.0.113.66'), Buffer.alloc(3))
    read(netflowNine([defined, data]))
    expect(lines.map((line) => line['destinationIPv4Address'])).toEqual([
      '198.51.100.9',
      '203.0.113.66',
    ])
    expect(lines[0]).toMatchObject({ flowProtocol: 'NetFlow v9', sourceTransportPort: 51_000 })
  })

  test('flows that come before their template wait for it, of their own exporter and domain alone', () => {
    const { reader, read, lines } = newReader()
    read(netflowNine([flowSet(256, basicRecord())], 1, 7))
    read(netflowNine([defined], 2, 8))
    read(netflowNine([defined], 2, 7), '192.0.2.2')
    expect(lines).toEqual([])
    expect(reader.heldBytes).toBeGreaterThan(0)
    read(netflowNine([defined], 2, 7))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ exporter: '192.0.2.1', observationDomain: 7 })
    expect(reader.heldBytes).toBe(0)
  })

  test('a template that never comes: what waits is bounded, and said once', () => {
    let nowMs = 0
    const { reader, read, said } = newReader(() => nowMs)
    const data = netflowNine([flowSet(256, Buffer.alloc(1400))])
    for (let i = 0; i < 2000; i += 1) read(data)
    expect(reader.heldBytes).toBeLessThanOrEqual(1024 * 1024)
    for (let i = 0; i < 40_000; i += 1) read(data, `10.0.${i >> 8}.${i & 255}`)
    expect(reader.heldBytes).toBeLessThanOrEqual(17 * 1024 * 1024)
    expect(said.filter((one) => one === 'withoutTemplate 192.0.2.1')).toHaveLength(1)
    nowMs = 60 * 60_000
    read(data, '192.0.2.7')
    expect(reader.heldBytes).toBe(1400)
    expect(reader.counters.withoutTemplate).toBe(42_000)
  })

  test('a template that is defined anew counts from then on', () => {
    const { read, lines } = newReader()
    read(netflowNine([defined, flowSet(256, basicRecord())]))
    read(
      netflowNine([
        flowSet(0, template(256, [{ id: 12, length: 4 }])),
        flowSet(256, ip4('192.0.2.8')),
      ]),
    )
    expect(lines[1]).not.toHaveProperty('sourceIPv4Address')
    expect(lines[1]).toMatchObject({ destinationIPv4Address: '192.0.2.8' })
  })

  test('how it samples comes by options and is said of each flow', () => {
    const { read, lines } = newReader()
    const options = Buffer.concat([
      u16(300),
      u16(4),
      u16(8),
      specifier({ id: 1, length: 4 }),
      specifier({ id: 34, length: 4 }),
      specifier({ id: 35, length: 1 }),
    ])
    const described = flowSet(300, u32(0), u32(1000), u8(2))
    read(netflowNine([defined, flowSet(1, options), described, flowSet(256, basicRecord())]))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ samplingInterval: 1000 })
  })

  test('who a firewall saw: the elements of Cisco ASA and PAN-OS', () => {
    const { read, lines } = newReader()
    const fields = [
      { id: 233, length: 1 },
      { id: 40_000, length: 12 },
      { id: 56_701, length: 8 },
      { id: 33_000, length: 4 },
    ]
    const user = Buffer.concat([Buffer.from('atremblay'), Buffer.alloc(3)])
    const record = [u8(3), user, Buffer.from('ssl\0\0\0\0\0'), u32(0xde_ad_be_ef)]
    read(netflowNine([flowSet(0, template(260, fields)), flowSet(260, ...record)]))
    expect(lines[0]).toMatchObject({
      firewallEvent: 3,
      userName: 'atremblay',
      applicationName: 'ssl',
      ingressAclId: 'deadbeef',
    })
  })
})

describe('IPFIX', () => {
  test('lengths told by the record, elements of an enterprise, the answering direction, times', () => {
    const { read, lines } = newReader()
    const fields: readonly Field[] = [
      { id: 27, length: 16 },
      { id: 460, length: 65_535 },
      { id: 461, length: 65_535 },
      { id: 1, length: 3, enterprise: 29_305 },
      { id: 12_232, length: 2, enterprise: 9 },
      { id: 56, length: 6 },
      { id: 156, length: 8 },
      { id: 152, length: 8 },
      { id: 1, length: 4 },
      { id: 1, length: 4 },
    ]
    const long = Buffer.from(`/${'é'.repeat(200)}`)
    const record = Buffer.concat([
      Buffer.from('20010db8000000000000000000000001', 'hex'),
      u8(4),
      Buffer.from('a"\n\0'),
      Buffer.concat([u8(255), u16(long.length), long]),
      Buffer.from([1, 0, 0]),
      u16(0xab_cd),
      Buffer.from('0050568000aa', 'hex'),
      Buffer.concat([u32(EXPORT_SECONDS + 2_208_988_800), u32(0x80_00_00_00)]),
      u64(1_773_502_013_123n),
      u32(5),
      u32(6),
    ])
    read(ipfix([flowSet(2, template(256, fields)), flowSet(256, record)]))
    expect(lines).toEqual([
      {
        flowProtocol: 'IPFIX',
        exporter: '192.0.2.1',
        observationDomain: 1,
        exportTime: EXPORT_SECONDS,
        sourceIPv6Address: '2001:db8::1',
        httpRequestHost: 'a"\n',
        httpRequestTarget: `/${'é'.repeat(200)}`,
        reverseOctetDeltaCount: 65_536,
        enterprise9_12232: 'abcd',
        sourceMacAddress: '00:50:56:80:00:aa',
        flowStartNanoseconds: EXPORT_SECONDS * 1e9 + 5e8,
        flowStartMilliseconds: 1_773_502_013_123,
        octetDeltaCount: 5,
        octetDeltaCount_2: 6,
      },
    ])
  })

  test('records that were lost are counted by their numbers, unless some could not be counted', () => {
    const { reader, read } = newReader()
    const defined = flowSet(2, template(256, BASIC))
    read(ipfix([defined, flowSet(256, basicRecord(), basicRecord())], 0))
    read(ipfix([flowSet(256, basicRecord())], 2))
    expect(reader.counters.missed).toBe(0)
    read(ipfix([flowSet(256, basicRecord())], 8))
    expect(reader.counters.missed).toBe(5)
    read(ipfix([flowSet(999, basicRecord())], 9))
    read(ipfix([flowSet(256, basicRecord())], 50))
    expect(reader.counters.missed).toBe(5)
  })

  test('an exporter that counts the message itself loses nothing by it', () => {
    const { reader, read } = newReader()
    const defined = flowSet(2, template(256, BASIC))
    const records = (count: number) =>
      flowSet(256, ...Array.from({ length: count }, () => basicRecord()))
    read(ipfix([defined, records(2)], 2))
    read(ipfix([records(5)], 7))
    read(ipfix([records(1)], 8))
    expect(reader.counters.missed).toBe(0)
    read(ipfix([records(1)], 12))
    expect(reader.counters.missed).toBe(3)
  })

  test('a template of no bytes, a withdrawal and a set that leads beyond the message end nothing', () => {
    const { reader, read, lines } = newReader()
    const empty = template(300, [{ id: 1, length: 0 }])
    read(ipfix([flowSet(2, empty), flowSet(300, Buffer.alloc(8)), flowSet(2, template(256, []))]))
    read(ipfix([flowSet(2, template(256, BASIC)), Buffer.concat([u16(256), u16(9999)])]))
    read(ipfix([flowSet(256, basicRecord())]))
    expect(lines).toHaveLength(1)
    expect(reader.counters.unreadable).toBe(2)
  })
})

describe('sFlow', () => {
  const syn = tcpHead([51_000, 22], 2)
  const packet = ipv4Packet(['203.0.113.66', '10.20.0.5'], 6, syn)

  test('the packet inside VLAN tags, with how it was sampled', () => {
    const { read, lines } = newReader()
    const frame = ethernet(0x81_00, u16(0x20_2a), u16(0x08_00), packet)
    const tags = sflowPart(1001, u32(42), u32(0), u32(43), u32(0))
    read(sflow([sflowSample([sflowHeader(frame, 1518), tags])]))
    expect(lines).toEqual([
      {
        flowProtocol: 'sFlow v5',
        exporter: '192.0.2.1',
        agent: '192.0.2.9',
        subAgent: 0,
        samplingInterval: 512,
        ingressInterface: 3,
        egressInterface: 7,
        packetDeltaCount: 1,
        octetDeltaCount: 1518,
        sourceMacAddress: '00:50:56:80:00:aa',
        destinationMacAddress: '00:50:56:80:00:01',
        vlanId: 42,
        ethernetType: 0x08_00,
        ipVersion: 4,
        sourceIPv4Address: '203.0.113.66',
        destinationIPv4Address: '10.20.0.5',
        protocolIdentifier: 6,
        ipClassOfService: 0,
        ipTTL: 61,
        sourceTransportPort: 51_000,
        destinationTransportPort: 22,
        tcpControlBits: 2,
        dot1qVlanId: 42,
        postDot1qVlanId: 43,
      },
    ])
  })

  test('IPv6 behind extension headers, MPLS, a later fragment', () => {
    const { read, lines } = newReader()
    const addresses = Buffer.from(
      '20010db800000000000000000000000120010db8000000000000000000000002',
      'hex',
    )
    const options = Buffer.concat([u8(6), u8(0), Buffer.alloc(6)])
    const six = Buffer.concat([Buffer.from([0x60, 0, 0, 0, 0, 28, 0, 64]), addresses, options, syn])
    const labels = Buffer.from('0001f03f0002013f', 'hex')
    const later = ipv4Packet(['203.0.113.66', '10.20.0.5'], 17, syn, 0x00_b9)
    const frames = [
      ethernet(0x86_dd, six),
      ethernet(0x88_47, labels, packet),
      ethernet(0x08_00, later),
    ]
    read(sflow(frames.map((frame) => sflowSample([sflowHeader(frame, 100)]))))
    expect(lines[0]).toMatchObject({
      sourceIPv6Address: '2001:db8::1',
      protocolIdentifier: 6,
      destinationTransportPort: 22,
    })
    expect(lines[1]).toMatchObject({
      sourceIPv4Address: '203.0.113.66',
      sourceTransportPort: 51_000,
    })
    expect(lines[2]).toMatchObject({ protocolIdentifier: 17 })
    expect(lines[2]).not.toHaveProperty('sourceTransportPort')
  })

  test('counters and frames that are no IP are no flows; a packet described twice is one', () => {
    const { reader, read, lines } = newReader()
    const arp = sflowSample([sflowHeader(ethernet(0x08_06, Buffer.alloc(28)), 64)])
    const sampled = [60, 6].map(u32)
    const ports = [51_000, 22, 2, 0].map(u32)
    const twice = sflowSample([
      sflowHeader(ethernet(0x08_00, packet), 64),
      sflowPart(3, ...sampled, ip4('203.0.113.66'), ip4('10.20.0.5'), ...ports),
    ])
    read(sflow([sflowPart(2, Buffer.alloc(88)), arp, twice]))
    expect(lines).toHaveLength(1)
    expect(reader.counters.unreadable).toBe(0)
  })
})

describe('hostile datagrams', () => {
  const honest = [
    netflowFive([HTTPS, HTTPS]),
    netflowNine([flowSet(0, template(256, BASIC)), flowSet(256, basicRecord(), basicRecord())]),
    ipfix([
      flowSet(2, template(257, [...BASIC, { id: 460, length: 65_535 }])),
      flowSet(257, basicRecord(), u8(1), Buffer.from('a')),
    ]),
    sflow([
      sflowSample([
        sflowHeader(
          ethernet(0x08_00, ipv4Packet(['203.0.113.66', '10.20.0.5'], 6, tcpHead([1, 2], 2))),
          90,
        ),
      ]),
    ]),
  ]

  test('ten thousand with bytes changed, cut off or put in: none stops the reader, each line is JSON', () => {
    const { reader, read, lines } = newReader()
    let state = 7
    const random = (below: number) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    for (let i = 0; i < 10_000; i += 1) {
      const bytes = Buffer.from(honest[i % honest.length] ?? Buffer.alloc(0))
      for (let changes = random(6); changes >= 0; changes -= 1)
        bytes[random(bytes.length)] = [0, 255, random(256)][random(3)] ?? 0
      read(random(4) === 0 ? bytes.subarray(0, random(bytes.length)) : bytes)
    }
    expect(lines.length).toBeGreaterThan(1000)
    expect(reader.counters.flows).toBe(lines.length)
    expect(reader.counters.unreadable).toBeGreaterThan(100)
  })

  test('exporters that forge their address do not push out one whose flows are read', () => {
    const { read, lines } = newReader()
    read(netflowNine([flowSet(0, template(256, BASIC)), flowSet(256, basicRecord())]))
    for (let i = 0; i < 20_000; i += 1)
      read(
        netflowNine([flowSet(0, template(256, BASIC))]),
        `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
      )
    read(netflowNine([flowSet(256, basicRecord())]))
    expect(lines).toHaveLength(2)
  })
})
