// What a hub gives its members in the name of other hubs: it comes and goes with their agreements, and nobody here published it.

import type { PassedOn } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { agreementsWith, listPeers } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { isObject } from '../stix/problem.ts'
import { labelOfMarking } from '../stix/tlp.ts'
import { HUB_ROOT, relayOf } from './places.ts'

const MOST_SHOWN = 1000
const MICROS = 1000

/** Newest first, each in its last version. `holds` is false where no agreement lets it be passed on any more: no member is given it then. */
export async function readPassedOn(
  records: Records,
  nowMs: number,
): Promise<readonly PassedOn['passedOn'][number][]> {
  const owners = new Map<string, { readonly peer: string; readonly holds: boolean }>()
  for (const row of await listPeers(records)) {
    if (row.role !== 'hub' || row.identity === null) continue
    const owner = { peer: row.name, holds: await mayPassOn(records, row, nowMs) }
    for (const isUrgent of [true, false]) owners.set(relayOf(row.identity, isUrgent), owner)
  }
  if (owners.size === 0) return []
  const rows = await records
    .selectFrom('taxii_objects')
    .select(['collection', 'id', 'type', 'added', 'body'])
    .where('root', '=', HUB_ROOT)
    .where('collection', 'in', [...owners.keys()])
    .where('is_last', '=', true)
    .orderBy('added', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  return rows.map(({ collection, id, type, added, body }) => ({
    peer: owners.get(collection)?.peer ?? '',
    holds: owners.get(collection)?.holds ?? false,
    id,
    type,
    since: new Date(Number(added) / MICROS).toISOString(),
    ...saidOf(body),
  }))
}

async function mayPassOn(records: Records, { name }: PeerRow, nowMs: number): Promise<boolean> {
  return (await agreementsWith(records, name)).some(
    ({ agreement: { down, from, until }, revoked }) =>
      down.onward && revoked === null && Date.parse(from) <= nowMs && nowMs < Date.parse(until),
  )
}

function saidOf(body: string): Pick<PassedOn['passedOn'][number], 'name' | 'marking' | 'revoked'> {
  const object: unknown = JSON.parse(body)
  if (!isObject(object)) return { name: '', marking: '', revoked: false }
  const { name, object_marking_refs: refs, revoked } = object
  const labels = (Array.isArray(refs) ? refs : []).flatMap(
    (ref) => labelOfMarking(String(ref)) ?? [],
  )
  return {
    name: typeof name === 'string' ? name.slice(0, 300) : '',
    marking: labels.join(', '),
    revoked: revoked === true,
  }
}
