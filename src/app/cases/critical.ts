// Every few seconds: alerts on what is watched first start their clocks, steps of the ladder that are due go out, silent sources
// are told. Once an hour: which sources speak of whom, and who else should be watched.

import { sql } from 'kysely'
import { DAY_MS, HOUR_MS, SECOND_MS, reasonOf } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import {
  calendarOf,
  confirmedNames,
  keepSeenSources,
  noteFailed,
  noteSent,
  proposeCritical,
  readHolidays,
  readOfficeHours,
  silentSources,
  takeDue,
  watchCritical,
} from '../../identity/index.ts'
import type { ToSend } from '../../identity/index.ts'
import { PermanentRefusal } from '../../share/index.ts'
import { sql as eventSql } from '../../store/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Language } from '../../words/index.ts'
import { CONTENT } from '../content.ts'
import type { Core } from '../core.ts'
import { raiseOwn } from '../own-alert.ts'
import type { OwnAlert } from '../own-alert.ts'
import type { Tell } from '../sharing/notices.ts'

/** C1 has a quarter of an hour: what a look costs is three questions of indexed tables. */
const EVERY_MS = 10 * SECOND_MS

export type WatchOptions = {
  readonly core: Core
  readonly clock: Clock
  readonly language: Language
  readonly tell: Tell
  readonly onNote: (sentence: string) => void
  readonly onTrouble: (cause: unknown) => void
}

export function startCriticalWatch(options: WatchOptions): { readonly close: () => Promise<void> } {
  const told = new Set<string>()
  let lastLearnt = 0
  let running: Promise<void> = Promise.resolve()
  const round = async () => {
    await watch(options, told)
    await sendCalls(options)
    if (options.clock.nowMs() - lastLearnt < HOUR_MS) return
    lastLearnt = options.clock.nowMs()
    await proposeCritical(options.core.store.records, lastLearnt)
    await learnSources(options)
  }
  const run = () => {
    running = running.then(round).catch(options.onTrouble)
  }
  run()
  const timer = setInterval(run, EVERY_MS)
  timer.unref()
  return {
    close: async () => {
      clearInterval(timer)
      await running
    },
  }
}

async function watch(
  { core, clock, language, onNote }: WatchOptions,
  told: Set<string>,
): Promise<void> {
  const { records } = core.store
  const say = wordsOf(language).identity.critical
  const nowMs = clock.nowMs()
  const calendar = calendarOf(await readOfficeHours(records), readHolidays(CONTENT.holidays), nowMs)
  const calls = await watchCritical(records, nowMs, calendar)
  for (const { name, rung } of calls) onNote(say.call(rung.who, rung.how, name))
  if (calls.length > 0) core.live.alertsChanged()
  const silent = new Set(await silentSources(records, nowMs - DAY_MS))
  for (const source of silent) if (!told.has(source)) onNote(say.silent(source))
  await tellSilent(core, [...silent], nowMs)
  told.clear()
  for (const source of silent) told.add(source)
}

type Sending = Pick<WatchOptions, 'clock' | 'language' | 'tell' | 'onNote'> & {
  readonly core: { readonly store: Pick<Core['store'], 'records'> }
}

/** What is due goes out; what cannot go becomes a call that somebody has to make. */
export async function sendCalls({ core, clock, language, tell, onNote }: Sending): Promise<void> {
  const { records } = core.store
  const say = wordsOf(language).identity.critical
  for (const one of await takeDue(records, clock.nowMs())) {
    try {
      await sendOne(one, tell, language)
      await noteSent(records, one.id, clock.nowMs())
    } catch (cause) {
      const isFinal = cause instanceof PermanentRefusal || isNoChannel(cause)
      const problem = reasonOf(cause)
      const became = await noteFailed(records, {
        id: one.id,
        problem,
        isFinal,
        nowMs: clock.nowMs(),
      })
      if (became) onNote(say.notSent(one.who, one.target, problem))
    }
  }
}

class NoChannel extends Error {}
const isNoChannel = (cause: unknown): boolean => cause instanceof NoChannel

