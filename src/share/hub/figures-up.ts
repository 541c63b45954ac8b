// A hub between hubs tells its own hub how many of its members met what came from there: a figure over enough of them, in
// steps, never who.

import type { Clock } from '../../core/index.ts'
import type { Records } from '../../store/index.ts'
import { judgeUp, putOut } from '../member/outbox.ts'
import { listPeers } from '../peer/peers.ts'
import type { PeerRow } from '../peer/peers.ts'
import { readSelf } from '../peer/self.ts'
import type { JsonObject } from '../stix/problem.ts'
import { nextVersion } from '../stix/versions.ts'
import { figureObject, figures, stepOf } from './figures.ts'
import type { Figure } from './figures.ts'
import type { Hub } from './hub-context.ts'
import { stableUuid } from './places.ts'

export async function tellFigures({ records, cohortFloor }: Hub, clock: Clock): Promise<void> {
  const hubs = (await listPeers(records)).filter(
    ({ role, state }) => role === 'hub' && state === 'joined',
  )
  if (hubs.length === 0) return
  const reached = await figures(records, { atLeast: cohortFloor })
  for (const peer of hubs) {
    const nowMs = clock.nowMs()
    const about = await cameFrom(records, peer, reached)
    const objects: JsonObject[] = []
    for (const figure of about) {
      const object = await toldNext(records, { peer, figure, floor: cohortFloor, nowMs })
      if (object !== undefined) objects.push(object)
    }
    const judge = await judgeUp(records, peer, nowMs)
    await putOut(records, { peer: peer.name, objects, judge, nowMs })
  }
}

async function cameFrom(
  records: Records,
  { name }: PeerRow,
  reached: readonly Figure[],
): Promise<readonly Figure[]> {
  if (reached.length === 0) return []
  const rows = await records
    .selectFrom('share_received')
    .select('id')
    .where('peer', '=', name)
    .where('state', '!=', 'refused')
    .where(
      'id',
      'in',
      reached.map(({ indicator }) => indicator),
    )
    .execute()
  const ids = new Set(rows.map(({ id }) => id))
  return reached.filter(({ indicator }) => ids.has(indicator))
}

type Telling = {
  readonly peer: PeerRow
  readonly figure: Figure
  readonly floor: number
  readonly nowMs: number
}

/** Undefined where that step was told. */
async function toldNext(
  records: Records,
  { peer, figure, floor, nowMs }: Telling,
): Promise<JsonObject | undefined> {
  const step = stepOf(figure.members, floor)
  if (step === undefined) return undefined
  const { identity: creator } = await readSelf(records)
  const id = `sighting--${stableUuid(`vigie figure up\n${creator}\n${peer.name}\n${figure.indicator}`)}`
  const row = await records
    .selectFrom('share_outbox')
    .select('body')
    .where('peer', '=', peer.name)
    .where('object', '=', id)
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  const object = figureObject({ id, step, figure, creator, nowMs })
  if (row === undefined) return object
  const before: JsonObject = JSON.parse(row.body)
  if (Number(before['count']) >= step) return undefined
  const { created: _, modified: __, id: ___, ...change } = object
  return nextVersion(before, change, nowMs)
}
