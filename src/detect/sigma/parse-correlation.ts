// One correlation document.

import { failed, ok } from '../../core/index.ts'
import type { Result } from '../../core/index.ts'
import { parseCondition } from './condition.ts'
import type { Condition } from './condition.ts'
import { CORRELATION_TYPES, OPERATORS } from './correlation.ts'
import type { CorrelationType, LoadedCorrelation, Operator, Threshold } from './correlation.ts'
import { readHeader } from './rule-header.ts'
import type { Header } from './rule-header.ts'
import type { MapTree, Place, Tree } from './tree.ts'
import { entryOf, textOf, textsOf } from './yaml-tree.ts'

const MAX_RULES = 200
const MAX_GROUP_BY = 16

/** What is wrong, and where; the caller knows the file. */
class Refusal extends Error {
  readonly at: Place | undefined

  constructor(sentence: string, at?: Place) {
    super(sentence)
    this.at = at
  }
}

export function parseCorrelation(file: string, document: MapTree): Result<LoadedCorrelation> {
  const header = readHeader(file, document, { needsLogsource: false })
  if (!header.ok) return header
  const tree = entryOf(document, 'correlation')
  try {
    if (tree?.kind !== 'map') throw new Refusal('“correlation” holds no map.', tree?.at)
    return ok({ ...header.value, ...read(tree) })
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const at = thrown.at ?? document.at
    return failed({ code: 'SIGMA_CORRELATION', sentence: thrown.message, file, ...at })
  }
}

type Body = Omit<LoadedCorrelation, keyof Header>

function read(tree: MapTree): Body {
  const { type, isExtended } = typeOf(tree)
  const isTemporal = type === 'temporal' || type === 'temporal_ordered'
  const condition = entryOf(tree, 'condition')
  const expression = condition?.kind === 'scalar' ? textOf(condition).trim() : ''
  if (expression !== '' && !isTemporal)
    throw new Refusal(
      `A condition over rule names is for temporal correlations; ${type} expects a comparison such as gte: 10.`,
      condition?.at,
    )
  if (isExtended && expression === '')
    throw new Refusal(`${type}_extended expects a condition over the names of its rules.`, tree.at)
  const rules = rulesOf(tree, expression)
  const timespan = textOf(entryOf(tree, 'timespan'))
  const fields = condition?.kind === 'map' ? textsOf(entryOf(condition, 'field')) : []
  const thresholds = condition?.kind === 'map' ? thresholdsOf(condition) : []
  checkCondition({ type, isTemporal, expression, fields, thresholds }, condition?.at ?? tree.at)
  return {
    type,
    rules,
    groupBy: groupByOf(tree),
    timespan,
    timespanMs: timespanOf(timespan, entryOf(tree, 'timespan')?.at ?? tree.at),
    thresholds,
    condition: expression === '' ? undefined : expressionOf(expression, rules, condition?.at),
    expression,
    fields,
    percentile: percentileOf(type, condition),
    aliases: aliasesOf(tree),
    generate: generateOf(tree),
  }
}

/** Some tools name the types with a condition over rule names apart. */
function typeOf(tree: MapTree): { readonly type: CorrelationType; readonly isExtended: boolean } {
  const text = textOf(entryOf(tree, 'type')).toLowerCase()
  const isExtended = text.endsWith('_extended')
  const wanted = isExtended ? text.slice(0, -'_extended'.length) : text
  const type = CORRELATION_TYPES.find((known) => known === wanted)
  if (type === undefined || (isExtended && !type.startsWith('temporal')))
    throw new Refusal(
      `“${text}” is no type of correlation; expected ${CORRELATION_TYPES.join(', ')}.`,
      entryOf(tree, 'type')?.at ?? tree.at,
    )
  return { type, isExtended }
}

const WORDS = /[A-Za-z0-9_-]+/g
const OPERATOR_WORDS = new Set(['and', 'or', 'not'])

/** The rules a condition names are its rules, where no list says so. */
function rulesOf(tree: MapTree, expression: string): readonly string[] {
  const listed = textsOf(entryOf(tree, 'rules'))
  const named = expression.match(WORDS) ?? []
  const rules =
    listed.length > 0
      ? listed
      : [...new Set(named)].filter((name) => !OPERATOR_WORDS.has(name.toLowerCase()))
  if (rules.length === 0)
    throw new Refusal(
      'The correlation names no rules; expected their ids or names.',
      entryOf(tree, 'rules')?.at ?? tree.at,
    )
  if (rules.length > MAX_RULES)
    throw new Refusal(
      `The correlation names ${rules.length} rules; at most ${MAX_RULES} are taken.`,
    )
  return rules
}

