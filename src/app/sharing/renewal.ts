// New agreements of a running station: offered by a hub, accepted by a named person of a member.

import type { Station } from '../../server/index.ts'
import {
  acceptRenewal,
  draftAgreement,
  offerRenewal,
  readSelf,
  reconsiderAll,
} from '../../share/index.ts'
import { needHub } from './objects.ts'
import type { SharingParts } from './parts.ts'

type RenewalService = Pick<Station['share'], 'renew' | 'acceptRenewal'>

export function renewalService(parts: SharingParts): RenewalService {
  const { core, clock, key, hub, member, settings } = parts
  const { records } = core.store
  return {
    renew: async (name, terms) => {
      needHub(hub)
      const agreement = draftAgreement({
        hub: await readSelf(records),
        terms,
        cohortFloor: settings.cohortFloor,
        nowMs: clock.nowMs(),
      })
      return offerRenewal(records, { name, agreement })
    },
    acceptRenewal: async (name, { accept, by = '' }, who) => {
      const nowMs = clock.nowMs()
      const accepting = { records, key, nowMs }
      await acceptRenewal(accepting, { name, accept, by: by === '' ? who || 'unnamed' : by })
      // What the former agreement held back may leave under this one.
      await reconsiderAll(records, nowMs)
      member.nudge()
    },
  }
}
