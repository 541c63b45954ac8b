// Where lines of queues go in tests: the real spool on disk, whose segments are read into memory. Positions outlive a reader
// as they would in the records.

import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import type { Mark } from '../src/collect/position.ts'
import { kafkaPlace, redisPlace } from '../src/collect/queues/queue-place.ts'
import { startQueues } from '../src/collect/queues/start-queues.ts'
import type { QueueEvent, QueueService } from '../src/collect/queues/start-queues.ts'
import { linesOf } from '../src/collect/sensors/memory-door.test-helper.ts'
import { SPOOL_DEFAULTS, Spool } from '../src/collect/spool/spool.ts'
import { systemClock } from '../src/core/index.ts'

export type QueueRoom = {
  readonly lines: string[]
  readonly sources: Set<string>
  readonly events: QueueEvent[]
  readonly marks: Map<string, Mark>
  readonly intake: Spool
  /** Reads until the returned service is closed. */
  readonly read: (address: string, changes?: { mostAnswerBytes?: number }) => QueueService
  readonly close: () => Promise<void>
}

export function openQueueRoom(folder: string): QueueRoom {
  const lines: string[] = []
  const sources = new Set<string>()
  const events: QueueEvent[] = []
  const marks = new Map<string, Mark>()
  mkdirSync(folder, { recursive: true })
  const intake: Spool = new Spool({
    ...SPOOL_DEFAULTS,
    segmentMs: 20,
    folder,
    clock: systemClock,
    onTrouble: () => undefined,
    onSegment: (segment) => {
      for (const { text, source } of linesOf(readFileSync(segment.file))) {
        lines.push(text)
        sources.add(source)
      }
      for (const mark of segment.marks) marks.set(mark.path, mark)
      rmSync(segment.file)
      intake.released(segment)
    },
  })
  return {
    lines,
    sources,
    events,
    marks,
    intake,
    read: (address, changes = {}) =>
      startQueues({
        places: [address.startsWith('redis') ? redisPlace(address) : kafkaPlace(address)],
        intake,
        positions: { get: (path) => intake.noted(path) ?? marks.get(path) ?? null },
        onEvent: (event) => events.push(event),
        firstPauseMs: 50,
        ...changes,
      }),
    close: () => intake.close(),
  }
}
