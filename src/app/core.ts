// What `up` and `scan` share: stores, rules and the way in, opened and closed together.

import { existsSync, mkdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fieldsOf, openWayIn, readParsers, verbatimOf } from '../collect/index.ts'
import type { Parser, StoredBatch, WayIn } from '../collect/index.ts'
import { dataFolders } from '../core/index.ts'
import type { Clock, Settings } from '../core/index.ts'
import {
  openAnalytics,
  openCorrelations,
  openDetection,
  openIndicators,
  openRisk,
  readAnalytics,
} from '../detect/index.ts'
import type { Analytics, Correlations, Detection, Indicators, Risk } from '../detect/index.ts'
import { recordDigest } from '../evidence/index.ts'
import type { FieldsOf, VerbatimOf } from '../model/index.ts'
import { openStore } from '../store/index.ts'
import type { Store } from '../store/index.ts'
import { CONTENT } from './content.ts'
import { HubChecks } from './devices/hub-checks.ts'
import { LiveCounts } from './live.ts'

/** Rules that come with Vigie, the station's own, and those of further folders. */
export function ruleFolders({ data, rules }: Settings): readonly string[] {
  const { rules: own, hubRules } = dataFolders(data)
  // An id stands for the first rule that has it: what others wrote comes last.
  const ofHubs = existsSync(hubRules) ? [hubRules] : []
  return [CONTENT.rules, ...(existsSync(own) ? [own] : []), ...rules, ...ofHubs]
}

/** The parts of a station that `up` and `scan` share. */
export type Core = {
  readonly store: Store
  readonly detection: Detection
  readonly correlations: Correlations
  readonly indicators: Indicators
  /** Of a station that goes on; what is scanned has no day before. */
  readonly analytics: Analytics | undefined
  readonly risk: Risk | undefined
  /** Checks of configurations that hubs sent and that are in use. */
  readonly hubChecks: HubChecks
  readonly wayIn: WayIn
  readonly parsers: readonly string[]
  readonly fields: FieldsOf
  readonly verbatim: VerbatimOf
  readonly live: LiveCounts
  /** Resolves when the patterns of all rules are compiled, or cannot be. */
  readonly warmed: Promise<void>
  readonly close: () => Promise<void>
}

export type CoreOptions = {
  readonly settings: Settings
  readonly clock: Clock
  /** Clock of those who look over what is stored; `clock` where absent. An exercise lets them look once the lines of an hour are all there. */
  readonly lookClock?: Clock
  /** Sync to disk before acknowledging. */
  readonly durable: boolean
  readonly onTrouble: (cause: unknown) => void
  readonly onStored?: (stored: StoredBatch) => void
}

/** Opens stores, rules and the way in. What an earlier run left in the spool is being stored when this resolves. */
export async function openCore(options: CoreOptions): Promise<Core> {
  const { settings, clock, lookClock = clock, durable, onTrouble } = options
  const folders = dataFolders(settings.data)
  if (durable)
    for (const own of [folders.rules, folders.hubRules]) mkdirSync(own, { recursive: true })
  const parsers = readParsers(CONTENT.parsers, onTrouble)
  const detection = openDetection({
    folders: ruleFolders(settings),
    ownFolder: folders.rules,
    logsourcesFile: CONTENT.logsources,
    clock,
  })
  const store = await openStore(settings)
  const { warnings } = CONTENT
  const indicators = await openIndicators({ store, clock, warnings, folder: settings.data })
  const fieldsNamed = fieldsOf(parsers)
  const live = await LiveCounts.open(store.records, clock)
  const onFound = () => {
    live.alertsChanged()
    risk?.nudge()
  }
  const finder = { clock: lookClock, onTrouble, onFound }
  const correlations = correlationsOf({ store, detection }, finder)
  const analytics = durable ? analyticsOf(store, finder) : undefined
  const risk: Risk | undefined = durable
    ? riskOf({ store, detection, live, analytics }, { ...options, clock: lookClock })
    : undefined
  const wayIn = await wayInOf(
    { store, detection, correlations, indicators, live, risk, parsers },
    options,
  )
  const warming = durable ? warmRules({ store, detection }, onTrouble) : undefined
  return {
    store,
    detection,
    correlations,
    indicators,
    analytics,
    risk,
    hubChecks: new HubChecks(),
    wayIn,
    live,
    warmed: warming?.ended ?? Promise.resolve(),
    parsers: [...new Set(parsers.map(({ name }) => name))],
    fields: (names = live.parsers) => fieldsNamed(names),
    verbatim: verbatimOf(parsers),
    close: () => closeAll([warming, wayIn, analytics, risk, correlations, store]),
  }
}

