// A Sigma rule as it is understood: what to look for, before anyone knows in which columns.

import type { EntityKind, Guidance, Severity } from '../../model/index.ts'
import type { Condition } from './condition.ts'
import type { SigmaText } from './sigma-text.ts'
import type { Place } from './tree.ts'

export type Comparison = 'gt' | 'gte' | 'lt' | 'lte' | 'eq'
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'
export type FieldMatch = 'equals' | 'contains' | 'startswith' | 'endswith'

/** One thing asked of one value. */
export type Test =
  | { readonly kind: 'text'; readonly text: SigmaText; readonly cased: boolean }
  | { readonly kind: 'regex'; readonly regex: string; readonly cost: RegexCost }
  | { readonly kind: 'null' }
  | { readonly kind: 'exists'; readonly expected: boolean }
  | { readonly kind: 'cidr'; readonly network: string; readonly family: 4 | 6 }
  | {
      readonly kind: 'compare'
      readonly comparison: Comparison
      readonly number: number
      readonly part?: TimePart
    }
  | { readonly kind: 'field'; readonly other: string; readonly match: FieldMatch }

/** What a regular expression asks of an engine. */
export type RegexCost = {
  /** May match the empty string, so an absent value must be told apart. */
  readonly nullable: boolean
  /** Counted repetitions that would blow up a shared automaton: run alone, on RE2. */
  readonly heavy: boolean
}

/** A field and its values; `field` is '' for keywords, which are sought in the whole event. */
export type Item = {
  readonly field: string
  readonly tests: readonly Test[]
  readonly join: 'any' | 'all'
  readonly negated: boolean
}

export type Selection =
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Selection[] }

export type Logsource = {
  readonly category?: string
  readonly product?: string
  readonly service?: string
}

/** What is sought: selections by name, and the condition over them. */
export type Detection = {
  readonly selections: ReadonlyMap<string, Selection>
  readonly condition: Condition
}

export type LoadedRule = Detection & {
  readonly id: string
  /** What filters and correlations may call the rule; '' where it has none. */
  readonly name: string
  readonly title: { readonly en: string; readonly fr: string }
  readonly description: { readonly en: string; readonly fr: string }
  readonly level: Severity
  readonly status: string
  readonly author: string
  /** Address of the rule or, failing that, its first reference. */
  readonly reference: string
  readonly references: readonly string[]
  readonly attack: readonly string[]
  readonly tags: readonly string[]
  readonly falsePositives: readonly string[]
  readonly guidance: Guidance
  readonly logsource: Logsource
  /** What is accepted here, although the rule describes it. */
  readonly filters: readonly LoadedFilter[]
  /** What the rule gathers on; `undefined` leaves it to the log source. */
  readonly entity: EntityKind | undefined
  readonly tradecraft: readonly string[]
  readonly file: string
  readonly at: Place
}

/** What its condition holds for is not found by the rules it is for. */
export type LoadedFilter = Detection & {
  readonly id: string
  readonly title: string
  readonly description: string
  /** Ids or names, in lower case. */
  readonly rules: 'any' | readonly string[]
  readonly logsource: Logsource
  /** The last day it holds, YYYY-MM-DD in UTC; without one it holds for good. */
  readonly expires: string | undefined
  readonly file: string
  readonly at: Place
}