function groupByOf(tree: MapTree): readonly string[] {
  const groupBy = textsOf(entryOf(tree, 'group-by'))
  if (groupBy.length > MAX_GROUP_BY)
    throw new Refusal(
      `The correlation groups by ${groupBy.length} fields; at most ${MAX_GROUP_BY} are taken.`,
      entryOf(tree, 'group-by')?.at,
    )
  return groupBy
}

const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_629_746_000,
  y: 31_556_952_000,
}
/** Hits are kept as long as the longest timespan, so it has an end. */
const MAX_TIMESPAN_MS = 2 * 31_556_952_000

function timespanOf(text: string, at: Place): number {
  const [, count = '', unit = ''] = /^(\d{1,9})([smhdwMy])$/.exec(text) ?? []
  const ms = Number(count) * (UNITS_MS[unit] ?? 0)
  if (ms === 0)
    throw new Refusal(
      `“${text}” is no timespan; expected a number and s, m, h or d, such as 10m.`,
      at,
    )
  if (ms > MAX_TIMESPAN_MS) throw new Refusal(`The timespan ${text} is longer than two years.`, at)
  return ms
}

function thresholdsOf(condition: MapTree): readonly Threshold[] {
  return condition.entries.flatMap(({ key, value, at }) => {
    if (key === 'field' || key === 'percentile') return []
    const operator = OPERATORS.find((known): known is Operator => known === key)
    if (operator === undefined)
      throw new Refusal(`“${key}” is no comparison; expected ${OPERATORS.join(', ')}.`, at)
    const text = textOf(value)
    const number = Number(text)
    if (text === '' || !Number.isFinite(number))
      throw new Refusal(`${key} expects a number, and “${text}” is none.`, at)
    return [{ operator, number }]
  })
}

type Checked = Pick<Body, 'type' | 'fields' | 'thresholds'> & {
  readonly isTemporal: boolean
  readonly expression: string
}

function checkCondition({ type, isTemporal, fields, thresholds }: Checked, at: Place): void {
  if (isTemporal) return
  if (thresholds.length === 0)
    throw new Refusal(`${type} has no condition; expected a comparison such as gte: 10.`, at)
  if (type === 'event_count') return
  if (fields.length === 0)
    throw new Refusal(`${type} says no field; expected condition: { field: …, gte: … }.`, at)
  if (type !== 'value_count' && fields.length > 1)
    throw new Refusal(`${type} takes one field; a list of them is for value_count.`, at)
}

function expressionOf(text: string, rules: readonly string[], at: Place | undefined): Condition {
  const parsed = parseCondition(text, rules)
  if (!parsed.ok) throw new Refusal(`In the condition, ${parsed.problem}.`, at)
  return parsed.value
}

function percentileOf(type: CorrelationType, condition: Tree | undefined): number {
  if (type !== 'value_percentile') return 50
  const tree = condition === undefined ? undefined : entryOf(condition, 'percentile')
  const text = textOf(tree)
  const percentile = Number(text)
  if (text === '' || !(percentile > 0 && percentile < 100))
    throw new Refusal(
      'value_percentile says no percentile; expected condition: { field: …, percentile: 95, gte: … }.',
      tree?.at ?? condition?.at,
    )
  return percentile
}

function aliasesOf(tree: MapTree): LoadedCorrelation['aliases'] {
  const aliases = entryOf(tree, 'aliases')
  if (aliases === undefined) return new Map()
  if (aliases.kind !== 'map') throw new Refusal('“aliases” holds no map of aliases.', aliases.at)
  return new Map(
    aliases.entries.map(({ key, value, at }) => {
      if (value.kind !== 'map')
        throw new Refusal(`The alias “${key}” holds no map of rules and their fields.`, at)
      return [key, new Map(value.entries.map((entry) => [entry.key, textOf(entry.value)]))]
    }),
  )
}

function generateOf(tree: MapTree): boolean {
  const generate = entryOf(tree, 'generate')
  if (generate === undefined) return false
  if (generate.kind === 'scalar' && typeof generate.value === 'boolean') return generate.value
  throw new Refusal('“generate” expects true or false.', generate.at)
}
