// Both queues of a sensor as one intake: named senders go first, files and all others second.

import { join } from 'node:path'
import type { Clock } from '../../core/index.ts'
import type { SensorQueue } from '../../model/index.ts'
import type { Intake, Origin, OriginHandle } from '../intake.ts'
import type { Position } from '../position.ts'
import { isSender } from '../source-name.ts'
import { Queue } from './queue.ts'
import type { SavedPositions } from './saved-positions.ts'

export type QueuesOptions = {
  readonly folder: string
  readonly quarantine: string
  readonly limitBytes: number
  /** Sources that go first; `*` at the end stands for anything. */
  readonly priority: readonly string[]
  readonly positions: SavedPositions
  readonly clock: Clock
  readonly onTrouble: (cause: unknown) => void
}

export type Queues = {
  readonly intake: Intake
  readonly priority: Queue
  readonly normal: Queue
  /** How far a file was read, in this run or before. */
  readonly positionOf: (path: string) => Position | null
  readonly close: () => Promise<void>
}

/** Of the limit, what stays free for those that go first. */
const PRIORITY_SHARE = 0.25

export async function openQueues(options: QueuesOptions): Promise<Queues> {
  const { limitBytes, positions } = options
  const open = (name: SensorQueue, share: number) =>
    Queue.open({
      ...options,
      name,
      folder: join(options.folder, name),
      limitBytes: Math.floor(limitBytes * share),
    })
  const priority = await open('priority', PRIORITY_SHARE)
  const normal = await open('normal', 1 - PRIORITY_SHARE)
  return {
    intake: intakeOf(priority, normal, options.priority),
    priority,
    normal,
    positionOf: (path) => normal.spool.noted(path) ?? positions.get(path),
    close: async () => {
      await Promise.all([priority.spool.close(), normal.spool.close()])
    },
  }
}

function intakeOf(priority: Queue, normal: Queue, first: readonly string[]): Intake {
  const queueOf = (from: OriginHandle) => (from.queue === priority.name ? priority : normal)
  // A caller that is told to wait does so at once, before any other writes.
  let refused = normal
  return {
    open: (origin) => {
      const queue = isFirst(origin, first) ? priority : normal
      return { ...queue.spool.open(origin), queue: queue.name }
    },
    write: (from, bytes, start, end) => {
      const queue = queueOf(from)
      const goesOn = queue.spool.write(from, bytes, start, end)
      if (!goesOn) refused = queue
      return goesOn
    },
    // Files go the second way, so that their lines and positions are never apart.
    note: (path, position) => normal.spool.note(path, position),
    drained: () => refused.spool.drained(),
    synced: async () => {
      await Promise.all([priority.spool.synced(), normal.spool.synced()])
    },
  }
}

function isFirst({ kind, source }: Origin, first: readonly string[]): boolean {
  if (!isSender(kind)) return false
  return first.some((name) =>
    name.endsWith('*') ? source.startsWith(name.slice(0, -1)) : source === name,
  )
}
