// An atom: one test on one source, in SQL that is never NULL. Rules share atoms, so each is decided once.

import { literal } from '../../store/index.ts'
import type { Source } from './resolve-field.ts'
import type { Comparison, FieldMatch, Test, TimePart } from './rule.ts'
import { plainString, showText } from './sigma-text.ts'
import { matchesAnything, textLike, textRegex } from './text-sql.ts'

export type Atom = {
  readonly key: string
  readonly source: Source
  readonly test: Test
  /** For `field` tests: where the other field stands. */
  readonly other?: Source
  /** As a rule author would write it, for reasons. */
  readonly shown: string
}

export function makeAtom(source: Source, test: Test, other?: Source): Atom {
  const shown = showTest(test)
  const cased = test.kind === 'text' && test.cased ? 'cased' : ''
  return {
    key: [source.key, test.kind, cased, other?.key ?? '', identity(test)].join('\u0001'),
    source,
    test,
    shown,
    ...(other === undefined ? {} : { other }),
  }
}

/** Two tests with the same identity are the same test: rules that differ in case only share their atom. */
function identity(test: Test): string {
  if (test.kind === 'text') {
    const regex = textRegex(test.text, test.cased)
    return test.cased || !isLookup(regex) ? regex : regex.toLowerCase()
  }
  if (test.kind === 'regex') return test.regex
  return JSON.stringify(test)
}

function showTest(test: Test): string {
  switch (test.kind) {
    case 'text':
      return showText(test.text)
    case 'regex':
      return `/${test.regex}/`
    case 'null':
      return 'null'
    case 'exists':
      return test.expected ? 'exists' : 'does not exist'
    case 'cidr':
      return test.network
    case 'compare':
      return `${test.part === undefined ? '' : `${test.part} `}${SYMBOLS[test.comparison]} ${test.number}`
    case 'field':
      return `${test.match} ${test.other}`
    default:
      return ''
  }
}

const SYMBOLS: Readonly<Record<Comparison, string>> = {
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  eq: '=',
}

/** The atom as a condition of its own. */
export function atomSql(atom: Atom): string {
  const { source, test, other } = atom
  if (test.kind === 'null') return `(NOT ${source.present})`
  if (test.kind === 'exists') return test.expected ? source.present : `(NOT ${source.present})`
  const ofEach = atomOfEach(atom, 'x')
  return ofEach === undefined
    ? valueSql(source.value, source, test, other)
    : `arrayExists(x -> ${ofEach}, ${source.values})`
}

/** What it asks of one value, where a source may hold several and any of them will do. A value is there. */
export function atomOfEach({ source, test, other }: Atom, value: string): string | undefined {
  if (source.values === undefined || test.kind === 'null' || test.kind === 'exists')
    return undefined
  return valueSql(value, { ...source, present: '1' }, test, other)
}

function valueSql(value: string, source: Source, test: Test, other: Source | undefined): string {
  switch (test.kind) {
    case 'text':
      return textSql(value, source, test)
    case 'regex':
      return `${test.cost.nullable ? `${source.present} AND ` : ''}match(${value}, ${literal(test.regex)})`
    case 'cidr':
      return cidrSql(value, test.network, test.family)
    case 'compare':
      return `ifNull(${numberSql(value, test.part)} ${SYMBOLS[test.comparison]} ${test.number}, 0)`
    case 'field':
      return fieldSql(value, source, other ?? source, test.match)
    case 'null':
    case 'exists':
      return '0'
    default:
      return '0'
  }
}

function textSql(
  value: string,
  { present }: Source,
  { text, cased }: Extract<Test, { kind: 'text' }>,
): string {
  if (text.length === 0) return `(${present} AND ${value} = '')`
  if (matchesAnything(text)) return present
  const plain = plainString(text)
  if (plain !== undefined && cased) return `${value} = ${literal(plain)}`
  if (plain !== undefined && isLookup(plain))
    return `lowerUTF8(${value}) = ${literal(plain.toLowerCase())}`
  const like = textLike(text)
  if (like !== undefined) return `${value} ${cased ? 'LIKE' : 'ILIKE'} ${literal(like)}`
  return `match(${value}, ${literal(textRegex(text, cased))})`
}

/** Lower-casing in JavaScript and in the engine agree on ASCII; other exact values go through a pattern. */
export function isLookup(plain: string): boolean {
  return /^[\u0020-\u007e]+$/.test(plain)
}

/** IPv4 as a range of numbers: read once for all networks that are asked of a value, where a text is read anew for each. */
function cidrSql(value: string, network: string, family: 4 | 6): string {
  if (family === 6) return cidr6Sql(value, network)
  const { first, last } = ipv4Range(network)
  const inside = `IPv4StringToNumOrDefault(${value}) BETWEEN ${first} AND ${last}`
  // What is no address is read as 0.
  return first === 0 ? `(isIPv4String(${value}) AND ${inside})` : `(${inside})`
}

/** First and last address of an IPv4 network, as numbers. */
export function ipv4Range(network: string): { readonly first: number; readonly last: number } {
  const [address = '', bits = '32'] = network.split('/')
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - Number(bits))
  const first = number - (number % size)
  return { first, last: first + size - 1 }
}

/** `isIPAddressInRange` throws on what is no address and would stop the whole statement. */
function cidr6Sql(value: string, network: string): string {
  return `(isIPv6String(${value}) AND isIPAddressInRange(if(isIPv6String(${value}), ${value}, '::'), ${literal(network)}))`
}

const PART_FUNCTIONS: Readonly<Record<TimePart, string>> = {
  minute: 'toMinute',
  hour: 'toHour',
  day: 'toDayOfMonth',
  week: 'toISOWeek',
  month: 'toMonth',
  year: 'toYear',
}

/** Parts are read as written: the specification names no zone, so an offset in the text is left out. */
function numberSql(value: string, part: TimePart | undefined): string {
  if (part === undefined) return `toFloat64OrNull(${value})`
  const written = `replaceOne(substring(${value}, 1, 19), 'T', ' ')`
  return `${PART_FUNCTIONS[part]}(parseDateTimeBestEffortOrNull(${written}, 'UTC'))`
}

function fieldSql(value: string, source: Source, other: Source, match: FieldMatch): string {
  const mine = `lowerUTF8(${value})`
  const theirs = `lowerUTF8(${other.value})`
  const both = `${source.present} AND ${other.present}`
  if (match === 'equals') return `(${both} AND ${mine} = ${theirs})`
  const found = {
    contains: `position(${mine}, ${theirs}) > 0`,
    startswith: `startsWith(${mine}, ${theirs})`,
    endswith: `endsWith(${mine}, ${theirs})`,
  }[match]
  return `(${both} AND notEmpty(${other.value}) AND ${found})`
}
