// Change records from a table: a row each, the first line names the columns.

import { parse } from 'csv-parse/sync'
import { VigieError, reasonOf } from '../../core/index.ts'
import { ChangeRecordAskSchema } from '../../model/index.ts'
import type { ChangeRecordAsk, ChangeRecordsImported } from '../../model/index.ts'
import type { Records, RecordsTransaction } from '../../store/index.ts'
import { readText } from '../tree/read-text.ts'
import { addRecord, isInOrder } from './change-records.ts'
import type { SignedAct } from './change-records.ts'

export type ReadRecords = {
  readonly records: readonly ChangeRecordAsk[]
  /** With the column that cannot be used, and what it holds. */
  readonly refused: ChangeRecordsImported['refused']
}

const MOST_ROWS = 10_000
/** As they are named, and as people name them in French. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  device: ['device', 'appareil'],
  starts: ['starts', 'start', 'début', 'debut'],
  ends: ['ends', 'end', 'fin'],
  reason: ['reason', 'motif', 'raison'],
  reference: ['reference', 'référence', 'ticket'],
  allows: ['allows', 'permet', 'autorise'],
}
const NEEDED = ['device', 'starts', 'ends', 'reason']
const EXPECTED = `CSV: ${Object.keys(COLUMNS).join(',')}`

/**
 * Columns `device`, `starts`, `ends` (ISO 8601 with a zone), `reason`, and where wanted `reference` and `allows`, whose
 * statements stand apart by `;`. Cells stand apart by comma, semicolon or tab, as the first line has it. A row that is wrong is
 * refused with its line; the others are read. Throws BAD_REQUEST for what is no such table.
 */
export function readRecordsTable(bytes: Uint8Array): ReadRecords {
  const rows = rowsOf(textOf(bytes))
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

function textOf(bytes: Uint8Array): string {
  const read = readText(bytes)
  if (read.ok) return read.text
  throw new VigieError('BAD_REQUEST', { met: read.problem.kind, expected: EXPECTED })
}

type Row = { readonly info: { readonly lines: number }; readonly record: Record<string, string> }

function rowsOf(text: string): readonly Row[] {
  const rows = parsed(text)
  if (rows.length > MOST_ROWS)
    throw new VigieError('BAD_REQUEST', { met: `> ${MOST_ROWS}`, expected: `≤ ${MOST_ROWS}` })
  return rows
}

function parsed(text: string): readonly Row[] {
  let header: readonly string[] = []
  try {
    const rows: Row[] = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      columns: (names: string[]) => {
        header = names
        return names.map(columnNamed)
      },
      skip_empty_lines: true,
      relax_column_count: true,
      trim: true,
      info: true,
      to: MOST_ROWS + 1,
    })
    if (NEEDED.every((name) => header.map(columnNamed).includes(name))) return rows
  } catch (cause) {
    throw new VigieError('BAD_REQUEST', { met: reasonOf(cause), expected: EXPECTED }, { cause })
  }
  const met = header.join(',').slice(0, MET_SHOWN)
  throw new VigieError('BAD_REQUEST', { met: met === '' ? '–' : met, expected: EXPECTED })
}

function columnNamed(name: string): string {
  const met = name.trim().toLowerCase()
  return Object.keys(COLUMNS).find((column) => COLUMNS[column]?.includes(met)) ?? met
}

/** Where a comma is for decimals, tables come with semicolons. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1)
  const count = (mark: string) => first.split(mark).length
  return [',', ';', '\t'].toSorted((one, other) => count(other) - count(one))[0] ?? ','
}

const MET_SHOWN = 200

function columnOutOfOrder(ask: ChangeRecordAsk): string | undefined {
  return isInOrder(ask) ? undefined : 'ends'
}

function askOf(row: Readonly<Record<string, string>>): Record<string, unknown> {
  const known = Object.keys(COLUMNS).flatMap((name) => {
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

/** Writes down what is not written down yet: a table may come every night. Throws BAD_REQUEST. */
export async function importRecords(
  records: Records,
  bytes: Uint8Array,
  act: SignedAct,
): Promise<ChangeRecordsImported> {
  const read = readRecordsTable(bytes)
  const taken = await records.transaction().execute(async (transaction) => {
    let count = 0
    for (const record of read.records) {
      if (await isKnown(transaction, record)) continue
      await addRecord(transaction, record, act)
      count += 1
    }
    return count
  })
  return { taken, known: read.records.length - taken, refused: [...read.refused] }
}

async function isKnown(
  transaction: RecordsTransaction,
  { device, starts, ends, reason, reference, allows }: ChangeRecordAsk,
): Promise<boolean> {
  const rows = await transaction
    .selectFrom('change_records')
    .select('allows')
    .where('device', '=', device)
    .where('starts', '=', new Date(starts))
    .where('ends', '=', new Date(ends))
    .where('reason', '=', reason)
    .where('reference', '=', reference)
    .where('revoked', 'is', null)
    .execute()
  return rows.some((row) => JSON.stringify(row.allows) === JSON.stringify(allows))
}
