// Pattern lists stand in a table of the engine, not in each statement: reading 10,000 patterns as query text costs more
// than scanning for them. The lists of a rule set never change, so the engine's compiled automata stay cached. A batch waits
// only for the lists that its own kinds of event need; the others are compiled ahead, between batches.

import { createHash } from 'node:crypto'
import { PatternPlaces, inTurn, literal, patternKey, trusted } from '../../store/index.ts'
import type { EngineLane, PlacedList } from '../../store/index.ts'
import type { AtomTable } from './atom-table.ts'

const tables = new WeakMap<AtomTable, string>()

/** `sigma_patterns_<digest>`: the same lists, the same table. Asked for every batch, worked out once. */
export function patternTable(atoms: AtomTable): string {
  const table = tables.get(atoms) ?? tableOf(atoms)
  tables.set(atoms, table)
  return table
}

function tableOf({ groups }: AtomTable): string {
  const hash = createHash('sha256')
  groups.forEach(({ scan }, at) => hash.update(`${at} ${JSON.stringify(scan.patterns)}\n`))
  return `sigma_patterns_${hash.digest('hex').slice(0, 16)}`
}

/** The patterns of one group: a constant in statements that begin with what `withPatterns` gives. */
export function patternsOf(table: string, group: number): string {
  return `${table}_list${group}`
}

const LIST = /\b(sigma_patterns_[0-9a-f]{16})_list(\d+)\b/g

/** Says what the lists are that stand in the SQL: all those of one table are read at once. */
export function withPatterns(text: string): string {
  const lists = new Map(
    [...text.matchAll(LIST)].map(([list, table = '', at = '']) => [list, { list, table, at }]),
  )
  const byTable = Map.groupBy(lists.values(), ({ table }) => table)
  const clauses = [...byTable].flatMap(([table, some]) => [
    `(SELECT tuple(${some.map(({ at }) => newest(at)).join(', ')}) FROM ${table}) AS ${table}`,
    ...some.map(({ list }, at) => `${table}.${at + 1} AS ${list}`),
  ])
  return clauses.length === 0 ? '' : `WITH ${clauses.join(', ')}\n`
}

/** The row that was written last counts. */
function newest(group: number | string): string {
  return `argMax(list${group}, version)`
}

/** Lists of a table that a lane may use: filled and compiled. */
const ready = new Map<string, WeakMap<EngineLane, Set<number>>>()
const places = new PatternPlaces()
/** Keys of the lists of each table. */
const filled = new Map<string, readonly string[]>()

/** Makes lists ready on this lane: filled and compiled. One lane at a time; later calls cost nothing. */
export async function preparePatterns(
  lane: EngineLane,
  atoms: AtomTable,
  groups: Iterable<number>,
  signal?: AbortSignal,
): Promise<void> {
  const table = patternTable(atoms)
  const done = readyOn(lane, table)
  const wanted = new Set([...groups].filter((group) => !done.has(group)))
  if (wanted.size === 0) return
  await inTurn(async () => {
    const preparing = { lane, table, lists: listsOf(atoms), wanted, signal }
    const isFilled = await fillOnce(preparing)
    await compile(preparing)
    await setApart(preparing, isFilled)
  })
  for (const group of wanted) done.add(group)
}

/** Whoever needs some lists at once waits for about as long. */
const TURN_MS = 300

/** Makes every list ready, on all lanes at once, the smallest first. Whoever needs some of them now is let in between. */
export async function prepareAllPatterns(
  lanes: readonly EngineLane[],
  atoms: AtomTable,
  signal?: AbortSignal,
): Promise<void> {
  const table = patternTable(atoms)
  const lists = listsOf(atoms)
  const left = lists
    .filter(isUncompiled)
    .toSorted((a, b) => b.patterns.length - a.patterns.length)
    .map(({ at }) => at)
  while (left.length > 0)
    await inTurn(async () => {
      const [first] = lanes
      if (first !== undefined) await fillOnce({ lane: first, table, lists })
      const untilMs = performance.now() + TURN_MS
      await Promise.all(
        lanes.map(async (lane) => {
          while (performance.now() < untilMs) {
            const at = left.pop()
            if (at === undefined) return
            await compile({ lane, table, lists, wanted: new Set([at]), signal })
          }
        }),
      )
    })
  const all = lists.map(({ at }) => at)
  for (const lane of lanes) await preparePatterns(lane, atoms, all, signal)
}

