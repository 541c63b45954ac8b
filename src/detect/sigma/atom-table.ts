// All atoms of a rule set, numbered so that the patterns of one source stand together: pattern i of a list is atom offset + i.

import { hash } from 'node:crypto'
import { atomOfEach, isLookup } from './atom.ts'
import type { Atom } from './atom.ts'
import type { Source } from './resolve-field.ts'
import { plainString } from './sigma-text.ts'
import { matchesAnything, textRegex } from './text-sql.ts'

/** Patterns of one source in one lane. The list never changes over the life of a rule set, so the engine's compiled automaton stays cached. */
export type SourceGroup = {
  readonly source: Source
  readonly scan: { readonly offset: number; readonly patterns: readonly string[] }
  /** Exact values, lower case, with the atom each decides. */
  readonly lookups: ReadonlyMap<number, string>
  /** Atoms with a condition of their own, over the row. */
  readonly own: ReadonlySet<number>
  /** Those over each value of a source that may hold several. */
  readonly ofEach: ReadonlySet<number>
}

export type AtomTable = {
  readonly groups: readonly SourceGroup[]
  /** Atoms by final number, from 1; 0 is no atom. */
  readonly atoms: readonly (Atom | undefined)[]
  /** Group of each atom, by final number. */
  readonly groupOf: readonly number[]
}

export type Interner = {
  readonly intern: (lane: string, atom: Atom) => number
  /** Final numbers by the numbers `intern` gave. */
  readonly finish: () => { readonly table: AtomTable; readonly finalIds: readonly number[] }
}

/** Fewer patterns than this are cheaper as plain conditions than as one more cached automaton. */
const FEW_PATTERNS = 6
/** A list of so many is compiled in a fifth of a second; another scan costs a tenth of a microsecond a row. */
const MOST_TEXTS = 1500
const MOST_REGEXES = 32

export function createInterner(): Interner {
  const numbers = new Map<string, number>()
  const met: { readonly lane: string; readonly atom: Atom }[] = []
  return {
    intern: (lane, atom) => {
      const key = `${lane}\u0001${atom.key}`
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, met.length)
      return met.push({ lane, atom }) - 1
    },
    finish: () => {
      const bySource = Map.groupBy(
        met.keys(),
        (at) => `${met[at]?.lane}\u0001${met[at]?.atom.source.key}`,
      )
      return number(
        met.map(({ atom }) => atom),
        [...bySource.values()],
      )
    },
  }
}

function number(
  met: readonly Atom[],
  bySource: readonly (readonly number[])[],
): ReturnType<Interner['finish']> {
  const atoms: (Atom | undefined)[] = [undefined]
  const groupOf: number[] = [-1]
  const finalIds: number[] = Array.from({ length: met.length }, () => 0)
  const groups: SourceGroup[] = []
  const place = (provisional: number, atom: Atom): number => {
    finalIds[provisional] = atoms.length
    groupOf.push(groups.length)
    return atoms.push(atom) - 1
  }
  for (const members of bySource) {
    const group = members.flatMap((provisional) => {
      const atom = met[provisional]
      return atom === undefined ? [] : [{ provisional, atom, mode: modeOf(atom) }]
    })
    const [first] = group
    if (first === undefined) continue
    const scanned = group.filter(({ mode }) => mode === 'scan')
    const few = scanned.length < FEW_PATTERNS
    const { source } = first.atom
    if (!few)
      for (const piece of piecesOf(scanned)) {
        const offset = atoms.length - 1
        const patterns = piece.map(({ pattern }) => pattern)
        for (const { provisional, atom } of piece) place(provisional, atom)
        groups.push({ ...NOTHING, source, scan: { offset, patterns } })
      }
    const lookups = new Map<number, string>()
    const own = new Set<number>()
    const ofEach = new Set<number>()
    for (const { provisional, atom, mode } of group) {
      if (mode === 'lookup') lookups.set(place(provisional, atom), lookupValue(atom))
      else if (mode === 'own' || few) {
        const id = place(provisional, atom)
        if (atomOfEach(atom, '') === undefined) own.add(id)
        else ofEach.add(id)
      }
    }
    if (lookups.size + own.size + ofEach.size > 0)
      groups.push({ ...NOTHING, source, lookups, own, ofEach })
  }
  return { table: { groups, atoms, groupOf }, finalIds }
}

const NOTHING: Omit<SourceGroup, 'source'> = {
  scan: { offset: 0, patterns: [] },
  lookups: new Map(),
  own: new Set(),
  ofEach: new Set(),
}

type Scanned = { readonly provisional: number; readonly atom: Atom }

type Pattern = Scanned & { readonly pattern: string }

/**
 * Lists of which none is compiled long. Which list a pattern stands in follows from itself, and so does its place there: a rule
 * that changes leaves the other lists as they are, and texts leave regular expressions alone, of which few are compiled as long
 * as thousands of texts.
 */
function piecesOf(scanned: readonly Scanned[]): readonly (readonly Pattern[])[] {
  const all = scanned
    .map((one): Pattern => ({ ...one, pattern: scanPattern(one.atom) }))
    .toSorted((a, b) => (a.pattern < b.pattern ? -1 : 1))
  const isRegex = ({ atom }: Pattern) => atom.test.kind === 'regex'
  return [
    ...inPieces(
      all.filter((one) => !isRegex(one)),
      MOST_TEXTS,
    ),
    ...inPieces(all.filter(isRegex), MOST_REGEXES),
  ]
}

function inPieces(patterns: readonly Pattern[], most: number): Iterable<readonly Pattern[]> {
  const count = 2 ** Math.max(0, Math.ceil(Math.log2(patterns.length / most)))
  return Map.groupBy(patterns, ({ pattern }) => pieceOf(pattern) % count).values()
}

function pieceOf(pattern: string): number {
  return hash('sha256', pattern, 'buffer').readUInt16BE(0)
}

type Mode = 'scan' | 'lookup' | 'own'

/** Absent values read as '', so what may match '' asks for presence itself and stays out of the lists. */
function modeOf({ test }: Atom): Mode {
  if (test.kind === 'regex') return test.cost.nullable || test.cost.heavy ? 'own' : 'scan'
  if (test.kind !== 'text' || test.text.length === 0 || matchesAnything(test.text)) return 'own'
  const plain = plainString(test.text)
  return plain !== undefined && !test.cased && isLookup(plain) ? 'lookup' : 'scan'
}

function scanPattern({ test }: Atom): string {
  if (test.kind === 'regex') return test.regex
  return test.kind === 'text' ? textRegex(test.text, test.cased) : ''
}

function lookupValue({ test }: Atom): string {
  return test.kind === 'text' ? (plainString(test.text) ?? '').toLowerCase() : ''
}
