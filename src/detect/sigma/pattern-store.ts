// Pattern lists stand in a table of the engine, not in each statement: reading 10,000 patterns as query text costs more
// than scanning for them. The lists of a rule set never change, so the engine's compiled automata stay cached.

import { createHash } from 'node:crypto'
import { literal, trusted } from '../../store/index.ts'
import type { EngineLane } from '../../store/index.ts'
import type { AtomTable } from './atom-table.ts'

/** `sigma_patterns_<digest>`: the same lists, the same table. */
export function patternTable({ groups }: AtomTable): string {
  const hash = createHash('sha256')
  groups.forEach(({ scan }, at) => hash.update(`${at} ${JSON.stringify(scan.patterns)}\n`))
  return `sigma_patterns_${hash.digest('hex').slice(0, 16)}`
}

/** A constant of the statement it stands in: the patterns of one group. */
export function patternsOf(table: string, group: number): string {
  return `(SELECT any(list${group}) FROM ${table})`
}

/** Lanes on which the lists of a table are filled and compiled. */
const ready = new Map<string, WeakSet<EngineLane>>()
let turn: Promise<void> = Promise.resolve()

/** Makes the lists of a rule set ready on this lane: filled and compiled. One lane at a time; later calls cost nothing. */
export async function preparePatterns(
  lane: EngineLane,
  atoms: AtomTable,
  signal?: AbortSignal,
): Promise<void> {
  const table = patternTable(atoms)
  if (ready.get(table)?.has(lane)) return
  const mine = turn.then(() => prepare(lane, { atoms, table, signal }))
  turn = mine.catch(() => undefined)
  await mine
  const lanes = ready.get(table) ?? new WeakSet<EngineLane>()
  ready.set(table, lanes.add(lane))
}

/** Takes the table of a rule set that is no longer used away. */
export async function dropPatterns(lane: EngineLane, atoms: AtomTable): Promise<void> {
  const table = patternTable(atoms)
  ready.delete(table)
  await lane.command(trusted(`DROP TABLE IF EXISTS ${table}`))
}

type List = { readonly at: number; readonly key: string; readonly patterns: readonly string[] }

type Preparing = {
  readonly atoms: AtomTable
  readonly table: string
  readonly signal: AbortSignal | undefined
}

async function prepare(lane: EngineLane, { atoms, table, signal }: Preparing): Promise<void> {
  const lists: readonly List[] = atoms.groups.flatMap(({ scan }, at) =>
    scan.patterns.length === 0 ? [] : [{ at, key: keyOf(scan.patterns), patterns: scan.patterns }],
  )
  await lane.command(trusted(createText(table, lists)))
  const { rows } = await lane.query<{ n: string }>(trusted(`SELECT count() AS n FROM ${table}`))
  if (rows[0]?.n !== '0' || lists.length === 0) return
  await fill(lane, table, lists)
  await compileApart(lane, { table, lists, signal })
}

// The engine keeps 500 compiled lists, each at the place its hash names. Two lists on one place throw each other out and are
// compiled again for every batch, which can cost seconds. Such a list is spelled differently, which gives it another place.
// How a list was spelled is remembered, so that a set that shares most lists with another compiles the others alone.
const MAX_ROUNDS = 4
const spellings = new Map<string, number>()

type Compiling = {
  readonly table: string
  readonly lists: readonly List[]
  readonly signal: AbortSignal | undefined
}

async function compileApart(lane: EngineLane, compiling: Compiling): Promise<void> {
  const { table, lists, signal } = compiling
  // Smallest first, and below largest first: of two lists on one place it is the small one that is found and moves.
  const fresh = lists.filter(({ key }) => !spellings.has(key)).toSorted(bySize)
  for (const { at, key } of fresh) {
    signal?.throwIfAborted()
    await probe(lane, table, at)
    spellings.set(key, 0)
  }
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const evicted = await findEvicted(lane, compiling)
    if (evicted.length === 0) return
    for (const { key } of evicted) spellings.set(key, (spellings.get(key) ?? 0) + 1)
    await fill(lane, table, lists)
    // Finding one out threw the other out, which has a place of its own now.
    for (const { at } of lists) await probe(lane, table, at)
  }
}

/** Lists that were compiled and have to be again. */
async function findEvicted(
  lane: EngineLane,
  { table, lists, signal }: Compiling,
): Promise<readonly List[]> {
  const evicted: List[] = []
  for (const list of lists.toSorted(bySize).toReversed()) {
    signal?.throwIfAborted()
    if (await isCompiledAnew(lane, table, list.at)) evicted.push(list)
  }
  return evicted
}

function bySize(a: List, b: List): number {
  return a.patterns.length - b.patterns.length
}

/** Whether matching compiles something. The engine counts what it compiles, for whomever. */
async function isCompiledAnew(lane: EngineLane, table: string, list: number): Promise<boolean> {
  const before = await compiledSoFar(lane)
  await probe(lane, table, list)
  return (await compiledSoFar(lane)) > before
}

async function compiledSoFar(lane: EngineLane): Promise<number> {
  const { rows } = await lane.query<{ n: string }>(
    trusted(
      "SELECT sum(value) AS n FROM system.events WHERE event = 'RegexpWithMultipleNeedlesCreated'",
    ),
  )
  return Number(rows[0]?.n ?? 0)
}

function keyOf(patterns: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(patterns)).digest('base64')
}

/** The same patterns in another spelling: the first one in groups that change nothing. */
function spelled({ key, patterns }: List): readonly string[] {
  const times = spellings.get(key) ?? 0
  const [first = '', ...others] = patterns
  return [`${'(?:'.repeat(times)}${first}${')'.repeat(times)}`, ...others]
}

/** Has the engine match one short value, which compiles the list where it is not compiled. */
async function probe(lane: EngineLane, table: string, list: number): Promise<void> {
  await lane.query(
    trusted(`SELECT multiMatchAllIndices(materialize('x'), ${patternsOf(table, list)}) AS ids`),
  )
}

/** A column for each list: a statement reads only the lists it needs. */
function createText(table: string, lists: readonly List[]): string {
  return `CREATE TABLE IF NOT EXISTS ${table} (version UInt8${lists.map(({ at }) => `, list${at} Array(String)`).join('')}) ENGINE = Memory`
}

async function fill(lane: EngineLane, table: string, lists: readonly List[]): Promise<void> {
  const texts = lists.map((list) => `[${spelled(list).map(literal).join(',')}]`)
  await lane.command(trusted(`TRUNCATE TABLE ${table}`))
  await lane.command(trusted(`INSERT INTO ${table} SELECT 1, ${texts.join(', ')}`))
}
