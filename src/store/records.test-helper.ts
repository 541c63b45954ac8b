// A records database in memory with every table, for tests. Making one takes seconds, copying one does not: the first test that asks leaves a copy.

import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { migrateRecords } from './records-migrations.ts'
import type { Records, RecordsTables } from './records-schema.ts'

export async function memoryRecords(): Promise<Records> {
  const file = join(tmpdir(), `vigie-test-records-${layoutDigest()}.tar`)
  if (!existsSync(file)) await leaveCopy(file)
  const pglite = new PGlite({ loadDataDir: new Blob([readFileSync(file)]) })
  await pglite.waitReady
  return overRecords(pglite)
}

/** Whoever is second writes the same: the file appears whole or not at all. */
async function leaveCopy(file: string): Promise<void> {
  const pglite = new PGlite()
  const records = overRecords(pglite)
  await migrateRecords(records)
  const copy = await pglite.dumpDataDir('none')
  const partial = `${file}.${process.pid}`
  writeFileSync(partial, new Uint8Array(await copy.arrayBuffer()))
  renameSync(partial, file)
  await records.destroy()
}

function overRecords(pglite: PGlite): Records {
  return new Kysely<RecordsTables>({ dialect: new PGliteDialect({ pglite }) })
}

/** Of everything the tables come from: another layout, or another engine, is another copy. */
function layoutDigest(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(import.meta.dirname).toSorted())
    if (/records|schema/.test(name)) hash.update(readFileSync(join(import.meta.dirname, name)))
  const engine = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  hash.update(readFileSync(join(engine, '../../package.json')))
  return hash.digest('hex').slice(0, 16)
}
