// Reports as people send them: zipped, one or several, or packed by gzip. Bounded as they unpack.

import { createGunzip } from 'node:zlib'
import { fromBuffer } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { reasonOf } from '../../core/index.ts'
import { LIMITS, refuse } from './limits.ts'
import type { Bytes } from './read-json.ts'

export const isZip = (start: Uint8Array): boolean =>
  Buffer.from(start.subarray(0, 4)).toString('latin1') === 'PK\u0003\u0004'
/** RFC 1952 section 2.3.1. */
export const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b

const MOST_ENTRIES = 1000

/** Unpacks as it is read; refuses what is cut or grows past the bound. */
export async function* gunzipped({ file, bytes }: Bytes): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  const feeding = (async () => {
    try {
      for await (const piece of bytes)
        if (!gunzip.write(piece))
          await new Promise((resolve) => {
            gunzip.once('drain', resolve)
            gunzip.once('close', resolve)
          })
      gunzip.end()
    } catch (cause) {
      gunzip.destroy(cause instanceof Error ? cause : new Error(reasonOf(cause)))
    }
  })()
  let total = 0
  try {
    for await (const piece of gunzip) {
      const unpacked: Uint8Array = piece
      total += unpacked.length
      if (total > LIMITS.xmlBytes) refuse(file, 'what it unpacks to is larger than 2 GiB')
      yield unpacked
    }
    await feeding
  } catch (cause) {
    const reason = reasonOf(cause)
    if (reason.startsWith('CONTENT_INVALID')) throw cause
    refuse(file, `it is not packed by gzip as it says (${reason})`)
  } finally {
    gunzip.destroy()
  }
}

/** The files of a zip, each as a report of its own. Hidden ones, and those of the Finder, are passed over. */
export async function zipped({ file, bytes }: Bytes): Promise<readonly Bytes[]> {
  const pieces: Uint8Array[] = []
  let total = 0
  for await (const piece of bytes) {
    total += piece.length
    if (total > LIMITS.jsonBytes) refuse(file, 'it is larger than 512 MiB')
    pieces.push(piece)
  }
  const entries = await entriesOf(Buffer.concat(pieces), file)
  return entries.map(({ name, content }) => ({ file: `${file}: ${name}`, bytes: content }))
}

type ArchiveEntry = { readonly name: string; readonly content: AsyncIterable<Uint8Array> }

/** Files of an archive, one after another, bounded as they unpack. */
async function entriesOf(archive: Buffer, file: string): Promise<readonly ArchiveEntry[]> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true }, (cause, opened) =>
      cause === null ? resolve(opened) : reject(cause),
    )
  }).catch((cause: unknown) =>
    refuse(file, `it is not an archive that can be read (${String(cause)})`),
  )
  const entries: ArchiveEntry[] = []
  const left: { bytes: number } = { bytes: LIMITS.jsonBytes }
  await new Promise<void>((resolve, reject) => {
    zip.on('end', resolve)
    zip.on('error', reject)
    zip.on('entry', (entry: Entry) => {
      const isWanted = !/(?:^|\/)(?:__MACOSX|\.)|\/$/.test(entry.fileName)
      if (!isWanted || entries.length >= MOST_ENTRIES) zip.readEntry()
      else
        unpack(zip, { entry, left, file }).then((content) => {
          entries.push({ name: entry.fileName, content: ofPieces(content) })
          zip.readEntry()
        }, reject)
    })
    zip.readEntry()
  })
  return entries
}

function unpack(
  zip: ZipFile,
  {
    entry,
    left,
    file,
  }: { readonly entry: Entry; readonly left: { bytes: number }; readonly file: string },
): Promise<readonly Uint8Array[]> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (cause, stream) => {
      if (cause !== null) {
        reject(cause)
        return
      }
      const pieces: Uint8Array[] = []
      stream.on('data', (piece: Buffer) => {
        left.bytes -= piece.length
        if (left.bytes >= 0) {
          pieces.push(piece)
          return
        }
        stream.destroy()
        try {
          refuse(file, 'what it unpacks to is larger than 512 MiB')
        } catch (tooLarge) {
          reject(tooLarge)
        }
      })
      stream.on('error', reject)
      stream.on('end', () => resolve(pieces))
    })
  })
}

async function* ofPieces(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}
