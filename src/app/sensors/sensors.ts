// The station's side of its sensors: the door opens when somebody was invited, or when a setting says so.

import { hostname } from 'node:os'
import {
  encodeInvitation,
  openAuthority,
  openDoor,
  recordPositions,
  sensorRegistry,
} from '../../collect/index.ts'
import type { Authority, Door, SensorRegistry } from '../../collect/index.ts'
import { dataFolders } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { Station } from '../../server/index.ts'
import type { Core } from '../core.ts'
import { SensorContents } from './sensor-content.ts'

export type Sensors = Station['sensors'] & { readonly close: () => Promise<void> }

export type SensorsOptions = {
  readonly core: Core
  readonly settings: Settings
  readonly clock: Clock
  readonly onTrouble: (cause: unknown) => void
}

/** Beside the console's 8321. */
const DEFAULT_PORT = 8322
const ANYWHERE = new Set(['0.0.0.0', '::'])

/** Throws ADDRESS_IN_USE when the door must be open and its port is taken. */
export async function openSensors(options: SensorsOptions): Promise<Sensors> {
  const { core, settings, clock } = options
  const registry = sensorRegistry(core.store.records, clock, () => rooms.contentVersion)
  const rooms: Entrance = new Entrance(options, registry)
  if (settings.sensorPort !== undefined || !(await registry.isEmpty())) await rooms.open()
  return {
    list: async () => ({
      asOf: new Date(clock.nowMs()).toISOString(),
      address: rooms.address,
      sensors: [...(await registry.list())],
    }),
    invite: async (name, address) => {
      const { authority, port } = await rooms.open()
      const { secret, untilMs } = await registry.invite(name)
      const place = placeOf(address, { settings, port })
      const code = encodeInvitation({ address: place, fingerprint: authority.fingerprint, secret })
      return { code, address: place, until: new Date(untilMs).toISOString() }
    },
    revoke: async (name) => {
      const isKnown = await registry.revoke(name)
      rooms.disconnect(name)
      return isKnown
    },
    close: () => rooms.close(),
  }
}

type Opened = { readonly authority: Authority; readonly door: Door; readonly port: number }

/** Opened once, however many ask for it. */
class Entrance {
  readonly #options: SensorsOptions
  readonly #registry: SensorRegistry
  #opening: Promise<Opened> | undefined
  #opened: Opened | undefined
  #contents: SensorContents | undefined

  constructor(options: SensorsOptions, registry: SensorRegistry) {
    this.#options = options
    this.#registry = registry
  }

  get address(): string | null {
    const { settings } = this.#options
    return this.#opened === undefined ? null : `${bracketed(hostOf(settings))}:${this.#opened.port}`
  }

  /** Of what sensors are given; 0 before any was. */
  get contentVersion(): number {
    return this.#contents?.version ?? 0
  }

  async open(): Promise<Opened> {
    this.#opening ??= this.#open().catch((cause: unknown) => {
      this.#opening = undefined
      throw cause
    })
    return this.#opening
  }

  disconnect(name: string): void {
    this.#opened?.door.disconnect(name)
  }

  async close(): Promise<void> {
    await this.#opened?.door.close()
  }

  async #open(): Promise<Opened> {
    const { core, settings, clock, onTrouble } = this.#options
    const { intake } = core.wayIn
    const host = hostOf(settings)
    const authority = await openAuthority(dataFolders(settings.data).keys, [hostname()], clock)
    this.#contents = new SensorContents({ core, settings, clock, authority, onTrouble })
    const door = await openDoor({
      content: this.#contents.newest,
      intake,
      positions: recordPositions(core.store.records, (path) => intake.noted(path)),
      clock,
      host,
      port: settings.sensorPort ?? DEFAULT_PORT,
      authority,
      registry: this.#registry,
      onTrouble,
    })
    this.#opened = { authority, door, port: door.port }
    return this.#opened
  }
}

function hostOf({ sensorListen, listen }: Settings): string {
  return sensorListen ?? listen
}

/** `host:port` for the code: what was asked for, else what the door is bound to, by name where that is everywhere. */
function placeOf(
  asked: string | undefined,
  { settings, port }: { readonly settings: Settings; readonly port: number },
): string {
  if (asked !== undefined && /(?:^[^:]+|\]):\d+$/.test(asked)) return asked
  const host = asked ?? hostOf(settings)
  return `${bracketed(ANYWHERE.has(host) ? hostname() : host)}:${port}`
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}
