// A station under a new agreement: what its hub offers is heard and kept, and accepted by a named person. What was accepted holds at the
// hub first: a crash in between leaves an offer here that is accepted again.

import { VigieError, reasonOf } from '../../core/index.ts'
import { AgreementSchema, OfferAnswerSchema } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { RENEWAL_PATHS } from '../hub/renewal-at-hub.ts'
import { consentToAgreement } from '../peer/consent-to-agreement.ts'
import { findPeer } from '../peer/peers.ts'
import { hearOffer, offerOf, takeRenewal } from '../peer/renewal.ts'
import type { StationKey } from '../peer/station-key.ts'
import { hubLink } from './hub-link.ts'
import type { HubLink } from './hub-link.ts'
import { safeJson } from './own-registration.ts'

const MOST_TEXT = 256 * 1024
const ACCEPT_MS = 30_000

type Hearing = { readonly peer: string; readonly link: HubLink }

/** Asks the hub once. One that does not know the question has nothing to offer. */
export async function hearAgreement(records: Records, { peer, link }: Hearing): Promise<void> {
  const response = await link.post(RENEWAL_PATHS.ask, {})
  const text = await response.text()
  const said = OfferAnswerSchema.safeParse(text.length > MOST_TEXT ? undefined : safeJson(text))
  if (response.ok && said.success)
    await hearOffer(records, { name: peer, agreement: said.data.agreement })
}

export type Accepting = {
  readonly records: Records
  readonly key: StationKey
  readonly nowMs: number
}
export type Acceptance = {
  readonly name: string
  /** Digest of the agreement that was read. */
  readonly accept: string
  readonly by: string
}

/** Throws NOT_FOUND without an offer of that hub, BAD_REQUEST for another agreement than the one read, HUB_UNREACHABLE. */
export async function acceptRenewal(
  { records, key, nowMs }: Accepting,
  { name, accept: digest, by }: Acceptance,
): Promise<void> {
  const row = await findPeer(records, name)
  const offer = row?.role === 'hub' && row.state === 'joined' ? offerOf(row) : null
  if (row === undefined || offer === null) throw new VigieError('NOT_FOUND', { what: name })
  if (offer.digest !== digest) throw differs()
  const link = hubLink(
    { address: row.address ?? '', pin: row.pin ?? '' },
    key,
    AbortSignal.timeout(ACCEPT_MS),
  )
  try {
    const { status } = await link.post(RENEWAL_PATHS.accept, { digest, acceptedBy: by })
    if (status === 409) throw differs()
    if (status !== 200) throw new Error(`HTTP ${status}`)
  } catch (cause) {
    if (cause instanceof VigieError) throw cause
    const address = row.address ?? ''
    throw new VigieError('HUB_UNREACHABLE', { address, reason: reasonOf(cause) }, { cause })
  } finally {
    link.close()
  }
  const agreement = AgreementSchema.parse(row.offer)
  await consentToAgreement(records, { name, agreement, acceptedBy: by, nowMs })
  if (!(await takeRenewal(records, { name, digest, acceptedBy: by, nowMs }))) throw differs()
}

function differs(): VigieError {
  return new VigieError('BAD_REQUEST', {
    met: 'an agreement that differs from the one accepted',
    expected: 'the agreement to be read again',
  })
}
