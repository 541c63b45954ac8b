// What a file is, by its first bytes and never by its name.

/** Bytes needed to tell: tar has its mark at 257, and an event log whose header is lost begins with a chunk at 4096. */
export const MAGIC_BYTES = 4104
const EVTX_CHUNK = Buffer.from('ElfChnk\0', 'latin1')
const EVTX_CHUNK_AT = 4096

export type Container =
  | { readonly kind: 'gzip' | 'zstd' | 'zip' | 'tar' | 'evtx' | 'text' }
  /** Known, and no log: reading it as text would only make noise. */
  | { readonly kind: 'unsupported'; readonly format: string }

const ARCHIVES = [
  ['gzip', '1f8b08'],
  ['zstd', '28b52ffd'],
  ['zip', '504b0304'],
  // An archive without members.
  ['zip', '504b0506'],
  ['evtx', '456c6646696c6500'],
] as const

const NOT_LOGS = [
  ['ELF', '7f454c46'],
  ['PNG', '89504e470d0a1a0a'],
  ['JPEG', 'ffd8ff'],
  ['PDF', '255044462d'],
  ['SQLite', '53514c69746520666f726d61742033'],
  ['7-Zip', '377abcaf271c'],
  ['RAR', '526172211a07'],
  ['XZ', 'fd377a585a00'],
  ['bzip2', '425a68'],
  ['pcap', 'd4c3b2a1'],
  ['pcap', 'a1b2c3d4'],
  ['pcapng', '0a0d0d0a'],
  ['Parquet', '50415231'],
] as const

export function detectContainer(head: Buffer): Container {
  const start = head.subarray(0, 16).toString('hex')
  const archive = ARCHIVES.find(([, magic]) => start.startsWith(magic))
  if (archive !== undefined) return { kind: archive[0] }
  if (isSkippableFrame(head)) return { kind: 'zstd' }
  if (head.toString('latin1', 257, 262) === 'ustar') return { kind: 'tar' }
  if (isHeadlessLog(head)) return { kind: 'evtx' }
  if (isWindowsProgram(head)) return { kind: 'unsupported', format: 'PE' }
  const other = NOT_LOGS.find(([, magic]) => start.startsWith(magic))
  return other === undefined ? { kind: 'text' } : { kind: 'unsupported', format: other[0] }
}

/** RFC 8878 section 3.1.2: 0x184D2A50 to 0x184D2A5F, little-endian. */
function isSkippableFrame(head: Buffer): boolean {
  return head.length >= 4 && (head.readUInt32LE(0) & 0xfffffff0) >>> 0 === 0x184d2a50
}

function isHeadlessLog(head: Buffer): boolean {
  return [0, EVTX_CHUNK_AT].some((at) =>
    head.subarray(at, at + EVTX_CHUNK.length).equals(EVTX_CHUNK),
  )
}

/** `MZ` alone could begin a line; with zero bytes after it, it does not. */
function isWindowsProgram(head: Buffer): boolean {
  return head.toString('latin1', 0, 2) === 'MZ' && head.subarray(2, 64).includes(0)
}
