// One round with a hub: what is urgent first, then the rest, each page into the records before the next is asked for.

import type { Records } from '../../store/index.ts'
import { remoteCollections, walkObjects } from '../taxii/client.ts'
import type { RemoteCollection } from '../taxii/client.ts'
import type { HubLink } from './hub-link.ts'
import { keptOf, takePage } from './take-page.ts'

export type Round = {
  readonly records: Records
  readonly link: HubLink
  readonly peer: string
  readonly nowMs: () => number
  /** How long the hub may hold the question for what is urgent open. */
  readonly waitSeconds: number
  readonly onTaken: () => void
}

const MOST_COLLECTIONS = 100

export async function hubRound(round: Round): Promise<void> {
  const { records, link, peer } = round
  const all = (await remoteCollections(link.taxii)).slice(0, MOST_COLLECTIONS)
  const readable = all.filter(({ can_read: canRead }) => canRead)
  // Without waiting for the rest once; then the question for what is urgent is the one held open.
  const ordered = readable.toSorted((one, other) => rank(one) - rank(other))
  for (const [at, collection] of ordered.entries()) {
    const { id, title } = collection
    await records
      .insertInto('share_sync')
      .values({ peer, collection: id.slice(0, 200), title: title.slice(0, 200), added_after: null })
      .onConflict((conflict) => conflict.columns(['peer', 'collection']).doNothing())
      .execute()
    await readCollection(round, collection, at === ordered.length - 1 ? round.waitSeconds : 0)
  }
}

/** What is urgent is read first while there is much to read, and waited at in the end. */
function rank({ alias }: RemoteCollection): number {
  return isUrgentPlace(alias) ? 0 : 1
}

/** A hub's own, and what it has from other hubs. */
function isUrgentPlace(alias: string | undefined): boolean {
  return alias?.startsWith('urgent') ?? false
}

async function readCollection(
  round: Round,
  { id, alias }: RemoteCollection,
  waitSeconds: number,
): Promise<void> {
  const { records, link, peer, nowMs, onTaken } = round
  const { added_after: addedAfter } = await records
    .selectFrom('share_sync')
    .select('added_after')
    .where('peer', '=', peer)
    .where('collection', '=', id)
    .executeTakeFirstOrThrow()
  const walk = {
    collection: id,
    match: { version: 'all' },
    ...(addedAfter === null ? {} : { addedAfter }),
    ...(waitSeconds === 0 ? {} : { waitSeconds }),
  }
  const taking = { records, peer, collection: id, isUrgent: isUrgentPlace(alias) }
  let kept: number | undefined
  for await (const page of walkObjects(link.taxii, walk)) {
    kept ??= await keptOf(records, peer)
    const taken = await takePage({ ...taking, kept, nowMs: nowMs() }, page)
    kept += taken
    if (taken > 0) onTaken()
  }
  await records
    .updateTable('share_sync')
    .set({ last_ok: new Date(nowMs()) })
    .where('peer', '=', peer)
    .where('collection', '=', id)
    .execute()
}
