// Content of hubs in the records: what is in use, and what people see of it.

import type { Selectable } from 'kysely'
import { CONTENT_KINDS, ReceivedContentSchema } from '../../model/index.ts'
import type { ContentKind, ReceivedContent } from '../../model/index.ts'
import type { Records, ShareContentTables, ShareReceivedTable } from '../../store/index.ts'
import type { JsonObject } from '../stix/problem.ts'
import type { UsedContent } from './used-content.ts'
import { contentOf, endOf } from './content-object.ts'

export type ContentRow = Selectable<ShareContentTables['share_content']>

/** In use of one hub; more is a flood. */
export const MOST_IN_USE = 1000

export function kindOf(text: string): ContentKind {
  return CONTENT_KINDS.find((kind) => kind === text) ?? 'rule'
}

export function usedOf({ peer, object, version, kind, name, body }: ContentRow): UsedContent {
  return { peer, object, version, kind: kindOf(kind), name, text: body }
}

/** In use now: of hubs that are joined, and not ended. */
export async function contentInUse(
  records: Records,
  nowMs: number,
): Promise<readonly ContentRow[]> {
  return inUse(records, nowMs).execute()
}

/** Of one hub, those that what is stored was looked through for: what they meet from now on is news. */
export async function contentAnswered(
  records: Records,
  peer: string,
  nowMs: number,
): Promise<readonly ContentRow[]> {
  return inUse(records, nowMs)
    .innerJoin('share_received as received', (on) =>
      on
        .onRef('received.peer', '=', 'content.peer')
        .onRef('received.id', '=', 'content.object')
        .onRef('received.version', '=', 'content.version'),
    )
    .where('content.peer', '=', peer)
    .where('received.state', '=', 'answered')
    .execute()
}

function inUse(records: Records, nowMs: number) {
  return records
    .selectFrom('share_content as content')
    .innerJoin('share_peers as peer', 'peer.name', 'content.peer')
    .selectAll('content')
    .where('peer.role', '=', 'hub')
    .where('peer.state', '=', 'joined')
    .where((by) =>
      by.or([by('content.ends', 'is', null), by('content.ends', '>', new Date(nowMs))]),
    )
    .orderBy('content.peer')
    .orderBy('content.object')
}

export type Accepting = {
  readonly row: Selectable<ShareReceivedTable>
  /** Null where the agreement accepts it. */
  readonly acceptedBy: string | null
  readonly nowMs: number
}

/** Puts what was offered in the place of what was in use of it, and asks for a look through what is stored. */
export async function accept(records: Records, { row, acceptedBy, nowMs }: Accepting): Promise<void> {
  const object: JsonObject = JSON.parse(row.body)
  const content = contentOf(object)
  if (content === undefined) return
  const ends = endOf(object)
  const values = {
    version: row.version,
    kind: content.kind,
    name: content.name,
    body: content.text,
    ends: ends === undefined ? null : new Date(ends),
    accepted_by: acceptedBy,
    accepted: new Date(nowMs),
    met: '[]',
    upto: '',
    stopped: null,
  }
  await records
    .insertInto('share_content')
    .values({ peer: row.peer, object: row.id, ...values })
    .onConflict((conflict) => conflict.columns(['peer', 'object']).doUpdateSet(values))
    .execute()
  await moveRow(records, row, { state: 'searching', reason: null, search: null })
}

export async function takeOut(records: Records, peer: string, object: string): Promise<void> {
  await records
    .deleteFrom('share_content')
    .where('peer', '=', peer)
    .where('object', '=', object)
    .execute()
}

type Change = {
  readonly state: string
  readonly reason?: string | null
  readonly search?: string | null
}

/** Not where a newer version came meanwhile. */
export async function moveRow(
  records: Records,
  { peer, id, version }: Selectable<ShareReceivedTable>,
  change: Change,
): Promise<void> {
  await records
    .updateTable('share_received')
    .set(change)
    .where('peer', '=', peer)
    .where('id', '=', id)
    .where('version', '=', version)
    .execute()
}

const MOST_SHOWN = 1000

/** Newest first. */
export async function readReceivedContent(records: Records): Promise<readonly ReceivedContent[]> {
  const rows = await records
    .selectFrom('share_received as received')
    .leftJoin('share_content as used', (on) =>
      on.onRef('used.peer', '=', 'received.peer').onRef('used.object', '=', 'received.id'),
    )
    .leftJoin('share_peers as peer', 'peer.name', 'received.peer')
    .selectAll('received')
    .select([
      'used.version as used_version',
      'used.accepted_by',
      'used.accepted',
      'used.stopped',
      'peer.organisation',
      'peer.state as peer_state',
    ])
    .where('received.content', 'is not', null)
    .orderBy('received.received', 'desc')
    .orderBy('received.id')
    .limit(MOST_SHOWN)
    .execute()
  return rows.map((row) => {
    const object: JsonObject = JSON.parse(row.body)
    const content = contentOf(object)
    return ReceivedContentSchema.parse({
      peer: row.peer,
      organisation: row.organisation ?? '',
      object: row.id,
      kind: kindOf(row.content ?? ''),
      name: content?.name ?? '',
      version: row.version,
      state: row.state,
      reason: row.stopped ?? row.reason,
      received: row.received.toISOString(),
      seen: row.told_count === null ? null : Number(row.told_count),
      text: content?.text ?? '',
      used:
        // What a hub sent is used while there is somebody to recall it.
        row.used_version === null || row.accepted === null || row.peer_state !== 'joined'
          ? null
          : {
              version: row.used_version,
              acceptedBy: row.accepted_by,
              since: row.accepted.toISOString(),
            },
    })
  })
}
