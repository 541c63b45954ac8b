// The hunt as one object of functions, over one engine.

import { systemClock } from '../core/index.ts'
import type { Clock } from '../core/index.ts'
import type { FieldsOf, Hunt, HuntRows, HuntSearch } from '../model/index.ts'
import type { EventEngine } from '../store/index.ts'
import type { HuntContext } from './context.ts'
import { createDensity } from './density.ts'
import { eventDetail } from './event-detail.ts'
import type { EventDetail } from './event-detail.ts'
import { createGate } from './gate.ts'
import { histogram } from './histogram.ts'
import type { HuntHistogram } from './histogram.ts'
import { huntFields } from './hunt-fields.ts'
import type { HuntField } from './hunt-fields.ts'
import { DEFAULT_LIMITS } from './hunt-limits.ts'
import type { HuntLimits } from './hunt-limits.ts'
import type { HuntResult } from './problem.ts'
import { searchEvents } from './search.ts'
import { topValues } from './top.ts'
import type { HuntTop, HuntTopRequest } from './top.ts'

export type Hunting = {
  readonly fields: () => readonly HuntField[]
  readonly search: (request: HuntSearch, signal?: AbortSignal) => Promise<HuntResult<HuntRows>>
  readonly histogram: (request: Hunt, signal?: AbortSignal) => Promise<HuntResult<HuntHistogram>>
  readonly top: (request: HuntTopRequest, signal?: AbortSignal) => Promise<HuntResult<HuntTop>>
  readonly event: (place: {
    readonly batch: string
    readonly line: number
  }) => Promise<HuntResult<EventDetail | undefined>>
}

export type HuntOptions = {
  readonly limits?: HuntLimits
  readonly clock?: Clock
  readonly atOnce?: number
  readonly fields?: FieldsOf
}

/** One lane of the engine's four stays free for the station's own questions. */
const AT_ONCE = 3

/** Throws VigieError QUERY_TOO_HEAVY past a limit, ENGINE_UNREACHABLE when the engine itself fails. */
export function createHunt(engine: EventEngine, options: HuntOptions = {}): Hunting {
  const { limits = DEFAULT_LIMITS, clock = systemClock, atOnce = AT_ONCE, fields } = options
  const density = createDensity(engine.ask, clock)
  const context: HuntContext = { lane: engine.ask, fields, limits, clock, density }
  const gate = createGate(atOnce)
  return {
    fields: huntFields,
    search: (request, signal) => gate(() => searchEvents(context, request, signal), signal),
    histogram: (request, signal) => gate(() => histogram(context, request, signal), signal),
    top: (request, signal) => gate(() => topValues(context, request, signal), signal),
    event: (place) => gate(() => eventDetail(context, place)),
  }
}
