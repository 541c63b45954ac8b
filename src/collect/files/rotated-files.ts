// The files that a followed file's name had before: `x.log`, `x.log.1`, `x.log-20260314`.

import { readdir, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Position } from '../position.ts'
import { openToRead } from './chunks.ts'
import { beginsAs } from './positions.ts'

/** What rotation puts behind a name: a number or a date. Packed files are not read again. */
const ROTATED = /^[.-]\d[\dT._-]*$/
/** A folder in which files are renamed all the time is looked at no more often than this. */
const MAX_LOOKS = 10

/** The file that a position is about, whatever it is called now. Read anew while files are being renamed. */
export async function findByPosition(path: string, position: Position): Promise<FileHandle | null> {
  let before: string | undefined
  for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
    const names = await namesakes(path)
    for (const name of names) {
      const handle = await openIfIs(name, position)
      if (handle !== null) return handle
    }
    const seen = JSON.stringify([names, await inodesOf(names)])
    if (seen === before) return null
    before = seen
  }
  return null
}

/** What is open stays what it is, so it is opened first and looked at then. */
async function openIfIs(path: string, position: Position): Promise<FileHandle | null> {
  const handle = await openToRead(path).catch(() => null)
  if (handle === null) return null
  const { ino, size } = await handle.stat()
  const isIt = ino === position.inode && size >= position.offset
  if (isIt && (await beginsAs(handle, position.fingerprint))) return handle
  await handle.close()
  return null
}

function inodesOf(paths: readonly string[]): Promise<(number | null)[]> {
  return Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ ino }) => ino,
        () => null,
      ),
    ),
  )
}

/**
 * Of the files that were rotated since `left` was written last, the oldest: a follower that was away for long, or saw two
 * rotations at once, goes through them in turn. `read`: how files begin that were read. Null when the file of the name itself comes next.
 */
export async function openNextRotated(
  path: string,
  left: { readonly handle: FileHandle; readonly read: ReadonlySet<string> },
): Promise<FileHandle | null> {
  const { mtimeNs } = await left.handle.stat({ bigint: true })
  const base = basename(path)
  const rotated = (await namesakes(path)).filter((name) =>
    ROTATED.test(basename(name).slice(base.length)),
  )
  const later = await Promise.all(
    rotated.map(async (name) => ({
      name,
      facts: await stat(name, { bigint: true }).catch(() => null),
    })),
  )
  const inTurn = later
    .flatMap(({ name, facts }) =>
      facts !== null && facts.isFile() && facts.mtimeNs > mtimeNs
        ? [{ name, inode: facts.ino, mtimeNs: facts.mtimeNs }]
        : [],
    )
    .toSorted((a, b) => (a.mtimeNs < b.mtimeNs ? -1 : 1))
  for (const { name, inode } of inTurn) {
    const handle = await openUnlessRead(name, { inode, read: left.read })
    if (handle !== null) return handle
  }
  return null
}

/** A copy of a file that was read begins as that one does, and holds nothing new. */
async function openUnlessRead(
  path: string,
  { inode, read }: { readonly inode: bigint; readonly read: ReadonlySet<string> },
): Promise<FileHandle | null> {
  const handle = await openToRead(path).catch(() => null)
  if (handle === null) return null
  const isSame = (await handle.stat({ bigint: true })).ino === inode
  const begins = await Promise.all([...read].map((known) => beginsAs(handle, known)))
  if (isSame && !begins.includes(true)) return handle
  await handle.close()
  return null
}

/** The file, and those beside it whose names begin with its name. */
async function namesakes(path: string): Promise<string[]> {
  const folder = dirname(path)
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => name.startsWith(basename(path))).map((name) => join(folder, name))
}
