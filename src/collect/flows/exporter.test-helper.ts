// Datagrams as exporters send them, written from the standards and not from the reader.

/** Element, bytes of each record's value. An enterprise makes it IPFIX. */
export type Field = { readonly id: number; readonly length: number; readonly enterprise?: number }

export const u8 = (value: number) => Buffer.from([value])
export const u16 = (value: number) => Buffer.from([value >> 8, value & 0xff])
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
export function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes
}
export const ip4 = (text: string) => Buffer.from(text.split('.').map(Number))

export const EXPORT_SECONDS = 1_773_502_013
export const UP_MS = 3_600_000

export type V5Flow = {
  readonly source: string
  readonly destination: string
  readonly ports: readonly [number, number]
  readonly protocol: number
  readonly packets: number
  readonly octets: number
  readonly firstMs: number
  readonly lastMs: number
}

export function netflowFive(flows: readonly V5Flow[], sequence = 0): Buffer {
  const head = [u16(5), u16(flows.length), u32(UP_MS), u32(EXPORT_SECONDS), u32(0), u32(sequence)]
  const records = flows.map((flow) =>
    Buffer.concat([
      ip4(flow.source),
      ip4(flow.destination),
      ip4('192.0.2.254'),
      u16(3),
      u16(7),
      u32(flow.packets),
      u32(flow.octets),
      u32(flow.firstMs),
      u32(flow.lastMs),
      u16(flow.ports[0]),
      u16(flow.ports[1]),
      Buffer.from([0, 0x1b, flow.protocol, 0]),
      u16(0),
      u16(0),
      Buffer.from([24, 16, 0, 0]),
    ]),
  )
  return Buffer.concat([...head, Buffer.from([0, 0, 0x40, 0x64]), ...records])
}

export function flowSet(id: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([u16(id), u16(body.length + 4), body])
}

export function template(id: number, fields: readonly Field[]): Buffer {
  return Buffer.concat([u16(id), u16(fields.length), ...fields.map(specifier)])
}

export function specifier({ id, length, enterprise }: Field): Buffer {
  return enterprise === undefined
    ? Buffer.concat([u16(id), u16(length)])
    : Buffer.concat([u16(id + 0x80_00), u16(length), u32(enterprise)])
}

export function netflowNine(sets: readonly Buffer[], sequence = 0, source = 1): Buffer {
  const head = [u16(9), u16(sets.length), u32(UP_MS), u32(EXPORT_SECONDS), u32(sequence)]
  return Buffer.concat([...head, u32(source), ...sets])
}

export function ipfix(sets: readonly Buffer[], sequence = 0, domain = 1): Buffer {
  const body = Buffer.concat(sets)
  const head = [u16(10), u16(16 + body.length), u32(EXPORT_SECONDS), u32(sequence), u32(domain)]
  return Buffer.concat([...head, body])
}

/** A part of sFlow: its format, its length, itself. */
export function sflowPart(format: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(format), u32(body.length), body])
}

export function sflowSample(records: readonly Buffer[]): Buffer {
  const [sequence, source, rate, pool, drops, input, output] = [9, 3, 512, 5120, 0, 3, 7]
  const numbers = [sequence, source, rate, pool, drops, input, output, records.length]
  return sflowPart(1, ...numbers.map(u32), ...records)
}

export function sflow(samples: readonly Buffer[], sequence = 1): Buffer {
  const head = [u32(5), u32(1), ip4('192.0.2.9'), u32(0), u32(sequence), u32(UP_MS)]
  return Buffer.concat([...head, u32(samples.length), ...samples])
}

/** A raw packet header record: Ethernet, of a frame that was this long. */
export function sflowHeader(frame: Buffer, frameBytes: number): Buffer {
  const padding = Buffer.alloc((4 - (frame.length % 4)) % 4)
  return sflowPart(1, u32(1), u32(frameBytes), u32(4), u32(frame.length), frame, padding)
}

export function ethernet(type: number, ...parts: readonly Buffer[]): Buffer {
  const addresses = Buffer.from('0050568000010050568000aa', 'hex')
  return Buffer.concat([addresses, u16(type), ...parts])
}

/** The first of the fragments where `fragment` is 0. */
export function ipv4Packet(
  [source, destination]: readonly [string, string],
  protocol: number,
  payload: Buffer,
  fragment = 0,
): Buffer {
  const head = Buffer.alloc(12)
  head[0] = 0x45
  head.writeUInt16BE(20 + payload.length, 2)
  head.writeUInt16BE(fragment, 6)
  head[8] = 61
  head[9] = protocol
  return Buffer.concat([head, ip4(source), ip4(destination), payload])
}

export function tcpHead(ports: readonly [number, number], flags: number): Buffer {
  const rest = Buffer.alloc(16)
  rest[8] = 0x50
  rest[9] = flags
  return Buffer.concat([u16(ports[0]), u16(ports[1]), rest])
}
