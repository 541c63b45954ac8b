// A segment stored twice, as after a crash between the insert and the ledger entry.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONTENT } from '../src/app/content.ts'
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

/** Rows of the batch after the first time, after a second, and after one whose crash left the token without its rows. */
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
  const parsers = readParsers(CONTENT.parsers, stop)
  const request = {
    lane,
    tables: await createBatchTables(lane, { owner: 'replay', at: 0, parsers }),
    parsers,
    zone: 'UTC',
    records: store.records,
    readers: [],
    forced: new Map<string, string>(),
    nowMs: Date.now,
    again: false,
  }
  const segment = { id, file, bytes: bytes.length, records: lines.length, marks: [], sha256: '' }
  const storeAgain = async () => {
    await store.records.deleteFrom('batches').where('id', '=', id).execute()
    await storeBatch({ ...request, again: true }, segment)
    return rowsOf(store, id)
  }
  await storeBatch(request, segment)
  const once = await rowsOf(store, id)
  const twice = await storeAgain()
  await forgetRows(store, id)
  const none = await rowsOf(store, id)
  return `${once} rows, then ${twice}, without its rows ${none}, then ${await storeAgain()}`
}

/** Takes rows away and leaves the token that stands for them. */
async function forgetRows({ events }: Store, batch: string): Promise<void> {
  const table = events.cluster === undefined ? 'events' : 'events_local'
  await events.define(
    (onCluster) =>
      `ALTER TABLE ${table}${onCluster} DELETE WHERE batch = '${batch}' AND line > 9 SETTINGS mutations_sync = 2`,
  )
}

async function rowsOf(store: Store, batch: string): Promise<number> {
  const answer = await store.events.ask.query<{ n: string }>(
    sql`SELECT count() AS n FROM events WHERE batch = ${batch}`,
  )
  return Number(answer.rows[0]?.n ?? -1)
}