/** What those who find over stored events share. */
type FinderOptions = Pick<CoreOptions, 'clock' | 'onTrouble'> & { readonly onFound: () => void }

function correlationsOf(
  { store, detection }: Pick<Core, 'store' | 'detection'>,
  finder: FinderOptions,
): Correlations {
  const { shelf, breaker } = detection
  return openCorrelations({ store, shelf, breaker, ...finder })
}

type WayInParts = Pick<
  Core,
  'store' | 'detection' | 'correlations' | 'indicators' | 'live' | 'risk'
> & { readonly parsers: readonly Parser[] }

function wayInOf(
  { store, detection, correlations, indicators, live, risk, parsers }: WayInParts,
  { settings, clock, durable, onTrouble, onStored }: CoreOptions,
): Promise<WayIn> {
  const folders = dataFolders(settings.data)
  return openWayIn({
    store,
    parsers,
    parserFolder: CONTENT.parsers,
    spoolFolder: folders.spool,
    quarantineFolder: folders.quarantine,
    zone: settings.zone,
    clock,
    owner: 'station',
    // A scan keeps nothing that anybody could rewrite later.
    readers: [detection.judgeBatch, indicators.judgeBatch, ...(durable ? [recordDigest] : [])],
    forced: () => live.forced,
    onTrouble,
    onStored: (stored, segment) => {
      live.stored(stored, segment.id)
      correlations.nudge()
      if (stored.findings > 0) risk?.nudge()
      onStored?.(stored)
    },
    spool: durable ? {} : SCAN_SPOOL,
  })
}

/** Asked between other work: the engine's lanes for questions are apart from those for lines. */
function analyticsOf(store: Store, finder: FinderOptions): Analytics {
  const analytics = readAnalytics(CONTENT.analytics, finder.onTrouble)
  return openAnalytics({ store, analytics, ...finder })
}

function riskOf(
  { store, detection, live, analytics }: Pick<Core, 'store' | 'detection' | 'live' | 'analytics'>,
  { settings, clock, onTrouble }: CoreOptions,
): Risk {
  return openRisk({
    store,
    clock,
    onTrouble,
    alertsADay: settings.alertsADay,
    facts: () => new Map([...detection.shelf.current.facts, ...(analytics?.facts ?? [])]),
    onTold: () => live.alertsChanged(),
  })
}

type Closing = { readonly close: () => Promise<void> } | undefined

async function closeAll(parts: readonly Closing[]): Promise<void> {
  for (const part of parts) await part?.close()
}

/** A scan's input is still there after a crash: no syncing, large batches, little waiting on disk. */
const SCAN_SPOOL = {
  durable: false,
  segmentMs: 10_000,
  maxWaitingBytes: 256 * 1024 * 1024,
} as const

/** What stands between a start and the first line has the processors before. */
const WARM_AFTER_MS = 1000

/** Compiles ahead of the first lines, so that they do not wait for it. */
function warmRules(
  { store, detection }: Pick<Core, 'store' | 'detection'>,
  onTrouble: (cause: unknown) => void,
): { readonly ended: Promise<void>; readonly close: () => Promise<void> } {
  const stop = new AbortController()
  const { signal } = stop
  const warm = async () => {
    await sleep(WARM_AFTER_MS, undefined, { signal })
    await detection.warmUp(store.events.intake, signal)
  }
  const ended = warm().catch((cause: unknown) => {
    if (!signal.aborted) onTrouble(cause)
  })
  return {
    ended,
    close: async () => {
      stop.abort()
      await ended
    },
  }
}
