// How far files were read, between being noted and standing in the records.

import type { Mark, Position } from '../position.ts'

export class ReadMarks {
  /** The newest of each path, until the records hold it. */
  readonly #newest = new Map<string, Mark>()
  #changed = new Set<string>()

  note(path: string, position: Position): void {
    this.#newest.set(path, { ...position, path })
    this.#changed.add(path)
  }

  get(path: string): Position | undefined {
    return this.#newest.get(path)
  }

  get isChanged(): boolean {
    return this.#changed.size > 0
  }

  /** What was noted since the last call. */
  take(): readonly Mark[] {
    const changed = this.#changed
    this.#changed = new Set()
    return [...changed].flatMap((path) => this.#newest.get(path) ?? [])
  }

  /** What an earlier run noted. */
  adopt(marks: readonly Mark[]): void {
    for (const mark of marks) {
      if ((this.#newest.get(mark.path)?.seq ?? -1) < mark.seq) this.#newest.set(mark.path, mark)
    }
  }

  /** The records hold these now. */
  stored(marks: readonly Mark[]): void {
    for (const { path, seq } of marks) {
      if (this.#newest.get(path)?.seq === seq) this.#newest.delete(path)
    }
  }
}
