// What arrives against the published priority list: since when, with which fields, with which days missing. Pure.

import type { LogCoverage } from '../model/index.ts'
import type { PrioritySource } from './catalogue.ts'

/** Lines of one parser on one day (UTC). */
export type ParserDay = { readonly parser: string; readonly day: string; readonly lines: number }
/** Share of a parser's lines that carry a column. */
export type ParserField = {
  readonly parser: string
  readonly field: string
  readonly share: number
}

const DAY_MS = 86_400_000
/** An incident can take this long to be found (Best practices for event logging, 2024). */
export const INVESTIGATED_DAYS = 548
const SILENT_DAYS = 2
const MOST_GAPS = 50

export function logCoverage(
  priority: readonly PrioritySource[],
  {
    days,
    fields,
  }: { readonly days: readonly ParserDay[]; readonly fields: readonly ParserField[] },
  nowMs: number,
): readonly LogCoverage[] {
  const today = Math.floor(nowMs / DAY_MS)
  return priority.map((source) => {
    const own = days.filter(({ parser, lines }) => lines > 0 && belongs(parser, source.parsers))
    const met = [
      ...new Set(own.map(({ day }) => Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY_MS))),
    ]
      .filter((day) => day <= today)
      .toSorted((a, b) => a - b)
    const first = met[0]
    const last = met.at(-1)
    const gaps = gapsOf(met, today)
    const window = new Set(met.filter((day) => day > today - INVESTIGATED_DAYS))
    return {
      key: source.key,
      order: source.order,
      tier: source.tier,
      title: { en: source.en, fr: source.fr },
      state: last === undefined ? 'missing' : today - last >= SILENT_DAYS ? 'silent' : 'arrives',
      parsers: [...new Set(own.map(({ parser }) => parser))].toSorted(),
      first: first === undefined ? null : new Date(first * DAY_MS).toISOString(),
      last: last === undefined ? null : new Date(last * DAY_MS).toISOString(),
      keepDays: source.keep_days,
      heldDays: first === undefined ? 0 : today - first + 1,
      gapDays: gaps.reduce((sum, gap) => sum + gap.days, 0),
      gaps: gaps.slice(-MOST_GAPS),
      fields: fieldsOf(source, fields),
      lacking18Months: INVESTIGATED_DAYS - window.size,
    }
  })
}

/** `windows` also means `windows-dns`’ neighbours only where the list says so: names are compared whole. */
function belongs(parser: string, parsers: readonly string[]): boolean {
  return parsers.includes(parser)
}

/** Runs of days without a line; today itself is not over yet. */
function gapsOf(met: readonly number[], today: number): LogCoverage['gaps'] {
  const ends = [...met, today]
  return ends.slice(1).flatMap((next, at) => {
    const before = ends[at] ?? next
    const days = next - before - 1
    return days <= 0 ? [] : [{ from: dayText(before + 1), to: dayText(next - 1), days }]
  })
}

function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

function fieldsOf(
  { fields, parsers }: PrioritySource,
  shares: readonly ParserField[],
): LogCoverage['fields'] {
  return fields.map((name) => {
    const own = shares.filter(({ parser, field }) => field === name && belongs(parser, parsers))
    return { name, share: Math.max(0, ...own.map(({ share }) => share)) }
  })
}
