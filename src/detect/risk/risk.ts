// The station's budget of alerts: looks at what was found soon after it was, and tells the hours that are rarer than the
// budget allows, each once. Findings of dangerous rules are told whatever the budget is.

import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { Finding, Severity } from '../../model/index.ts'
import type { RecordsTransaction, Store } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import { raiseAlerts } from '../alerts/index.ts'
import type { RuleFacts } from '../alerts/index.ts'
import { knownSpellings } from '../entity/known-names.ts'
import type { Spellings } from '../entity/spellings.ts'
import { rareHours } from './budget.ts'
import type { RareHour } from './budget.ts'
import { HISTORY_MS, foundHours } from './entity-hours.ts'
import type { FoundHour } from './entity-hours.ts'
import { joinHours } from './join-hours.ts'
import { standingOf } from './standing.ts'
import { prevalenceOf, weigh } from './weigh.ts'
import type { Contribution } from './weigh.ts'

/** What alerts of rare hours carry in place of a rule's id. */
export const RARE_HOUR = 'vigie-rare-hour'

export type RiskOptions = {
  readonly store: Pick<Store, 'events' | 'records'>
  /** What is known of each rule now. */
  readonly facts: () => ReadonlyMap<string, RuleFacts>
  readonly clock: Clock
  readonly alertsADay: number
  readonly onTold: () => void
  readonly onTrouble: (cause: unknown) => void
}

export type Risk = {
  /** Something was found: it is looked at soon. */
  readonly nudge: () => void
  /** Looks now. Returns how many hours were told. */
  readonly look: () => Promise<number>
  readonly close: () => Promise<void>
}

/** Findings of many batches are looked at together. */
const SOON_MS = 5000
/** Runs over history and searches for indicators find as well, and tell nobody here. */
const AGAIN_MS = 10 * MINUTE_MS
/** Older hours are history: they say what is usual, and are told no more. */
const NEWS_MS = DAY_MS

export function openRisk(options: RiskOptions): Risk {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> = Promise.resolve()
  let isClosed = false
  const spellings = rememberedSpellings(options)
  const lookNow = () => look(options, spellings)
  const run = () => {
    timer = undefined
    running = lookNow().catch(options.onTrouble)
  }
  const nudge = () => {
    if (!isClosed) timer ??= setTimeout(run, SOON_MS)
  }
  nudge()
  const again = setInterval(nudge, AGAIN_MS)
  again.unref()
  return {
    nudge,
    look: lookNow,
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      clearInterval(again)
      await running
    },
  }
}

/** Names change by the hour, and what is found is looked at every few seconds. */
const REMEMBERED_MS = MINUTE_MS

function rememberedSpellings({
  store,
}: Pick<RiskOptions, 'store'>): (nowMs: number) => Promise<Spellings> {
  let last: { readonly atMs: number; readonly spellings: Spellings } | undefined
  return async (nowMs) => {
    if (last === undefined || Math.abs(nowMs - last.atMs) >= REMEMBERED_MS)
      last = { atMs: nowMs, spellings: await knownSpellings(store.events.ask, nowMs) }
    return last.spellings
  }
}

async function look(
  { store, facts, clock, alertsADay, onTold }: RiskOptions,
  spellingsAt: (nowMs: number) => Promise<Spellings>,
): Promise<number> {
  const nowMs = clock.nowMs()
  const found = await foundHours(store.events.ask, nowMs)
  const hours = joinHours(found, await spellingsAt(nowMs))
  const known = facts()
  const first = await store.records
    .selectFrom('sources')
    .select(({ fn }) => fn.min('first_seen').as('seen'))
    .executeTakeFirst()
  const told = toTell(hours, {
    known,
    alertsADay,
    sinceHour: (nowMs - NEWS_MS) / HOUR_MS,
    watchedSinceHour: watchedSince(first?.seen?.getTime() ?? nowMs, nowMs),
  })
  let count = 0
  for (const one of told) {
    const isNews = await store.records
      .transaction()
      .execute((transaction) => tell(transaction, one, { known, nowMs }))
    if (isNews) count += 1
  }
  if (count > 0) onTold()
  return count
}

/** The hour from which days are counted: the first, or as many whole days after it that the history begins later. */
export function watchedSince(firstMs: number, nowMs: number): number {
  const daysGone = Math.max(0, Math.ceil((nowMs - HISTORY_MS - firstMs) / DAY_MS))
  return Math.floor(firstMs / HOUR_MS) + daysGone * (DAY_MS / HOUR_MS)
}

