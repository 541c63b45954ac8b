// What a running hub gives a member as MISP, by file; at its port members read it themselves.

import { VigieError } from '../../core/index.ts'
import type { Clock, Settings } from '../../core/index.ts'
import type { Station } from '../../server/index.ts'
import { mispFeed, mispPreview } from '../../share/index.ts'
import type { RunningHub } from '../../share/index.ts'
import { wordsOf } from '../../words/index.ts'
import type { Core } from '../core.ts'

export type MispParts = {
  readonly core: Core
  readonly clock: Clock
  readonly settings: Settings
  readonly hub: RunningHub | undefined
}

type MispService = Pick<Station['share'], 'mispPreview' | 'mispFeed'>

/** Both throw BAD_REQUEST at a station that is no hub. */
export function mispService({ core, clock, settings, hub: running }: MispParts): MispService {
  const hub = { records: core.store.records, cohortFloor: settings.cohortFloor }
  const ask = (peer: string) => {
    const { met, expected } = wordsOf('en').sharing.noHub
    if (running === undefined) throw new VigieError('BAD_REQUEST', { met, expected })
    return { hub, peer, nowMs: clock.nowMs() }
  }
  return {
    mispPreview: async (peer) => mispPreview(ask(peer)),
    mispFeed: async (peer) => mispFeed(ask(peer)),
  }
}
