// Wires the fetching of configurations over SSH: when, with what login, and what rings.

import {
  BringForward,
  KnownDevices,
  confirmKey,
  listPulls,
  pullDue,
  pullNow,
  readActContent,
  readPlatforms,
  removePull,
  setPull,
} from '../../audit/index.ts'
import type { Audit, PullParts } from '../../audit/index.ts'
import { VigieError, dataFolders } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { Station } from '../../server/index.ts'
import { wordsOf } from '../../words/index.ts'
import { CONTENT } from '../content.ts'
import type { Core } from '../core.ts'
import { raiseOwn } from '../own-alert.ts'
import { repeat } from '../repeat.ts'
import { openSeal } from '../seal.ts'
import type { AuditTools } from './audit-tools.ts'

export type PullOptions = {
  readonly core: Pick<Core, 'store'>
  readonly audit: Audit
  readonly tools: () => AuditTools
  readonly settings: Pick<Settings, 'data'>
  readonly clock: Clock
  readonly onRaised: () => void
  readonly onTrouble: (cause: unknown) => void
  readonly everyMs?: number
  readonly limits?: PullParts['limits']
}
export type Pulls = {
  readonly service: Pick<
    Station['devices'],
    'pulls' | 'setPull' | 'confirmPullKey' | 'removePull' | 'pullNow'
  >
  readonly close: () => Promise<void>
}

const EVERY_MS = 30_000

/** Fetches until closed, and at once when somebody asks for it. */
export function startPulls(options: PullOptions): Pulls {
  const { core, audit, clock, settings } = options
  const { records } = core.store
  const seal = openSeal(dataFolders(settings.data).keys)
  let platforms: ReturnType<typeof readPlatforms> | undefined
  const parts: PullParts = {
    records,
    audit,
    clock,
    seal,
    platforms: () => (platforms ??= readPlatforms(CONTENT.pulls)),
    onKeyChanged: (device, met) => raiseKeyChanged(device, met, options),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  }
  const told = toldOf(options)
  const look = async (signal: AbortSignal) => {
    // Logs that cannot be asked keep no device from being asked at its time.
    await told.look().catch(options.onTrouble)
    await pullDue(parts, signal)
  }
  const pulling = repeat(look, {
    everyMs: options.everyMs ?? EVERY_MS,
    onTrouble: options.onTrouble,
  })
  return {
    service: serviceOf(parts, pulling.wake),
    close: pulling.close,
  }
}

/** Where logs say that a device was configured. */
function toldOf({ core, clock, tools }: PullOptions): BringForward {
  const { records, events } = core.store
  let acts: ReturnType<typeof readActContent> | undefined
  return new BringForward({
    records,
    events,
    clock,
    known: new KnownDevices(records, tools),
    acts: () => (acts ??= readActContent(CONTENT.acts)),
  })
}

function serviceOf(parts: PullParts, wake: () => void): Pulls['service'] {
  const { records, clock, seal, platforms } = parts
  const list = async () => ({
    asOf: new Date(clock.nowMs()).toISOString(),
    pulls: [...(await listPulls(records))],
    platforms: [...platforms().values()].map(({ name, title }) => ({ name, title })),
  })
  const act = (who: string) => ({ who, nowMs: clock.nowMs() })
  return {
    pulls: list,
    setPull: async (ask, who) => {
      const known = [...platforms().keys()]
      if (!known.includes(ask.platform))
        throw new VigieError('BAD_REQUEST', { met: ask.platform, expected: known.join(' | ') })
      await setPull(records, ask, { act: act(who), seal })
      wake()
      return list()
    },
    confirmPullKey: async (device, key, who) => {
      await confirmKey(records, { device, key }, act(who))
      wake()
      return list()
    },
    removePull: (device) => removePull(records, device),
    pullNow: async (device) => {
      await pullNow(records, device, clock.nowMs())
      wake()
    },
  }
}

async function raiseKeyChanged(
  device: string,
  met: string,
  { core, clock, onRaised }: PullOptions,
): Promise<void> {
  await raiseOwn(
    core.store.records,
    {
      id: 'audit-host-key-changed',
      severity: 'high',
      attack: ['attack.t1557'],
      say: (language) => {
        const { title, why } = wordsOf(language).collection.keyChanged
        return { title, why: why(device, met) }
      },
      entityKind: 'device',
      entity: device,
      reason: { selection: 'ssh', field: 'host key', value: met },
    },
    clock.nowMs(),
  )
  onRaised()
}
