// PostgreSQL in this process (PGlite) or a server by URL. Same dialect, same answers.

import { mkdirSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import { VigieError, reasonOf } from '../core/index.ts'
import type { Records, RecordsTables } from './records-schema.ts'

export type RecordsOptions =
  | { readonly folder: string }
  | { readonly url: string }
  | { readonly memory: true }

/** Opens the records database. Throws ENGINE_UNREACHABLE when it does not answer. */
export async function openRecords(options: RecordsOptions): Promise<Records> {
  try {
    const records =
      'url' in options
        ? server(options.url)
        : await embedded('folder' in options ? options.folder : undefined)
    await records.selectNoFrom((by) => by.val(1).as('one')).execute()
    return records
  } catch (cause) {
    throw new VigieError(
      'ENGINE_UNREACHABLE',
      { engine: 'PostgreSQL', reason: reasonOf(cause) },
      { cause },
    )
  }
}

async function embedded(folder: string | undefined): Promise<Records> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true })
  const pglite = folder === undefined ? new PGlite() : new PGlite(folder)
  await pglite.waitReady
  return new Kysely<RecordsTables>({ dialect: new PGliteDialect({ pglite }) })
}

function server(url: string): Records {
  return new Kysely<RecordsTables>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: url, max: 8 }) }),
  })
}
