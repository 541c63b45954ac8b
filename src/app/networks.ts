// A station's networks: what came with Vigie is taken a minute after the start, packs when somebody loads them.

import { mkdirSync } from 'node:fs'
import type { Clock, Settings } from '../core/index.ts'
import { openNetworks, readKinds } from '../networks/index.ts'
import type { Networks } from '../networks/index.ts'
import { CONTENT } from './content.ts'
import type { Core } from './core.ts'

export type StationNetworks = {
  readonly room: Networks
  readonly close: () => Promise<void>
}

type NetworksOptions = {
  readonly core: Core
  readonly settings: Settings
  readonly clock: Clock
  readonly onTrouble: (cause: unknown) => void
}

/** Taking it costs seconds of a processor: a start has that before. */
const FIRST_LOOK_MS = 60_000

export function startNetworks({
  core,
  settings,
  clock,
  onTrouble,
}: NetworksOptions): StationNetworks {
  mkdirSync(settings.data, { recursive: true })
  const kindOf = readKinds(CONTENT.networkKinds)
  const room = openNetworks({ store: core.store, clock, folder: settings.data, kindOf })
  let running: Promise<unknown> = Promise.resolve()
  const timer = setTimeout(() => {
    running = room.loadInstalled().catch(onTrouble)
  }, FIRST_LOOK_MS)
  timer.unref()
  return {
    room,
    close: async () => {
      clearTimeout(timer)
      await running
    },
  }
}
