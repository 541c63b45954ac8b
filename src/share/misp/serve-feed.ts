// The feed at a hub's port: each member gets its own, by the key on the line. What it was given is traced as pages of TAXII are.

import { VigieError } from '../../core/index.ts'
import type { MispFeed, MispPreview } from '../../model/index.ts'
import type { Hub } from '../hub/hub-context.ts'
import { traceGiven } from '../hub/member-client.ts'
import { findPeer } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import type { TaxiiAnswer, TaxiiRequest } from '../taxii/asked.ts'
import { dayOfEvent, feedFiles, feedFor, previewFor } from './feed.ts'
import type { MemberFeed } from './feed.ts'

const FEED =
  /^\/misp\/(?:(manifest\.json|hashes\.csv)|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json)$/

export type FeedAt = { readonly hub: Hub; readonly row: PeerRow; readonly nowMs: number }

export function isFeedPath(path: string): boolean {
  return path.startsWith('/misp/')
}

/** Not there and not for this member are the same answer. */
export async function serveFeed(at: FeedAt, request: TaxiiRequest): Promise<TaxiiAnswer> {
  const [, file, uuid] = FEED.exec(request.path) ?? []
  if (request.method !== 'GET' || (file === undefined && uuid === undefined)) return missing()
  const { hub, row, nowMs } = at
  if (uuid !== undefined) return serveEvent(at, uuid)
  const feed = await feedFor(hub, row, { nowMs })
  const { manifest, hashes } = feedFiles(feed.events)
  if (file === 'manifest.json') return answer(JSON.stringify(manifest), 'application/json')
  // A hash of an address is as good as the address.
  await traceFeed(at, feed, [...feed.madeOf.keys()])
  return answer(hashes, 'text/csv; charset=utf-8')
}

async function serveEvent(at: FeedAt, uuid: string): Promise<TaxiiAnswer> {
  const day = await dayOfEvent(at.hub, at.row, uuid)
  if (day === undefined) return missing()
  const feed = await feedFor(at.hub, at.row, { nowMs: at.nowMs, day })
  const event = feed.events.find((one) => one.uuid === uuid)
  if (event === undefined) return missing()
  await traceFeed(at, feed, [uuid])
  return answer(JSON.stringify({ Event: event }), 'application/json')
}

function answer(body: string, type: string): TaxiiAnswer {
  return { status: 200, headers: { 'content-type': type }, body }
}

function missing(): TaxiiAnswer {
  return {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'not found\n',
  }
}

async function traceFeed(
  { hub, row, nowMs }: FeedAt,
  { madeOf, withheld }: MemberFeed,
  uuids: readonly string[],
): Promise<void> {
  const objects = uuids.flatMap((uuid) => madeOf.get(uuid) ?? [])
  for (const [collection, some] of Map.groupBy(objects, (one) => one.collection)) {
    const given = {
      collection,
      objects: some.toSorted((one, other) => one.added - other.added),
    }
    await traceGiven(hub, row.name, { given, withheld, nowMs })
  }
}

type ForPeer = { readonly hub: Hub; readonly peer: string; readonly nowMs: number }

/** What a member would get. Throws BAD_REQUEST for what is no member that joined. */
export async function mispPreview({ hub, peer, nowMs }: ForPeer): Promise<MispPreview> {
  const row = await memberOf(hub, peer)
  return previewFor(peer, await feedFor(hub, row, { nowMs }))
}

/** A feed as files, for one member: traced as given to it. Throws BAD_REQUEST for what is no member that joined. */
export async function mispFeed({ hub, peer, nowMs }: ForPeer): Promise<MispFeed> {
  const row = await memberOf(hub, peer)
  const feed = await feedFor(hub, row, { nowMs })
  await traceFeed({ hub, row, nowMs }, feed, [...feed.madeOf.keys()])
  return feedFiles(feed.events)
}

async function memberOf({ records }: Hub, peer: string): Promise<PeerRow> {
  const row = await findPeer(records, peer)
  if (row?.role === 'member' && row.state === 'joined') return row
  throw new VigieError('BAD_REQUEST', {
    met: peer,
    expected: 'the name of a member that joined (vigie peers)',
  })
}
