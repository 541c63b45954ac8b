// What a hub answers a member that asks under which agreement it stands, and takes of one that accepts another.

import { RenewalAcceptSchema } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import type { PeerRow } from '../peer/peers.ts'
import { takeRenewal } from '../peer/renewal.ts'

export const RENEWAL_PATHS = { ask: '/vigie/agreement', accept: '/vigie/agreement/accept' } as const

type At = { readonly records: Records; readonly row: PeerRow; readonly nowMs: number }
type Answer = { readonly status: number; readonly body: unknown }

/** Undefined for another path. Whoever asks is told by the key on the line: a member is shown what is offered to it alone. */
export async function answerRenewalAtHub(
  { records, row, nowMs }: At,
  path: string,
  body: unknown,
): Promise<Answer | undefined> {
  if (path === RENEWAL_PATHS.ask)
    return { status: 200, body: { agreement: row.offer ?? row.terms } }
  if (path !== RENEWAL_PATHS.accept) return undefined
  const asked = RenewalAcceptSchema.safeParse(body)
  if (!asked.success) return { status: 422, body: { reason: 'digest and acceptedBy are expected' } }
  const isTaken = await takeRenewal(records, { name: row.name, ...asked.data, nowMs })
  return isTaken
    ? { status: 200, body: {} }
    : { status: 409, body: { reason: 'Another agreement is offered now. Read it again.' } }
}
