// Which lines go first: those by which an appliance raises an alarm, and those with a value that is known to be hostile.
// Nothing is looked for until the station's content says what.

import type { SensorContent, Sighting } from '../../model/index.ts'
import { literalFinder } from '../sensors/literal-finder.ts'
import type { HasLiteral } from '../sensors/literal-finder.ts'
import { wordFinder } from '../sensors/token-hash.ts'
import type { FindWord } from '../sensors/token-hash.ts'

export type LineMarksOptions = {
  /** Whether values of the list are looked for. */
  readonly matchesIndicators: boolean
  readonly nowMs: () => number
  readonly onSighting: (sighting: Sighting) => void
}

const SHOWN_BYTES = 300
/** A longer line is looked at as far. */
const MOST_LOOKED_AT = 64 * 1024

export class LineMarks {
  readonly #options: LineMarksOptions
  #has: HasLiteral | undefined
  #find: FindWord | undefined

  constructor(options: LineMarksOptions) {
    this.#options = options
  }

  use({ first, indicators }: SensorContent): void {
    this.#has = first.length === 0 ? undefined : literalFinder(first)
    const { count, hasSix, packed } = indicators
    const isUsed = this.#options.matchesIndicators && count > 0
    this.#find = isUsed ? wordFinder(Buffer.from(packed, 'base64'), hasSix) : undefined
  }

  /** Asked once for each line received. */
  isFirst(source: string, bytes: Buffer, start: number, end: number): boolean {
    const isAlarm = this.#has?.(bytes, start, end) ?? false
    if (this.#find === undefined) return isAlarm
    const met = this.#find(bytes, start, Math.min(end, start + MOST_LOOKED_AT))
    if (met === undefined) return isAlarm
    const { from, to } = met
    const value = bytes.toString('utf8', from, Math.min(to, from + SHOWN_BYTES)).toLowerCase()
    const nowMs = this.#options.nowMs()
    this.#options.onSighting({ value, source, count: 1, firstMs: nowMs, lastMs: nowMs })
    return true
  }
}