function readyOn(lane: EngineLane, table: string): Set<number> {
  const lanes = ready.get(table) ?? new WeakMap<EngineLane, Set<number>>()
  ready.set(table, lanes)
  const done = lanes.get(lane) ?? new Set<number>()
  lanes.set(lane, done)
  return done
}

/** Takes the table of a rule set that is no longer used away. */
export async function dropPatterns(lane: EngineLane, atoms: AtomTable): Promise<void> {
  const table = patternTable(atoms)
  const keys = filled.get(table) ?? []
  ready.delete(table)
  filled.delete(table)
  const used = new Set([...filled.values()].flat())
  places.forget(keys.filter((key) => !used.has(key)))
  await lane.command(trusted(`DROP TABLE IF EXISTS ${table}`))
}

type List = { readonly at: number; readonly key: string; readonly patterns: readonly string[] }

type Preparing = {
  readonly lane: EngineLane
  readonly table: string
  /** All of the rule set. */
  readonly lists: readonly List[]
  readonly wanted: ReadonlySet<number>
  readonly signal: AbortSignal | undefined
}

function listsOf({ groups }: AtomTable): readonly List[] {
  return groups.flatMap(({ scan }, at) =>
    scan.patterns.length === 0
      ? []
      : [{ at, key: patternKey(scan.patterns), patterns: scan.patterns }],
  )
}

/** Whether the lists stood in the table before. */
async function fillOnce({
  lane,
  table,
  lists,
}: Pick<Preparing, 'lane' | 'table' | 'lists'>): Promise<boolean> {
  if (lists.length === 0) return true
  places.choose(lists)
  filled.set(
    table,
    lists.map(({ key }) => key),
  )
  await lane.command(trusted(createText(table, lists)))
  const { rows } = await lane.query<{ n: string }>(trusted(`SELECT count() AS n FROM ${table}`))
  if (rows[0]?.n !== '0') return true
  await fill(lane, table, lists)
  return false
}

function isUncompiled({ key }: List): boolean {
  return !places.isCompiled(key)
}

function placed({ table }: Preparing, lists: readonly List[]): readonly PlacedList[] {
  return lists.map((list) => ({
    ...list,
    match: () =>
      `multiMatchAllIndices(materialize('x'), (SELECT ${newest(list.at)} FROM ${table}))`,
  }))
}

function compile(preparing: Preparing): Promise<void> {
  const { lane, lists, wanted, signal } = preparing
  return places.compile(
    lane,
    placed(
      preparing,
      lists.filter(({ at }) => wanted.has(at)),
    ),
    signal,
  )
}

async function setApart(preparing: Preparing, wasFilled: boolean): Promise<void> {
  const { lane, table, lists, wanted, signal } = preparing
  if (wasFilled && lists.every(({ at, key }) => !wanted.has(at) || places.isSettled(key))) return
  const compiled = lists.filter((list) => !isUncompiled(list))
  const respelled = () => fill(lane, table, lists)
  await places.setApart(lane, placed(preparing, compiled), { respelled, signal })
}

/** A column for each list: a statement reads only the lists it needs. The newest row counts. */
function createText(table: string, lists: readonly List[]): string {
  return `CREATE TABLE IF NOT EXISTS ${table} (version DateTime64(9)${lists.map(({ at }) => `, list${at} Array(String)`).join('')}) ENGINE = Memory`
}

/** Nothing is taken away: another lane may be reading. */
async function fill(lane: EngineLane, table: string, lists: readonly List[]): Promise<void> {
  const texts = lists.map(
    ({ key, patterns }) => `[${places.spelled(key, patterns).map(literal).join(',')}]`,
  )
  await lane.command(trusted(`INSERT INTO ${table} SELECT now64(9), ${texts.join(', ')}`))
}
