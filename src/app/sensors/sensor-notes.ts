// What a sensor's operator is told: each change once, not each try.

import { NotTaken } from '../../collect/forward/index.ts'
import { reasonOf } from '../../core/index.ts'

export type SensorNote =
  | { readonly kind: 'enrolled'; readonly name: string; readonly station: string }
  | { readonly kind: 'waits' | 'full'; readonly bytes: number }
  | { readonly kind: 'link_lost' | 'refused' | 'disk_trouble'; readonly reason: string }
  | { readonly kind: 'link_back' | 'room_again' | 'disk_back' }
  | { readonly kind: 'damaged'; readonly file: string }
  | { readonly kind: 'content'; readonly made: string }
  | { readonly kind: 'content_refused'; readonly problem: 'damaged' | 'not_signed' | 'older' }
  /** Said by a listener, in the operator's language. */
  | { readonly kind: 'listener'; readonly sentence: string }

/** A spool that was full has room again below this share. */
const ROOM_SHARE = 0.8

export class SensorNotes {
  readonly #tell: (note: SensorNote) => void
  readonly #failing = new Set<string>()
  #isFull = false

  constructor(tell: (note: SensorNote) => void) {
    this.#tell = tell
  }

  /** Of one connection to the station; null when it works. */
  link(use: string, cause: unknown): void {
    const wasFailing = this.#failing.size > 0
    if (cause === null) this.#failing.delete(use)
    else this.#failing.add(use)
    const isFailing = this.#failing.size > 0
    if (isFailing === wasFailing) return
    if (!isFailing) this.#tell({ kind: 'link_back' })
    else this.#tell({ kind: isFinal(cause) ? 'refused' : 'link_lost', reason: reasonOf(cause) })
  }

  disk(cause: unknown): void {
    this.#tell(
      cause === null ? { kind: 'disk_back' } : { kind: 'disk_trouble', reason: reasonOf(cause) },
    )
  }

  /** `share` of what the fuller queue may hold. */
  fill(share: number, bytes: number): void {
    const isFull = share >= (this.#isFull ? ROOM_SHARE : 1)
    if (isFull === this.#isFull) return
    this.#isFull = isFull
    this.#tell(isFull ? { kind: 'full', bytes } : { kind: 'room_again' })
  }
}

function isFinal(cause: unknown): boolean {
  return cause instanceof NotTaken && cause.isFinal
}
