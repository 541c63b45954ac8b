// Accepting an agreement is this organisation's own consent to what it lets leave. A community's own is another, and is recorded apart.

import { DAY_MS } from '../../core/index.ts'
import type { SharingAgreement } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { readConsents, recordConsent, revokeConsent } from './consents.ts'
import { agreementsWith } from './peers.ts'
import { readSelf } from './self.ts'

export type Accepted = {
  /** Name of the hub. */
  readonly name: string
  readonly agreement: SharingAgreement
  readonly acceptedBy: string
  readonly nowMs: number
}

/** What was consented to by accepting a former agreement with that hub is consented to no longer. */
export async function consentToAgreement(
  records: Records,
  { name, agreement, acceptedBy, nowMs }: Accepted,
): Promise<void> {
  const { identity } = await readSelf(records)
  await takeBack(records, { identity, name, nowMs })
  const { kinds } = agreement.up
  const days = Math.max(1, Math.ceil((Date.parse(agreement.until) - nowMs) / DAY_MS))
  const bound = kinds.length === 0 ? {} : { kinds }
  for (const purpose of agreement.purposes)
    await recordConsent(
      records,
      { by: identity, purpose, peers: [name], ...bound, days },
      { who: acceptedBy, nowMs },
    )
}

type Former = Pick<Accepted, 'name' | 'nowMs'> & {
  readonly identity: string
}

/** By its kinds: a consent to one kind alone, given by an act of its own, stays. */
async function takeBack(records: Records, { identity, name, nowMs }: Former): Promise<void> {
  const former = await agreementsWith(records, name)
  const agreed = new Set(former.map(({ agreement }) => asText(agreement.up.kinds)))
  for (const consent of await readConsents(records))
    if (
      consent.by === identity &&
      consent.revoked === null &&
      consent.peers?.length === 1 &&
      consent.peers[0] === name &&
      agreed.has(asText(consent.kinds ?? []))
    )
      await revokeConsent(records, consent.id, nowMs)
}

function asText(kinds: readonly string[]): string {
  return kinds.toSorted().join(' ')
}
