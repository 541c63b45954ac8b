// The engine keeps 500 compiled lists of patterns, each at the place its hash names. Two lists on one place throw each other
// out and are compiled again for every block of rows, which can cost seconds. So a list whose place is taken is spelled
// differently, which gives it another one; where the engine reckons otherwise than we do, that is found out. How a list was
// spelled is remembered, so that a set that shares most lists with another compiles the others alone.

import { createHash } from 'node:crypto'
import type { EngineLane } from './event-engine.ts'
import { placeOf, textHash } from './pattern-place.ts'
import { trusted } from './sql.ts'

/** A list of patterns, and SQL that matches one short value with it, as it is spelled now. */
export type PlacedList = {
  readonly key: string
  readonly patterns: readonly string[]
  readonly match: () => string
}

const MAX_ROUNDS = 4
/** By chance, so many lists stand apart once in twenty thousand times. */
const PROVING_LISTS = 100
/** Of so many places one is free, or nearly all are taken. */
const MOST_PLACES = 16

let turn: Promise<void> = Promise.resolve()

/** What the engine compiled is told by a count of the whole process: one at a time looks at it. */
export function inTurn(work: () => Promise<void>): Promise<void> {
  const mine = turn.then(work)
  turn = mine.catch(() => undefined)
  return mine
}

/** Lists of one of the engine's functions: `multiMatchAny` keeps its lists apart from those of `multiMatchAllIndices`. */
export class PatternPlaces {
  /** How often the list was moved, by key. */
  readonly #moved = new Map<string, number>()
  /** Where it should stand. */
  readonly #places = new Map<string, number>()
  readonly #compiled = new Set<string>()
  /** Lists that were seen to stay. */
  readonly #settled = new Set<string>()
  /** Whether the engine was seen to reckon places as we do, so that what should stand alone does; undefined: not seen yet. */
  #isProven: boolean | undefined

  isCompiled(key: string): boolean {
    return this.#compiled.has(key)
  }

  isSettled(key: string): boolean {
    return this.#settled.has(key)
  }

  /** The patterns as they are spelled now: the first one in groups that change nothing. */
  spelled(key: string, patterns: readonly string[]): readonly string[] {
    const times = this.#moved.get(key) ?? 0
    const [first = '', ...others] = patterns
    return times === 0 ? patterns : [grouped(first, times), ...others]
  }

  /** Has lists that were not met before spelled so that each should have a place of its own. Before they are spelled first. */
  choose(lists: readonly Pick<PlacedList, 'key' | 'patterns'>[]): void {
    const taken = new Set(this.#places.values())
    for (const { key, patterns } of lists) {
      if (this.#places.has(key)) continue
      const placed = placeFor(patterns, taken)
      if (placed.moved > 0) this.#moved.set(key, placed.moved)
      this.#places.set(key, placed.place)
      taken.add(placed.place)
    }
  }

  #areApart(lists: readonly Pick<PlacedList, 'key'>[]): boolean {
    const keys = new Set(lists.map(({ key }) => key))
    return new Set([...keys].map((key) => this.#places.get(key))).size === keys.size
  }

  /** These are used no more: their places are free. */
  forget(keys: Iterable<string>): void {
    for (const key of keys) {
      this.#moved.delete(key)
      this.#places.delete(key)
      this.#compiled.delete(key)
      this.#settled.delete(key)
    }
  }

  /** Compiles what is not: smallest first, and below largest first: of two on one place it is the small one that moves. */
  async compile(
    lane: EngineLane,
    lists: readonly PlacedList[],
    signal?: AbortSignal,
  ): Promise<void> {
    for (const list of lists.toSorted(bySize)) {
      if (this.isCompiled(list.key)) continue
      signal?.throwIfAborted()
      await probe(lane, [list])
      this.#compiled.add(list.key)
    }
  }

  /** Finds lists that were thrown out and gives them places of their own. `respelled` makes the new spelling known. */
  async setApart(
    lane: EngineLane,
    lists: readonly PlacedList[],
    {
      respelled,
      signal,
    }: { respelled?: () => Promise<void>; signal?: AbortSignal | undefined } = {},
  ): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (this.#isProven === true && this.#areApart(lists)) break
      const evicted = await evictedOf(lane, lists, signal)
      // Where it reckoned otherwise once, lists that stand apart were put apart and prove nothing.
      if (evicted.length > 0) this.#isProven = false
      else if (lists.length >= PROVING_LISTS) this.#isProven ??= true
      if (evicted.length === 0) break
      for (const { key } of evicted) this.#moved.set(key, (this.#moved.get(key) ?? 0) + 1)
      await respelled?.()
      // Finding one out threw the other out, which has a place of its own now.
      await probe(lane, lists)
    }
    for (const { key } of lists) this.#settled.add(key)
  }
}

function grouped(pattern: string, times: number): string {
  return `${'(?:'.repeat(times)}${pattern}${')'.repeat(times)}`
}

/** Where the list should stand, and how often it is moved for that. */
function placeFor(
  [first = '', ...others]: readonly string[],
  taken: ReadonlySet<number>,
): { readonly place: number; readonly moved: number } {
  const hashes = others.map(textHash)
  const place = (times: number) => placeOf([textHash(grouped(first, times)), ...hashes])
  for (let moved = 0; moved < MOST_PLACES; moved += 1) {
    const reckoned = place(moved)
    if (!taken.has(reckoned)) return { place: reckoned, moved }
  }
  return { place: place(0), moved: 0 }
}

/** A list is known by its patterns. */
export function patternKey(patterns: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(patterns)).digest('base64')
}

/** Lists that were compiled and have to be again. Mostly none: one statement tells. */
async function evictedOf(
  lane: EngineLane,
  lists: readonly PlacedList[],
  signal: AbortSignal | undefined,
): Promise<readonly PlacedList[]> {
  if (!(await isCompiledAnew(lane, lists))) return []
  const evicted: PlacedList[] = []
  for (const list of lists.toSorted(bySize).toReversed()) {
    signal?.throwIfAborted()
    if (await isCompiledAnew(lane, [list])) evicted.push(list)
  }
  return evicted
}

/** Whether matching compiles something. */
async function isCompiledAnew(lane: EngineLane, lists: readonly PlacedList[]): Promise<boolean> {
  const before = await compiledSoFar(lane)
  await probe(lane, lists)
  return (await compiledSoFar(lane)) > before
}

/** Has the engine match one short value with each list, which compiles those that are not compiled. */
async function probe(lane: EngineLane, lists: readonly PlacedList[]): Promise<void> {
  if (lists.length === 0) return
  const columns = lists.map(({ match }, at) => `${match()} AS m${at}`)
  await lane.query(trusted(`SELECT ${columns.join(', ')}`))
}

/** The engine counts what it compiles, for whomever. */
async function compiledSoFar(lane: EngineLane): Promise<number> {
  const { rows } = await lane.query<{ n: string }>(
    trusted(
      "SELECT sum(value) AS n FROM system.events WHERE event = 'RegexpWithMultipleNeedlesCreated'",
    ),
  )
  return Number(rows[0]?.n ?? 0)
}

function bySize(a: PlacedList, b: PlacedList): number {
  return a.patterns.length - b.patterns.length
}
