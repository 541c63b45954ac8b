// What the columns alone say of a row: for each rule of a unit a condition that holds wherever the rule does. Of stored
// events the vendor's fields are read again from the line (docs/decisions/0003), which is dear: they are made for the rows
// that a glance leaves.

import { requiredText } from '../../core/index.ts'
import type { VerbatimOf } from '../../model/index.ts'
import type { EngineLane } from '../../store/index.ts'
import type { AtomTable } from './atom-table.ts'
import { atomSql } from './atom.ts'
import type { Atom } from './atom.ts'
import { FALSE, TRUE, atomsOf, fold, holdsOnNothing } from './expression.ts'
import type { Expression } from './expression.ts'
import { dropPatterns } from './pattern-store.ts'
import type { Source } from './resolve-field.ts'
import type { RoutedRule, RuleSet } from './rule-set.ts'
import type { Test } from './rule.ts'
import { scanExpression, scannedGroups } from './scan-sql.ts'
import { textRegex } from './text-sql.ts'
import type { Unit } from './units.ts'

/** Units that are glanced at together: one scan for all of them. */
export type Glance = {
  /** The units' rules with conditions that ask less, by the number of the unit. */
  readonly rules: ReadonlyMap<number, readonly RoutedRule[]>
  /** SQL for the array of atoms that hold on a row. It reads the columns of `events` and nothing else. */
  readonly scan: string
  /** Pattern lists of the rule set that it reads, by group. */
  readonly lists: readonly number[]
  /** Units some rule of which may hold where no atom does. */
  readonly keeping: readonly number[]
  /** Words that are sought in the lines; undefined where none are. */
  readonly words: AtomTable | undefined
}

/** A unit, and the parsers of its rows. */
export type Glanced = { readonly unit: Unit; readonly parsers: readonly string[] }

const glances = new WeakMap<RuleSet, Map<string, Glance | undefined>>()

/**
 * The glance of each unit; `undefined` where some rule may hold on any row as far as columns tell. Units that were not asked
 * about before share one.
 */
export function glancesOf(
  ruleSet: RuleSet,
  asked: readonly Glanced[],
  verbatim: VerbatimOf,
): ReadonlyMap<Unit, Glance | undefined> {
  const known = glances.get(ruleSet) ?? new Map<string, Glance | undefined>()
  glances.set(ruleSet, known)
  const keyed = asked.map(({ unit, parsers }) => {
    const isVerbatim = verbatim(parsers) !== '0'
    return { unit, parsers, isVerbatim, key: `${unit.id} ${isVerbatim}` }
  })
  const met = keyed.filter(({ key }) => !known.has(key))
  if (met.length > 0) {
    const hints = new Hints(
      ruleSet.table,
      verbatim([...new Set(met.flatMap((one) => one.parsers))]),
    )
    const made = met.map(({ unit, isVerbatim, key }) => ({
      key,
      unit: loosened(unit, hints, isVerbatim),
    }))
    const glance = together(
      ruleSet.table,
      hints,
      made.flatMap(({ unit }) => unit ?? []),
    )
    for (const { key, unit } of made) known.set(key, unit === undefined ? undefined : glance)
  }
  return new Map(keyed.map(({ unit, key }) => [unit, known.get(key)]))
}

/** Takes what glances of a rule set laid down in the engine away. */
export async function dropGlances(lane: EngineLane, ruleSet: RuleSet): Promise<void> {
  const known = new Set(glances.get(ruleSet)?.values() ?? [])
  glances.delete(ruleSet)
  for (const glance of known)
    if (glance?.words !== undefined) await dropPatterns(lane, glance.words)
}

/** Its rules with what the columns can say of them; `undefined` where that is nothing for one of them. */
function loosened(unit: Unit, hints: Hints, isVerbatim: boolean): Unit | undefined {
  const look: Look = {
    may: (id, field) =>
      hints.isOfColumns(id) ? { kind: 'atom', id, field } : hints.mayHold(id, field, isVerbatim),
    must: (id, field) => (hints.isOfColumns(id) ? { kind: 'atom', id, field } : FALSE),
  }
  const rules: RoutedRule[] = []
  for (const { rule, expression } of unit.rules) {
    const wide = fold(widened(expression, look), () => undefined)
    if (wide.kind === 'true') return undefined
    if (wide.kind !== 'false') rules.push({ rule, expression: wide })
  }
  return { ...unit, rules }
}

