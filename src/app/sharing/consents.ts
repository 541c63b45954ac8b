// Consents of a running station: recorded, taken back, and what waits judged anew.

import type { Clock } from '../../core/index.ts'
import type { Station } from '../../server/index.ts'
import { readConsents, reconsiderAll, recordConsent, revokeConsent } from '../../share/index.ts'
import type { Member } from '../../share/index.ts'
import type { Core } from '../core.ts'

export type ConsentParts = {
  readonly core: Core
  readonly clock: Clock
  readonly member: Member
}

type ConsentService = Pick<Station['share'], 'consents' | 'consent' | 'revokeConsent'>

export function consentService({ core, clock, member }: ConsentParts): ConsentService {
  const { records } = core.store
  return {
    consents: async () => ({
      asOf: new Date(clock.nowMs()).toISOString(),
      consents: [...(await readConsents(records))],
    }),
    consent: async (ask, who) => {
      const id = await recordConsent(records, ask, { who, nowMs: clock.nowMs() })
      await reconsiderAll(records, clock.nowMs())
      member.nudge()
      return id
    },
    revokeConsent: (id) => revokeConsent(records, id, clock.nowMs()),
  }
}
