// One array per row: the numbers of all atoms that hold on it. One multi-pattern scan per source, lookups for exact values.

import { literal } from '../../store/index.ts'
import type { AtomTable, SourceGroup } from './atom-table.ts'
import { atomOfEach, atomSql, ipv4Range } from './atom.ts'
import { namedValues } from './json-values.ts'
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
  const asked = [...byGroup(table, atoms)].flatMap(([at, ids]): readonly Asked[] => {
    const group = table.groups[at]
    return group === undefined ? [] : [{ table, group, at, ids, fewPatterns }]
  })
  return together([
    ...asked
      .filter(({ group }) => group.source.json === undefined)
      .flatMap((one) => partsOfValue(one, one.group.source.value)),
    ...ofJson(asked.filter(({ group }) => group.source.json !== undefined)),
    ...asked.flatMap(partsOfRow),
  ])
}

/** What is asked of a group. */
type Asked = {
  readonly table: AtomTable
  readonly group: SourceGroup
  readonly at: number
  readonly ids: readonly number[]
  readonly fewPatterns: number
}

/** Values of fields in JSON text are come by together, each with the name of its field: `t.1`, `t.2`. */
function ofJson(groups: readonly Asked[]): readonly Part[] {
  const lookups = new Map<number, string>()
  const names = new Set<string>()
  const parts: Part[] = []
  for (const asked of groups) {
    const { group, ids } = asked
    const name = group.source.json ?? ''
    const others = ids.filter((id) => !group.own.has(id) && !group.lookups.has(id))
    for (const id of ids) {
      const value = group.lookups.get(id)
      if (value !== undefined) lookups.set(id, `${name}\n${value}`)
    }
    if (ids.some((id) => !group.own.has(id))) names.add(name)
    parts.push(...partsOfValue({ ...asked, ids: others }, 't.2').map((part) => named(part, name)))
  }
  if (lookups.size > 0) parts.push(lookup("concat(t.1, '\\n', lowerUTF8(t.2))", lookups))
  if (parts.length === 0) return []
  const values = namedValues([...names])
  return [oneArray(`arrayDistinct(arrayFlatten(arrayMap(t -> ${together(parts)}, ${values})))`)]
}

/** The part where the value is of that field; nothing where it is of another. */
function named(part: Part, name: string): Part {
  const isNamed = `t.1 = ${literal(name)}`
  if (part.kind === 'condition') return { ...part, text: `(${isNamed} AND ${part.text})` }
  return { ...part, text: `if(${isNamed}, ${part.text}, ${part.kind === 'number' ? '0' : '[]'})` }
}

function partsOfValue(
  { table, group, at, ids, fewPatterns }: Asked,
  value: string,
): readonly Part[] {
  const { scan, lookups, ofEach } = group
  const scanned = scannedOf(group, ids)
  const list = patternsOf(patternTable(table), at)
  const looked = new Map(
    ids.flatMap((id) => {
      const sought = lookups.get(id)
      return sought === undefined ? [] : [[id, sought] as const]
    }),
  )
  const parts: Part[] = []
  if (scanned.length > fewPatterns)
    parts.push({
      kind: 'list',
      offset: scan.offset,
      text: `multiMatchAllIndices(${value}, ${list})`,
    })
  else parts.push(...conditionsOf(table, scanned, value))
  if (looked.size > 0) parts.push(lookup(`lowerUTF8(${value})`, looked))
  return [
    ...parts,
    ...withNetworks(
      table,
      ids.filter((id) => ofEach.has(id)),
      value,
    ),
  ]
}

/** Conditions over the row, not over one of several values. */
function partsOfRow({ table, group, ids }: Asked): readonly Part[] {
  const own = ids.filter((id) => group.own.has(id))
  return withNetworks(table, own, group.source.value)
}

/** Each a piece of the array. What one statement asks is planned by the number of its functions: pieces of a kind share theirs. */
export type Part =
  /** Numbers of patterns in a list, from 1; the atom of the first is `offset + 1`. */
  | { readonly kind: 'list'; readonly offset: number; readonly text: string }
  /** Numbers of atoms. */
  | { readonly kind: 'array'; readonly text: string }
  /** The number of an atom, or 0. */
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'condition'; readonly id: number; readonly text: string }

