// Rounds of a station: when its configurations or zones changed, and now and then for what was seen, everything is judged anew,
// kept, and what is news rings.

import { reasonOf } from '../../core/index.ts'
import type { Clock } from '../../core/index.ts'
import type { EventEngine, Records, RecordsTransaction } from '../../store/index.ts'
import type { AuditAlerts } from '../records/alerts.ts'
import type { Borders } from './borders.ts'
import { gather, inputsOf } from './gather-network.ts'
import type { Given } from './gather-network.ts'
import type { Round, RoundAsk } from './judge-round.ts'
import { keepFailure, keepRound, newestRound } from './keep-round.ts'
import { namesOf, zonesThatStand } from './keep-zones.ts'
import { seenBetween } from './seen-days.ts'
import type { Seen } from './seen-days.ts'
import { openedAlerts, seenAlerts, stateAlerts } from './segment-alerts.ts'

export type RoundsParts = {
  readonly records: Records
  readonly events: EventEngine
  readonly clock: Clock
  /** Ports of the catalogue, and those of field protocols. */
  readonly ports: () => { readonly all: readonly number[]; readonly field: readonly number[] }
  /** Judges beside the station; fails where it takes too long or too much. */
  readonly judge: (
    ask: RoundAsk,
    seen: (borders: Borders) => Promise<Seen | null>,
    signal: AbortSignal | undefined,
  ) => Promise<Round>
  readonly raise: (
    transaction: RecordsTransaction,
    alerts: AuditAlerts,
    nowMs: number,
  ) => Promise<void>
}

/** A round that took no longer is made again every hour; else once a day, or when something changed. */
const QUICK_MS = 30_000

/** Whether there was anything to judge. */
export async function lookAround(parts: RoundsParts, signal?: AbortSignal): Promise<boolean> {
  const { records, clock } = parts
  const zones = await zonesThatStand(records)
  if (zones === null) return false
  const nowMs = clock.nowMs()
  const before = await newestRound(records)
  const isQuick = before === null || before.tookMs < QUICK_MS
  const at = new Date(nowMs).toISOString()
  const { inputs: judged, versions } = await inputsOf(records, zones.version)
  // Conduits end with a day, and what is seen grows with every hour.
  const inputs = `${judged} ${at.slice(0, isQuick ? 13 : 10)}`
  if (before?.inputs === inputs || versions.length === 0) return false
  const given = await gather(records, versions, nowMs)
  const { ports } = parts
  const filtersSinceMs = Math.max(...given.devices.map(({ receivedMs }) => receivedMs))
  const seen = (borders: Borders) =>
    seenBetween(borders, {
      records,
      events: parts.events,
      nowMs,
      filtersSinceMs,
      ports: ports().all,
      fieldPorts: ports().field,
      ...(signal === undefined ? {} : { signal }),
    }).catch((cause: unknown) => {
      // A day with more than the engine puts together in its limits: verdicts are made, and nothing is said of what was seen.
      if (signal?.aborted === true) throw cause
      return null
    })
  const kept = { inputs, zones: zones.version, nowMs }
  try {
    const ask = { ...given, zones: zones.text, today: at.slice(0, 10) }
    const round = await parts.judge(ask, seen, signal)
    const tookMs = clock.nowMs() - nowMs
    await records.transaction().execute(async (transaction) => {
      await keepRound(transaction, round, { ...kept, tookMs })
      for (const alerts of ringing(round, {
        given,
        before,
        zones: zones.version,
        text: zones.text,
        nowMs,
      }))
        await parts.raise(transaction, alerts, nowMs)
    })
  } catch (cause) {
    const tookMs = clock.nowMs() - nowMs
    if (signal?.aborted !== true) await keepFailure(records, reasonOf(cause), { ...kept, tookMs })
    throw cause
  }
  return true
}

type News = {
  readonly given: Given
  readonly before: Awaited<ReturnType<typeof newestRound>>
  readonly zones: number
  readonly text: string
  readonly nowMs: number
}

function ringing(
  round: Round,
  { given, before, zones, text, nowMs }: News,
): readonly AuditAlerts[] {
  const names = namesOf(text)
  const opened = given.changes.map((change) => {
    const openings = round.openings.find(({ diff }) => diff === change.diff)?.openings ?? []
    return { change, openings }
  })
  const told = new Set(opened.flatMap((one) => one.openings.map(({ from, to }) => `${from} ${to}`)))
  const isKnown = new Set(
    before?.result?.findings.map(({ kind, from, to }) => `${kind} ${from} ${to}`),
  )
  const news = round.findings.filter(({ kind, from, to }) => !isKnown.has(`${kind} ${from} ${to}`))
  // Who confirms zones has the verdicts in sight.
  const isSame = before !== null && before.zones === zones && before.result !== null
  return [
    ...opened.map(({ change, openings }) =>
      openedAlerts({ ...change, openings }, { names, isExpected: change.isExpected }),
    ),
    ...seenAlerts(news, round.flows, { names, nowMs }),
    ...(isSame
      ? stateAlerts(
          news.filter(({ from, to }) => !told.has(`${from} ${to}`)),
          { pairs: round.pairs, names, nowMs },
        )
      : []),
  ]
}
