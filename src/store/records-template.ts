// A new embedded PostgreSQL takes seconds to initialise and to lay out, and every scan has one. It is done once after
// installation: what was made is kept beside the built console, and every new database begins as a copy of it.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { z } from 'zod'
import { RECORDS_LAYOUT, migrateRecords } from './records-migrations.ts'
import type { RecordsTables } from './records-schema.ts'

const BUILT = join(import.meta.dirname, '../../dist')

const WAL_PIECE_MIB = 1

/** What the initialisation makes and nobody opens: two fifths of the files. */
const UNUSED_DATABASES = ['template0', 'template1']

/** Makes a new database in a folder that holds none yet. A crash on the way leaves nothing that is taken for one. */
export async function createEmbedded(folder: string): Promise<void> {
  const template = templateFolder()
  if (!existsSync(template)) await makeTemplate(template)
  const unfinished = `${folder}.new`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(dirname(folder), { recursive: true })
  if (existsSync(template)) await cp(template, unfinished, { recursive: true })
  else await initialise(unfinished)
  await rm(folder, { recursive: true, force: true })
  await rename(unfinished, folder)
}

/** Where the program's own folder cannot be written to, there is none, and each new database is initialised anew. */
async function makeTemplate(template: string): Promise<void> {
  const unfinished = `${template}.${process.pid}`
  try {
    await mkdir(BUILT, { recursive: true })
    await initialise(unfinished)
    await rename(unfinished, template)
  } catch {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** Every byte of it is copied for each new database. */
async function initialise(folder: string): Promise<void> {
  const pglite = await PGlite.create(folder, {
    initDbStartParams: [`--wal-segsize=${WAL_PIECE_MIB}`],
  })
  for (const unused of UNUSED_DATABASES) {
    await pglite.exec(`UPDATE pg_database SET datistemplate = false WHERE datname = '${unused}'`)
    await pglite.exec(`DROP DATABASE ${unused}`)
  }
  const records = new Kysely<RecordsTables>({ dialect: new PGliteDialect({ pglite }) })
  await migrateRecords(records)
  await records.destroy()
}

/** Another version of PostgreSQL, another way to initialise it and another layout are another template. */
function templateFolder(): string {
  const beside = fileURLToPath(import.meta.resolve('@electric-sql/pglite'))
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(dirname(beside), '../package.json'), 'utf8')))
  const layout = createHash('sha256')
    .update(JSON.stringify([RECORDS_LAYOUT, WAL_PIECE_MIB, UNUSED_DATABASES]))
    .digest('hex')
    .slice(0, 16)
  return join(BUILT, `records-${version}-${layout}`)
}
