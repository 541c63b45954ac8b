// Hands lines to the intake under one origin and counts them. The context may change on the way.

import type { Intake, Origin, OriginHandle } from '../intake.ts'
import type { LineSink } from './framer.ts'

/** Lines still to be left out because they are stored already; shared by the members of one file. */
export type Skip = { left: number }

export class LineWriter {
  #lines = 0
  #bytes = 0
  readonly #intake: Intake
  readonly #origin: Omit<Origin, 'context'>
  #handle: OriginHandle
  #willing = true

  readonly #skip: Skip

  constructor(intake: Intake, origin: Omit<Origin, 'context'>, skip: Skip = { left: 0 }) {
    this.#intake = intake
    this.#origin = origin
    this.#skip = skip
    this.#handle = intake.open({ ...origin, context: '' })
  }

  readonly write: LineSink = (bytes, start, end) => {
    if (end <= start) return
    this.#lines += 1
    this.#bytes += end - start
    if (this.#skip.left > 0) {
      this.#skip.left -= 1
      return
    }
    if (!this.#intake.write(this.#handle, bytes, start, end)) this.#willing = false
  }

  /** Lines and bytes since the last call, those left out included. */
  takeCounts(): { readonly lines: number; readonly bytes: number } {
    const counts = { lines: this.#lines, bytes: this.#bytes }
    this.#lines = 0
    this.#bytes = 0
    return counts
  }

  get context(): string {
    return this.#handle.origin.context
  }

  setContext(context: string): void {
    if (context !== this.context) this.#handle = this.#intake.open({ ...this.#origin, context })
  }

  /** False once after the intake asked to wait: the caller then awaits `drained()`. */
  isWilling(): boolean {
    const willing = this.#willing
    this.#willing = true
    return willing
  }
}
