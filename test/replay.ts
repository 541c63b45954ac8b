// A segment stored twice, as after a crash between the insert and the ledger entry.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONTENT } from '../src/app-core.ts'
import { readParsers } from '../src/collect/index.ts'
import { createBatchTables } from '../src/collect/load/batch-tables.ts'
import { storeBatch } from '../src/collect/load/store-batch.ts'
import { encodeSegment } from '../src/collect/spool/record.ts'
import { timeOrderedId } from '../src/core/index.ts'
import { sql } from '../src/store/index.ts'
import type { Store } from '../src/store/index.ts'

const stop = (problem: Error): never => {
  throw problem
}

type Replay = { readonly store: Store; readonly folder: string; readonly lines: readonly string[] }

/** Rows of the batch after each of the two times. */
export async function readSegmentAgain({ store, folder, lines }: Replay): Promise<string> {
  const lane = store.events.intake[0]
  if (lane === undefined) throw new TypeError('no intake lane')
  const id = timeOrderedId<'batch'>(Date.now())
  const file = join(folder, `${id}.rb`)
  const bytes = encodeSegment(lines, {
    source: 'syslog/192.0.2.9',
    context: '',
    receivedMs: Date.now(),
  })
  writeFileSync(file, bytes)
  const request = {
    lane,
    tables: await createBatchTables(lane, 'replay', 0),
    parsers: readParsers(CONTENT.parsers, stop),
    zone: 'UTC',
    records: store.records,
    readers: [],
    forced: new Map<string, string>(),
    nowMs: Date.now,
  }
  const segment = { id, file, bytes: bytes.length, records: lines.length, sha256: '' }
  await storeBatch(request, segment)
  const once = await rowsOf(store, id)
  await store.records.deleteFrom('batches').where('id', '=', id).execute()
  await storeBatch(request, segment)
  return `${once} rows, then ${await rowsOf(store, id)} rows`
}

async function rowsOf(store: Store, batch: string): Promise<number> {
  const answer = await store.events.ask.query<{ n: string }>(
    sql`SELECT count() AS n FROM events WHERE batch = ${batch}`,
  )
  return Number(answer.rows[0]?.n ?? -1)
}
