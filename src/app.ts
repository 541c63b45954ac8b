// Wires the rooms: a station that receives and watches. `app-scan.ts` wires the one that lives for one command.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startKeeper } from './app-keeper.ts'
import { openIntakeToken, writeClientToken } from './app-keys.ts'
import { LiveCounts } from './app-live.ts'
import { stationOf } from './app-station.ts'
import { openListeners, openWayIn, readParsers } from './collect/index.ts'
import type { Listeners, StoredBatch, WayIn } from './collect/index.ts'
import { dataFolders, reasonOf } from './core/index.ts'
import type { Clock, Settings } from './core/index.ts'
import { openDetection } from './detect/index.ts'
import type { Detection } from './detect/index.ts'
import { createSessions, startServer } from './server/index.ts'
import { openStore } from './store/index.ts'
import type { Store } from './store/index.ts'

const ROOT = join(import.meta.dirname, '..')
export const CONTENT = {
  parsers: join(ROOT, 'content/parsers'),
  rules: join(ROOT, 'content/rules'),
  logsources: join(ROOT, 'content/logsources.yml'),
} as const
const CONSOLE = join(ROOT, 'dist/console')

export const VERSION = versionOf(readFileSync(join(ROOT, 'package.json'), 'utf8'))

function versionOf(manifest: string): string {
  return /"version": "([^"]+)"/.exec(manifest)?.[1] ?? '0.0.0'
}

/** The parts of a station that `up` and `scan` share. */
export type Core = {
  readonly store: Store
  readonly detection: Detection
  readonly wayIn: WayIn
  readonly parsers: readonly string[]
  readonly live: LiveCounts
  readonly close: () => Promise<void>
}

export type CoreOptions = {
  readonly settings: Settings
  readonly clock: Clock
  /** Sync to disk before acknowledging. */
  readonly durable: boolean
  readonly onTrouble: (cause: unknown) => void
  readonly onStored?: (stored: StoredBatch) => void
}

/** Opens stores, rules and the way in. What an earlier run left in the spool is being stored when this resolves. */
export async function openCore({
  settings,
  clock,
  durable,
  onTrouble,
  onStored,
}: CoreOptions): Promise<Core> {
  const folders = dataFolders(settings.data)
  const parsers = readParsers(CONTENT.parsers, onTrouble)
  const detection = openDetection({
    folders: [CONTENT.rules, ...settings.rules],
    logsourcesFile: CONTENT.logsources,
    clock,
  })
  const store = await openStore(settings)
  const live = await LiveCounts.open(store.records, clock)
  const wayIn = await openWayIn({
    store,
    parsers,
    parserFolder: CONTENT.parsers,
    spoolFolder: folders.spool,
    quarantineFolder: folders.quarantine,
    zone: settings.zone,
    clock,
    owner: 'station',
    readers: [detection.judgeBatch],
    forced: () => live.forced,
    onTrouble,
    onStored: (stored, segment) => {
      live.stored(stored, segment.id)
      onStored?.(stored)
    },
    spool: durable ? {} : SCAN_SPOOL,
  })
  return {
    store,
    detection,
    wayIn,
    live,
    parsers: parsers.map(({ name }) => name),
    close: async () => {
      await wayIn.close()
      await store.close()
    },
  }
}

/** A scan's input is still there after a crash: no syncing, large batches, little waiting on disk. */
const SCAN_SPOOL = {
  durable: false,
  segmentMs: 10_000,
  maxWaitingBytes: 256 * 1024 * 1024,
} as const

export type RunningStation = {
  readonly console: string
  readonly signInUrl: string
  readonly listeners: Listeners
  readonly core: Core
  readonly close: () => Promise<void>
}

export type StartOptions = {
  readonly settings: Settings
  readonly clock: Clock
  /** A sentence for the operator. */
  readonly onNote: (sentence: string) => void
  /** Intake waits for this reason; null when it goes on. */
  readonly onTrouble: (cause: unknown) => void
}

/** Starts a station. Throws a VigieError that says what to do when it cannot. */
export async function startStation({
  settings,
  clock,
  onNote,
  onTrouble,
}: StartOptions): Promise<RunningStation> {
  const core = await openCore({ settings, clock, durable: true, onTrouble })
  const closers: (() => Promise<void>)[] = [core.close]
  const close = async () => {
    for (const closer of closers.toReversed()) await closer()
  }
  try {
    const folder = dataFolders(settings.data).keys
    const sessions = createSessions(core.store.records, clock)
    await writeClientToken(sessions, folder)
    const listeners = await openListeners({
      intake: core.wayIn.intake,
      records: core.store.records,
      settings,
      clock,
      checkToken: await openIntakeToken(core.store.records, { folder, clock }),
      onNote,
    })
    closers.push(listeners.close)
    const station = stationOf({ core, listeners, sessions, settings, clock, onNote })
    const server = await startServer({
      station,
      host: settings.listen,
      port: settings.consolePort,
      consoleFolder: CONSOLE,
    })
    closers.push(server.close)
    const keeper = startKeeper({
      core,
      settings,
      clock,
      onTrouble: (cause) => onNote(reasonOf(cause)),
    })
    closers.push(keeper.close)
    const signIn = await sessions.createSignIn('admin')
    return {
      console: server.address,
      signInUrl: `${server.address}/#token=${signIn}`,
      listeners,
      core,
      close,
    }
  } catch (cause) {
    await close()
    throw cause
  }
}