function together(table: AtomTable, hints: Hints, units: readonly Unit[]): Glance {
  const rules = units.flatMap((unit) => unit.rules)
  const atoms = new Set(rules.flatMap(({ expression }) => [...atomsOf(expression)]))
  const asked = new Set([...atoms].filter((id) => hints.isOfColumns(id)))
  const scans = [scanExpression(table, asked), ...hints.scans]
  return {
    rules: new Map(units.map((unit) => [unit.id, unit.rules])),
    scan: scans.length === 1 ? (scans[0] ?? '') : `arrayConcat(${scans.join(',\n  ')})`,
    lists: scannedGroups(table, asked),
    keeping: units
      .filter((unit) => unit.rules.some(({ expression }) => holdsOnNothing(expression)))
      .map(({ id }) => id),
    words: hints.words,
  }
}

/** What is known of an atom without fields: a condition that holds where it may, and one that holds only where it must. */
type Look = Readonly<Record<'may' | 'must', (id: number, field: string) => Expression>>

/** Holds wherever the expression may. */
function widened(expression: Expression, look: Look, side: 'may' | 'must' = 'may'): Expression {
  switch (expression.kind) {
    case 'atom':
      return look[side](expression.id, expression.field)
    case 'named':
      return widened(expression.item, look, side)
    case 'not':
      return {
        kind: 'not',
        item: widened(expression.item, look, side === 'may' ? 'must' : 'may'),
      }
    case 'and':
    case 'or':
      return {
        kind: expression.kind,
        items: expression.items.map((item) => widened(item, look, side)),
      }
    case 'true':
    case 'false':
    default:
      return expression
  }
}

/** Atoms of a glance's own, numbered behind those of the rule set: each holds wherever an atom that reads fields does. */
class Hints {
  readonly #atoms: AtomTable
  readonly #verbatim: string
  /** Words that stand in a line wherever a text of its fields holds. */
  readonly #words = new Map<string, number>()
  /** Conditions over columns, where only the fields say whether a value is there at all. */
  readonly #conditions = new Map<string, number>()
  /** Whether an atom is decided without fields. */
  readonly #ofColumns = new Map<number, boolean>()
  #next: number

  constructor(atoms: AtomTable, verbatim: string) {
    this.#atoms = atoms
    this.#verbatim = verbatim
    this.#next = this.#unsaid + 1 + WORDS_AT_MOST
  }