/** The name of the item and the title of the alert go out, and nothing of what was seen. */
async function sendOne(one: ToSend, tell: Tell, language: Language): Promise<void> {
  const { message } = wordsOf(language).identity.critical
  const about = { ...one, title: one.title[language] }
  const [subject, text] = [message.subject(about), message.text(about)]
  const id = `critical-${one.id}`
  if (one.channel === 'webhook') {
    const { band, item, alert, title, acknowledgeBy, who } = one
    const content = { id, band, item, alert, title, acknowledgeBy, who, text }
    return tell.webhook({ id, target: one.target, content })
  }
  if (tell.mail === undefined) throw new NoChannel(wordsOf(language).identity.critical.noMailServer)
  return tell.mail({ id, to: one.target, subject, text, language })
}

const LEARNT_DAYS = 14
/** A source that spoke of somebody on fewer days may never do so again. */
const ENOUGH_DAYS = 3
const MOST_SOURCES = 5

/** Sources that speak of confirmed items: they are watched for silence without anybody naming them. */
async function learnSources({ core, clock }: WatchOptions): Promise<void> {
  const { records, events } = core.store
  const items = await confirmedNames(records)
  if (items.length === 0) return
  const names = [...new Set(items.flatMap(({ name }) => formsOf(name)))]
  const since = Math.floor((clock.nowMs() - LEARNT_DAYS * DAY_MS) / 1000)
  const { rows } = await events.ask.query<{ name: string; sources: readonly string[] }>(
    eventSql`SELECT name, arraySlice(groupArray(source), 1, ${MOST_SOURCES}) AS sources FROM (
      SELECT name, source, count() AS lines FROM (
        SELECT arrayJoin(arrayDistinct([lower(user_name), lower(actor_user), lower(toString(device_name))])) AS name, toString(source) AS source, toDate(time) AS day
        FROM events WHERE time > toDateTime64(${since}, 3, 'UTC'))
      WHERE name IN (SELECT arrayJoin(JSONExtract(${JSON.stringify(names)}, 'Array(String)')))
      GROUP BY name, source HAVING uniqExact(day) >= ${ENOUGH_DAYS} ORDER BY lines DESC) GROUP BY name`,
    { settings: { max_threads: 1, max_execution_time: 60, max_memory_usage: 1_000_000_000 } },
  )
  const seen = new Map(rows.map(({ name, sources }) => [name, sources]))
  for (const { id, name } of items) {
    const sources = [...new Set(formsOf(name).flatMap((form) => seen.get(form) ?? []))]
    if (sources.length > 0) await keepSeenSources(records, id, sources)
  }
}

/** As logs write it: whole, without its domain, without the rest of a host's name. */
function formsOf(name: string): readonly string[] {
  const whole = name.toLowerCase()
  return [whole, whole.split('@')[0] ?? '', whole.split('.')[0] ?? ''].filter((form) => form !== '')
}

export const SILENT_SOURCE_RULE = 'vigie:critical-source-silent'
/** A silence is one alert, however often the station starts; heard again and silent again, it is another. */
export async function tellSilent(
  {
    store: { records },
    live,
  }: {
    readonly store: Pick<Core['store'], 'records'>
    readonly live: Pick<Core['live'], 'alertsChanged'>
  },
  sources: readonly string[],
  nowMs: number,
): Promise<void> {
  for (const source of sources) {
    const { rows } = await sql`
      SELECT 1 FROM alerts a LEFT JOIN sources s ON s.name = a.entity
      WHERE a.rule = ${SILENT_SOURCE_RULE} AND a.entity = ${source} AND (s.last_seen IS NULL OR a.last_seen > s.last_seen)`.execute(
      records,
    )
    if (rows.length > 0) continue
    await raiseOwn(records, silentAlert(source), nowMs)
    live.alertsChanged()
  }
}

function silentAlert(source: string): OwnAlert {
  return {
    id: SILENT_SOURCE_RULE,
    severity: 'high',
    // Impair Defenses: Disable or Modify Tools.
    attack: ['attack.t1562.001'],
    say: (language) => {
      const say = wordsOf(language).identity.critical
      return { title: say.silentTitle, why: say.silent(source) }
    },
    entityKind: 'source',
    entity: source,
    reason: { selection: 'critical', field: 'source', value: source },
  }
}
