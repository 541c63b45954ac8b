// The station's detection: a book of compiled rules, each new batch judged with it, findings stored, alerts raised.

import type { Clock, Problem } from '../core/index.ts'
import type { Rule } from '../model/index.ts'
import type { EngineLane, RecordsTransaction, Store } from '../store/index.ts'
import { raiseAlerts } from './alerts/index.ts'
import { Breaker } from './breaker.ts'
import { feedOf, recordFeed } from './correlations/index.ts'
import { insertFindings } from './findings-table.ts'
import { bookSteps, changesOf, isOutOfDate } from './rule-book.ts'
import type { RuleBook, RuleChanges, RuleFolders } from './rule-book.ts'
import { getRule, listRules, nameInFolder } from './rule-list.ts'
import type { RuleDetail, RuleListing } from './rule-list.ts'
import { RuleShelf } from './rule-shelf.ts'
import { dropPatterns, judge, patternTable, warmUp } from './sigma/index.ts'
import type { RuleSet } from './sigma/index.ts'
import { atOnce, gently } from './steps.ts'

export type DetectionOptions = RuleFolders & {
  readonly clock: Clock
  /** Folder of the station's own rules, one of the folders. */
  readonly ownFolder?: string
}

export type Rows = {
  readonly lane: EngineLane
  readonly table: string
  readonly batch: string
  /** An earlier try may have got anywhere. */
  readonly again: boolean
}

export type Judged = {
  readonly findings: number
  readonly record: (transaction: RecordsTransaction) => Promise<void>
}

/** Rules that run, that cannot, and that stopped themselves. */
export type RuleCounts = {
  readonly active: number
  readonly refused: number
  readonly breaker: number
}

type Stores = Pick<Store, 'events' | 'records'>

export type Detection = {
  /** The rules in use now; another set takes their place when rule files change. */
  readonly ruleSet: RuleSet
  readonly problems: readonly Problem[]
  readonly shelf: RuleShelf<RuleBook>
  readonly breaker: Breaker
  /** Compiles the rules' patterns ahead of the first batch; stops between two lists when aborted. */
  readonly warmUp: (lanes: readonly EngineLane[], signal: AbortSignal) => Promise<void>
  /** Judges the rows of a batch; what it returns is recorded with the batch. */
  readonly judgeBatch: (rows: Rows) => Promise<Judged>
  /**
   * Reads the folders again and puts the rules to use once their patterns are compiled; until then, and when it fails, the
   * old ones stay. One call at a time.
   */
  readonly reload: (lane: EngineLane, signal: AbortSignal) => Promise<RuleChanges>
  /** Whether the rules are to be read again although no file changed: a filter has ended. */
  readonly isOutOfDate: () => boolean
  readonly counts: () => RuleCounts
  readonly listRules: (stores: Stores) => Promise<readonly Rule[]>
  readonly getRule: (stores: Stores, id: string) => Promise<RuleDetail>
}

/** Loads and compiles. Rules that cannot be used are listed with the reason; they never stop the others. */
export function openDetection(options: DetectionOptions): Detection {
  const { clock } = options
  const today = () => new Date(clock.nowMs()).toISOString().slice(0, 10)
  const shelf = new RuleShelf(atOnce(bookSteps({ ...options, today: today() })))
  const breaker = new Breaker()
  const listing = ({ events, records }: Stores): RuleListing => {
    const nowMs = clock.nowMs()
    const isFlooding = (rule: string) => breaker.isOpen(rule, nowMs)
    const ownName = (file: string) => nameInFolder(options.ownFolder ?? '', file)
    return {
      book: shelf.current,
      records,
      lane: events.ask,
      nowMs,
      isFlooding,
      ownName,
    }
  }
  return {
    get ruleSet() {
      return shelf.current.ruleSet
    },
    get problems() {
      return shelf.current.problems
    },
    shelf,
    breaker,
    warmUp: (lanes, signal) => shelf.use(({ ruleSet }) => warmUp(lanes, ruleSet, signal)),
    judgeBatch: (rows) => shelf.use((book) => judgeBatch(rows, { book, breaker, clock })),
    reload: async (lane, signal) => {
      const before = shelf.current
      const next = await gently(bookSteps({ ...options, today: today(), before }), signal)
      await warmUp([lane], next.ruleSet, signal)
      await shelf.replace(next, (old) => dropUnused(lane, old, shelf))
      const changes = changesOf(before, next)
      for (const rule of changes.touched) breaker.forget(rule)
      return changes
    },
    isOutOfDate: () => isOutOfDate(shelf.current, today()),
    counts: () => countRules(shelf.current, (rule) => breaker.isOpen(rule, clock.nowMs())),
    listRules: (stores) => listRules(listing(stores)),
    getRule: (stores, id) => getRule(listing(stores), id),
  }
}

/** Two books that ask the same patterns share one table of them. One that stays by mistake costs a little memory. */
async function dropUnused(
  lane: EngineLane,
  old: RuleBook,
  shelf: RuleShelf<RuleBook>,
): Promise<void> {
  const { table } = old.ruleSet
  if (patternTable(table) !== patternTable(shelf.current.ruleSet.table))
    await dropPatterns(lane, table).catch(() => undefined)
}

type Judging = { readonly book: RuleBook; readonly breaker: Breaker; readonly clock: Clock }

async function judgeBatch(
  { lane, table, batch, again }: Rows,
  { book, breaker, clock }: Judging,
): Promise<Judged> {
  const startMs = clock.nowMs()
  const feed = feedOf(book.feeding, { id: batch, nowMs: startMs })
  const all = await judge({
    lane,
    table,
    ruleSet: book.ruleSet,
    isLeftOut: (rule) => breaker.isOpen(rule, startMs),
    meter: book.costs,
    feed,
  })
  const findings = breaker.pass(all, startMs)
  await insertFindings(lane, findings, { token: `${batch}:findings`, nowMs: startMs, again })
  return {
    findings: findings.length,
    record: async (transaction) => {
      await raiseAlerts(transaction, findings, { rules: book.facts, nowMs: clock.nowMs() })
      if (feed.hasTaken()) await recordFeed(transaction, { id: batch, nowMs: startMs })
    },
  }
}

function countRules(
  { ruleSet, problems }: RuleBook,
  isFlooding: (rule: string) => boolean,
): RuleCounts {
  const { active, refused, noRoute } = ruleSet
  const breaker = active.filter(({ id }) => isFlooding(id)).length
  return {
    active: active.length - breaker,
    refused: refused.length + noRoute.length + problems.length,
    breaker,
  }
}