  /** The atom of lines of which words say nothing. */
  get #unsaid(): number {
    return this.#atoms.atoms.length
  }

  isOfColumns(id: number): boolean {
    const known =
      this.#ofColumns.get(id) ??
      (id < this.#unsaid && !READS_FIELDS.test(scanExpression(this.#atoms, new Set([id]))))
    this.#ofColumns.set(id, known)
    return known
  }

  /** Where the atom may hold: where its condition does, or its word stands, or nothing is said. */
  mayHold(id: number, field: string, isVerbatim: boolean): Expression {
    const atom = this.#atoms.atoms[id]
    if (atom === undefined) return TRUE
    const condition = presumed(atom)
    if (condition === '1') return TRUE
    if (condition !== undefined) return { kind: 'atom', id: this.#conditionId(condition), field }
    const words = isVerbatim ? wordsOf(atom.test) : undefined
    const ids = words?.map((word) => this.#wordId(word))
    if (ids === undefined || ids.includes(undefined)) return TRUE
    const holds = [...ids, this.#unsaid].map((one): Expression => ({
      kind: 'atom',
      id: one ?? this.#unsaid,
      field,
    }))
    return { kind: 'or', items: holds }
  }

  #conditionId(condition: string): number {
    const id = this.#conditions.get(condition) ?? this.#next
    this.#conditions.set(condition, id)
    if (id === this.#next) this.#next += 1
    return id
  }

  #wordId(word: string): number | undefined {
    const known = this.#words.get(word)
    if (known === undefined && this.#words.size === WORDS_AT_MOST) return undefined
    const id = known ?? this.#unsaid + 1 + this.#words.size
    this.#words.set(word, id)
    return id
  }

  get words(): AtomTable | undefined {
    if (this.#words.size === 0) return undefined
    const patterns = [...this.#words.keys()].map((word) =>
      textRegex([{ kind: 'any' }, { kind: 'literal', text: word }, { kind: 'any' }], false),
    )
    const source = { key: 'words', value: 'raw', present: '1' }
    const none = new Map<number, string>()
    const scan = { offset: this.#unsaid, patterns }
    return {
      groups: [{ source, scan, lookups: none, own: none, ofEach: none }],
      atoms: [],
      groupOf: Array.from({ length: this.#unsaid + 1 + patterns.length }, () => 0),
    }
  }

  get scans(): readonly string[] {
    const { words } = this
    const conditions = [...this.#conditions].map(
      ([condition, id]) => `if(${condition}, toUInt32(${id}), 0)`,
    )
    const decided =
      conditions.length === 0 ? [] : [`arrayFilter(i -> i != 0, [${conditions.join(',\n    ')}])`]
    if (words === undefined) return decided
    const found = scanExpression(words, new Set(this.#words.values()))
    return [
      ...decided,
      `if(${this.#verbatim} AND ${AS_WRITTEN}, ${found}, [toUInt32(${this.#unsaid})])`,
    ]
  }
}

const READS_FIELDS = /\bfields\b/

/** More are not compiled at once: the texts beyond may stand in any line. */
const WORDS_AT_MOST = 20_000

/**
 * What is asked of a column's text, presuming that the line has the field. Of what must be absent nothing is said: the column
 * may hold another field in its place.
 */
function presumed(atom: Atom): string | undefined {
  const { source, test, other } = atom
  if (test.kind === 'exists' || test.kind === 'null') return undefined
  const there = (one: Source): Source => ({ ...one, present: '1' })
  const condition = atomSql({
    ...atom,
    source: there(source),
    ...(other === undefined ? {} : { other: there(other) }),
  })
  return READS_FIELDS.test(condition) ? undefined : condition
}

/** The only letters beyond ASCII that the engine takes for one of it: what holds one is found by a word that the line lacks. */
const AS_WRITTEN = "NOT multiSearchAny(raw, ['\u212a', '\u017f', '\u0130'])"

/** Shorter words stand in most lines. */
const LEAST_LETTERS = 3
/** Alternatives of a pattern; one with more is not worth its words. */
const MOST_ALTERNATIVES = 50

/** Characters that formats write otherwise: quotes, slashes, what XML escapes, and all that is not printable ASCII. */
const OTHERWISE = /["'`\\/<>&]|[^\u0020-\u007e]/

/** Words of which one stands in a line where the test holds for a text of its fields; undefined where there are none. */
function wordsOf(test: Test): readonly string[] | undefined {
  if (test.kind === 'text') {
    const literals = test.text.flatMap((token) => (token.kind === 'literal' ? [token.text] : []))
    const word = longestRun(literals)
    return word === undefined ? undefined : [word]
  }
  if (test.kind !== 'regex') return undefined
  const texts = requiredText(test.regex) ?? []
  const words = texts.flatMap(
    (text) => longestRun([typeof text === 'string' ? text : text.anyCase]) ?? [],
  )
  const isKnown = words.length > 0 && words.length === texts.length
  return isKnown && words.length <= MOST_ALTERNATIVES ? words : undefined
}

/** The longest part of the texts that stands in a line as it is, whatever else its format escapes. */
function longestRun(texts: readonly string[]): string | undefined {
  return texts
    .flatMap((text) => text.split(OTHERWISE))
    .filter((run) => run.trim().length >= LEAST_LETTERS)
    .toSorted((a, b) => b.length - a.length)[0]
    ?.toLowerCase()
}
