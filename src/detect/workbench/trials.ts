// Rules and filters tried over stored events: judged like a run, counted, and forgotten. One at a time, kept in memory only.

import { VigieError, timeOrderedId } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { FieldsOf, RuleTrial, TrialAsk, VerbatimOf } from '../../model/index.ts'
import type { Store } from '../../store/index.ts'
import { NO_FEEDING } from '../correlations/index.ts'
import { HistoryWalk, createRows, dropRows, historySettings, toldOf } from '../history/index.ts'
import type { Sink } from '../history/index.ts'
import type { RuleBook } from '../rule-book.ts'
import type { RuleShelf } from '../rule-shelf.ts'
import { dropGlances, dropPatterns } from '../sigma/index.ts'
import { usableText } from './check-text.ts'
import { Tally } from './tally.ts'
import { trialRules } from './trial-rules.ts'
import type { TrialRules } from './trial-rules.ts'

export type TrialOptions = {
  readonly store: Pick<Store, 'events'>
  readonly shelf: RuleShelf<RuleBook>
  readonly fields: FieldsOf
  readonly verbatim: VerbatimOf
  readonly clock: Clock
  readonly isIntakeBehind: () => boolean
}

export type Trials = {
  /**
   * Takes the place of the same person's last test. Throws RULE_UNUSABLE, BAD_REQUEST for a span that ends before it begins,
   * TRIAL_BUSY while somebody else's test is under way.
   */
  readonly start: (ask: TrialAsk, who: string) => Promise<RuleTrial>
  /** Throws NOT_FOUND: tests are not kept beyond the next ones, or the station's end. */
  readonly get: (id: string) => RuleTrial
  /** Stops after the slice under way. Throws NOT_FOUND. */
  readonly stop: (id: string) => Promise<RuleTrial>
  readonly close: () => Promise<void>
}

type Trial = {
  readonly id: string
  readonly ask: TrialAsk
  readonly who: string
  readonly untried: readonly string[]
  readonly walk: HistoryWalk
  readonly tally: Tally
  readonly stop: AbortController
  state: RuleTrial['state']
  problem: RuleTrial['problem']
  ended: Promise<void>
}

const ROWS_TABLE = 'trial_rows'
/** Tests that can still be read. */
const KEPT = 20

export function openTrials(options: TrialOptions): Trials {
  const trials = new RuleTrials(options)
  return {
    start: (ask, who) => trials.start(ask, who),
    get: (id) => shown(trials.find(id)),
    stop: async (id) => {
      const trial = trials.find(id)
      trial.stop.abort()
      await trial.ended
      return shown(trial)
    },
    close: () => trials.close(),
  }
}

class RuleTrials {
  readonly #options: TrialOptions
  readonly #trials = new Map<string, Trial>()

  constructor(options: TrialOptions) {
    this.#options = options
  }

  async start(ask: TrialAsk, who: string): Promise<RuleTrial> {
    if (Date.parse(ask.from) >= Date.parse(ask.to)) {
      throw new VigieError('BAD_REQUEST', {
        met: `a span from ${ask.from} to ${ask.to}`,
        expected: 'a span that ends after it begins',
      })
    }
    const nowMs = this.#options.clock.nowMs()
    const today = new Date(nowMs).toISOString().slice(0, 10)
    const book = this.#options.shelf.current
    const rules = trialRules(usableText(ask.text, book, today), book, today)
    await this.#makeWay(who)
    this.#refuseWhenBusy()
    const trial = this.#prepare({ id: timeOrderedId<'trial'>(nowMs), ask, who }, rules)
    this.#trials.set(trial.id, trial)
    for (const id of [...this.#trials.keys()].slice(0, -KEPT)) this.#trials.delete(id)
    trial.ended = this.#run(trial, rules)
    return shown(trial)
  }

  find(id: string): Trial {
    const trial = this.#trials.get(id)
    if (trial === undefined) throw new VigieError('NOT_FOUND', { what: `The test ${id}` })
    return trial
  }

  async close(): Promise<void> {
    for (const trial of this.#trials.values()) {
      trial.stop.abort()
      await trial.ended
    }
  }

  get #running(): Trial | undefined {
    return [...this.#trials.values()].find(({ state }) => state === 'running')
  }

  async #makeWay(who: string): Promise<void> {
    const running = this.#running
    if (running?.who !== who) return
    running.stop.abort()
    await running.ended
  }

  #refuseWhenBusy(): void {
    const running = this.#running
    if (running !== undefined) throw new VigieError('TRIAL_BUSY', { who: running.who })
  }

  #prepare(asked: Pick<Trial, 'id' | 'ask' | 'who'>, rules: TrialRules): Trial {
    const { store, fields, verbatim, isIntakeBehind, clock } = this.#options
    const { from, to } = asked.ask
    const span = { fromMs: Date.parse(from), toMs: Date.parse(to) }
    const tally = new Tally(rules.tried, span)
    const walk = new HistoryWalk(
      {
        span,
        lane: store.events.ask,
        rows: ROWS_TABLE,
        ruleSet: rules.ruleSet,
        feeding: NO_FEEDING,
        feed: { id: `trial:${asked.id}`, nowMs: clock.nowMs() },
        fields,
        verbatim,
        settings: historySettings(),
        isIntakeBehind,
        sink: countInto(tally),
      },
      { ...NOTHING_YET, reachedMs: span.toMs },
    )
    const begun = { state: 'running', problem: null, ended: Promise.resolve() } as const
    return { ...asked, ...begun, untried: rules.untried, walk, tally, stop: new AbortController() }
  }

  async #run(trial: Trial, { ruleSet }: TrialRules): Promise<void> {
    const { ask } = this.#options.store.events
    try {
      await createRows(ask, ROWS_TABLE)
      trial.state = await trial.walk.run(trial.stop.signal)
    } catch (cause) {
      trial.problem = JSON.parse(toldOf(cause)) as RuleTrial['problem']
      trial.state = 'failed'
    } finally {
      // What cannot be dropped costs a little memory until the station ends.
      await dropRows(ask, ROWS_TABLE).catch(() => undefined)
      await dropGlances(ask, ruleSet).catch(() => undefined)
      await dropPatterns(ask, ruleSet.table).catch(() => undefined)
    }
  }
}

const NOTHING_YET = {
  events: 0,
  judged: 0,
  unread: 0,
  findings: 0,
  known: 0,
  raised: 0,
  reopened: 0,
  leftOut: [],
  workedMs: 0,
} as const

/** Nothing is stored or raised. */
function countInto(tally: Tally): Sink {
  return {
    sift: async (findings) => ({ findings, known: 0 }),
    take: async (findings) => {
      tally.add(findings)
      return { raised: 0, reopened: 0 }
    },
    save: async () => undefined,
  }
}

function shown(trial: Trial): RuleTrial {
  const { id, ask, who, state, problem, untried, walk, tally } = trial
  const { reachedMs, events, judged, unread, leftOut, workedMs } = walk.progress
  const pace = state === 'running' ? walk.pace : { secondsLeft: null, waits: false }
  return {
    id,
    from: ask.from,
    to: ask.to,
    by: who,
    state,
    problem,
    untried: [...untried],
    reached: new Date(reachedMs).toISOString(),
    events,
    judged,
    unread,
    leftOut: [...leftOut],
    seconds: workedMs / 1000,
    ...pace,
    ...tally.counted,
  }
}
