// Records in memory with the content's knowledge, and golden rows as imported exports.

import { join } from 'node:path'
import type { Records } from '../store/index.ts'
import { openTemporaryRecords } from '../store/temporary-records.test-helper.ts'
import { readKnowledge } from './accounts/knowledge.ts'
import type { readGolden } from './checks/check-book.ts'
import { storeExport } from './import-export.ts'
import { ROW_KINDS } from './read/row.ts'
import type { Json, Row } from './read/row.ts'

export const CONTENT = join(import.meta.dirname, '../../content/identity')
export const KNOWLEDGE = readKnowledge(CONTENT)
export const NOW_MS = Date.parse('2026-11-29T12:00:00Z')
export const ORIGIN = { file: 'test', sha256: '', who: 'test', nowMs: NOW_MS }

export async function memoryRecords(): Promise<Records> {
  const records = await openTemporaryRecords()
  return records
}

type Golden = ReturnType<typeof readGolden>

/** Stores golden rows, each source as one part. */
export async function storeGolden(records: Records, { rows, covers }: Golden): Promise<void> {
  for (const [source, own] of Map.groupBy(rows, (row) => row.source ?? 'entra')) {
    const made = own.map(({ kind, id, source: _source, system: _system, ...body }): Row => {
      const known = ROW_KINDS.find((one) => one === kind)
      if (known === undefined) throw new Error(`unknown kind ${kind}`)
      return { kind: known, id, body: body as Record<string, Json> }
    })
    const system = own.find((row) => row.system !== undefined)?.system ?? 'entra'
    await storeExport(records, KNOWLEDGE, {
      source,
      made: { system, part: 'golden', rows: made, covers },
      origin: ORIGIN,
    })
  }
}
