// Exposure of one station: scans and knowledge come in, what to fix by when goes out.

import { createHash } from 'node:crypto'
import type { Clock } from '../core/index.ts'
import type {
  AssetChange,
  ExceptionAsk,
  Exposure,
  KnowledgeLoaded,
  ScanAsk,
  ScanImported,
} from '../model/index.ts'
import type { RecordsTransaction, Store } from '../store/index.ts'
import { wordsOf } from '../words/index.ts'
import { changeAsset, forgetMoved, getAsset, mergeAssets, unmergeAsset } from './assets/assets.ts'
import { assetsOfConfigurations } from './assets/from-configurations.ts'
import { assetsOfEvents } from './assets/from-events.ts'
import { leasesOfEvents, writeLeases } from './assets/from-leases.ts'
import { hostResolver } from './assets/resolve-hosts.ts'
import type { Scope } from './exposures/estate.ts'
import { makeException, revokeException } from './exposures/exceptions.ts'
import { exposuresOf } from './exposures/list.ts'
import { recompute } from './exposures/recompute.ts'
import type { PairName, Recomputed } from './exposures/recompute.ts'
import { importScan } from './imports/import-scan.ts'
import { writeSeen } from './imports/write-seen.ts'
import type { Loaded } from './knowledge/knowledge.ts'
import { writeKnowledge } from './knowledge/load-knowledge.ts'
import type { LoadWritten } from './knowledge/load-knowledge.ts'
import { readKnowledge } from './knowledge/read-knowledge.ts'
import { reading } from './read.ts'

export type TriageNeeded = PairName

export type ExposureOptions = {
  readonly store: Pick<Store, 'records'> & Partial<Pick<Store, 'events'>>
  readonly clock: Clock
  /** After each transaction that newly asks for forensic triage. */
  readonly onTriage?: (needed: readonly TriageNeeded[]) => void
  /** Newly open, exploited and exposed. Inside the transaction that writes them, so that each is told once. */
  readonly onUrgent?: Told
  /** The table asks for forensic triage: whoever keeps cases opens one, inside the same transaction. */
  readonly onTriageAsked?: Told
}
type Told = (transaction: RecordsTransaction, exposures: readonly Exposure[]) => Promise<void>

export type ExposureRoom = ReturnType<typeof openExposure>

export function openExposure(options: ExposureOptions) {
  const { store, clock, onTriage = () => {} } = options
  const { records } = store
  const nowMs = () => clock.nowMs()
  // One writer at a time: each works out what follows from the whole.
  const inTurn = oneAtATime()
  const write: Write = (work) => inTurn(() => records.transaction().execute(work))
  const follow: Rim['follow'] = async (work, scope) => {
    const followed = await recompute(work, scope, nowMs())
    const { onUrgent, onTriageAsked } = options
    for (const [pairs, told] of [
      [followed.urgent, onUrgent],
      [followed.triage, onTriageAsked],
    ] as const)
      if (pairs.length > 0) await told?.(work, await exposuresOf(work, pairs, nowMs()))
    return followed
  }
  const rim: Rim = { write, follow, nowMs, onTriage }
  return {
    importScan: scanImporter(rim),
    loadKnowledge: knowledgeLoader(rim),
    ...reading(records, nowMs),
    ...changing(rim),
    /** Takes in the devices that the event store saw; gives how many are new. */
    learnFromEvents: async (): Promise<number> => {
      if (store.events === undefined) return 0
      const seen = await assetsOfEvents(store.events.ask)
      const leases = await leasesOfEvents(store.events.ask)
      return write(async (work) => {
        const met = { source: 'events', nowMs: nowMs(), file: 'events' }
        const resolver = await hostResolver(work, met)
        for (const { host } of seen) resolver.resolve(host)
        await resolver.write(work)
        return resolver.newAssets() + (await writeLeases(work, leases, nowMs()))
      })
    },
    /** Takes in devices whose configurations came since the last time, with the versions they name; gives how many are new. */
    learnFromConfigurations: configurationLearner(rim),
    recompute: () => write((work) => follow(work, {})),
  }
}

type Write = <T>(work: (transaction: RecordsTransaction) => Promise<T>) => Promise<T>
type Rim = {
  readonly write: Write
  /** Works out what follows for a scope, and tells what is urgent. */
  readonly follow: (work: RecordsTransaction, scope: Scope) => Promise<Recomputed>
  readonly nowMs: () => number
  readonly onTriage: (needed: readonly TriageNeeded[]) => void
}

function configurationLearner({ write, follow, nowMs, onTriage }: Rim) {
  let since: number | undefined
  return async (): Promise<number> => {
    const startMs = nowMs()
    const { made, triage } = await write(async (work) => {
      const seen = await assetsOfConfigurations(work, since)
      if (seen.length === 0) return { made: 0, triage: [] }
      const { touched, newAssets } = await writeSeen(work, seen, { nowMs: nowMs() })
      const followed = touched.length === 0 ? NOTHING : await follow(work, { assets: touched })
      return { made: newAssets, triage: followed.triage }
    })
    since = startMs
    onTriage(triage)
    return made
  }
}

