// Writes programs: joins constants that follow one another, and leaves out commas where it is certain that nothing precedes.

import { SPARE_BYTES, viewOf } from './byte-sink.ts'
import type { PlannedElement, Program } from './plan.ts'
import { OP } from './program.ts'

/** Whether the last byte written opens an object or array; unknown behind what may have been left out. */
type Tail = 'open' | 'full' | 'unknown'

/** A place in the program that is filled in once it is known. */
export type Hole = number

const OPEN_OBJECT = 0x7b
const OPEN_ARRAY = 0x5b

export class ProgramWriter {
  readonly #ops: number[] = []
  readonly #constants: Uint8Array[] = []
  readonly #elements: PlannedElement[] = []
  readonly #groups: (readonly PlannedElement[])[] = []
  #constantBytes = 0
  /** Where the copy that further constants join keeps its count; -1 when there is none. */
  #openCount = -1
  #tail: Tail = 'unknown'

  copy(json: Uint8Array): void {
    this.#constant(OP.copy, json)
  }

  /** `,"Name":` */
  member(json: Uint8Array): void {
    if (this.#tail === 'open') this.copy(json.subarray(1))
    else if (this.#tail === 'full') this.copy(json)
    else {
      this.#openCount = -1
      this.#constant(OP.member, json)
    }
  }

  op(...words: readonly number[]): void {
    this.#ops.push(...words)
    this.#openCount = -1
    this.#tail = 'full'
  }

  /** An instruction that may go on elsewhere: the hole is its operand at `holeAt`. */
  branch(holeAt: number, ...words: readonly number[]): Hole {
    const tail = this.#tail
    const hole = this.#ops.length + holeAt
    this.op(...words)
    this.#tail = tail
    return hole
  }

  /** Where a branch goes on: here. */
  fill(hole: Hole): void {
    this.#ops[hole] = this.#ops.length
    this.#openCount = -1
  }

  /** What `write` writes may be left out when the program runs. */
  perhaps(hole: Hole, write: () => void): void {
    const before = this.#tail
    write()
    this.fill(hole)
    if (this.#tail !== before) this.#tail = 'unknown'
  }

  /** An instruction that may write nothing. */
  perhapsOp(...words: readonly number[]): void {
    const before = this.#tail
    this.op(...words)
    if (before !== 'full') this.#tail = 'unknown'
  }

  /** Behind a value, whichever way it was written. */
  isFull(): void {
    this.#tail = 'full'
  }

  /** Its number as an operand. */
  element(element: PlannedElement): number {
    return this.#elements.push(element) - 1
  }

  group(elements: readonly PlannedElement[]): number {
    return this.#groups.push(elements) - 1
  }

  done(names: readonly string[]): Program {
    const constants = Buffer.concat([...this.#constants, Buffer.alloc(SPARE_BYTES)])
    return {
      ops: Int32Array.from(this.#ops),
      constants: viewOf(constants),
      elements: this.#elements,
      groups: this.#groups,
      names,
    }
  }

  #constant(op: number, json: Uint8Array): void {
    if (this.#openCount === -1) {
      this.#ops.push(op, this.#constantBytes, 0)
      this.#openCount = this.#ops.length - 1
    }
    this.#ops[this.#openCount] = (this.#ops[this.#openCount] ?? 0) + json.length
    this.#constants.push(json)
    this.#constantBytes += json.length
    const last = json.at(-1)
    this.#tail = last === OPEN_OBJECT || last === OPEN_ARRAY ? 'open' : 'full'
  }
}
