// Files kept as proof: written to disk whole, with their digest, before anything says that they are here.

import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Selectable } from 'kysely'
import { VigieError, timeOrderedId } from '../../core/index.ts'
import type { CaseFile, CaseFileAsk } from '../../model/index.ts'
import type { CaseFilesTable, Records } from '../../store/index.ts'
import { holdCase, writeAct } from './acts.ts'
import type { Act, Reading } from './acts.ts'
import { familyOf } from './merges.ts'

/** Records, and the folder whose files are named by their case and id. */
export type CaseFolder = { readonly records: Records; readonly folder: string }

/** Takes a file in. Throws NOT_FOUND; what the bytes throw, and then nothing is kept. */
export async function takeFile(
  { records, folder }: CaseFolder,
  number: number,
  {
    bytes,
    ask,
    ...act
  }: Act & { readonly bytes: AsyncIterable<Uint8Array>; readonly ask: CaseFileAsk },
): Promise<CaseFile> {
  await caseExists(records, number)
  const id = timeOrderedId<'case-file'>(act.nowMs)
  const own = join(folder, String(number))
  await mkdir(own, { recursive: true, mode: 0o700 })
  const part = join(own, `.${randomUUID()}.part`)
  try {
    const kept = await writeWhole(part, bytes)
    await rename(part, join(own, id))
    await syncFolder(own)
    return await record(records, number, { id, ask, act, ...kept })
  } catch (cause) {
    await rm(part, { force: true })
    throw cause
  }
}

async function caseExists(records: Records, number: number): Promise<void> {
  await records.transaction().execute((doing) => holdCase(doing, number))
}

async function writeWhole(path: string, bytes: AsyncIterable<Uint8Array>) {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const piece of bytes) {
      hash.update(piece)
      size += piece.length
      await file.writeFile(piece)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest('hex') }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  await folder.sync().finally(() => folder.close())
}

type Kept = {
  readonly id: string
  readonly ask: CaseFileAsk
  readonly act: Act
  readonly size: number
  readonly sha256: string
}

function record(
  records: Records,
  number: number,
  { id, ask, act, size, sha256 }: Kept,
): Promise<CaseFile> {
  return records.transaction().execute(async (doing) => {
    await holdCase(doing, number)
    const row = await doing
      .insertInto('case_files')
      .values({
        id,
        case: number,
        name: ask.name,
        bytes: size,
        sha256,
        origin: ask.origin,
        collected: ask.collected ?? null,
        collected_by: ask.collectedBy,
        taken: new Date(act.nowMs),
        taken_by: act.who,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    const what = { file: id, name: ask.name, sha256, bytes: String(size) }
    await writeAct(doing, number, { ...act, act: 'file_taken', what })
    return shownFile(row)
  })
}

/** The bytes of a file; that it was read becomes an act. Throws NOT_FOUND. */
export async function readFile(
  { records, folder }: CaseFolder,
  { number, file }: { readonly number: number; readonly file: string },
  act: Act,
): Promise<{ readonly file: CaseFile; readonly bytes: Readable }> {
  const row = await records
    .selectFrom('case_files')
    .selectAll()
    .where('case', 'in', await familyOf(records, number))
    .where('id', '=', file)
    .executeTakeFirst()
  const path = pathOf(folder, row?.case ?? number, file)
  if (row === undefined || (await sizeOf(path)) === undefined)
    throw new VigieError('NOT_FOUND', { what: file.slice(0, 100) })
  await records.transaction().execute(async (doing) => {
    await holdCase(doing, number)
    const what = { file, name: row.name }
    await writeAct(doing, number, { ...act, act: 'file_read', what })
  })
  return { file: shownFile(row), bytes: createReadStream(path) }
}

export function pathOf(folder: string, number: number, file: string): string {
  return join(folder, String(number), file)
}

/** Undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  )
}

export async function listFiles(
  reading: Reading,
  cases: readonly number[],
): Promise<readonly CaseFile[]> {
  const rows = await reading
    .selectFrom('case_files')
    .selectAll()
    .where('case', 'in', cases)
    .orderBy('taken')
    .orderBy('id')
    .execute()
  return rows.map(shownFile)
}

function shownFile(row: Selectable<CaseFilesTable>): CaseFile {
  const { id, name, bytes, sha256, origin, collected, taken } = row
  return {
    id,
    name,
    bytes: Number(bytes),
    sha256,
    origin,
    collected: collected?.toISOString() ?? null,
    collectedBy: row.collected_by,
    taken: taken.toISOString(),
    takenBy: row.taken_by,
  }
}
