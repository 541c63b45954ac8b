// One array per row: the numbers of all atoms that hold on it. One multi-pattern scan per source, lookups for exact values.

import { literal } from '../../store/index.ts'
import type { AtomTable, SourceGroup } from './atom-table.ts'
import { atomSql } from './atom.ts'
import { patternTable, patternsOf } from './pattern-store.ts'

/**
 * SQL of type Array(UInt32) that decides the atoms given (and, for free, others of the same lists). A source of which no more
 * than `fewPatterns` are asked has a condition for each: over few rows that is planned sooner than a list of thousands.
 */
export function scanExpression(
  table: AtomTable,
  atoms: ReadonlySet<number>,
  fewPatterns = 0,
): string {
  const patterns = patternTable(table)
  const parts = [...byGroup(table, atoms)].flatMap(([at, ids]) => {
    const group = table.groups[at]
    if (group === undefined) return []
    const scanned = scannedOf(group, ids)
    const singles = scanned.length > fewPatterns ? [] : scanned
    return [
      ...singles.flatMap((id) => onItsOwn(table, id)),
      ...groupScan(
        group,
        ids.filter((id) => !singles.includes(id)),
        patternsOf(patterns, at),
      ),
    ]
  })
  const arrays = parts.filter(({ kind }) => kind === 'array').map(({ text }) => text)
  const singles = parts.filter(({ kind }) => kind === 'single').map(({ text }) => text)
  const decided =
    singles.length === 0 ? [] : [`arrayFilter(i -> i != 0, [${singles.join(',\n    ')}])`]
  const all = [...arrays, ...decided]
  if (all.length === 0) return 'emptyArrayUInt32()'
  return all.length === 1 ? (all[0] ?? '') : `arrayConcat(${all.join(',\n  ')})`
}

/** Groups whose pattern lists that SQL reads. */
export function scannedGroups(
  table: AtomTable,
  atoms: ReadonlySet<number>,
  fewPatterns = 0,
): readonly number[] {
  return [...byGroup(table, atoms)].flatMap(([at, ids]) => {
    const group = table.groups[at]
    return group !== undefined && scannedOf(group, ids).length > fewPatterns ? [at] : []
  })
}

/** Atoms in their order, by group in the order of groups. */
function byGroup(
  { groupOf }: AtomTable,
  atoms: ReadonlySet<number>,
): ReadonlyMap<number, readonly number[]> {
  const ordered = [...atoms].toSorted((a, b) => a - b)
  const grouped = Map.groupBy(ordered, (id) => groupOf[id] ?? -1)
  return new Map([...grouped].toSorted(([a], [b]) => a - b))
}

/** Those that stand in the group's list. */
function scannedOf({ scan }: SourceGroup, ids: readonly number[]): readonly number[] {
  return ids.filter((id) => id > scan.offset && id <= scan.offset + scan.patterns.length)
}

function onItsOwn({ atoms }: AtomTable, id: number): readonly Part[] {
  const atom = atoms[id]
  if (atom === undefined) return []
  return chosen(atomSql(atom), id).map((text): Part => ({ kind: 'single', text }))
}

type Part = { readonly kind: 'array' | 'single'; readonly text: string }

function groupScan(group: SourceGroup, ids: readonly number[], list: string): readonly Part[] {
  const { source, scan, lookups, own, ofEach } = group
  const parts: Part[] = []
  if (scannedOf(group, ids).length > 0)
    parts.push({ kind: 'array', text: scanSql(source, scan.offset, list) })
  const looked = ids.filter((id) => lookups.has(id))
  if (looked.length > 0) parts.push(lookupSql(source, looked, lookups))
  const each = ids.flatMap((id) => chosen(ofEach.get(id), id))
  if (each.length > 0) parts.push({ kind: 'array', text: ofEachSql(source, each) })
  for (const text of ids.flatMap((id) => chosen(own.get(id), id)))
    parts.push({ kind: 'single', text })
  return parts
}

/** The atom's number where its condition holds, else 0. */
function chosen(condition: string | undefined, id: number): readonly string[] {
  return condition === undefined ? [] : [`if(${condition}, toUInt32(${id}), 0)`]
}

/** All that is asked of the values, asked together: how they are come by is long, and is planned once. */
function ofEachSql({ values = '[]' }: SourceGroup['source'], each: readonly string[]): string {
  return `arrayDistinct(arrayFlatten(arrayMap(x -> arrayFilter(i -> i != 0, [${each.join(',\n    ')}]), ${values})))`
}

function scanSql({ value, values }: SourceGroup['source'], offset: number, list: string): string {
  const number = (haystack: string) =>
    `arrayMap(i -> toUInt32(i + ${offset}), multiMatchAllIndices(${haystack}, ${list}))`
  return values === undefined
    ? number(value)
    : `arrayDistinct(arrayFlatten(arrayMap(x -> ${number('x')}, ${values})))`
}

function lookupSql(
  { value, values }: SourceGroup['source'],
  ids: readonly number[],
  lookups: ReadonlyMap<number, string>,
): Part {
  const keys = `[${ids.map((id) => literal(lookups.get(id) ?? '')).join(',')}]`
  const find = (haystack: string) =>
    `transform(lowerUTF8(${haystack}), ${keys}, [${ids.map((id) => `toUInt32(${id})`).join(',')}], toUInt32(0))`
  if (values === undefined) return { kind: 'single', text: find(value) }
  return {
    kind: 'array',
    text: `arrayFilter(i -> i != 0, arrayDistinct(arrayMap(x -> ${find('x')}, ${values})))`,
  }
}
