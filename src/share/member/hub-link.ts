// A station's way to one hub: TAXII over a connection to the pinned key, and what is wrong when it does not work.

import { MOST_ADD_CHECKPOINT } from '../../model/index.ts'
import type { PeerProblem, WitnessAnswer } from '../../model/index.ts'
import { REFUSALS } from '../hub/hub-answers.ts'
import { HUB_ROOT } from '../hub/places.ts'
import { KeyChangedError, pinnedLink } from '../peer/pinned-fetch.ts'
import type { PinnedPeer } from '../peer/pinned-fetch.ts'
import type { StationKey } from '../peer/station-key.ts'
import { TaxiiClientError } from '../taxii/client.ts'
import type { TaxiiPeer } from '../taxii/client.ts'

/** Of one answer: a page of 500 objects of 64 KiB would be half of it. */
const MOST_ANSWER_BYTES = 64 * 1024 * 1024

export type HubLink = {
  readonly taxii: TaxiiPeer
  readonly post: (path: string, body: unknown) => Promise<Response>
  /** What is no JSON: the body as it is, its answer within 64 KiB. */
  readonly postText: (path: string, body: string) => Promise<WitnessAnswer>
  readonly getText: (path: string) => Promise<WitnessAnswer>
  readonly close: () => void
}

export function hubLink(peer: PinnedPeer, own: StationKey, signal?: AbortSignal): HubLink {
  const { fetch, close } = pinnedLink(peer, own, signal)
  const address = `https://${peer.address}`
  return {
    taxii: {
      root: `${address}${HUB_ROOT}`,
      authorization: undefined,
      fetch,
      mostBytes: MOST_ANSWER_BYTES,
    },
    post: (path, body) =>
      fetch(`${address}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    postText: async (path, body) =>
      textAnswer(
        await fetch(`${address}${path}`, {
          method: 'POST',
          body,
          headers: { 'content-type': 'text/plain; charset=utf-8' },
        }),
      ),
    getText: async (path) => textAnswer(await fetch(`${address}${path}`)),
    close,
  }
}

async function textAnswer(response: Response): Promise<WitnessAnswer> {
  const { status } = response
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of response.body ?? []) {
    bytes += piece.length
    // Longer than any answer of a witness: nothing that could be read.
    if (bytes > MOST_ADD_CHECKPOINT) return { status: 502, body: '' }
    pieces.push(piece)
  }
  return { status, body: Buffer.concat(pieces).toString('utf8') }
}

/** What a person is told. */
export function problemOf(thrown: unknown, nowMs: number): PeerProblem {
  const since = new Date(nowMs).toISOString()
  const { code, about } = kindOf(thrown)
  return { code, about: about.slice(0, 500), since }
}

/** What a peer did that is not borne. */
export class PeerFault extends Error {
  readonly code: 'time travel' | 'flood'
  constructor(code: 'time travel' | 'flood', about: string) {
    super(about)
    this.code = code
  }
}

function kindOf(thrown: unknown): Pick<PeerProblem, 'code' | 'about'> {
  if (thrown instanceof KeyChangedError) return { code: 'key changed', about: thrown.message }
  if (thrown instanceof PeerFault) return { code: thrown.code, about: thrown.message }
  if (!(thrown instanceof TaxiiClientError))
    return { code: 'unexpected', about: thrown instanceof Error ? thrown.message : String(thrown) }
  const { trouble, cause, message: about } = thrown
  if (trouble.kind === 'unreachable')
    return cause instanceof KeyChangedError ? kindOf(cause) : { code: 'unreachable', about }
  if (trouble.kind !== 'refused') return { code: trouble.kind, about }
  if (about === REFUSALS.ended) return { code: 'ended there', about: '' }
  return trouble.status === 401 ? { code: 'not known there', about } : { code: 'refused', about }
}
