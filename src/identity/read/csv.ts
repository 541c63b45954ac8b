// CSV (RFC 4180) with the separators that spreadsheets of different countries write. Every row knows its line.

import { ExportRefused, MOST_ROWS, shown } from './row.ts'

export type CsvRow = { readonly line: number; readonly cells: ReadonlyMap<string, string> }
const SEPARATORS = [',', ';', '\t'] as const
const MOST_CELLS = 1000

/** Rows under the names of the header, in lower case. Throws ExportRefused with the line. */
export function readCsv(text: string): readonly CsvRow[] {
  const body = text.replace(/^sep=(.)\r?\n/iu, '')
  // Export-Csv of PowerShell 5 writes the type above the header.
  const header = /^(?:#TYPE[^\r\n]*\r?\n)?([^\r\n]*)/u.exec(body)?.[1] ?? ''
  const separator =
    SEPARATORS.toSorted((a, b) => header.split(b).length - header.split(a).length)[0] ?? ','
  const rows: CsvRow[] = []
  let names: readonly string[] | undefined
  for (const { line, cells } of records(body, separator)) {
    if (cells.length === 1 && cells[0]?.trim() === '') continue
    if (cells[0]?.startsWith('#TYPE') === true) continue
    if (names === undefined) {
      names = headerOf(cells)
      continue
    }
    if (cells.length !== names.length)
      throw new ExportRefused(`line ${line}`, 'not_csv', `${cells.length} / ${names.length}`)
    rows.push({ line, cells: new Map(names.map((name, at) => [name, cells[at]?.trim() ?? ''])) })
    if (rows.length > MOST_ROWS)
      throw new ExportRefused(`line ${line}`, 'too_many_rows', String(MOST_ROWS))
  }
  if (rows.length === 0)
    throw new ExportRefused('', names === undefined ? 'empty' : 'no_rows', shown(names?.join(', ')))
  return rows
}

function headerOf(cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => cell.trim().toLowerCase().replaceAll('’', "'"))
  if (names.length > MOST_CELLS) throw new ExportRefused('line 1', 'not_csv', String(names.length))
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at)
  if (twice !== undefined) throw new ExportRefused('line 1', 'twice', twice)
  return names
}

function* records(text: string, separator: string): Generator<{ line: number; cells: string[] }> {
  let cells: string[] = []
  let cell = ''
  let line = 1
  let start = 1
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at)
    if (letter === '\n') line += 1
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (text.charAt(at + 1) === '"') {
        cell += '"'
        at += 1
      } else isQuoted = false
    } else if (letter === '"' && cell === '') isQuoted = true
    else if (letter === separator) {
      cells.push(cell)
      cell = ''
    } else if (letter === '\n') {
      cells.push(cell.endsWith('\r') ? cell.slice(0, -1) : cell)
      yield { line: start, cells }
      cells = []
      cell = ''
      start = line
    } else cell += letter
  }
  if (isQuoted) throw new ExportRefused(`line ${start}`, 'not_csv', '"')
  if (cell !== '' || cells.length > 0) yield { line: start, cells: [...cells, cell] }
}
