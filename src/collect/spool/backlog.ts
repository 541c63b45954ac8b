// What is closed and not loaded yet, and when the open segment joins it. A batch costs much the same however small it is: some
// tenths of a second of processor time, most of it planning. So a station that is behind makes fewer, larger ones, and one
// that hears little rests between them.

/** While as many closed segments wait or are being loaded, the open one goes on filling. */
const ENOUGH_WAITING = 2
/** Lines worth a batch right after the one before, */
const WORTH_NO_REST = 1000
/** and beside one that is being loaded. */
const WORTH_ANOTHER = 5000

export class Backlog {
  readonly #gatherMs: number
  /** For how long it rests is no matter of the wall clock, which may stand or jump. */
  readonly #steadyMs: () => number
  #bytes = 0
  #segments = 0
  #releasedMs = Number.NEGATIVE_INFINITY

  /** `gatherMs`: how long lines wait for company, after the first of them and after the batch before. */
  constructor(gatherMs: number, steadyMs = () => performance.now()) {
    this.#gatherMs = gatherMs
    this.#steadyMs = steadyMs
  }

  get bytes(): number {
    return this.#bytes
  }

  add(bytes: number): void {
    this.#bytes += bytes
    this.#segments += 1
  }

  /** A segment is rows now. */
  release(bytes: number): void {
    this.#bytes -= bytes
    this.#segments -= 1
    this.#releasedMs = this.#steadyMs()
  }

  /** Whether an open segment of so many lines, the first at `sinceMs`, is closed now. */
  isTimeFor(lines: number, sinceMs: number, nowMs: number): boolean {
    // A clock that was set back has passed every moment.
    const isOld = nowMs - sinceMs >= this.#gatherMs || nowMs < sinceMs
    if (!isOld) return false
    if (lines >= WORTH_ANOTHER) return this.#segments < ENOUGH_WAITING
    const hasRested = this.#steadyMs() - this.#releasedMs >= this.#gatherMs
    return this.#segments === 0 && (lines >= WORTH_NO_REST || hasRested)
  }
}
