// Sets of packets as interval decision diagrams: a node splits one dimension into intervals, each with what follows. Nodes are
// hash-consed, so equal sets are the same number. One factory owns its nodes; numbers of two factories mean nothing together.

import type { Cube } from './cube.ts'
import type { Point, Space } from './space.ts'

/** 0: no packet. 1: every packet. Else a node. */
export type PacketSet = number

export const NO_PACKET: PacketSet = 0
export const ALL_PACKETS: PacketSet = 1

/** A set that would take more nodes or steps than allowed: the answer is not known, never "empty". */
export class TooLarge extends Error {}

export type Limits = { readonly nodes: number; readonly steps: number }

export const LIMITS: Limits = { nodes: 1_000_000, steps: 40_000_000 }

type Node = {
  readonly level: number
  /** Highest value of each interval, rising; the last is the top of the dimension. */
  readonly bounds: readonly number[]
  readonly children: readonly PacketSet[]
}

type Operation = 'and' | 'or' | 'minus'

export class Diagrams {
  readonly space: Space
  readonly #limits: Limits
  readonly #nodes: Node[]
  readonly #unique = new Map<number, PacketSet[]>()
  readonly #memo: Readonly<Record<Operation, Map<number, PacketSet>>> = {
    and: new Map(),
    or: new Map(),
    minus: new Map(),
  }
  #steps = 0

  constructor(space: Space, limits: Limits = LIMITS) {
    this.space = space
    this.#limits = limits
    const leaf: Node = { level: space.tops.length, bounds: [], children: [] }
    this.#nodes = [leaf, leaf]
  }

  /** Nodes made so far. */
  get size(): number {
    return this.#nodes.length
  }

  /** Counts work; throws where there is too much of it. */
  spend(steps: number): void {
    this.#steps += steps
    if (this.#steps > this.#limits.steps) throw new TooLarge()
  }

  node(set: PacketSet): Node {
    const found = this.#nodes[set]
    if (found === undefined) throw new Error('a packet set of another factory')
    return found
  }

  /** Equal neighbours become one; a node that decides nothing is what follows it. */
  make(level: number, bounds: readonly number[], children: readonly PacketSet[]): PacketSet {
    const ends: number[] = []
    const next: PacketSet[] = []
    for (let at = 0; at < bounds.length; at += 1) {
      const child = children[at] ?? NO_PACKET
      if (next.at(-1) === child) ends[ends.length - 1] = bounds[at] ?? 0
      else {
        ends.push(bounds[at] ?? 0)
        next.push(child)
      }
    }
    return next.length === 1 ? (next[0] ?? NO_PACKET) : this.#intern(level, ends, next)
  }

  #intern(level: number, bounds: readonly number[], children: readonly PacketSet[]): PacketSet {
    const key = hashOf(level, bounds, children)
    const bucket = this.#unique.get(key) ?? []
    for (const known of bucket) {
      const node = this.node(known)
      if (node.level === level && isSame(node.bounds, bounds) && isSame(node.children, children))
        return known
    }
    if (this.#nodes.length >= this.#limits.nodes) throw new TooLarge()
    const set = this.#nodes.push({ level, bounds, children }) - 1
    bucket.push(set)
    if (bucket.length === 1) this.#unique.set(key, bucket)
    return set
  }

  ofCube(cube: Cube): PacketSet {
    let set: PacketSet = ALL_PACKETS
    for (let level = cube.length - 1; level >= 0; level -= 1) {
      const values = cube[level] ?? null
      if (values === null) continue
      const bounds: number[] = []
      const children: PacketSet[] = []
      for (let at = 0; at < values.length; at += 2) {
        const low = values[at] ?? 0
        if (low > 0 && bounds.at(-1) !== low - 1) {
          bounds.push(low - 1)
          children.push(NO_PACKET)
        }
        bounds.push(values[at + 1] ?? 0)
        children.push(set)
      }
      const top = this.space.tops[level] ?? 0
      if (bounds.at(-1) !== top) {
        bounds.push(top)
        children.push(NO_PACKET)
      }
      set = this.make(level, bounds, children)
    }
    return set
  }

  of(cubes: readonly Cube[]): PacketSet {
    return cubes.reduce((sum, cube) => this.or(sum, this.ofCube(cube)), NO_PACKET)
  }

  and(a: PacketSet, b: PacketSet): PacketSet {
    if (a === NO_PACKET || b === NO_PACKET) return NO_PACKET
    if (a === ALL_PACKETS || a === b) return b
    return b === ALL_PACKETS ? a : this.#apply('and', Math.min(a, b), Math.max(a, b))
  }

  or(a: PacketSet, b: PacketSet): PacketSet {
    if (a === ALL_PACKETS || b === ALL_PACKETS) return ALL_PACKETS
    if (a === NO_PACKET || a === b) return b
    return b === NO_PACKET ? a : this.#apply('or', Math.min(a, b), Math.max(a, b))
  }

  minus(a: PacketSet, b: PacketSet): PacketSet {
    if (a === NO_PACKET || b === ALL_PACKETS || a === b) return NO_PACKET
    return b === NO_PACKET ? a : this.#apply('minus', a, b)
  }

  #apply(operation: Operation, a: PacketSet, b: PacketSet): PacketSet {
    const memo = this.#memo[operation]
    const key = a * 0x4_00_00_00 + b
    const known = memo.get(key)
    if (known !== undefined) return known
    const left = this.node(a)
    const right = this.node(b)
    const level = Math.min(left.level, right.level)
    const aBounds = left.level === level ? left.bounds : []
    const bBounds = right.level === level ? right.bounds : []
    const bounds: number[] = []
    const children: PacketSet[] = []
    const top = this.space.tops[level] ?? 0
    for (let i = 0, j = 0, end = -1; end < top;) {
      const aEnd = aBounds[i] ?? top
      const bEnd = bBounds[j] ?? top
      end = Math.min(aEnd, bEnd)
      bounds.push(end)
      children.push(
        this[operation](
          aBounds.length === 0 ? a : (left.children[i] ?? NO_PACKET),
          bBounds.length === 0 ? b : (right.children[j] ?? NO_PACKET),
        ),
      )
      if (aEnd === end) i += 1
      if (bEnd === end) j += 1
    }
    this.spend(bounds.length)
    const set = this.make(level, bounds, children)
    memo.set(key, set)
    return set
  }

  has(set: PacketSet, point: Point): boolean {
    let at = set
    while (at > ALL_PACKETS) {
      const { level, bounds, children } = this.node(at)
      const value = point[level] ?? 0
      at = children[bounds.findIndex((bound) => value <= bound)] ?? NO_PACKET
    }
    return at === ALL_PACKETS
  }

  /** Every packet of the set with any value in one dimension. */
  forget(set: PacketSet, level: number): PacketSet {
    const memo = new Map<PacketSet, PacketSet>()
    const visit = (at: PacketSet): PacketSet => {
      const node = this.node(at)
      if (node.level > level) return at
      const known = memo.get(at)
      if (known !== undefined) return known
      const found =
        node.level === level
          ? node.children.reduce((sum, child) => this.or(sum, child), NO_PACKET)
          : this.make(node.level, node.bounds, node.children.map(visit))
      memo.set(at, found)
      return found
    }
    return visit(set)
  }
}

function hashOf(level: number, bounds: readonly number[], children: readonly number[]): number {
  let hash = level + 1
  for (const bound of bounds) hash = Math.imul(hash ^ bound, 0x01_00_01_93) ^ (hash >>> 13)
  for (const child of children) hash = Math.imul(hash ^ child, 0x5b_d1_e9_95) ^ (hash >>> 15)
  return hash
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at])
}
