// What the columns alone say of a row: for each rule of a unit a condition that holds wherever the rule does. Of stored
// events the vendor's fields are read again from the line (docs/decisions/0003), which is dear: they are made for the rows
// that a glance leaves.

import type { EngineLane } from '../../store/index.ts'
import type { AtomTable } from './atom-table.ts'
import { atomSql } from './atom.ts'
import type { Atom } from './atom.ts'
import { FALSE, TRUE, atomsOf, fold, holdsOnNothing } from './expression.ts'
import type { Expression } from './expression.ts'
import { dropPatterns } from './pattern-store.ts'
import type { Source } from './resolve-field.ts'
import type { RuleSet } from './rule-set.ts'
import type { Test } from './rule.ts'
import { scanExpression, scannedGroups } from './scan-sql.ts'
import type { SigmaText } from './sigma-text.ts'
import { textRegex } from './text-sql.ts'
import type { Unit } from './units.ts'

export type Glance = {
  /** The unit's rules with conditions that ask less. Its scan reads the columns of `events` and nothing else. */
  readonly unit: Unit
  /** Words that are sought in the lines; undefined where none are. */
  readonly words: AtomTable | undefined
}

const glances = new WeakMap<RuleSet, Map<string, Glance | undefined>>()

/**
 * The glance of a unit; `undefined` where some rule may hold on any row as far as columns tell. `verbatim`: SQL that is true
 * for lines that hold each text of their fields letter for letter.
 */
export function glanceOf(ruleSet: RuleSet, unit: Unit, verbatim: string): Glance | undefined {
  const known = glances.get(ruleSet) ?? new Map<string, Glance | undefined>()
  glances.set(ruleSet, known)
  const key = `${unit.id} ${verbatim}`
  if (!known.has(key)) known.set(key, makeGlance(ruleSet, unit, verbatim))
  return known.get(key)
}

/** Takes what glances of a rule set laid down in the engine away. */
export async function dropGlances(lane: EngineLane, ruleSet: RuleSet): Promise<void> {
  const known = glances.get(ruleSet)?.values() ?? []
  glances.delete(ruleSet)
  for (const glance of known)
    if (glance?.words !== undefined) await dropPatterns(lane, glance.words)
}

function makeGlance({ table }: RuleSet, unit: Unit, verbatim: string): Glance | undefined {
  const columns = new Set(
    [...new Set(unit.rules.flatMap(({ expression }) => [...atomsOf(expression)]))].filter(
      (id) => !readsFields(table, id),
    ),
  )
  const hints = new Hints(table, verbatim)
  const look: Look = {
    may: (id, field) => {
      return columns.has(id) ? { kind: 'atom', id, field } : hints.mayHold(id, field)
    },
    must: (id, field) => (columns.has(id) ? { kind: 'atom', id, field } : FALSE),
  }
  const rules = unit.rules.map(({ rule, expression }) => ({
    rule,
    expression: fold(widened(expression, look), () => undefined),
  }))
  if (rules.some(({ expression }) => expression.kind === 'true')) return undefined
  const atoms = new Set(rules.flatMap(({ expression }) => [...atomsOf(expression)]))
  const asked = new Set([...atoms].filter((id) => columns.has(id)))
  return {
    unit: {
      id: unit.id,
      rules: rules.filter(({ expression }) => expression.kind !== 'false'),
      scan: together([scanExpression(table, asked), ...hints.scans]),
      lists: scannedGroups(table, asked),
      keepsAll: rules.some(({ expression }) => holdsOnNothing(expression)),
    },
    words: hints.words,
  }
}

function together(scans: readonly string[]): string {
  return scans.length === 1 ? (scans[0] ?? '') : `arrayConcat(${scans.join(',\n  ')})`
}

function readsFields(table: AtomTable, id: number): boolean {
  return /\bfields\b/.test(scanExpression(table, new Set([id])))
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

  mayHold(id: number, field: string): Expression {
    const atom = this.#atoms.atoms[id]
    if (atom === undefined) return TRUE
    const condition = presumed(atom)
    if (condition !== undefined) return { kind: 'atom', id: this.#conditionId(condition), field }
    const word = this.#wordId(atom.test)
    if (word === undefined) return TRUE
    const holds = [word, this.#unsaid].map((one): Expression => ({ kind: 'atom', id: one, field }))
    return { kind: 'or', items: holds }
  }

  #conditionId(condition: string): number {
    const id = this.#conditions.get(condition) ?? this.#next
    this.#conditions.set(condition, id)
    if (id === this.#next) this.#next += 1
    return id
  }

  #wordId(test: Test): number | undefined {
    if (this.#verbatim === '0' || test.kind !== 'text') return undefined
    const word = wordOf(test.text)
    if (word === undefined) return undefined
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

/** More are not compiled for one unit: the texts beyond may stand in any line. */
const WORDS_AT_MOST = 20_000

/** What is asked of a column's text, presuming that the line has the field. */
function presumed(atom: Atom): string | undefined {
  const there = (source: Source): Source => ({ ...source, present: '1' })
  const { source, test, other } = atom
  if (test.kind === 'exists' && test.expected) return undefined
  const isAbsent = test.kind === 'null' || test.kind === 'exists'
  const condition = isAbsent
    ? `${source.value} = ''`
    : atomSql({
        ...atom,
        source: there(source),
        ...(other === undefined ? {} : { other: there(other) }),
      })
  return /\bfields\b/.test(condition) ? undefined : condition
}

/** The only letters beyond ASCII that the engine lowers into it: a text with one of them is found by a word that the line lacks. */
const AS_WRITTEN = "NOT multiSearchAny(raw, ['\u212a', '\u0130'])"

/** Shorter words stand in most lines. */
const LEAST_LETTERS = 4

/** Characters that formats write otherwise: quotes, slashes, what XML escapes, and all that is not printable ASCII. */
const OTHERWISE = /["'`\\/<>&]|[^\u0020-\u007e]/

/** The longest run of a text that stands in a line as it is, whatever else its format escapes. */
function wordOf(text: SigmaText): string | undefined {
  const runs = text
    .flatMap((token) => (token.kind === 'literal' ? token.text.split(OTHERWISE) : []))
    .filter((run) => run.trim().length >= LEAST_LETTERS)
  return runs.toSorted((a, b) => b.length - a.length)[0]?.toLowerCase()
}
