// Server-sent events on /api/live: that something changed, never the rows themselves.

import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import { LiveSchema } from '../model/index.ts'
import type { ApiApp, ServerEnv } from './api-app.ts'
import { refusal } from './problems.ts'
import type { Live, Station } from './station.ts'

export type LiveOptions = {
  readonly heartbeatMs: number
  /** No more often than this to one window. */
  readonly atMostEveryMs: number
  readonly mostWatchers: number
}

export const LIVE_DEFAULTS: LiveOptions = {
  heartbeatMs: 15_000,
  atMostEveryMs: 500,
  mostWatchers: 100,
}

export type LiveRim = {
  readonly options: LiveOptions
  /** Asked at every heartbeat: a session that ended is not told more. */
  readonly isStillIn: (c: Context<ServerEnv>) => Promise<boolean>
}

export function addLiveRoute(app: ApiApp, station: Station, { options, isStillIn }: LiveRim): void {
  let watchers = 0
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/live',
    responses: {
      200: {
        description: 'Server-sent events: counters that say what changed',
        content: { 'text/event-stream': { schema: LiveSchema } },
      },
    },
  })
  app.get('/api/live', (c) => {
    if (watchers >= options.mostWatchers) throw refusal(503, 'TOO_MANY_WATCHERS', undefined)
    watchers++
    c.header('x-accel-buffering', 'no')
    return streamSSE(c, async (stream) => {
      const changes = new LatestChange(station.live.now())
      const unsubscribe = station.live.subscribe((live) => changes.put(live))
      stream.onAbort(() => changes.end())
      try {
        while (!stream.aborted) {
          const live = await changes.next(options.heartbeatMs)
          if (stream.aborted || (live === undefined && !(await isStillIn(c)))) break
          await (live === undefined
            ? stream.write(': \n\n')
            : stream.writeSSE({ data: JSON.stringify(live) }))
          if (live !== undefined) await stream.sleep(options.atMostEveryMs)
        }
      } finally {
        unsubscribe()
        watchers--
      }
    })
  })
}

/** Keeps the newest change only: a slow window is never sent what is over. */
class LatestChange {
  #latest: Live | undefined
  #wake: (() => void) | undefined
  #isOver = false

  constructor(first: Live) {
    this.#latest = first
  }

  put(live: Live): void {
    this.#latest = live
    this.#wake?.()
  }

  end(): void {
    this.#isOver = true
    this.#wake?.()
  }

  /** The newest change not yet taken, or undefined when `waitMs` passed without one. */
  async next(waitMs: number): Promise<Live | undefined> {
    if (this.#latest === undefined && !this.#isOver) await this.#wait(waitMs)
    const latest = this.#latest
    this.#latest = undefined
    return latest
  }

  #wait(waitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
