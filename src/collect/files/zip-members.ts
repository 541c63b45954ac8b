// The members of a zip archive (APPNOTE.TXT), packed as they lie there.

import yauzl from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import type { Chunks } from './chunks.ts'
import type { Packing } from './unpack.ts'

export type ZipMember =
  | {
      readonly kind: 'data'
      readonly name: string
      readonly packing: Packing | null
      readonly open: () => Promise<Chunks>
    }
  | { readonly kind: 'encrypted'; readonly name: string }
  /** Packed in a way not known here. */
  | { readonly kind: 'unknown'; readonly name: string; readonly method: string }

/** Compression methods of section 4.4.5. */
const PACKINGS = new Map<number, Packing | null>([
  [0, null],
  [8, 'deflate-raw'],
  [93, 'zstd'],
])
const METHODS = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [95, 'XZ'],
  [98, 'PPMd'],
])
/** General purpose flag 11: the name is UTF-8. */
const UTF8_NAME = 0x800

/** Each member is to be read before the next one is asked for. */
export async function* zipMembers(path: string): AsyncGenerator<ZipMember> {
  // Names are decoded here: as text the library would refuse a whole archive for one strange name.
  const zip = await yauzl.openPromise(path, {
    lazyEntries: true,
    autoClose: false,
    decodeStrings: false,
  })
  try {
    for await (const entry of zip.eachEntry()) {
      const member = memberOf(zip, entry)
      if (!member.name.endsWith('/')) yield member
    }
  } finally {
    zip.close()
  }
}

function memberOf(zip: ZipFile, entry: Entry): ZipMember {
  const encoding = (entry.generalPurposeBitFlag & UTF8_NAME) === 0 ? 'latin1' : 'utf8'
  const name = entry.fileNameRaw.toString(encoding)
  if (entry.isEncrypted()) return { kind: 'encrypted', name }
  const packing = PACKINGS.get(entry.compressionMethod)
  if (packing === undefined) {
    const method = METHODS.get(entry.compressionMethod) ?? `${entry.compressionMethod}`
    return { kind: 'unknown', name, method: `zip (${method})` }
  }
  // Unpacked by us: the library's streams drop what was unpacked before damage.
  return {
    kind: 'data',
    name,
    packing,
    open: () => zip.openReadStreamPromise(entry, { decodeFileData: false }),
  }
}
