// For tests: lines through the parsers into a store's events.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readParsers } from '../collect/index.ts'
import { createBatchTables } from '../collect/load/batch-tables.ts'
import { storeBatch } from '../collect/load/store-batch.ts'
import { createFunctions } from '../collect/parsers/functions.ts'
import { encodeSegment } from '../collect/spool/record.ts'
import { timeOrderedId } from '../core/index.ts'
import type { EventEngine, Records } from '../store/index.ts'

const PARSERS = join(import.meta.dirname, '../../content/parsers')
const stop = (problem: Error): never => {
  throw problem
}

export type StoreLines = (lines: readonly string[], receivedMs: number) => Promise<void>

/** `only`: names of the parsers whose lines come. */
export async function lineStore(
  { events, records }: { readonly events: EventEngine; readonly records: Records },
  { folder, only }: { readonly folder: string; readonly only: readonly string[] },
): Promise<StoreLines> {
  const parsers = readParsers(PARSERS, stop).filter(({ name }) => only.includes(name))
  await createFunctions(events, PARSERS)
  const [lane] = events.intake
  if (lane === undefined) throw new TypeError('no intake lane')
  const tables = await createBatchTables(lane, { owner: 'acts', at: 0, parsers })
  return async (lines, receivedMs) => {
    const id = timeOrderedId<'batch'>(receivedMs)
    const file = join(folder, `${id}.rb`)
    const origin = { source: 'syslog/192.0.2.250', context: '', receivedMs }
    const bytes = encodeSegment(lines, origin)
    writeFileSync(file, bytes)
    await storeBatch(
      {
        lane,
        tables,
        parsers,
        zone: 'UTC',
        records,
        readers: [],
        forced: new Map<string, string>(),
        nowMs: () => receivedMs,
        again: false,
      },
      { id, file, bytes: bytes.length, records: lines.length, marks: [], sha256: '' },
    )
  }
}
