// What columns and the words of a line can say in place of an atom that reads fields: conditions that hold wherever it does.

import { requiredText } from '../../core/index.ts'
import type { AtomTable } from './atom-table.ts'
import { atomSql } from './atom.ts'
import type { Atom } from './atom.ts'
import { TRUE } from './expression.ts'
import type { Expression } from './expression.ts'
import type { Source } from './resolve-field.ts'
import type { Test } from './rule.ts'
import { scanExpression, together } from './scan-sql.ts'
import type { Part } from './scan-sql.ts'
import { textRegex } from './text-sql.ts'

/** Atoms of a glance's own, numbered behind those of the rule set: each holds wherever an atom that reads fields does. */
export class Hints {
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
    const none = new Set<number>()
    const scan = { offset: this.#unsaid, patterns }
    return {
      groups: [{ source, scan, lookups: new Map(), own: none, ofEach: none }],
      atoms: [],
      groupOf: Array.from({ length: this.#unsaid + 1 + patterns.length }, () => 0),
    }
  }

  get scans(): readonly string[] {
    const { words } = this
    const conditions = [...this.#conditions].map(([text, id]): Part => ({
      kind: 'condition',
      id,
      text,
    }))
    const decided = conditions.length === 0 ? [] : [together(conditions)]
    if (words === undefined) return decided
    const found = scanExpression(words, new Set(this.#words.values()))
    return [...decided, `if(${this.#verbatim} AND ${AS_WRITTEN}, ${found}, [${this.#unsaid}])`]
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