/** SQL for the numbers of all. */
export function together(parts: readonly Part[]): string {
  const of = <Kind extends Part['kind']>(kind: Kind) =>
    parts.filter((part): part is Extract<Part, { kind: Kind }> => part.kind === kind)
  const [lists, numbers, conditions] = [of('list'), of('number'), of('condition')]
  const arrays = of('array').map(({ text }) => text)
  if (lists.length > 0)
    arrays.unshift(
      `arrayFlatten(arrayMap((o, found) -> arrayMap(i -> i + o, found), [${lists.map(({ offset }) => offset).join(',')}], [${lists.map(({ text }) => text).join(',\n  ')}]))`,
    )
  if (numbers.length > 0)
    arrays.push(`arrayFilter(i -> i != 0, [${numbers.map(({ text }) => text).join(',\n    ')}])`)
  if (conditions.length > 0)
    arrays.push(
      `arrayFilter((i, holds) -> holds, [${conditions.map(({ id }) => id).join(',')}], [${conditions.map(({ text }) => text).join(',\n    ')}])`,
    )
  if (arrays.length === 0) return 'emptyArrayUInt32()'
  return arrays.length === 1 ? (arrays[0] ?? '') : `arrayConcat(${arrays.join(',\n  ')})`
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

function lookup(text: string, sought: ReadonlyMap<number, string>): Part {
  const keys = [...sought.values()].map(literal).join(',')
  const ids = [...sought.keys()].join(',')
  return { kind: 'number', text: `transform(${text}, [${keys}], [${ids}], 0)` }
}

/** Conditions of a value's own. Many networks are asked together, as lists of them. */
function withNetworks(table: AtomTable, ids: readonly number[], value: string): readonly Part[] {
  const networks = ids.flatMap((id) => {
    const test = table.atoms[id]?.test
    return test?.kind === 'cidr' ? [{ id, ...test }] : []
  })
  if (networks.length < FEW_NETWORKS) return conditionsOf(table, ids, value)
  const asked = new Set(networks.map(({ id }) => id))
  const others = ids.filter((id) => !asked.has(id))
  return [...networksOf(networks, value), ...conditionsOf(table, others, value)]
}

const FEW_NETWORKS = 4

type Network = { readonly id: number; readonly network: string; readonly family: 4 | 6 }

/** The address is read once. What is none is in no network. */
function networksOf(networks: readonly Network[], value: string): readonly Part[] {
  const of = (family: 4 | 6) => networks.filter((one) => one.family === family)
  const [v4, v6] = [of(4), of(6)]
  const ids = (some: readonly Network[]) => some.map(({ id }) => id).join(',')
  const ranges = v4.map(({ network }) => ipv4Range(network))
  const lows = ranges.map(({ first }) => first).join(',')
  const highs = ranges.map(({ last }) => last).join(',')
  const in4 = `arrayFilter((i, low, high) -> n BETWEEN low AND high, [${ids(v4)}], [${lows}], [${highs}])`
  const in6 = `arrayFilter((i, network) -> isIPAddressInRange(a, network), [${ids(v6)}], [${v6.map(({ network }) => literal(network)).join(',')}])`
  const read4 = `if(isIPv4String(${value}), [IPv4StringToNumOrDefault(${value})], [])`
  const read6 = `if(isIPv6String(${value}), [${value}], [])`
  return [
    ...(v4.length === 0 ? [] : [oneArray(`arrayFlatten(arrayMap(n -> ${in4}, ${read4}))`)]),
    ...(v6.length === 0 ? [] : [oneArray(`arrayFlatten(arrayMap(a -> ${in6}, ${read6}))`)]),
  ]
}

function oneArray(text: string): Part {
  return { kind: 'array', text }
}

function conditionsOf(
  { atoms }: AtomTable,
  ids: readonly number[],
  value: string,
): readonly Part[] {
  return ids.flatMap((id): readonly Part[] => {
    const atom = atoms[id]
    if (atom === undefined) return []
    return [{ kind: 'condition', id, text: atomOfEach(atom, value) ?? atomSql(atom) }]
  })
}
