// Several lanes as one: a statement takes the lane that has been free longest, or waits its turn.

import type { EngineLane } from './event-engine.ts'

/** Statements start in the order they were asked; at most one runs on a lane. */
export function pooledLane(lanes: readonly EngineLane[]): EngineLane {
  const free = [...lanes]
  const waiting: ((lane: EngineLane) => void)[] = []

  const acquire = (): Promise<EngineLane> => {
    const lane = free.shift()
    if (lane !== undefined) return Promise.resolve(lane)
    return new Promise((resolve) => {
      waiting.push(resolve)
    })
  }
  const release = (lane: EngineLane) => {
    const next = waiting.shift()
    if (next === undefined) free.push(lane)
    else next(lane)
  }
  const withLane = async <T>(use: (lane: EngineLane) => Promise<T>): Promise<T> => {
    const lane = await acquire()
    try {
      return await use(lane)
    } finally {
      release(lane)
    }
  }
  return {
    query: (statement, options) => withLane((lane) => lane.query(statement, options)),
    command: (statement, options) => withLane((lane) => lane.command(statement, options)),
    load: (request) => withLane((lane) => lane.load(request)),
  }
}
