// The hunt query as removable chips. A query is terms between spaces, all of which must hold: `field:value`,
// `-field:value`, or words to find anywhere in the line. Quotes keep spaces; a backslash escapes a quote or a backslash.
// Whatever uses OR, NOT or parentheses is left whole: one chip that can only be removed.

export type Chip = {
  readonly kind: 'field' | 'words' | 'expression'
  /** Empty unless `kind` is field. */
  readonly field: string
  readonly value: string
  readonly isExcluded: boolean
  /** As it stands in the query. */
  readonly text: string
}

const TERM = /"(?:[^"\\]|\\.)*"?|\S/gsu
const FIELD_TERM = /^(-?)([A-Za-z_][\w.]*):(.+)$/su

export function chipsOf(query: string): readonly Chip[] {
  const terms = splitTerms(query)
  if (terms.some(isOperator)) {
    const text = query.trim()
    return [{ kind: 'expression', field: '', value: text, isExcluded: false, text }]
  }
  return terms.map(chipOf)
}

export function queryOf(chips: readonly Chip[]): string {
  return chips.map(({ text }) => text).join(' ')
}

/** Adds `field:value`, taking away its opposite; a condition already there stays as it is. */
export function withCondition(
  query: string,
  field: string,
  value: string,
  isExcluded = false,
): string {
  const text = `${isExcluded ? '-' : ''}${field}:${quoted(value)}`
  const chips = chipsOf(query)
  if (chips.some((chip) => chip.kind === 'expression')) return `(${query.trim()}) ${text}`
  const others = chips.filter((chip) => chip.field !== field || chip.value !== value)
  return [...others.map((chip) => chip.text), text].join(' ')
}

export function withoutChip(query: string, at: number): string {
  return queryOf(chipsOf(query).filter((_, index) => index !== at))
}

/** Turns include into exclude and back. */
export function invertedChip(query: string, at: number): string {
  const chips = chipsOf(query).map((chip, index) => {
    if (index !== at || chip.kind === 'expression') return chip
    const text = chip.isExcluded ? chip.text.slice(1) : `-${chip.text}`
    return { ...chip, text }
  })
  return queryOf(chips)
}

/** Quoted where the bare value would be read as something else. */
export function quoted(value: string): string {
  if (/^[\w.:@/-]+$/u.test(value) && !/^(?:OR|AND|NOT)$/iu.test(value)) return value
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

function splitTerms(query: string): readonly string[] {
  const terms: string[] = []
  let end = -1
  for (const match of query.matchAll(TERM)) {
    const last = terms.length - 1
    if (match.index === end) terms[last] = `${terms[last] ?? ''}${match[0]}`
    else terms.push(match[0])
    end = match.index + match[0].length
  }
  return terms
}

function isOperator(term: string): boolean {
  return /^(?:OR|NOT|AND|\|\|)$/u.test(term) || /^-?\(/u.test(term) || /^[^"]*\)$/u.test(term)
}

function chipOf(text: string): Chip {
  const match = FIELD_TERM.exec(text)
  if (match !== null) {
    const [, minus, field = '', value = ''] = match
    return { kind: 'field', field, value: unquoted(value), isExcluded: minus === '-', text }
  }
  const isExcluded = text.startsWith('-') && text.length > 1
  const value = unquoted(isExcluded ? text.slice(1) : text)
  return { kind: 'words', field: '', value, isExcluded, text }
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text
  const inside = text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text.slice(1)
  return inside.replaceAll(/\\(.)/gsu, '$1')
}
