// What logs say about one change of a configuration: who made it, or that nobody did, or that they cannot tell.

import { HOUR_MS } from '../../core/index.ts'
import type { Actor, DeviceAct, TraceState } from '../../model/index.ts'

/** One device's logs around one change. */
export type Logs = {
  /** Of the time of the change, in their order. */
  readonly acts: readonly DeviceAct[]
  /** Hours (their beginnings) in which any line came, of that time and the week before. */
  readonly hours: ReadonlySet<number>
  /** What its lines tell at all, seen over months. */
  readonly tells: ReadonlySet<DeviceAct['kind']>
}
export type Window = { readonly fromMs: number; readonly toMs: number }

export type Judged = {
  readonly state: Exclude<TraceState, 'pending'>
  readonly gap: Window | null
}

/** Acts that stand there are told whatever else is missing. */
export function judgeTrace({ acts, hours, tells }: Logs, window: Window): Judged {
  if (acts.length > 0) return { state: 'found', gap: null }
  const here = hoursOf(window)
  if (!here.some((hour) => hours.has(hour))) return { state: 'silent', gap: null }
  if (tells.size === 0) return { state: 'untold', gap: null }
  const gap = longestGap(here, hours)
  const usual = usualGap(hours, here[0] ?? 0)
  // Two hours without a line happen in any small town at night; more than ever before is silence.
  if (gap.length > Math.max(LEAST_GAP, usual))
    return { state: 'gap', gap: { fromMs: gap[0] ?? 0, toMs: (gap.at(-1) ?? 0) + HOUR_MS } }
  return { state: 'none', gap: null }
}

const LEAST_GAP = 2

function hoursOf({ fromMs, toMs }: Window): readonly number[] {
  const first = Math.floor(fromMs / HOUR_MS) * HOUR_MS
  const count = Math.max(1, Math.ceil((toMs - first) / HOUR_MS))
  return Array.from({ length: count }, (_, at) => first + at * HOUR_MS)
}

function longestGap(all: readonly number[], hours: ReadonlySet<number>): readonly number[] {
  let longest: readonly number[] = []
  let now: number[] = []
  for (const hour of all) {
    if (hours.has(hour)) now = []
    else now.push(hour)
    if (now.length > longest.length) longest = now
  }
  return longest
}

/** In hours, of the time before: between the first line that is known and the change. */
function usualGap(hours: ReadonlySet<number>, before: number): number {
  const earlier = [...hours].filter((hour) => hour < before)
  if (earlier.length === 0) return 0
  const fromMs = Math.min(...earlier)
  return longestGap(hoursOf({ fromMs, toMs: Math.max(...earlier) }), hours).length
}

/** Who acted, the one with most commands first. */
export function actorsOf(acts: readonly DeviceAct[]): readonly Actor[] {
  const groups = Map.groupBy(acts, ({ who, from }) => JSON.stringify([who, from]))
  const actors = [...groups.values()].flatMap((all) => {
    const [first] = all
    const last = all.at(-1)
    if (first === undefined || last === undefined) return []
    const logins = all.filter(({ kind }) => kind === 'login').length
    return {
      who: first.who,
      from: first.from,
      logins,
      commands: all.length - logins,
      first: first.at,
      last: last.at,
    }
  })
  return actors.toSorted((a, b) => b.commands - a.commands || (a.first < b.first ? -1 : 1))
}

/** A command that a device tells twice, once with the address, is one. */
export function withoutTwins(acts: readonly DeviceAct[]): readonly DeviceAct[] {
  const told = new Map<string, number>()
  for (const { text, from, at } of acts)
    if (from !== '' && text !== '') told.set(text, Date.parse(at))
  return acts.filter(({ text, from, at, kind }) => {
    if (from !== '' || kind === 'login' || text === '') return true
    const twin = told.get(text)
    return twin === undefined || Math.abs(twin - Date.parse(at)) > TWIN_MS
  })
}

const TWIN_MS = 5000
