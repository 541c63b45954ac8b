// Nobody waits on UDP: what comes while the intake has no room is taken up to a bound, then dropped and counted.

import type { Intake, OriginHandle } from '../intake.ts'

export type DropCounters = {
  /** Dropped here, because the intake had no room. */
  dropped: number
  /** The same by source; of the many that a forger can name, the first that were met. */
  readonly droppedFrom: Map<string, number>
}

export type DatagramRoomOptions = {
  readonly intake: Intake
  readonly counters: DropCounters
  /** Taken beyond what the intake asked for, so that one slow fsync loses nothing. */
  readonly overrunBytes?: number | undefined
  /** The first datagram dropped since the intake last had room. */
  readonly onDropped: (source: string) => void
}

const OVERRUN_BYTES = 16 * 1024 * 1024
const MOST_COUNTED_APART = 10_000

/** One way through the intake, and whether it is full. */
type Way = { isWaiting: boolean; isDropping: boolean; overrunBytes: number }

export class DatagramRoom {
  readonly #intake: Intake
  readonly #counters: DropCounters
  readonly #onDropped: (source: string) => void
  readonly #overrunBytes: number
  readonly #ways = new Map<string, Way>()

  constructor({ intake, counters, onDropped, overrunBytes = OVERRUN_BYTES }: DatagramRoomOptions) {
    this.#intake = intake
    this.#counters = counters
    this.#overrunBytes = overrunBytes
    this.#onDropped = onDropped
  }

  /** Whether a datagram of this size may be written; where it may not, it is counted as dropped. */
  has(handle: OriginHandle, bytes: number): boolean {
    const way = this.#wayOf(handle)
    if (way.overrunBytes + bytes <= this.#overrunBytes) return true
    this.#drop(way, handle.origin.source)
    return false
  }

  write(handle: OriginHandle, bytes: Buffer, start: number, end: number): void {
    const way = this.#wayOf(handle)
    const goesOn = this.#intake.write(handle, bytes, start, end)
    if (goesOn && !way.isWaiting) return
    way.overrunBytes += end - start
    if (!goesOn) this.#awaitRoom(way)
  }

  #wayOf({ queue = '' }: OriginHandle): Way {
    const known = this.#ways.get(queue)
    if (known !== undefined) return known
    const made = { isWaiting: false, isDropping: false, overrunBytes: 0 }
    this.#ways.set(queue, made)
    return made
  }

  #drop(way: Way, source: string): void {
    const { droppedFrom } = this.#counters
    this.#counters.dropped += 1
    if (droppedFrom.has(source) || droppedFrom.size < MOST_COUNTED_APART)
      droppedFrom.set(source, (droppedFrom.get(source) ?? 0) + 1)
    if (way.isDropping) return
    way.isDropping = true
    this.#onDropped(source)
  }

  /** Asked at once after the refusal: the intake then knows which way is meant. */
  #awaitRoom(way: Way): void {
    if (way.isWaiting) return
    way.isWaiting = true
    const goOn = () => Object.assign(way, { isWaiting: false, isDropping: false, overrunBytes: 0 })
    // A refusing disk is reported by the intake itself; here it only means that the wait is over.
    this.#intake.drained().then(goOn, goOn)
  }
}
