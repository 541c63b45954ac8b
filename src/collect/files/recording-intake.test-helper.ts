// An Intake for tests: keeps what it is given, can be told to be full, and remembers the order of things.

import type { Intake, Origin, OriginHandle } from '../intake.ts'
import type { Position } from '../position.ts'

export type RecordedLine = {
  readonly kind: Origin['kind']
  readonly source: string
  readonly context: string
  readonly text: string
  readonly bytes: Buffer
}

export type RecordingIntake = Intake & {
  readonly lines: RecordedLine[]
  readonly texts: () => string[]
  /** Refuses more from the next line on, until `release()`. */
  readonly saturate: () => void
  readonly release: () => void
  /** Makes the next `synced()` reject. */
  readonly failSync: (cause: Error) => void
  /** How many lines there were at each `synced()`. */
  readonly syncs: number[]
  /** How many lines there were when each position was noted. */
  readonly notes: { readonly path: string; readonly position: Position; readonly after: number }[]
}

/** `noted` is given where several runs share what was noted. */
export function recordingIntake(noted = new Map<string, Position>()): RecordingIntake {
  const lines: RecordedLine[] = []
  const syncs: number[] = []
  const notes: RecordingIntake['notes'] = []
  let waiting: (() => void)[] = []
  let saturated = false
  let failure: Error | undefined

  const write = (from: OriginHandle, bytes: Buffer, start: number, end: number): boolean => {
    const copy = Buffer.from(bytes.subarray(start, end))
    lines.push({ ...from.origin, text: copy.toString('utf8'), bytes: copy })
    return !saturated
  }
  const synced = async (): Promise<void> => {
    syncs.push(lines.length)
    const thrown = failure
    failure = undefined
    if (thrown !== undefined) throw thrown
  }
  return {
    lines,
    syncs,
    notes,
    note: (path, position) => {
      notes.push({ path, position, after: lines.length })
      noted.set(path, position)
    },
    texts: () => lines.map((line) => line.text),
    open: (origin) => ({ origin, encoded: Buffer.alloc(0) }),
    write,
    synced,
    drained: () =>
      saturated ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(),
    saturate: () => {
      saturated = true
    },
    release: () => {
      saturated = false
      for (const resume of waiting) resume()
      waiting = []
    },
    failSync: (cause) => {
      failure = cause
    },
  }
}

/** Resolves when `met()` is true; gives up after five seconds, and the assertion that follows says why. */
export async function until(met: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + 5000
  while (!met() && performance.now() < giveUpAt)
    await new Promise((resolve) => setTimeout(resolve, 10))
}
