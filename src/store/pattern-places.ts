// The engine keeps 500 compiled lists of patterns, each at the place its hash names. Two lists on one place throw each other
// out and are compiled again for every block of rows, which can cost seconds. Such a list is spelled differently, which gives
// it another place. How a list was spelled is remembered, so that a set that shares most lists with another compiles the
// others alone.

import { createHash } from 'node:crypto'
import type { EngineLane } from './event-engine.ts'
import { trusted } from './sql.ts'

/** A list of patterns, and SQL that matches one short value with it, as it is spelled now. */
export type PlacedList = {
  readonly key: string
  readonly patterns: readonly string[]
  readonly match: () => string
}

const MAX_ROUNDS = 4

let turn: Promise<void> = Promise.resolve()

/** What the engine compiled is told by a count of the whole process: one at a time looks at it. */
export function inTurn(work: () => Promise<void>): Promise<void> {
  const mine = turn.then(work)
  turn = mine.catch(() => undefined)
  return mine
}

/** Lists of one of the engine's functions: `multiMatchAny` keeps its lists apart from those of `multiMatchAllIndices`. */
export class PatternPlaces {
  /** How often the list was moved, by key, of every list that was compiled. */
  readonly #moved = new Map<string, number>()
  /** Lists that were seen to stay. */
  readonly #settled = new Set<string>()

  isCompiled(key: string): boolean {
    return this.#moved.has(key)
  }

  isSettled(key: string): boolean {
    return this.#settled.has(key)
  }

  /** The patterns as they are spelled now: the first one in groups that change nothing. */
  spelled(key: string, patterns: readonly string[]): readonly string[] {
    const times = this.#moved.get(key) ?? 0
    const [first = '', ...others] = patterns
    return times === 0
      ? patterns
      : [`${'(?:'.repeat(times)}${first}${')'.repeat(times)}`, ...others]
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
      this.#moved.set(list.key, 0)
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
      const evicted = await evictedOf(lane, lists, signal)
      if (evicted.length === 0) break
      for (const { key } of evicted) this.#moved.set(key, (this.#moved.get(key) ?? 0) + 1)
      await respelled?.()
      // Finding one out threw the other out, which has a place of its own now.
      await probe(lane, lists)
    }
    for (const { key } of lists) this.#settled.add(key)
  }
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
