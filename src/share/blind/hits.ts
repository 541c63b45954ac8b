// What a station met of a hub's sensitive values. The hub does not know: a person at the station sees it first and decides, or a
// rule that a person recorded does.

import { randomUUID } from 'node:crypto'
import { BlindHitSchema } from '../../model/index.ts'
import type { BlindHit, BlindKind } from '../../model/index.ts'
import type { Records } from '../../store/index.ts'
import { judgeUp, putOut } from '../member/outbox.ts'
import type { Sightings } from '../member/sightings.ts'
import type { PeerRow } from '../peer/peers.ts'
import { findPeer } from '../peer/peers.ts'
import { readSelf } from '../peer/self.ts'
import type { JsonObject } from '../stix/problem.ts'
import { markingOfLabel } from '../stix/tlp.ts'
import type { Matched } from './asked-values.ts'
import { MACHINE, logBlind } from './log.ts'
import { openRecord } from './tags.ts'

export type SeenOf = (kind: BlindKind, value: string) => Promise<Sightings | undefined>

type Keeping = {
  readonly peer: string
  readonly matched: readonly Matched[]
  readonly seen: SeenOf
  readonly nowMs: number
}

/** Opens records of what matched and keeps what is new. A tag whose record does not open is a coincidence of padding. */
export async function keepHits(
  records: Records,
  { peer, matched, seen, nowMs }: Keeping,
): Promise<readonly BlindHit[]> {
  const fresh: BlindHit[] = []
  for (const { kind, value, record, recordKey } of matched) {
    const said = openRecord(record, recordKey)
    if (said === undefined || (await isKept(records, peer, { indicator: said.id, value }))) continue
    const met = await seen(kind, value)
    const row = await records
      .insertInto('blind_hits')
      .values({
        peer,
        indicator: said.id,
        kind,
        value,
        note: said.note,
        marking: said.marking,
        met: new Date(nowMs),
        events: met?.count ?? 0,
        first_seen: new Date(met?.firstMs ?? nowMs),
        last_seen: new Date(met?.lastMs ?? nowMs),
        state: 'new',
      })
      .onConflict((conflict) => conflict.columns(['peer', 'indicator', 'value']).doNothing())
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) continue
    await logBlind(records, { peer, act: 'met', about: `${kind} ${value}`, by: MACHINE, nowMs })
    fresh.push(hitOf(row))
  }
  return fresh
}

async function isKept(
  records: Records,
  peer: string,
  { indicator, value }: { readonly indicator: string; readonly value: string },
): Promise<boolean> {
  const row = await records
    .selectFrom('blind_hits')
    .select('id')
    .where('peer', '=', peer)
    .where('indicator', '=', indicator)
    .where('value', '=', value)
    .executeTakeFirst()
  return row !== undefined
}

type HitRow = Awaited<ReturnType<typeof rowsOf>>[number]

function rowsOf(records: Records, hits: readonly number[]) {
  return records.selectFrom('blind_hits').selectAll().where('id', 'in', hits.map(String)).execute()
}

function hitOf(row: HitRow): BlindHit {
  return BlindHitSchema.parse({
    id: Number(row.id),
    peer: row.peer,
    kind: row.kind,
    value: row.value,
    note: row.note,
    marking: row.marking,
    met: row.met.toISOString(),
    events: Number(row.events),
    first: row.first_seen.toISOString(),
    last: row.last_seen.toISOString(),
    state: row.state,
    decided: row.decided?.toISOString() ?? null,
    by: row.decided_by,
  })
}

const MOST_SHOWN = 500

/** What waits for a decision first. */
export async function listHits(records: Records): Promise<readonly BlindHit[]> {
  const rows = await records
    .selectFrom('blind_hits')
    .selectAll()
    .orderBy((of) => of.case().when('state', '=', 'new').then(0).else(1).end())
    .orderBy('id', 'desc')
    .limit(MOST_SHOWN)
    .execute()
  return rows.map(hitOf)
}

type Decision = { readonly tell: boolean; readonly who: string; readonly nowMs: number }

/** How many were decided. What is told goes by the outbox, as everything that leaves does; what was told stays told. */
export async function decideHits(
  records: Records,
  hits: readonly number[],
  { tell, who, nowMs }: Decision,
): Promise<number> {
  let decided = 0
  for (const row of await rowsOf(records, hits)) {
    if (row.state === 'told') continue
    const peer = await findPeer(records, row.peer)
    if (tell && peer?.state !== 'joined') continue
    const state =
      tell && peer !== undefined ? await putHit(records, { row, peer, who, nowMs }) : 'kept'
    const change = { state, decided: new Date(nowMs), decided_by: who }
    await records.updateTable('blind_hits').set(change).where('id', '=', row.id).execute()
    const act = state === 'told' ? 'told' : 'kept'
    await logBlind(records, {
      peer: row.peer,
      act,
      about: `${row.kind} ${row.value}`,
      by: who,
      nowMs,
    })
    decided += 1
  }
  return decided
}

type Telling = {
  readonly row: HitRow
  readonly peer: PeerRow
  readonly who: string
  readonly nowMs: number
}

/** A person has looked, so nobody need look again; the policy has the last word all the same. */
async function putHit(
  records: Records,
  { row, peer, who, nowMs }: Telling,
): Promise<'told' | 'refused'> {
  const { identity } = await readSelf(records)
  const judge = await judgeUp(records, peer, nowMs)
  const sighting = row.sighting ?? `sighting--${randomUUID()}`
  const object = sightingOf(row, { sighting, identity, nowMs })
  await records.updateTable('blind_hits').set({ sighting }).where('id', '=', row.id).execute()
  await putOut(records, { peer: peer.name, objects: [object], judge, nowMs })
  await records
    .updateTable('share_outbox')
    .set({ state: 'ready', decided_by: who })
    .where('peer', '=', peer.name)
    .where('object', '=', sighting)
    .where('state', '=', 'waiting')
    .execute()
  return judge.decide(object).verdict === 'send' ? 'told' : 'refused'
}

function sightingOf(
  row: HitRow,
  {
    sighting,
    identity,
    nowMs,
  }: { readonly sighting: string; readonly identity: string; readonly nowMs: number },
): JsonObject {
  const now = new Date(nowMs).toISOString()
  return {
    type: 'sighting',
    spec_version: '2.1',
    id: sighting,
    created_by_ref: identity,
    created: now,
    modified: now,
    first_seen: row.first_seen.toISOString(),
    last_seen: row.last_seen.toISOString(),
    count: Math.min(Math.max(1, Number(row.events)), 999_999_999),
    sighting_of_ref: row.indicator,
    where_sighted_refs: [identity],
    object_marking_refs: [markingOfLabel('amber')],
  }
}
