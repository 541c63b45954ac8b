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

type List = { readonly at: number; readonly patterns: readonly string[] }

type Preparing = {
  readonly atoms: AtomTable
  readonly table: string
  readonly signal: AbortSignal | undefined
}

async function prepare(lane: EngineLane, { atoms, table, signal }: Preparing): Promise<void> {
  const lists: readonly List[] = atoms.groups.flatMap(({ scan }, at) =>
    scan.patterns.length === 0 ? [] : [{ at, patterns: scan.patterns }],
  )
  await lane.command(trusted(createText(table, lists)))
  const { rows } = await lane.query<{ n: string }>(trusted(`SELECT count() AS n FROM ${table}`))
  if (rows[0]?.n !== '0' || lists.length === 0) return
  await lane.command(trusted(fillText(table, lists)))
  await compileApart(lane, { table, lists, signal })
}

// The engine keeps 500 compiled lists, each at the place its hash names. Two lists on one place throw each other out and are
// compiled again for every batch, which can cost seconds. A list that was thrown out is slow once and quick right after: it
// is spelled differently, which gives it another place.
const MAX_ROUNDS = 4
const EVICTED_MS = 20

type Compiling = {
  readonly table: string
  readonly lists: readonly List[]
  readonly signal: AbortSignal | undefined
}

async function compileApart(lane: EngineLane, { table, lists, signal }: Compiling): Promise<void> {
  for (const { at } of lists) {
    signal?.throwIfAborted()
    await probe(lane, table, at)
  }
  let spelled = lists
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    signal?.throwIfAborted()
    const evicted = new Set<number>()
    for (const { at } of spelled) if (await isEvicted(lane, table, at)) evicted.add(at)
    if (evicted.size === 0) return
    spelled = spelled.map((list) => (evicted.has(list.at) ? respelled(list) : list))
    await lane.command(trusted(`TRUNCATE TABLE ${table}`))
    await lane.command(trusted(fillText(table, spelled)))
    for (const at of evicted) await probe(lane, table, at)
  }
}

async function isEvicted(lane: EngineLane, table: string, list: number): Promise<boolean> {
  const ms = await probe(lane, table, list)
  return ms > EVICTED_MS && ms - (await probe(lane, table, list)) > EVICTED_MS
}

/** The same patterns in another spelling. */
function respelled({ at, patterns }: List): List {
  return {
    at,
    patterns: patterns.map((pattern, index) => (index === 0 ? `(?:${pattern})` : pattern)),
  }
}

/** Milliseconds a list takes on one short value: next to nothing while it is compiled. */
async function probe(lane: EngineLane, table: string, list: number): Promise<number> {
  const started = performance.now()
  await lane.query(
    trusted(`SELECT multiMatchAllIndices(materialize('x'), ${patternsOf(table, list)}) AS ids`),
  )
  return performance.now() - started
}

/** A column for each list: a statement reads only the lists it needs. */
function createText(table: string, lists: readonly List[]): string {
  return `CREATE TABLE IF NOT EXISTS ${table} (version UInt8${lists.map(({ at }) => `, list${at} Array(String)`).join('')}) ENGINE = Memory`
}

function fillText(table: string, lists: readonly List[]): string {
  return `INSERT INTO ${table} SELECT 1${lists.map(({ patterns }) => `, [${patterns.map(literal).join(',')}]`).join('')}`
}
