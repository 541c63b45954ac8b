// Joining a hub with its code: the agreement is read and shown, and accepted by its digest; keys are pinned on both sides.

import { z } from 'zod'
import { VigieError, reasonOf } from '../../core/index.ts'
import { OfferAnswerSchema } from '../../model/index.ts'
import type { JoinAnswer, JoinAsk, SharingAgreement } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { digestOf } from '../peer/agreement.ts'
import { consentToAgreement } from '../peer/consent-to-agreement.ts'
import { decodeHubCode } from '../peer/hub-code.ts'
import type { HubCode } from '../peer/hub-code.ts'
import { findPeer, join, listPeers } from '../peer/peers.ts'
import { KeyChangedError } from '../peer/pinned-fetch.ts'
import { termsOf } from '../peer/renewal.ts'
import { changeSelf, readSelf } from '../peer/self.ts'
import type { StationKey } from '../peer/station-key.ts'
import { hubLink } from './hub-link.ts'

export type Joining = {
  readonly records: Records
  readonly key: StationKey
  readonly nowMs: number
}

/** Throws HUB_CODE_INVALID, HUB_CODE_REFUSED, STATION_NOT_TRUSTED, HUB_UNREACHABLE; BAD_REQUEST for an agreement that is not the one accepted. */
export async function joinHub(joining: Joining, ask: JoinAsk): Promise<JoinAnswer> {
  const code = decodeHubCode(ask.code)
  if (code === undefined) throw new VigieError('HUB_CODE_INVALID', {})
  const { agreement } = await said(joining, code, {
    path: '/vigie/offer',
    body: { secret: code.secret },
    schema: OfferAnswerSchema,
  })
  const digest = digestOf(agreement)
  const { address, pin } = code
  const shown = { address, pin, agreement, digest, terms: termsOf(agreement), joined: null }
  if (ask.accept === undefined) return shown
  if (ask.accept !== digest)
    throw new VigieError('BAD_REQUEST', {
      met: 'an agreement that differs from the one accepted',
      expected: 'the agreement to be read again',
    })
  const name = await accept(joining, { code, agreement, digest, ask })
  return { ...shown, joined: name }
}

type Accepting = {
  readonly code: HubCode
  readonly agreement: SharingAgreement
  readonly digest: string
  readonly ask: JoinAsk
}

async function accept(joining: Joining, accepting: Accepting): Promise<string> {
  const { records, nowMs } = joining
  const { code, agreement, digest, ask } = accepting
  const acceptedBy = ask.by ?? 'unnamed'
  await changeSelf(records, ask)
  const self = await readSelf(records)
  await said(joining, code, {
    path: '/vigie/join',
    body: {
      secret: code.secret,
      identity: self.identity,
      organisation: self.organisation,
      digest,
      acceptedBy,
    },
    schema: z.object({}),
  })
  const name = await nameFor(records, agreement)
  await join(records, {
    name,
    role: 'hub',
    organisation: agreement.hub.organisation,
    identity: agreement.hub.identity,
    pin: code.pin,
    address: code.address,
    agreement,
    acceptedBy,
    nowMs,
  })
  await consentToAgreement(records, { name, agreement, acceptedBy, nowMs })
  return name
}

/** The name it had, else one made from what the hub calls itself. */
async function nameFor(records: Records, { hub }: SharingAgreement): Promise<string> {
  const before = (await listPeers(records)).find(
    ({ role, identity }) => role === 'hub' && identity === hub.identity,
  )
  if (before !== undefined) return before.name
  const plain = hub.organisation
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 30)
    .replaceAll(/^-+|-+$/g, '')
  const base = plain === '' ? 'hub' : plain
  for (let at = 1; ; at += 1) {
    const name = at === 1 ? base : `${base}-${at}`
    if ((await findPeer(records, name)) === undefined) return name
  }
}

const MOST_ANSWER = 256 * 1024
const ProblemSchema = z.object({ error_code: z.string(), description: z.string() })

type Question<T> = {
  readonly path: string
  readonly body: unknown
  readonly schema: z.ZodType<T>
}

async function said<T>(
  { key }: Joining,
  code: HubCode,
  { path, body, schema }: Question<T>,
): Promise<T> {
  const { address } = code
  const link = hubLink(code, key, AbortSignal.timeout(30_000))
  try {
    const response = await link.post(path, body)
    const text = await response.text()
    const answer: unknown = text.length > MOST_ANSWER ? undefined : parsed(text)
    const refused = ProblemSchema.safeParse(answer)
    if (refused.success && refused.data.error_code !== 'code')
      throw new VigieError('BAD_REQUEST', {
        met: refused.data.description,
        expected: 'a new code from the hub',
      })
    if (!response.ok) throw new VigieError('HUB_CODE_REFUSED', { address })
    const read = schema.safeParse(answer)
    if (!read.success) throw new VigieError('STATION_NOT_TRUSTED', { address })
    return read.data
  } catch (cause) {
    if (cause instanceof KeyChangedError)
      throw new VigieError('STATION_NOT_TRUSTED', { address }, { cause })
    if (cause instanceof VigieError) throw cause
    throw new VigieError('HUB_UNREACHABLE', { address, reason: reasonOf(cause) }, { cause })
  } finally {
    link.close()
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
