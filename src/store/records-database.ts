// PostgreSQL in this process (PGlite) or a server by URL. Same dialect, same answers.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import { VigieError, reasonOf } from '../core/index.ts'
import type { Records, RecordsTables } from './records-schema.ts'
import { createEmbedded } from './records-template.ts'

export type RecordsOptions = { readonly folder: string } | { readonly url: string }

/** Opens the records database. Throws ENGINE_UNREACHABLE when it does not answer. */
export async function openRecords(options: RecordsOptions): Promise<Records> {
  try {
    const records = 'url' in options ? await server(options.url) : await embedded(options.folder)
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

async function embedded(folder: string): Promise<Records> {
  if (!existsSync(join(folder, 'PG_VERSION'))) await createEmbedded(folder)
  const pglite = await PGlite.create(folder)
  return new Kysely<RecordsTables>({ dialect: new PGliteDialect({ pglite }) })
}

async function server(url: string): Promise<Records> {
  const { Pool } = await import('pg')
  return new Kysely<RecordsTables>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: url, max: 8 }) }),
  })
}
