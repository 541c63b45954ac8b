// CSV by the row, as a stream. The heading is the first row that holds a known column: reports put titles above it.

import { parse } from 'csv-parse'
import { reasonOf } from '../../core/index.ts'
import { LIMITS, refuse } from './limits.ts'

/** Columns by their name in lower case. */
export type Row = ReadonlyMap<string, string>

export type CsvSource = {
  readonly file: string
  readonly bytes: AsyncIterable<Uint8Array>
  /** Column names, in lower case, one of which tells the heading. */
  readonly known: ReadonlySet<string>
}

const MOST_TITLE_ROWS = 50

export async function* csvRows({ file, bytes, known }: CsvSource): AsyncGenerator<Row> {
  const parser = parse({
    bom: true,
    delimiter: [',', ';', '\t'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LIMITS.fieldBytes,
  })
  const feeding = feed(bytes, parser)
  let heading: readonly string[] | undefined
  let titles = 0
  try {
    for await (const record of parser) {
      const values: readonly string[] = record
      if (heading !== undefined) {
        if (values.some((value) => value.trim() !== '')) yield rowOf(heading, values)
        continue
      }
      const names = values.map((value) => value.trim().toLowerCase())
      if (names.some((name) => known.has(name))) heading = names
      titles += 1
      if (titles > MOST_TITLE_ROWS) refuse(file, 'no row of it names columns that are known')
    }
    await feeding
  } catch (cause) {
    const reason = reasonOf(cause)
    if (reason.startsWith('CONTENT_INVALID')) throw cause
    refuse(file, `it is not CSV that can be read (${reason})`)
  }
}

/** The first of the columns that says something. */
export function cell(row: Row, ...names: readonly string[]): string {
  for (const name of names) {
    const value = row.get(name)?.trim() ?? ''
    if (value !== '') return value
  }
  return ''
}

async function feed(
  bytes: AsyncIterable<Uint8Array>,
  parser: ReturnType<typeof parse>,
): Promise<void> {
  try {
    for await (const piece of bytes)
      if (!parser.write(piece)) await new Promise((resolve) => parser.once('drain', resolve))
    parser.end()
  } catch (cause) {
    parser.destroy(cause instanceof Error ? cause : new Error(reasonOf(cause)))
  }
}

function rowOf(heading: readonly string[], values: readonly string[]): Row {
  const row = new Map<string, string>()
  for (const [index, name] of heading.entries()) {
    const value = values[index] ?? ''
    // Of two columns of one name, the one that says something.
    if (name !== '' && (row.get(name) ?? '') === '') row.set(name, value)
  }
  return row
}
