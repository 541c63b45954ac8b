// Exposure of one station: scans and knowledge come in, what to fix by when goes out.

import { createHash } from 'node:crypto'
import type { Clock } from '../core/index.ts'
import type {
  AssetChange,
  ExceptionAsk,
  ExposureFilter,
  KnowledgeLoaded,
  ScanAsk,
  ScanImported,
} from '../model/index.ts'
import type { Store } from '../store/index.ts'
import { wordsOf } from '../words/index.ts'
import {
  changeAsset,
  getAsset,
  listAssets,
  mergeAssets,
  productsOfAsset,
  unmergeAsset,
} from './assets/assets.ts'
import type { AssetSearch } from './assets/assets.ts'
import { assetsOfEvents } from './assets/from-events.ts'
import { hostResolver } from './assets/resolve-hosts.ts'
import { makeException, revokeException } from './exposures/exceptions.ts'
import { listAdvisories, listExposures } from './exposures/list.ts'
import type { AdvisoryPage } from './exposures/list.ts'
import { recompute } from './exposures/recompute.ts'
import { importScan } from './imports/import-scan.ts'
import type { Loaded } from './knowledge/knowledge.ts'
import { feedOf, writeKnowledge } from './knowledge/load-knowledge.ts'
import type { LoadWritten } from './knowledge/load-knowledge.ts'
import { readKnowledge } from './knowledge/read-knowledge.ts'
import type { Work } from './rows.ts'

export type TriageNeeded = { readonly asset: string; readonly vulnerability: string }
export type ExposureOptions = {
  readonly store: Pick<Store, 'records'> & Partial<Pick<Store, 'events'>>
  readonly clock: Clock
  /** The table asks for forensic triage: whoever keeps cases opens one. */
  readonly onTriage?: (needed: readonly TriageNeeded[]) => void
}

export type ExposureRoom = ReturnType<typeof openExposure>

export function openExposure({ store, clock, onTriage = () => {} }: ExposureOptions) {
  const { records } = store
  const now = () => clock.nowMs()
  const asOf = () => new Date(now()).toISOString()
  // One writer at a time: each works out what follows from the whole.
  const inTurn = oneAtATime()
  const write = <T>(work: (transaction: Work) => Promise<T>) =>
    inTurn(() => records.transaction().execute(work))

  const importOne = async (
    bytes: AsyncIterable<Uint8Array>,
    ask: ScanAsk,
    who: string,
  ): Promise<ScanImported> => {
    const startMs = performance.now()
    const {
      touched: _touched,
      needed,
      ...written
    } = await write(async (work) => {
      const done = await importScan(work, bytes, { nowMs: now(), who, ask })
      const followed =
        done.touched.length === 0 ? NOTHING : await recompute(work, { assets: done.touched }, now())
      return { ...done, exposures: followed.opened, needed: followed.triage }
    })
    onTriage(needed)
    return { ...written, seconds: secondsSince(startMs) }
  }

  return {
    importScan: importOne,
    loadKnowledge: async (
      bytes: AsyncIterable<Uint8Array>,
      file: string,
      who: string,
    ): Promise<readonly KnowledgeLoaded[]> => {
      const startMs = performance.now()
      const hash = createHash('sha256')
      const loaded = await readKnowledge({ file, bytes: hashed(bytes, hash) })
      const sha256 = hash.digest('hex')
      const { done, needed } = await write(async (work) => {
        const all: KnowledgeLoaded[] = []
        const triage: TriageNeeded[] = []
        for (const one of loaded) {
          const written = await writeKnowledge(work, one, { nowMs: now(), who, sha256 })
          const scope =
            one.kind === 'eol' || written.touched.length > MOST_NAMED
              ? {}
              : { vulnerabilities: written.touched }
          const followed =
            written.unchanged || one.kind === 'epss'
              ? { opened: 0, triage: [] }
              : await recompute(work, scope, now())
          all.push(
            loadedOf(one, written, { exposures: followed.opened, seconds: secondsSince(startMs) }),
          )
          for (const needed of followed.triage) triage.push(needed)
        }
        return { done: all, needed: triage }
      })
      onTriage(needed)
      return done
    },
    feeds: async () => ({ asOf: asOf(), feeds: await feeds(records) }),
    advisories: async (page: AdvisoryPage) => ({
      asOf: asOf(),
      feeds: await feeds(records),
      ...plain(await listAdvisories(records, page, now())),
    }),
    exposures: async (filter: ExposureFilter) => ({
      asOf: asOf(),
      feeds: await feeds(records),
      ...plain(await listExposures(records, filter, now())),
    }),
    assets: async (search: AssetSearch) => ({
      asOf: asOf(),
      ...plain(await listAssets(records, search, now())),
    }),
    asset: async (id: string) => {
      const asset = await getAsset(records, id, now())
      const { exposures } = await listExposures(
        records,
        { state: 'open', asset: id, limit: 1000, offset: 0 },
        now(),
      )
      return { asset, products: await productsOfAsset(records, id), exposures: [...exposures] }
    },
    changeAsset: (id: string, change: AssetChange, who: string) =>
      write(async (work) => {
        await changeAsset(work, id, { change, who, nowMs: now() })
        await recompute(work, { assets: [id] }, now())
        return getAsset(work, id, now())
      }),
    merge: (id: string, into: string, who: string) =>
      write(async (work) => {
        await recompute(
          work,
          { assets: await mergeAssets(work, id, { into, who, nowMs: now() }) },
          now(),
        )
        return getAsset(work, into, now())
      }),
    unmerge: (id: string, who: string) =>
      write(async (work) => {
        await recompute(
          work,
          { assets: await unmergeAsset(work, id, { who, nowMs: now() }) },
          now(),
        )
        return getAsset(work, id, now())
      }),
    except: (ask: ExceptionAsk, who: string) =>
      write((work) => makeException(work, ask, { who, nowMs: now() })),
    revoke: (id: string, who: string) =>
      write((work) => revokeException(work, id, { who, nowMs: now() })),
    /** Takes in the devices that the event store saw; gives how many are new. */
    learnFromEvents: async (): Promise<number> => {
      if (store.events === undefined) return 0
      const seen = await assetsOfEvents(store.events.ask)
      return write(async (work) => {
        const resolver = await hostResolver(work, {
          source: 'events',
          nowMs: now(),
          file: 'events',
        })
        for (const { host } of seen) resolver.resolve(host)
        await resolver.write(work)
        return resolver.newAssets()
      })
    },
    recompute: () => write((work) => recompute(work, {}, now())),
  }
}

const NOTHING = { opened: 0, triage: [] }
/** More vulnerabilities than this are not named one by one: the estate is worked out as a whole. */
const MOST_NAMED = 20_000

function plain<T extends { readonly total: number }>(
  page: T,
): { [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] } {
  // What goes into a body is a plain array.
  return page as { [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] } // only the readonly mark differs
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

async function feeds(work: Work) {
  const rows = await work
    .selectFrom('exposure_feeds')
    .selectAll()
    .orderBy('dated', 'desc')
    .limit(500)
    .execute()
  return rows.map(feedOf)
}

function loadedOf(
  loaded: Loaded,
  written: LoadWritten,
  more: Pick<KnowledgeLoaded, 'exposures' | 'seconds'>,
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
