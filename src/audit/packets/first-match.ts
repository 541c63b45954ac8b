// What an ordered list of cubes permits, first match wins, as one set. Built from the top: at each dimension the intervals of
// the entries that are still in question, each with the entries that reach it. Entries that want the same from some dimension on
// are the same from there on: lists that differ above meet again below, and are worked out once.

import type { Cube } from './cube.ts'
import { ALL_PACKETS, NO_PACKET } from './diagram.ts'
import type { Diagrams, PacketSet } from './diagram.ts'
import type { Ranges } from './ranges.ts'

export type Entry = { readonly cube: Cube; readonly permit: boolean }

/** What an entry wants from one dimension on. */
type Tail = {
  readonly id: number
  /** The same for what wants the same, whatever is done with it. */
  readonly match: number
  readonly set: Ranges | null
  readonly next: Tail | null
  readonly permit: boolean
  /** Wants nothing any more. */
  readonly isAll: boolean
}

type Active = readonly Tail[]

export function permittedBy(
  diagrams: Diagrams,
  entries: readonly Entry[],
  fallback: boolean,
): PacketSet {
  return new FirstMatch(diagrams, fallback).build(entries)
}

class FirstMatch {
  readonly #diagrams: Diagrams
  readonly #fallback: boolean
  readonly #tails = new Map<string, Tail>()
  readonly #matches = new Map<string, number>()
  readonly #memo: Map<number, { readonly active: Active; readonly set: PacketSet }[]>[]
  /** For each match, the list it was last seen in. */
  readonly #seen: number[] = []
  #list = 0

  constructor(diagrams: Diagrams, fallback: boolean) {
    this.#diagrams = diagrams
    this.#fallback = fallback
    this.#memo = diagrams.space.tops.map(() => new Map())
  }

  build(entries: readonly Entry[]): PacketSet {
    const active: Tail[] = []
    for (const entry of entries) {
      const tail = this.#tailOf(entry)
      active.push(tail)
      if (tail.isAll) break
    }
    return this.#build(0, active)
  }

  #tailOf({ cube, permit }: Entry): Tail {
    const end: Tail = { id: permit ? 1 : 0, match: 0, set: null, next: null, permit, isAll: true }
    let tail = end
    for (let level = cube.length - 1; level >= 0; level -= 1) {
      const set = cube[level] ?? null
      const wants = set === null ? '*' : set.join(' ')
      const key = `${level} ${tail.id} ${wants}`
      const known = this.#tails.get(key)
      if (known === undefined) {
        const match = this.#matchOf(`${level} ${tail.match} ${wants}`)
        const isAll = set === null && tail.isAll
        tail = { id: this.#tails.size + 2, match, set, next: tail, permit, isAll }
        this.#tails.set(key, tail)
      } else tail = known
    }
    return tail
  }

  #matchOf(key: string): number {
    const known = this.#matches.get(key)
    if (known !== undefined) return known
    const match = this.#matches.size + 1
    this.#matches.set(key, match)
    return match
  }

  #leaf(permit: boolean): PacketSet {
    return permit ? ALL_PACKETS : NO_PACKET
  }

  #build(level: number, given: Active): PacketSet {
    const active = this.#relevant(given)
    const [first] = active
    if (first === undefined) return this.#leaf(this.#fallback)
    if (first.isAll) return this.#leaf(first.permit)
    const key = hashOf(active)
    const bucket = this.#memo[level]?.get(key) ?? []
    const known = bucket.find((entry) => isSame(entry.active, active))
    if (known !== undefined) return known.set
    const set = this.#split(level, active)
    bucket.push({ active, set })
    this.#memo[level]?.set(key, bucket)
    return set
  }

  /** Without what was decided before in the same words, and without what does at the end what happens anyway. */
  #relevant(given: Active): Active {
    this.#list += 1
    const active: Tail[] = []
    for (const tail of given) {
      if (this.#seen[tail.match] === this.#list) continue
      this.#seen[tail.match] = this.#list
      active.push(tail)
    }
    while (active.at(-1)?.permit === this.#fallback) active.pop()
    if (active.length <= MOST_SORTED) sortRuns(active)
    return active
  }

  #split(level: number, active: Active): PacketSet {
    const bounds = this.#bounds(level, active)
    if (bounds.length === 1) return this.#build(level + 1, below(active))
    const lists: Tail[][] = Array.from({ length: bounds.length }, () => [])
    const isDecided = new Uint8Array(bounds.length)
    let open = bounds.length
    for (const { set, next } of active) {
      if (open === 0 || next === null) break
      for (let span = 0; span < (set === null ? 2 : set.length); span += 2) {
        const from = set === null ? 0 : indexOf(bounds, set[span] ?? 0)
        const to = set === null ? bounds.length - 1 : indexOf(bounds, set[span + 1] ?? 0)
        this.#diagrams.spend(to - from + 1)
        for (let at = from; at <= to; at += 1) {
          if (isDecided[at] === 1) continue
          lists[at]?.push(next)
          if (!next.isAll) continue
          isDecided[at] = 1
          open -= 1
        }
      }
    }
    const children = lists.map((list) => this.#build(level + 1, list))
    return this.#diagrams.make(level, bounds, children)
  }

  #bounds(level: number, active: Active): readonly number[] {
    const ends: number[] = [this.#diagrams.space.tops[level] ?? 0]
    for (const { set } of active) {
      if (set === null) continue
      for (let at = 0; at < set.length; at += 2) {
        if ((set[at] ?? 0) > 0) ends.push((set[at] ?? 0) - 1)
        ends.push(set[at + 1] ?? 0)
      }
    }
    this.#diagrams.spend(ends.length)
    const sorted = Float64Array.from(ends).toSorted()
    return Array.from(sorted.filter((end, at) => end !== sorted[at - 1]))
  }
}

/** Longer lists are seldom met twice. */
const MOST_SORTED = 64

/** Neighbours that do the same may stand in any order: one order, so that equal lists are found again. */
function sortRuns(active: Tail[]): void {
  for (let at = 1; at < active.length; at += 1) {
    const tail = active[at]
    if (tail === undefined) continue
    let to = at
    for (; to > 0; to -= 1) {
      const before = active[to - 1]
      if (before === undefined || before.permit !== tail.permit || before.id <= tail.id) break
      active[to] = before
    }
    active[to] = tail
  }
}

function below(active: Active): Active {
  return active.flatMap(({ next }) => (next === null ? [] : [next]))
}

/** The interval that a value lies in. */
function indexOf(bounds: readonly number[], value: number): number {
  let low = 0
  let high = bounds.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

function hashOf(active: Active): number {
  let hash = active.length
  for (const { id } of active) hash = Math.imul(hash ^ id, 0x01_00_01_93) ^ (hash >>> 13)
  return hash
}

function isSame(a: Active, b: Active): boolean {
  return a.length === b.length && a.every((tail, at) => tail === b[at])
}
