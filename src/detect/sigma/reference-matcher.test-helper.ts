// For tests only: the slow, plain reading of a rule against one event, straight from the specification. It shares no code
// with the compiler beyond the parsed rule.

import { BlockList, isIP } from 'node:net'
import type { Condition } from './condition.ts'
import type { Comparison, Item, LoadedRule, Selection, Test, TimePart } from './rule.ts'
import { DASHES } from './sigma-text.ts'
import type { SigmaText } from './sigma-text.ts'

export type PlainEvent = { readonly raw: string; readonly fields: Readonly<Record<string, string>> }

export function matches(rule: LoadedRule, event: PlainEvent): boolean {
  const holds = (condition: Condition): boolean => {
    switch (condition.kind) {
      case 'selection': {
        const selection = rule.selections.get(condition.name)
        return selection !== undefined && selectionHolds(selection, event)
      }
      case 'not':
        return !holds(condition.item)
      case 'and':
        return condition.items.every(holds)
      case 'or':
        return condition.items.some(holds)
      default:
        return false
    }
  }
  return holds(rule.condition)
}

function selectionHolds(selection: Selection, event: PlainEvent): boolean {
  if (selection.kind === 'item') return itemHolds(selection.item, event)
  const parts = selection.parts.map((part) => selectionHolds(part, event))
  return selection.kind === 'all' ? parts.every(Boolean) : parts.some(Boolean)
}

function itemHolds({ field, tests, join, negated }: Item, event: PlainEvent): boolean {
  const value = field === '' ? event.raw : event.fields[field]
  const results = tests.map((test) => testHolds(test, value, event))
  return (join === 'all' ? results.every(Boolean) : results.some(Boolean)) !== negated
}

function testHolds(test: Test, value: string | undefined, event: PlainEvent): boolean {
  if (test.kind === 'null') return value === undefined
  if (test.kind === 'exists') return (value !== undefined) === test.expected
  if (value === undefined) return false
  switch (test.kind) {
    case 'text':
      return textHolds(test.text, test.cased ? value : value.toLowerCase(), test.cased)
    case 'regex':
      return new RegExp(forJavaScript(test.regex), 'u').test(value)
    case 'cidr':
      return inNetwork(value, test.network)
    case 'compare':
      return compares(numberOf(value, test.part), test.comparison, test.number)
    case 'field':
      return fieldHolds(value.toLowerCase(), event.fields[test.other]?.toLowerCase(), test.match)
    default:
      return false
  }
}

/** Walks value and pattern together; no regular expression, so that the compiler's is checked by other means. */
function textHolds(text: SigmaText, value: string, cased: boolean): boolean {
  const [token, ...rest] = text
  if (token === undefined) return value === ''
  if (token.kind === 'any') {
    for (let at = 0; at <= value.length; at += 1)
      if (textHolds(rest, value.slice(at), cased)) return true
    return false
  }
  if (token.kind === 'literal') {
    const literal = cased ? token.text : token.text.toLowerCase()
    return value.startsWith(literal) && textHolds(rest, value.slice(literal.length), cased)
  }
  const [first] = value
  if (first === undefined || (token.kind === 'dash' && !DASHES.includes(first))) return false
  return textHolds(rest, value.slice(first.length), cased)
}

/** JavaScript has no `\A`, `\z`, nor flags in the middle of a group. */
function forJavaScript(regex: string): string {
  return regex
    .replaceAll(String.raw`\A`, '(?<![^])')
    .replaceAll(String.raw`\z`, '(?![^])')
    .replace(
      /^\(\?([ims]*)(-s)?:\(\?i\)/,
      (_, on: string, off: string | undefined) => `(?${on.replace('i', '')}i${off ?? ''}:`,
    )
}

function inNetwork(value: string, network: string): boolean {
  const family = isIP(value)
  const [address = '', bits = ''] = network.split('/')
  if (family === 0 || isIP(address) !== family) return false
  const list = new BlockList()
  list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  return list.check(value, family === 4 ? 'ipv4' : 'ipv6')
}

function numberOf(value: string, part: TimePart | undefined): number {
  if (part === undefined) return value.trim() === '' ? Number.NaN : Number(value)
  const [, year, month, day, hour, minute] =
    /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)/.exec(value)?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return Number.NaN
  if (part === 'week') return isoWeek(new Date(Date.UTC(year, month - 1, day)))
  return { year, month, day, hour: hour ?? Number.NaN, minute: minute ?? Number.NaN }[part]
}

/** ISO 8601: week 1 holds the year's first Thursday. */
function isoWeek(date: Date): number {
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * 86_400_000)
  const start = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  return 1 + Math.floor((thursday.getTime() - start) / (7 * 86_400_000))
}

function compares(value: number, comparison: Comparison, number: number): boolean {
  return {
    gt: value > number,
    gte: value >= number,
    lt: value < number,
    lte: value <= number,
    eq: value === number,
  }[comparison]
}

function fieldHolds(
  value: string,
  other: string | undefined,
  match: 'equals' | 'contains' | 'startswith' | 'endswith',
): boolean {
  if (other === undefined) return false
  if (match === 'equals') return value === other
  if (other === '') return false
  return {
    contains: value.includes(other),
    startswith: value.startsWith(other),
    endswith: value.endsWith(other),
  }[match]
}
