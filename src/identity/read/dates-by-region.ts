// Dates of a list as its office writes them. Which of day and month stands first is asked of the whole list: one date past the twelfth
// tells. A list that never tells, or tells both, is left as it is, and refused where a date is asked for.

import type { CsvRow } from './csv.ts'

const DATE =
  /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ ,T]+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*([ap]\.?\s?m\.?)?)?$/iu

export function withPlainDates(rows: readonly CsvRow[]): readonly CsvRow[] {
  const order = orderOf(rows)
  if (order === undefined) return rows
  return rows.map(({ line, cells }) => ({
    line,
    cells: new Map([...cells].map(([name, value]) => [name, plainDate(value, order)])),
  }))
}

type Order = 'day-first' | 'month-first'

function orderOf(rows: readonly CsvRow[]): Order | undefined {
  const told = new Set<Order>()
  for (const { cells } of rows)
    for (const value of cells.values()) {
      const [, first = '', sign, second = ''] = DATE.exec(value) ?? []
      if (sign === undefined) continue
      // No office writes months first with dots.
      if (sign === '.' || Number(first) > 12) told.add('day-first')
      else if (Number(second) > 12) told.add('month-first')
    }
  const [order] = told
  return told.size === 1 ? order : undefined
}

function plainDate(value: string, order: Order): string {
  const [, first, , second, year, hour, minute = '00', seconds = '00', half] =
    DATE.exec(value) ?? []
  if (first === undefined || second === undefined) return value
  const two = (text: string | number) => String(text).padStart(2, '0')
  const [day, month] = order === 'day-first' ? [first, second] : [second, first]
  const date = `${year}-${two(month)}-${two(day)}`
  if (hour === undefined) return date
  const isAfternoon = half !== undefined && /^p/iu.test(half)
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0)
  return `${date}T${two(hours)}:${minute}:${seconds}`
}
