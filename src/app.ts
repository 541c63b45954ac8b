// Wires the rooms: a station that receives and watches. `app/scan.ts` wires the one that lives for one command.

import { startCriticalWatch } from './app/cases/critical.ts'
import { CONSOLE, CONTENT } from './app/content.ts'
import { openCore } from './app/core.ts'
import type { Core } from './app/core.ts'
import { searchesOf } from './app/detection/indicators.ts'
import { historyOf, watchRulesOf } from './app/detection/rules.ts'
import { trialsOf } from './app/detection/workbench.ts'
import { startDevices } from './app/devices/devices.ts'
import { evidenceOf } from './app/evidence.ts'
import { openExerciseRoom } from './app/exercise/room.ts'
import { startExposure } from './app/exposure/exposure.ts'
import { exposureClaims } from './app/inbox.ts'
import { startKeeper } from './app/keeper.ts'
import { openIntakeToken, writeClientToken } from './app/keys.ts'
import { startNetworks } from './app/networks.ts'
import type { StationParts } from './app/parts.ts'
import { openSensors } from './app/sensors/sensors.ts'
import { watchSilence } from './app/sensors/silent-sensors.ts'
import { openSharing } from './app/sharing/station.ts'
import { stationOf } from './app/station.ts'
import { openListeners, recordPositions } from './collect/index.ts'
import type { Listeners } from './collect/index.ts'
import { dataFolders, reasonOf } from './core/index.ts'
import type { Clock, Settings } from './core/index.ts'
import type { ExposureRoom } from './exposure/index.ts'
import { createSessions, startServer } from './server/index.ts'
import { openTools } from './tools/index.ts'

export type RunningStation = {
  readonly console: string
  readonly signInUrl: string
  readonly listeners: Listeners
  /** Where sensors come in; null while nobody was invited. */
  readonly sensors: string | null
  /** Folder whose files are configurations of devices. */
  readonly configurations: string
  /** Where members reach this hub; null for a station that is none. */
  readonly hub: string | null
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

type Watches = Pick<StationParts, 'core' | 'sensors' | 'evidence' | 'settings'> & {
  readonly watching: Parameters<typeof startCriticalWatch>[0]
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
    const sessions = createSessions(records, clock)
    await writeClientToken(sessions, dataFolders(settings.data).keys)
    const { watching, ...rooms } = await openRooms(core, { settings, clock, onNote }, closers)
    const entrances = { ...watching, settings, exposure: rooms.exposure.room }
    const { listeners, sensors } = await openEntrances(core, entrances, closers)
    const station = stationOf({
      ...rooms,
      core,
      listeners,
      sensors,
      sessions,
      settings,
      clock,
      onNote,
    })
    rooms.sharing.readinessFrom(station.readiness.view)
    const place = { host: settings.listen, port: settings.consolePort }
    const server = await startServer({ station, ...place, consoleFolder: CONSOLE })
    closers.push(server.close)
    const { evidence, sharing } = rooms
    startWatches({ core, sensors, evidence, settings, watching }, closers)
    const signIn = await sessions.createSignIn('admin')
    return {
      console: server.address,
      signInUrl: `${server.address}/#token=${signIn}`,
      listeners,
      sensors: (await sensors.list()).address,
      configurations: rooms.devices.folder,
      hub: sharing.address,
      core,
      close,
    }
  } catch (cause) {
    await close()
    throw cause
  }
}

/** The rooms beside the core. What ends them joins `closers`. */
async function openRooms(
  core: Core,
  { settings, clock, onNote }: Omit<StartOptions, 'onTrouble'>,
  closers: (() => Promise<void>)[],
) {
  const onTrouble = (cause: unknown) => onNote(reasonOf(cause))
  const history = await historyOf(core, clock)
  closers.push(history.close)
  const trials = trialsOf(core, clock)
  closers.push(trials.close)
  const searches = await searchesOf(core, clock)
  closers.push(searches.close)
  const evidence = evidenceOf(core, { settings, clock, onTrouble })
  closers.push(evidence.close)
  const watching = { core, clock, language: settings.language, onNote, onTrouble }
  const exercise = openExerciseRoom({ data: settings.data, clock })
  closers.push(exercise.close)
  const exposure = startExposure({ ...watching, evidence })
  closers.push(exposure.close)
  const networks = startNetworks({ core, settings, clock, onTrouble })
  closers.push(networks.close)
  const tools = openTools({ store: core.store, clock })
  const devices = startDevices({ ...watching, settings })
  closers.push(devices.close)
  const sharing = await openSharing({
    core,
    evidence,
    history,
    searches,
    auditTools: devices.tools,
    networks: networks.room,
    settings,
    clock,
    onTrouble,
  })
  closers.push(sharing.close)
  return {
    history,
    trials,
    searches,
    evidence,
    exercise,
    exposure,
    networks,
    tools,
    devices,
    sharing,
    watching: { ...watching, tell: sharing.tell },
  }
}

/** What looks again and again while the station runs. What ends it joins `closers`. */
function startWatches(
  { core, sensors, evidence, settings, watching }: Watches,
  closers: (() => Promise<void>)[],
): void {
  const { clock, onNote, onTrouble } = watching
  closers.push(watchRulesOf(core, { settings, onNote, onTrouble }).close)
  closers.push(watchSilence({ core, sensors, clock, onTrouble }).close)
  closers.push(startKeeper({ core, evidence, settings, clock, onTrouble }).close)
  closers.push(startCriticalWatch(watching).close)
}

type Entrances = Omit<StartOptions, 'onTrouble'> & { readonly exposure: ExposureRoom }

/** Where lines come in: devices, files, sensors. What ends them joins `closers`. */
async function openEntrances(
  core: Core,
  { settings, clock, exposure, onNote }: Entrances,
  closers: (() => Promise<void>)[],
) {
  const { records } = core.store
  const { intake } = core.wayIn
  const { keys: folder } = dataFolders(settings.data)
  const listeners = await openListeners({
    intake,
    positions: recordPositions(records, (path) => intake.noted(path)),
    settings,
    clock,
    collectorFolders: () => [CONTENT.collectors],
    checkToken: await openIntakeToken(records, { folder, clock }),
    claim: exposureClaims({ exposure, language: settings.language, onNote }),
    onNote,
  })
  closers.push(listeners.close)
  const onTrouble = (cause: unknown) => onNote(reasonOf(cause))
  const sensors = await openSensors({ core, settings, clock, onTrouble })
  closers.push(sensors.close)
  return { listeners, sensors }
}
