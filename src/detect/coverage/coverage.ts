// Coverage of the last days, kept for a few minutes: the kinds of event are read once, not for each look at the screen.

import { DAY_MS, MINUTE_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { Coverage, FieldsOf } from '../../model/index.ts'
import { sql } from '../../store/index.ts'
import type { EngineSettings, Store } from '../../store/index.ts'
import type { RuleBook } from '../rule-book.ts'
import type { RuleShelf } from '../rule-shelf.ts'
import { kindsOf } from '../sigma/index.ts'
import { liveRoutes } from './live-routes.ts'
import { reachOfRules } from './reach.ts'
import type { TacticsOf } from './reach.ts'
import { loadTactics } from './tactics.ts'

export type CoverageOptions = {
  readonly store: Pick<Store, 'events'>
  readonly shelf: RuleShelf<RuleBook>
  readonly fields: FieldsOf
  readonly clock: Clock
  /** YAML with the techniques of each tactic. */
  readonly tacticsFile: string
}

/** Sources that speak once a week are still sources. */
const LOOKED_AT_MS = 8 * DAY_MS
const KEPT_MS = 5 * MINUTE_MS
const SETTINGS: EngineSettings = {
  max_execution_time: 60,
  max_memory_usage: 400 * 1024 * 1024,
  priority: 6,
}

type Kept = {
  readonly book: RuleBook
  readonly untilMs: number
  readonly coverage: Promise<Coverage>
}

/** Answers from what was read at most five minutes ago, unless the rules changed since. */
export function openCoverage(options: CoverageOptions): () => Promise<Coverage> {
  const tacticsOf = loadTactics(options.tacticsFile)
  let kept: Kept | undefined
  return async () => {
    const nowMs = options.clock.nowMs()
    const book = options.shelf.current
    if (kept === undefined || kept.book !== book || kept.untilMs < nowMs) {
      const coverage = read({ ...options, tacticsOf }, book, nowMs)
      kept = { book, untilMs: nowMs + KEPT_MS, coverage }
      coverage.catch(() => {
        kept = undefined
      })
    }
    return kept.coverage
  }
}

type Reading = CoverageOptions & { readonly tacticsOf: TacticsOf }

async function read(
  { store, fields, tacticsOf }: Reading,
  book: RuleBook,
  nowMs: number,
): Promise<Coverage> {
  const sinceMs = nowMs - LOOKED_AT_MS
  // By arrival: devices with a wrong clock are sources too.
  const from = sql`FROM events WHERE received >= fromUnixTimestamp64Milli(${sinceMs}, 'UTC')`
  const lane = store.events.ask
  const kinds = await kindsOf(lane, from, SETTINGS)
  const { byRoute } = book.ruleSet
  const routes = [
    ...new Set([...book.logsources.sources.flatMap((one) => one.routes), ...byRoute.keys()]),
  ]
  const live = await liveRoutes({ lane, fields, sinceMs, settings: SETTINGS }, routes, kinds)
  return {
    asOf: new Date(nowMs).toISOString(),
    since: new Date(sinceMs).toISOString(),
    events: kinds.reduce((sum, { rows }) => sum + rows, 0),
    ...reachOfRules(book, { live, tacticsOf }),
  }
}
