// A named person's act as the organisation's consent to one kind of thing for one hub.

import { SHARING_PURPOSE } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { readConsents, recordConsent, revokeConsent } from './consents.ts'
import type { Recording } from './consents.ts'
import { readSelf } from './self.ts'

export type ConsentToHub = {
  readonly peer: string
  readonly kind: string
  readonly isGiven: boolean
  readonly days: number
}

/** What was given before is taken back, and given anew where it is given: nothing of it is consent to anything else. */
export async function consentToHub(
  records: Records,
  { peer, kind, isGiven, days }: ConsentToHub,
  recording: Recording,
): Promise<void> {
  const { identity } = await readSelf(records)
  for (const { id, by, kinds, peers, revoked } of await readConsents(records)) {
    const isSame = kinds?.length === 1 && kinds[0] === kind && peers?.[0] === peer
    if (by === identity && isSame && revoked === null)
      await revokeConsent(records, id, recording.nowMs)
  }
  if (!isGiven) return
  const consent = { by: identity, purpose: SHARING_PURPOSE, peers: [peer], kinds: [kind], days }
  await recordConsent(records, consent, recording)
}
