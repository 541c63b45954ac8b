// How far files were read, of a sensor: one file, since a sensor has no records database.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { MarkSchema } from '../position.ts'
import type { Mark, Position } from '../position.ts'
import { replaceFile } from './whole-file.ts'

/** Of files that were read to their end and moved away, the newest are remembered. */
const MOST_DONE = 2000

export class SavedPositions {
  readonly #file: string
  readonly #marks: Map<string, Mark>
  #writing: Promise<void> = Promise.resolve()

  private constructor(file: string, marks: readonly Mark[]) {
    this.#file = file
    this.#marks = new Map(marks.map((mark) => [mark.path, mark]))
  }

  /** Throws where the file is there and cannot be read: files would be sent again from their beginnings. */
  static open(file: string): SavedPositions {
    return new SavedPositions(file, read(file))
  }

  get(path: string): Position | null {
    return this.#marks.get(path) ?? null
  }

  /** Keeps the newest of each path; resolves when they are on disk. */
  save(marks: readonly Mark[]): Promise<void> {
    for (const mark of marks) {
      if ((this.#marks.get(mark.path)?.seq ?? -1) > mark.seq) continue
      // Behind the others, so that the first are those not heard of for longest.
      this.#marks.delete(mark.path)
      this.#marks.set(mark.path, mark)
    }
    this.#forget()
    const write = () => replaceFile(this.#file, JSON.stringify([...this.#marks.values()]))
    this.#writing = this.#writing.then(write, write)
    return this.#writing
  }

  #forget(): void {
    const done = [...this.#marks.values()].filter((mark) => mark.done)
    for (const { path } of done.slice(0, Math.max(0, done.length - MOST_DONE)))
      this.#marks.delete(path)
  }
}

function read(file: string): readonly Mark[] {
  try {
    return z.array(MarkSchema).parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return []
    throw thrown
  }
}
