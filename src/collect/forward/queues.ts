// Both queues of a sensor as one intake: named senders go first, files and all others second.

import { join } from 'node:path'
import type { Clock } from '../../core/index.ts'
import type { SensorQueue } from '../../model/index.ts'
import { SOURCE_KINDS } from '../../model/source-kinds.ts'
import type { Intake, Origin, OriginHandle } from '../intake.ts'
import type { Position } from '../position.ts'
import { isSender } from '../source-name.ts'
import type { LineMarks } from './line-marks.ts'
import { Queue } from './queue.ts'
import type { SavedPositions } from './saved-positions.ts'

export type QueuesOptions = {
  readonly folder: string
  readonly quarantine: string
  readonly limitBytes: number
  /** Sources that go first; `*` at the end stands for anything. */
  readonly priority: readonly string[]
  /** Lines that go first, whoever sends them. */
  readonly marks?: Pick<LineMarks, 'isFirst'>
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
    intake: intakeOf(priority, normal, options),
    priority,
    normal,
    positionOf: (path) =>
      priority.spool.noted(path) ?? normal.spool.noted(path) ?? positions.get(path),
    close: async () => {
      await Promise.all([priority.spool.close(), normal.spool.close()])
    },
  }
}

function intakeOf(
  priority: Queue,
  normal: Queue,
  { priority: first, marks }: Pick<QueuesOptions, 'priority' | 'marks'>,
): Intake {
  const named = (from: OriginHandle) => (from.queue === priority.name ? priority : normal)
  // A caller that is told to wait does so at once, before any other writes.
  let refused = normal
  /** Where a line goes. What is read with a position stays in its queue, which sends the segment with the line early. */
  const queueOf = (from: OriginHandle, bytes: Buffer, start: number, end: number): Queue => {
    const queue = named(from)
    if (marks?.isFirst(from.origin.source, bytes, start, end) !== true) return queue
    if (!hasPosition(from.origin) && priority.fullShare < 1) return priority
    queue.sendEarly()
    return queue
  }
  return {
    open: (origin) => {
      const queue = isFirst(origin, first) ? priority : normal
      return { ...queue.spool.open(origin), queue: queue.name }
    },
    write: (from, bytes, start, end) => {
      const queue = queueOf(from, bytes, start, end)
      const goesOn = queue.spool.write(from, bytes, start, end)
      if (!goesOn) refused = queue
      return goesOn
    },
    // The same way as the lines before it, so that they are never apart: files are never named to go first.
    note: (path, position) =>
      (isPathFirst(path, first) ? priority : normal).spool.note(path, position),
    drained: () => refused.spool.drained(),
    synced: async () => {
      await Promise.all([priority.spool.synced(), normal.spool.synced()])
    },
  }
}

const WITH_POSITION: ReadonlySet<string> = new Set(['cloud', 'queue', 'file', 'inbox'])

function hasPosition({ kind }: Origin): boolean {
  return WITH_POSITION.has(kind)
}

/** Positions of providers' streams and of queues are named as their sources; those of a topic have their partition behind. */
function isPathFirst(path: string, first: readonly string[]): boolean {
  const kind = SOURCE_KINDS.find((one) => path.startsWith(`${one}/`))
  return (
    kind !== undefined && isFirst({ kind, source: path.replace(/#\d+$/, ''), context: '' }, first)
  )
}

function isFirst({ kind, source }: Origin, first: readonly string[]): boolean {
  if (!isSender(kind)) return false
  return first.some((name) =>
    name.endsWith('*') ? source.startsWith(name.slice(0, -1)) : source === name,
  )
}
