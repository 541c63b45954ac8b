// The way in of one station: spool, loader and ledger as one piece. Listeners and readers write to its intake.

import { mkdirSync } from 'node:fs'
import type { Clock } from '../core/index.ts'
import type { Store } from '../store/index.ts'
import { Loader } from './load/loader.ts'
import type { BatchReader, StoredBatch } from './load/store-batch.ts'
import { createFunctions } from './parsers/functions.ts'
import type { Parser } from './parsers/parser-content.ts'
import { recoverSpool } from './spool/recover.ts'
import type { Recovered } from './spool/recover.ts'
import type { ClosedSegment } from './spool/segment-file.ts'
import { SPOOL_DEFAULTS, Spool } from './spool/spool.ts'
import type { SpoolOptions } from './spool/spool.ts'

export type WayInOptions = {
  readonly store: Store
  readonly parsers: readonly Parser[]
  /** Folder of `functions.sql`. */
  readonly parserFolder: string
  readonly spoolFolder: string
  readonly quarantineFolder: string
  readonly zone: string
  readonly clock: Clock
  readonly owner: string
  readonly readers: readonly BatchReader[]
  readonly forced: () => ReadonlyMap<string, string>
  readonly onStored: (stored: StoredBatch, segment: ClosedSegment) => void
  /** The disk or the engine refuses; null when it goes on. */
  readonly onTrouble: (cause: unknown) => void
  readonly spool?: Partial<
    Pick<
      SpoolOptions,
      'durable' | 'segmentLines' | 'segmentBytes' | 'segmentMs' | 'maxWaitingBytes'
    >
  >
}

export type WayIn = {
  readonly intake: Spool
  readonly recovered: Recovered
  /** Resolves when every line written before the call is stored and judged. */
  readonly settled: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens the way in; what an earlier run left in the spool is stored first. */
export async function openWayIn(options: WayInOptions): Promise<WayIn> {
  const { store, spoolFolder, quarantineFolder } = options
  mkdirSync(spoolFolder, { recursive: true })
  await createFunctions(store.events, options.parserFolder)
  const recovered = recoverSpool(spoolFolder, quarantineFolder)
  const loader = newLoader(options, (segment) => spool.released(segment))
  const spool = new Spool({
    ...SPOOL_DEFAULTS,
    ...options.spool,
    folder: spoolFolder,
    clock: options.clock,
    onSegment: (segment) => loader.add(segment),
    onTrouble: options.onTrouble,
  })
  await loader.start()
  for (const segment of recovered.segments) {
    spool.adopted(segment)
    loader.addAgain(segment)
  }
  return {
    intake: spool,
    recovered,
    settled: async () => {
      await spool.flush()
      await loader.idle()
    },
    close: async () => {
      await spool.close()
      await loader.stop()
    },
  }
}

function newLoader(options: WayInOptions, released: (segment: ClosedSegment) => void): Loader {
  const { store, parsers, zone, readers, clock } = options
  return new Loader({
    lanes: store.events.intake,
    records: store.records,
    owner: options.owner,
    parsers,
    zone,
    readers,
    forced: options.forced,
    nowMs: clock.nowMs,
    onStored: (segment, stored) => {
      released(segment)
      if (typeof stored !== 'string') options.onStored(stored, segment)
    },
    onTrouble: (_segment, cause) => options.onTrouble(cause),
  })
}
