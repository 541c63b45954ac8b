// CSV by the row, as a stream. The heading is the first row that holds a known column: reports put titles above it.

import { parse } from 'csv-parse'
import { reasonOf } from '../../core/index.ts'
import { foldHeading } from './fold-heading.ts'
import { LIMITS, beginningOf, isRefusal, refuse } from './limits.ts'

/** Columns by their name in lower case. */
export type Row = ReadonlyMap<string, string>

export type CsvSource = {
  readonly file: string
  readonly bytes: AsyncIterable<Uint8Array>
  /** Column names, in lower case, one of which tells the heading. */
  readonly known: ReadonlySet<string>
  /** Columns that people name: accents, signs and underscores make no difference. */
  readonly isFolded?: boolean
}
const SEPARATORS = [',', ';', '\t'] as const

const MOST_TITLE_ROWS = 50

export async function* csvRows({
  file,
  bytes,
  known,
  isFolded = false,
}: CsvSource): AsyncGenerator<Row> {
  const nameOf = (text: string) => (isFolded ? foldHeading(text) : text.trim().toLowerCase())
  const { start, all } = await startOf(bytes)
  const parser = parse({
    bom: true,
    delimiter: separatorOf(start, (name) => known.has(nameOf(name))),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LIMITS.fieldBytes,
  })
  const feeding = feed(all, parser)
  let heading: readonly string[] | undefined
  let titles = 0
  try {
    for await (const record of parser) {
      const values: readonly string[] = record
      if (heading !== undefined) {
        if (values.some((value) => value.trim() !== '')) yield rowOf(heading, values)
        continue
      }
      const names = values.map(nameOf)
      if (names.some((name) => known.has(name))) heading = names
      titles += 1
      if (titles > MOST_TITLE_ROWS) refuse(file, 'no_columns', beginningOf(start))
    }
    await feeding
  } catch (cause) {
    const reason = reasonOf(cause)
    if (isRefusal(cause)) throw cause
    refuse(file, 'not_csv', reason)
  }
}

/**
 * A spreadsheet separates by comma, or by semicolon where the comma is the sign of decimals: never by both. The heading tells, or the
 * line `sep=;` that Excel reads.
 */
export function separatorOf(start: string, isKnown: (cell: string) => boolean): string {
  const lines = start.split(/\r?\n/).slice(0, MOST_TITLE_ROWS)
  const said = /^sep=([,;\t])$/i.exec(lines[0]?.replace(/^\uFEFF/, '').trim() ?? '')?.[1]
  if (said !== undefined) return said
  const cells = (separator: string) =>
    Math.max(
      0,
      ...lines.map((line) => {
        const parts = line.split(separator).map((part) => part.replaceAll('"', ''))
        return parts.some(isKnown) ? parts.length : 0
      }),
    )
  return SEPARATORS.toSorted((a, b) => cells(b) - cells(a))[0] ?? ','
}

const START_BYTES = 64 * 1024

async function startOf(bytes: AsyncIterable<Uint8Array>) {
  const iterator = bytes[Symbol.asyncIterator]()
  const pieces: Uint8Array[] = []
  let held = 0
  while (held < START_BYTES) {
    const next = await iterator.next()
    if (next.done === true) break
    pieces.push(next.value)
    held += next.value.length
  }
  const all = async function* () {
    yield* pieces
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
      yield next.value
  }
  const start = Buffer.concat(pieces).subarray(0, START_BYTES).toString('utf8')
  return { start, all: all() }
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
