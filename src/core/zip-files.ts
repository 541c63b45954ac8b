// The files of a zip archive in memory, bounded as they unpack. Hidden ones, and those of the Finder, are passed over.

import { fromBuffer } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { reasonOf } from './errors.ts'
import { failed, ok } from './result.ts'
import type { Result } from './result.ts'

export type ZippedFile = { readonly name: string; readonly bytes: Uint8Array }
export type ZipProblem = { readonly kind: 'not_zip' | 'too_large'; readonly reason: string }

export const isZip = (start: Uint8Array): boolean =>
  Buffer.from(start.subarray(0, 4)).toString('latin1') === 'PK\u0003\u0004'

const MOST_FILES = 1000
class TooLarge extends Error {}

/** At most a thousand files; all together at most `mostBytes` once unpacked. */
export async function zipFiles(
  archive: Buffer,
  mostBytes: number,
): Promise<Result<readonly ZippedFile[], ZipProblem>> {
  try {
    return ok(await filesOf(await opened(archive), mostBytes))
  } catch (cause) {
    const kind = cause instanceof TooLarge ? 'too_large' : 'not_zip'
    return failed({ kind, reason: reasonOf(cause) })
  }
}

function opened(archive: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(archive, { lazyEntries: true }, (cause, zip) =>
      cause === null ? resolve(zip) : reject(cause),
    )
  })
}

function filesOf(zip: ZipFile, mostBytes: number): Promise<readonly ZippedFile[]> {
  const files: ZippedFile[] = []
  const left = { bytes: mostBytes }
  return new Promise((resolve, reject) => {
    zip.on('end', () => resolve(files))
    zip.on('error', reject)
    zip.on('entry', (entry: Entry) => {
      const isWanted = !/(?:^|\/)(?:__MACOSX|\.)|\/$/.test(entry.fileName)
      if (!isWanted || files.length >= MOST_FILES) zip.readEntry()
      else
        unpack(zip, entry, left).then((bytes) => {
          files.push({ name: entry.fileName, bytes })
          zip.readEntry()
        }, reject)
    })
    zip.readEntry()
  })
}

function unpack(zip: ZipFile, entry: Entry, left: { bytes: number }): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (cause, stream) => {
      if (cause !== null) {
        reject(cause)
        return
      }
      const pieces: Uint8Array[] = []
      stream.on('data', (piece: Buffer) => {
        left.bytes -= piece.length
        if (left.bytes >= 0) pieces.push(piece)
        else {
          stream.destroy()
          reject(new TooLarge(entry.fileName))
        }
      })
      stream.on('error', reject)
      stream.on('end', () => resolve(Buffer.concat(pieces)))
    })
  })
}
