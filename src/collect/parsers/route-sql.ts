// Which parser a line belongs to: the first in order that knows it. Following hundreds of patterns through every line costs
// as much as reading it. So one scan for plain words says which parsers are possible, a bit for each; the batch says which
// bits are set at all; and of those parsers alone the patterns are asked, in order, until one knows the line.

import { asciiCase, requiredText, shortest } from '../../core/index.ts'
import type { RequiredText } from '../../core/index.ts'
import { literal } from '../../store/index.ts'
import type { Parser } from './parser-content.ts'

/** How much of a line is looked at to recognise it. */
const ROUTE_BYTES = 4096

/** The beginning of the line, and of what it needs from its file: rows of a table are known by their header. */
export const ROUTE_TEXT = `if(context = '', substring(raw, 1, ${ROUTE_BYTES}), concat(substring(raw, 1, ${ROUTE_BYTES}), '\\n\\n', substring(context, 1, 1024)))`

/** What a batch is asked before, for the shortest text that says the same: every one that is made is a copy of each line. */
export const ROUTE_LENGTHS = 'max(length(raw)) AS longest, max(length(context)) AS context'

export function routeText({ longest, context }: Readonly<Record<string, string>>): string {
  if (Number(context) > 0) return ROUTE_TEXT
  return Number(longest) > ROUTE_BYTES ? `substring(raw, 1, ${ROUTE_BYTES})` : 'raw'
}

/** The route of the lines that no parser knows. */
export const UNKNOWN_ROUTE = 0

/** A shorter word stands in most lines: such a pattern is asked in any case. */
const SHORTEST_WORD = 3

const WORD_BITS = 64

type Recognising = Pick<Parser, 'recognise'>

/** Columns that say which parsers are possible for a line: UInt64 each, a bit for each parser. */
export function possibleColumns(parsers: readonly Recognising[]): readonly string[] {
  const words = Math.max(1, Math.ceil(parsers.length / WORD_BITS))
  return Array.from({ length: words }, (_, at) => `possible_${at}`)
}

/** Text around a table with `raw` and `context` that adds those columns; a condition on the table may stand behind it. */
export function possibleAround(parsers: readonly Recognising[]): {
  readonly before: string
  readonly behind: string
} {
  const words = new Map<string, number[]>()
  parsers.forEach(({ recognise }, at) => {
    for (const word of new Set(wordsOf(recognise)?.map(needleOf)))
      words.set(word, [...(words.get(word) ?? []), at])
  })
  const needles = [...words.keys()].map(literal).join(', ')
  const found =
    needles === '' ? 'emptyArrayUInt64()' : `multiMatchAllIndices(${ROUTE_TEXT}, [${needles}])`
  const numbers = possibleColumns(parsers).map((column, at) => {
    const bits = [0n, ...[...words.values()].map((some) => bitsOf(some, at))]
    const table = `CAST([${bits.join(', ')}], 'Array(UInt64)')`
    return `arrayReduce('groupBitOr', arrayMap(i -> arrayElement(${table}, i + 1), route_words)) AS ${column}`
  })
  return {
    before: `(SELECT *, ${numbers.join(',\n  ')}\nFROM (SELECT *, ${found} AS route_words FROM`,
    behind: '))',
  }
}

/** A parser that may know lines of a batch, and how its place among the parsers is told. */
export type Candidate = {
  readonly recognise: readonly string[]
  readonly route: number
  /** Condition over those columns; '' where the patterns are asked of every line. */
  readonly possible: string
}

/** The parsers to ask, in order. `met` are the values of those columns with every bit that any of the lines has. */
export function candidatesOf(
  parsers: readonly Recognising[],
  met: readonly bigint[],
): readonly Candidate[] {
  return parsers.flatMap(({ recognise }, at): readonly Candidate[] => {
    const word = Math.floor(at / WORD_BITS)
    const bit = BigInt(at % WORD_BITS)
    const isAlwaysAsked = wordsOf(recognise) === undefined
    const isMet = (((met[word] ?? 0n) >> bit) & 1n) === 1n
    if (recognise.length === 0 || (!isAlwaysAsked && !isMet)) return []
    const possible = isAlwaysAsked ? '' : `bitTest(possible_${word}, ${bit})`
    return [{ recognise, route: at + 1, possible }]
  })
}

/** A line's route, over those columns and `text`: that of the first candidate that knows it, or 0. */
export function routeSql(candidates: readonly Candidate[], text: string): string {
  const branches = candidates.map(({ recognise, route, possible }) => {
    const known = `multiMatchAny(${text}, [${recognise.map(literal).join(', ')}])`
    return `${possible === '' ? known : `${possible} AND ${known}`}, ${route}`
  })
  return branches.length === 0
    ? `CAST(${UNKNOWN_ROUTE}, 'UInt16')`
    : `CAST(multiIf(${branches.join(',\n  ')}, ${UNKNOWN_ROUTE}), 'UInt16')`
}

/** Words of which a line of the parser holds at least one; undefined where some pattern requires none, or a short one. */
function wordsOf(recognise: readonly string[]): readonly RequiredText[] | undefined {
  const words = recognise.map((pattern) => requiredText(pattern))
  const all = words.flatMap((some) => some ?? [])
  return words.includes(undefined) || shortest(all) < SHORTEST_WORD ? undefined : all
}

function bitsOf(parsers: readonly number[], word: number): bigint {
  return parsers
    .filter((at) => Math.floor(at / WORD_BITS) === word)
    .reduce((bits, at) => bits | (1n << BigInt(at % WORD_BITS)), 0n)
}

/** A pattern that finds the word and nothing else. */
function needleOf(word: RequiredText): string {
  return typeof word === 'string' ? escaped(word) : `(?i)${asciiCase(escaped(word.anyCase))}`
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
