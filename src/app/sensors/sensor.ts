// Wires a sensor: it receives what a station can, keeps it on disk, and forwards it. Neither engine is loaded here.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  Forwarder,
  Greeter,
  OVERRUN_BYTES,
  Pace,
  SavedPositions,
  Uplink,
  enrol,
  isEnrolledBy,
  openListeners,
  openQueues,
  readIdentity,
  writeIdentity,
} from '../../collect/forward/index.ts'
import type { Identity, Listeners, Queues } from '../../collect/forward/index.ts'
import { VigieError, dataFolders } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import { holdFolder } from '../../store/hold-folder.ts'
import { CONTENT } from '../content.ts'
import { sensorClaims } from './sensor-inbox.ts'
import { openLearning } from './sensor-learning.ts'
import type { Learning } from './sensor-learning.ts'
import { SensorNotes } from './sensor-notes.ts'
import type { SensorNote } from './sensor-notes.ts'

export type RunningSensor = {
  readonly name: string
  readonly station: string
  readonly listeners: Listeners
  /** Bytes on disk that the station does not have yet. */
  readonly waitingBytes: () => number
  readonly close: () => Promise<void>
}

export type SensorOptions = {
  readonly settings: Settings
  readonly version: string
  /** The code of an invitation; needed once. */
  readonly code?: string
  readonly clock: Clock
  readonly onNote: (note: SensorNote) => void
}

const MIB = 1024 * 1024
const WATCH_MS = 1000

/** Starts a sensor. Throws SENSOR_NOT_ENROLLED without a code at first, what `enrol` throws, or ADDRESS_IN_USE. */
export async function startSensor(options: SensorOptions): Promise<RunningSensor> {
  const { settings, onNote } = options
  const closers: (() => Promise<void>)[] = [await holdFolder(settings.data)]
  const close = async () => {
    for (const closer of closers.toReversed()) await closer()
  }
  try {
    const identity = await identityOf(options)
    const notes = new SensorNotes(onNote)
    const pace = settings.uplinkKib === undefined ? undefined : new Pace(settings.uplinkKib)
    const uplink = new Uplink(identity, pace)
    const learning = openLearning({ ...options, identity, uplink })
    const queues = await openSpool(options, notes, learning.marks)
    closers.push(queues.close)
    const waitingBytes = () => waitingIn(queues)
    if (waitingBytes() > 0) onNote({ kind: 'waits', bytes: waitingBytes() })
    const listeners = await openListeners({
      intake: queues.intake,
      positions: { get: queues.positionOf },
      settings,
      clock: options.clock,
      collectorFolders: () => [learning.store.collectors ?? '', CONTENT.collectors],
      overrunBytes: OVERRUN_BYTES,
      checkToken: intakeToken(dataFolders(settings.data).keys),
      claim: sensorClaims(settings.language),
      onNote: (sentence) => onNote({ kind: 'listener', sentence }),
    })
    learning.onChange(() => void listeners.reloadCollectors())
    closers.push(learning.stop)
    closers.push(startForwarding(options, { uplink, learning, queues, listeners, notes }))
    closers.push(listeners.close)
    return { name: identity.name, station: identity.station, listeners, waitingBytes, close }
  } catch (cause) {
    await close()
    throw cause
  }
}

async function identityOf({ settings, code, onNote }: SensorOptions): Promise<Identity> {
  const folder = dataFolders(settings.data).sensor
  const known = readIdentity(folder)
  if (code !== undefined && !isEnrolledBy(known, code)) {
    const made = await enrol(code, folder)
    onNote({ kind: 'enrolled', name: made.name, station: made.station })
    return made
  }
  if (known === undefined) throw new VigieError('SENSOR_NOT_ENROLLED', { folder: settings.data })
  return known
}

function openSpool(
  { settings, clock }: SensorOptions,
  notes: SensorNotes,
  marks: Learning['marks'],
): Promise<Queues> {
  const { spool, quarantine, sensor } = dataFolders(settings.data)
  return openQueues({
    folder: spool,
    quarantine,
    limitBytes: settings.spoolLimitMib * MIB,
    priority: settings.priority,
    marks,
    positions: SavedPositions.open(join(sensor, 'positions.json')),
    clock,
    onTrouble: (cause) => notes.disk(cause),
  })
}

type Parts = {
  readonly uplink: Uplink
  readonly learning: Learning
  readonly queues: Queues
  readonly listeners: Listeners
  readonly notes: SensorNotes
}

/** Gives what ends it. */
function startForwarding(
  { settings, clock, version, onNote }: SensorOptions,
  { uplink, learning, queues, listeners, notes }: Parts,
): () => Promise<void> {
  const { sensor, quarantine } = dataFolders(settings.data)
  const { store } = learning
  let isAway = false
  const greeter = new Greeter({
    uplink,
    clock,
    report: () => ({
      version,
      ...(store.version === 0 ? {} : { content: store.version }),
      ...stateOf(queues, listeners, settings),
    }),
    contentVersion: () => store.version,
    onContent: async (sealed) => {
      await store.accept(sealed)
    },
    keep: (renewed) => writeIdentity(sensor, renewed),
    onLink: (cause) => {
      notes.link('greet', cause)
      if (cause === null && isAway) for (const forwarder of forwarders) forwarder.retry()
      isAway = cause !== null
    },
  })
  const forwarders = [queues.priority, queues.normal].map(
    (queue) =>
      new Forwarder({
        queue,
        uplink,
        quarantine,
        report: greeter.report,
        chance: Math.random,
        onLink: (cause) => notes.link(queue.name, cause),
        onDamage: (file) => onNote({ kind: 'damaged', file }),
      }),
  )
  for (const part of [greeter, ...forwarders]) part.start()
  const fullest = () => Math.max(queues.priority.fullShare, queues.normal.fullShare)
  const watch = setInterval(() => notes.fill(fullest(), waitingIn(queues)), WATCH_MS)
  return async () => {
    clearInterval(watch)
    const stopping = [greeter, ...forwarders].map((part) => part.stop())
    uplink.close()
    await Promise.all(stopping)
  }
}

function waitingIn({ priority, normal }: Queues): number {
  return priority.spool.waitingBytes + normal.spool.waitingBytes
}

function stateOf(queues: Queues, listeners: Listeners, settings: Settings) {
  const oldest = [queues.priority, queues.normal].flatMap(({ oldestMs }) => oldestMs ?? [])
  const { udp, flows } = listeners.counters()
  return {
    waitingBytes: waitingIn(queues),
    limitBytes: settings.spoolLimitMib * MIB,
    oldestMs: oldest.length === 0 ? null : Math.min(...oldest),
    dropped: [udp, flows].reduce(
      (sum, { dropped, droppedByKernel }) => sum + dropped + (droppedByKernel ?? 0),
      0,
    ),
  }
}

/** Makes `intake-token` at the first start. Read anew each time, so that an operator may replace it. */
function intakeToken(folder: string): (token: string) => Promise<string | null> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'intake-token')
  if (!existsSync(file))
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  return (token) =>
    Promise.resolve(isSame(token, readFileSync(file, 'utf8').trim()) ? 'http' : null)
}

function isSame(met: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(met), digest(expected))
}
