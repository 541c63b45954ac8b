// Plain lists and CSV, line by line. A first line with a name for its values makes the file CSV (RFC 4180, also with
// semicolons or tabs); without one each line is a value, with comments behind `#` or `;`.

import { confidenceOf, kindNamed, markingOf, timeOf, unusable } from './entry.ts'
import type { Read } from './entry.ts'

/** A line of more characters is no entry. */
const MOST_LINE = 65_536

export class LineReader {
  #rest = ''
  #line = 0
  #isTooLong = false
  #table: Table | undefined
  #isFirst = true

  /** What the lines that end in this piece say. */
  read(piece: string): readonly Read[] {
    const found: Read[] = []
    const lines = (this.#rest + piece).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#take(line, found)
    if (this.#rest.length > MOST_LINE) {
      this.#rest = ''
      this.#isTooLong = true
    }
    return found
  }

  end(): readonly Read[] {
    const found: Read[] = []
    if (this.#rest !== '' || this.#isTooLong) this.#take(this.#rest, found)
    return found
  }

  #take(text: string, found: Read[]): void {
    this.#line += 1
    const isTooLong = this.#isTooLong || text.length > MOST_LINE
    this.#isTooLong = false
    if (isTooLong) {
      found.push(unusable(this.#line, '', 'entry_too_large'))
      return
    }
    const line = text.replace(/^\uFEFF/, '').trim()
    if (line === '' || line.startsWith('#')) return
    if (this.#isFirst) {
      this.#isFirst = false
      this.#table = tableOf(line)
      if (this.#table !== undefined) return
    }
    const read =
      this.#table === undefined ? plain(line, this.#line) : row(this.#table, line, this.#line)
    if (read !== undefined) found.push(read)
  }
}

/** A name alone with a hash in it (`#`) is no comment: a space goes before one. */
function plain(line: string, at: number): Read | undefined {
  if (line.startsWith(';') || line.startsWith('//')) return undefined
  const [value = '', label = ''] = line.split(/\s+[#;]\s*/, 2)
  return {
    kind: 'entry',
    entry: { value: unquoted(value.trim()), line: at, label: label.slice(0, 200) },
  }
}

type Field = 'value' | 'kind' | 'confidence' | 'marking' | 'from' | 'until' | 'label' | 'reference'
type Table = { readonly separator: string; readonly fields: ReadonlyMap<Field, number> }

const NAMES: Readonly<Record<Field, readonly string[]>> = {
  value: ['value', 'indicator', 'ioc', 'observable', 'indicator_value', 'ioc_value'],
  kind: ['type', 'kind', 'indicator_type', 'ioc_type'],
  confidence: ['confidence', 'confidence_level', 'score'],
  marking: ['tlp', 'marking'],
  from: ['valid_from', 'first_seen', 'from'],
  until: ['valid_until', 'expires', 'expiry', 'until', 'expiration'],
  label: ['name', 'label', 'description', 'comment', 'title', 'notes', 'threat', 'malware'],
  reference: ['id', 'uuid', 'reference', 'link'],
}
const FIELDS = [
  'value',
  'kind',
  'confidence',
  'marking',
  'from',
  'until',
  'label',
  'reference',
] as const

function tableOf(line: string): Table | undefined {
  for (const separator of [',', ';', '\t']) {
    const names = cells(line, separator).map((name) =>
      name.trim().toLowerCase().replaceAll(' ', '_'),
    )
    const fields = new Map<Field, number>()
    for (const field of FIELDS) {
      const at = names.findIndex((name) => NAMES[field].includes(name))
      if (at >= 0) fields.set(field, at)
    }
    if (fields.has('value')) return { separator, fields }
  }
  return undefined
}

function row({ separator, fields }: Table, line: string, at: number): Read {
  const values = cells(line, separator)
  const of = (field: Field) => values[fields.get(field) ?? -1]?.trim() ?? ''
  const kind = kindNamed(of('kind'))
  const confidence = confidenceOf(of('confidence'))
  const marking = markingOf(of('marking'))
  const fromMs = timeOf(of('from'))
  const untilMs = timeOf(of('until'))
  return {
    kind: 'entry',
    entry: {
      value: of('value'),
      line: at,
      label: of('label').slice(0, 200),
      reference: of('reference').slice(0, 200),
      ...(kind === undefined ? {} : { kind }),
      ...(confidence === undefined ? {} : { confidence }),
      ...(marking === undefined ? {} : { marking }),
      ...(fromMs === undefined ? {} : { fromMs }),
      ...(untilMs === undefined ? {} : { untilMs }),
    },
  }
}

/** Cells of a line; a quoted one may hold the separator, and its quotes doubled. A cell does not go past its line. */
function cells(line: string, separator: string): readonly string[] {
  if (!line.includes('"')) return line.split(separator)
  const found: string[] = []
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < line.length; at += 1) {
    const letter = line.charAt(at)
    if (letter === '"' && isQuoted && line.charAt(at + 1) === '"') {
      cell += '"'
      at += 1
    } else if (letter === '"') isQuoted = !isQuoted
    else if (letter === separator && !isQuoted) {
      found.push(cell)
      cell = ''
    } else cell += letter
  }
  return [...found, cell]
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text
}
