// Wires the rooms: a station that receives and watches. `app-scan.ts` wires the one that lives for one command.

import { CONSOLE, openCore } from './app-core.ts'
import type { Core } from './app-core.ts'
import { searchesOf } from './app-indicators.ts'
import { startKeeper } from './app-keeper.ts'
import { openIntakeToken, writeClientToken } from './app-keys.ts'
import { historyOf, watchRulesOf } from './app-rules.ts'
import { stationOf } from './app-station.ts'
import { openListeners } from './collect/index.ts'
import type { Listeners } from './collect/index.ts'
import { dataFolders, reasonOf } from './core/index.ts'
import type { Clock, Settings } from './core/index.ts'
import { createSessions, startServer } from './server/index.ts'

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
    const { records } = core.store
    const { keys: folder } = dataFolders(settings.data)
    const sessions = createSessions(records, clock)
    await writeClientToken(sessions, folder)
    const listeners = await openListeners({
      intake: core.wayIn.intake,
      records,
      settings,
      clock,
      checkToken: await openIntakeToken(records, { folder, clock }),
      onNote,
    })
    closers.push(listeners.close)
    const history = await historyOf(core, clock)
    closers.push(history.close)
    const searches = await searchesOf(core, clock)
    closers.push(searches.close)
    const parts = { core, history, searches, listeners, sessions, settings, clock, onNote }
    const station = stationOf(parts)
    const place = { host: settings.listen, port: settings.consolePort }
    const server = await startServer({ station, ...place, consoleFolder: CONSOLE })
    closers.push(server.close)
    const tell = (cause: unknown) => onNote(reasonOf(cause))
    closers.push(watchRulesOf(core, { settings, onNote, onTrouble: tell }).close)
    closers.push(startKeeper({ core, settings, clock, onTrouble: tell }).close)
    const signIn = await sessions.createSignIn('admin')
    const signInUrl = `${server.address}/#token=${signIn}`
    return { console: server.address, signInUrl, listeners, core, close }
  } catch (cause) {
    await close()
    throw cause
  }
}