function scanImporter({ write, follow, nowMs, onTriage }: Rim) {
  return async (
    bytes: AsyncIterable<Uint8Array>,
    ask: ScanAsk,
    who: string,
  ): Promise<ScanImported> => {
    const startMs = performance.now()
    const { result, triage } = await write(async (work) => {
      const { touched, ...done } = await importScan(work, bytes, { nowMs: nowMs(), who, ask })
      const followed = touched.length === 0 ? NOTHING : await follow(work, { assets: touched })
      return { result: { ...done, ...countsOf(followed) }, triage: followed.triage }
    })
    onTriage(triage)
    return { ...result, seconds: secondsSince(startMs) }
  }
}

function knowledgeLoader({ write, follow, nowMs, onTriage }: Rim) {
  return async (
    bytes: AsyncIterable<Uint8Array>,
    file: string,
    who: string,
  ): Promise<readonly KnowledgeLoaded[]> => {
    const startMs = performance.now()
    const hash = createHash('sha256')
    const loaded = await readKnowledge({ file, bytes: hashed(bytes, hash) })
    const context = { nowMs: nowMs(), who, sha256: hash.digest('hex') }
    const done = await write(async (work) => {
      const all: { readonly one: KnowledgeLoaded; readonly triage: readonly TriageNeeded[] }[] = []
      for (const one of loaded) {
        const written = await writeKnowledge(work, one, context)
        const followed = await followOne(work, one, written)
        const more = { ...countsOf(followed), seconds: secondsSince(startMs) }
        all.push({ one: loadedOf(one, written, more), triage: followed.triage })
      }
      return all
    })
    onTriage(done.flatMap(({ triage }) => triage))
    return done.map(({ one }) => one)
  }

  function followOne(
    work: RecordsTransaction,
    { kind }: Loaded,
    { unchanged, touched }: LoadWritten,
  ) {
    // A likelihood changes the order of the list and no date.
    if (unchanged || kind === 'epss') return NOTHING
    const isWhole = kind === 'eol' || touched.length > MOST_NAMED
    return follow(work, isWhole ? {} : { vulnerabilities: touched })
  }
}

function changing({ write, follow, nowMs }: Rim) {
  const shown = async (work: RecordsTransaction, id: string, touched: readonly string[]) => {
    await follow(work, { assets: touched })
    return getAsset(work, id, nowMs())
  }
  return {
    changeAsset: (id: string, change: AssetChange, who: string) =>
      write(async (work) => {
        await changeAsset(work, id, { change, who, nowMs: nowMs() })
        return shown(work, id, [id])
      }),
    merge: (id: string, into: string, who: string) =>
      write(async (work) =>
        shown(work, into, await mergeAssets(work, id, { into, who, nowMs: nowMs() })),
      ),
    unmerge: (id: string, who: string) =>
      write(async (work) => {
        const sinceMs = nowMs()
        const apart = await unmergeAsset(work, id, { who, nowMs: sinceMs })
        await follow(work, { assets: apart })
        await forgetMoved(work, apart, sinceMs)
        return getAsset(work, id, nowMs())
      }),
    except: (ask: ExceptionAsk, who: string) =>
      write((work) => makeException(work, ask, { who, nowMs: nowMs() })),
    revoke: (id: string, who: string) =>
      write((work) => revokeException(work, id, { who, nowMs: nowMs() })),
  }
}

type Followed = Pick<Recomputed, 'opened' | 'undecided' | 'triage' | 'urgent'>
const NOTHING: Followed = { opened: 0, undecided: 0, triage: [], urgent: [] }
/** More vulnerabilities than this are not named one by one: the estate is worked out as a whole. */
const MOST_NAMED = 20_000

function countsOf({ opened, undecided, triage, urgent }: Followed) {
  return {
    exposures: opened + undecided,
    undecided,
    pressing: urgent.length,
    triage: triage.length,
  }
}

function secondsSince(startMs: number): number {
  return Math.round(performance.now() - startMs) / 1000
}

async function* hashed(
  bytes: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    hash.update(piece)
    yield piece
  }
}

function loadedOf(
  loaded: Loaded,
  written: LoadWritten,
  more: ReturnType<typeof countsOf> & Pick<KnowledgeLoaded, 'seconds'>,
): KnowledgeLoaded {
  const sentence = (language: 'en' | 'fr') => (one: Loaded['problems'][number]) =>
    wordsOf(language).exposure.problem(one.kind, one.detail)
  return {
    feed: written.feed,
    read: loaded.told.length + loaded.support.length,
    added: written.added,
    changed: written.changed,
    refused: loaded.refused + written.older,
    unchanged: written.unchanged,
    newlyExploited: written.newlyExploited.length,
    problems: loaded.problems.map((one) => ({ en: sentence('en')(one), fr: sentence('fr')(one) })),
    ...more,
  }
}

function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => {})
    return next
  }
}
