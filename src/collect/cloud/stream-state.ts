// How far a stream was read. It travels in the spool with the lines before it, as positions of files do.

import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Intake } from '../intake.ts'
import type { Position } from '../position.ts'

const StateSchema = z.object({
  /** Everything that happened before it was read, apart from what appears late; milliseconds since 1970. */
  untilMs: z.number(),
  /** The provider's reference to the page that comes next. */
  next: z.string().optional(),
  /** Of what was read lately: who it was, and when. Oldest first. */
  seen: z.array(z.tuple([z.string(), z.number()])),
  /** An object that is being read, and lines of it that were taken. */
  object: z.object({ id: z.string(), lines: z.number() }).optional(),
})
type SavedState = z.infer<typeof StateSchema>

/** What is remembered of late: beyond it less is asked for again, so that nothing is stored twice. */
const MOST_SEEN = 20_000

export class StreamState {
  untilMs: number
  next: string | undefined
  object: { readonly id: string; readonly lines: number } | undefined
  readonly #path: string
  readonly #seen: Map<string, number>
  /** Before it, what was read is no longer remembered. */
  #forgottenMs = 0
  #seq: number
  /** What was seen, as it is written down; '' after a change. An object that is read notes its place far more often. */
  #seenText = ''

  private constructor(path: string, saved: SavedState, seq: number) {
    this.#path = path
    this.untilMs = saved.untilMs
    this.next = saved.next
    this.object = saved.object
    this.#seen = new Map(saved.seen)
    this.#seq = seq
  }

  static open(path: string, position: Position | null, startMs: number): StreamState {
    const saved = savedState(position)
    return new StreamState(path, saved ?? { untilMs: startMs, seen: [] }, position?.seq ?? 0)
  }

  /** Whether it was read lately. */
  wasSeen(id: string): boolean {
    return this.#seen.has(keyOf(id))
  }

  /** It was read whole: asked for again, it is left out. Noted with what it brought, and not before. */
  see(id: string, timeMs: number): void {
    this.#seenText = ''
    this.#seen.set(keyOf(id), timeMs)
    if (this.#seen.size > MOST_SEEN) this.#forgetOldest()
  }

  /** From where a span of time is asked for, `overlapMs` before what was read at most. */
  fromMs(overlapMs: number): number {
    return Math.min(Math.max(this.untilMs - overlapMs, this.#forgottenMs), this.untilMs)
  }

  /** Forgets what will not be asked for again. */
  forget(beforeMs: number): void {
    this.#seenText = ''
    for (const [key, timeMs] of this.#seen) if (timeMs < beforeMs) this.#seen.delete(key)
  }

  /** Called in one go with the writing of the lines before it. */
  note(intake: Pick<Intake, 'note'>): void {
    const { untilMs, next, object } = this
    const rest: Omit<SavedState, 'seen'> = {
      untilMs,
      ...(next === undefined ? {} : { next }),
      ...(object === undefined ? {} : { object }),
    }
    if (this.#seenText === '') this.#seenText = JSON.stringify([...this.#seen])
    this.#seq += 1
    intake.note(this.#path, {
      inode: 0,
      offset: 0,
      lines: object?.lines ?? 0,
      fingerprint: '',
      done: false,
      seq: this.#seq,
      cursor: `{"seen":${this.#seenText},${JSON.stringify(rest).slice(1)}`,
    })
  }

  #forgetOldest(): void {
    for (const [key, timeMs] of this.#seen) {
      this.#seen.delete(key)
      this.#forgottenMs = Math.max(this.#forgottenMs, timeMs + 1)
      return
    }
  }
}

function keyOf(id: string): string {
  return createHash('sha1').update(id).digest('base64url').slice(0, 8)
}

/** undefined for what an earlier version wrote otherwise: the stream then begins as at first. */
function savedState(position: Position | null): SavedState | undefined {
  if (position?.cursor === undefined) return undefined
  try {
    return StateSchema.parse(JSON.parse(position.cursor))
  } catch {
    return undefined
  }
}
