// Change records from a table: a row each, the first line names the columns.

import { parse } from 'csv-parse/sync'
import { ChangeRecordAskSchema } from '../../model/index.ts'
import type { ChangeRecordAsk, ChangeRecordsImported } from '../../model/index.ts'
import { isInOrder } from './change-records.ts'

export type ReadRecords = {
  readonly records: readonly ChangeRecordAsk[]
  /** With the column that cannot be used, and what it holds. */
  readonly refused: ChangeRecordsImported['refused']
}

const MOST_ROWS = 10_000
const COLUMNS = ['device', 'starts', 'ends', 'reason', 'reference', 'allows']

/**
 * Columns `device`, `starts`, `ends` (ISO 8601 with a zone), `reason`, and where wanted `reference` and `allows`, whose
 * statements stand apart by `;`. A row that is wrong is refused with its line; the others are read.
 */
export function readRecordsTable(text: string): ReadRecords {
  const rows: { info: { lines: number }; record: Record<string, string> }[] = parse(text, {
    bom: true,
    columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
    skip_empty_lines: true,
    relax_column_count: true,
    trim: true,
    info: true,
    to: MOST_ROWS,
  })
  const records: ChangeRecordAsk[] = []
  const refused: ChangeRecordsImported['refused'] = []
  for (const { info, record } of rows) {
    const read = ChangeRecordAskSchema.safeParse(askOf(record))
    const column = read.success ? columnOutOfOrder(read.data) : wrongColumn(read.error.issues)
    if (column !== undefined)
      refused.push({ line: info.lines, column, met: (record[column] ?? '').slice(0, MET_SHOWN) })
    else if (read.success) records.push(read.data)
  }
  return { records, refused }
}

const MET_SHOWN = 200

function columnOutOfOrder(ask: ChangeRecordAsk): string | undefined {
  return isInOrder(ask) ? undefined : 'ends'
}

function askOf(row: Readonly<Record<string, string>>): Record<string, unknown> {
  const known = COLUMNS.flatMap((name) => {
    const value = row[name] ?? ''
    return value === '' || name === 'allows' ? [] : [[name, instant(name, value)] as const]
  })
  const allows = (row['allows'] ?? '').split(';').map((one) => one.trim())
  return { ...Object.fromEntries(known), allows: allows.filter((one) => one !== '') }
}

/** Times come with any zone and are kept in UTC; one without a zone is refused by the schema. */
function instant(name: string, value: string): string {
  const isTime = name === 'starts' || name === 'ends'
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(value)
  const ms = Date.parse(value)
  return isTime && hasZone && !Number.isNaN(ms) ? new Date(ms).toISOString() : value
}

function wrongColumn(issues: readonly { readonly path: PropertyKey[] }[]): string {
  return String(issues[0]?.path[0] ?? '')
}