type Told = {
  readonly found: FoundHour
  readonly contributions: readonly Contribution[]
  /** Rules that found something on it close to the hour. */
  readonly beside: readonly string[]
  readonly score: number
  /** Null for what is dangerous by itself. */
  readonly p: number | null
  readonly calibration: number
}

type Telling = {
  readonly known: ReadonlyMap<string, RuleFacts>
  readonly alertsADay: number
  readonly sinceHour: number
  readonly watchedSinceHour: number
}

/** Rare hours, and those of dangerous rules, of late. */
export function toTell(
  hours: readonly FoundHour[],
  { known, alertsADay, sinceHour, watchedSinceHour }: Telling,
): readonly Told[] {
  const standing = standingOf(known)
  const rare = new Map(
    rareHours(hours, { hoursADay: alertsADay, sinceHour, watchedSinceHour, standing }).map(
      (hour) => [keyOf(hour), hour],
    ),
  )
  const usual = prevalenceOf(hours)
  const isDangerous = (rule: string) => known.get(rule)?.severity === 'critical'
  return hours
    .filter(({ hour }) => hour >= sinceHour)
    .flatMap((found): readonly Told[] => {
      const hour = rare.get(keyOf(found))
      if (hour !== undefined) return [{ ...hour, found }]
      if (!found.rules.some(isDangerous)) return []
      const contributions = weigh(found, usual, standing)
      return [{ found, contributions, beside: [], score: 0, p: null, calibration: hours.length }]
    })
}

function keyOf({ entity, hour }: Pick<RareHour, 'entity' | 'hour'>): string {
  return `${hour} ${entity}`
}

/** Once for each hour; false when it was told before. */
async function tell(
  transaction: RecordsTransaction,
  told: Told,
  { known, nowMs }: { readonly known: Telling['known']; readonly nowMs: number },
): Promise<boolean> {
  const { found, score, p, calibration } = told
  const added = await transaction
    .insertInto('risk_hours')
    .values({
      entity_kind: found.entityKind,
      entity: found.name,
      hour: new Date(found.hour * HOUR_MS),
      score,
      p,
      calibration,
      told: new Date(nowMs),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('hour')
    .executeTakeFirst()
  if (added === undefined) return false
  const facts = factsOf(told, known)
  await raiseAlerts(transaction, [findingOf(told, facts)], {
    rules: new Map([[RARE_HOUR, facts]]),
    nowMs,
  })
  return true
}

const SEVERITY_OF_RARE: Severity = 'high'

function factsOf({ found, contributions, beside, p }: Told, known: Telling['known']): RuleFacts {
  const met = heavy(contributions).flatMap(({ rule }) => known.get(rule) ?? [])
  const isCritical = met.some(({ severity }) => severity === 'critical')
  const of = p === null ? null : Math.round(1 / p)
  const why = (language: 'en' | 'fr') =>
    wordsOf(language).detect.rareHour.why({
      kind: found.entityKind,
      entity: found.name,
      titles: met.map(({ title }) => title[language]),
      beside: beside.flatMap((rule) => known.get(rule)?.title[language] ?? []),
      of,
    })
  return {
    id: RARE_HOUR,
    title: {
      en: wordsOf('en').detect.rareHour.title,
      fr: wordsOf('fr').detect.rareHour.title,
    },
    severity: isCritical ? 'critical' : SEVERITY_OF_RARE,
    attack: [...new Set(met.flatMap(({ attack }) => attack))],
    author: '',
    reference: '',
    why: { en: why('en'), fr: why('fr') },
  }
}

/** Beside the heaviest, what weighs a tenth of it or less says nothing. */
function heavy(contributions: readonly Contribution[]): readonly Contribution[] {
  const most = contributions[0]?.weight ?? 0
  return contributions.filter(({ weight }) => weight >= most / 10)
}

/** The hour as something that was found on the entity, each rule a reason with its weight. */
function findingOf({ found, contributions }: Told, facts: RuleFacts): Finding {
  return {
    rule: RARE_HOUR,
    title: facts.title.en,
    severity: facts.severity,
    time: found.last,
    entityKind: found.entityKind,
    entity: found.name,
    batch: '',
    line: 0,
    reasons: heavy(contributions).map(({ rule, weight }) => ({
      selection: 'rare_hour',
      field: rule,
      value: weight.toFixed(1),
      pattern: '',
    })),
  }
}
