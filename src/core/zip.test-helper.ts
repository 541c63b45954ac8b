// For tests: a zip archive of files.

import { deflateRawSync } from 'node:zlib'

/** PKWARE's APPNOTE, section 4.3; deflated. */
export function zipOf(
  ...files: readonly { readonly name: string; readonly bytes: Buffer }[]
): Buffer {
  const parts: Buffer[] = []
  const places: Buffer[] = []
  let at = 0
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(crcOf(bytes), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(bytes.length, 22)
    head.writeUInt16LE(name.length, 26)
    const place = Buffer.alloc(46)
    place.writeUInt32LE(0x02014b50, 0)
    place.writeUInt16LE(20, 6)
    head.copy(place, 8, 6, 28)
    place.writeUInt16LE(name.length, 28)
    place.writeUInt32LE(at, 42)
    parts.push(head, Buffer.from(name), packed)
    places.push(place, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const directory = Buffer.concat(places)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directory, end])
}

function crcOf(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
