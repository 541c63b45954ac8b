// A hub's list and the keys it is made under: taken whole, page by page, and pinned.

import { DAY_MS } from '../../core/index.ts'
import { BLIND_CLASSES, BlindListSchema } from '../../model/index.ts'
import type { BlindKeys, BlindList } from '../../model/index.ts'
import { BLIND_PATHS } from './answer-at-hub.ts'
import { dropOldAsked, takeTags } from './asked-values.ts'
import type { Asking } from './asking-records.ts'
import { MACHINE, fingerprintOf, logBlind } from './log.ts'
import { BlindTrouble, said } from './round.ts'
import type { Round } from './round.ts'

/** No key is kept longer: a hub that never changes it gives whoever tries values all the time there is. */
const MOST_EPOCH_MS = 62 * DAY_MS

/** Throws BlindTrouble for other keys than those that are pinned. */
export async function takeList(round: Round, asking: Asking): Promise<BlindList> {
  const { records, station, peer, nowMs } = round
  const question = (after: string) =>
    said(round, BLIND_PATHS.list, {
      body: { known: asking.digest, after },
      schema: BlindListSchema,
    })
  const first = await question('')
  await pin(round, asking, first)
  if (first.digest === asking.digest) return first
  let [page, taken] = [first, 0]
  for (;;) {
    const { epoch, tags } = page
    await takeTags(station.engine, { peer: peer.name, epoch, takenMs: nowMs, tags })
    taken += tags.length
    const last = tags.at(-1)?.tag
    if (!page.more) break
    if (last === undefined || taken > first.size) throw new BlindTrouble('not understood', 'list')
    page = await question(last)
    // It changed in between: the next round takes it whole.
    if (page.digest !== first.digest || (page.tags[0]?.tag ?? '') <= last)
      throw new BlindTrouble('not understood', 'list')
  }
  await records
    .updateTable('blind_hubs')
    .set({ digest: first.digest, list_taken: nowMs, listed: taken })
    .where('peer', '=', peer.name)
    .execute()
  await logBlind(records, {
    peer: peer.name,
    act: 'list taken',
    about: String(taken),
    by: MACHINE,
    nowMs,
  })
  await dropOldAsked(station.engine, nowMs)
  return first
}

/** An epoch has one pair of keys for ever: another one would mark this station, or hide that the hub lost its own. */
async function pin(
  { records, peer, nowMs }: Round,
  { pinned }: Asking,
  list: BlindList,
): Promise<void> {
  const { epoch, keys, ends } = list
  if (pinned !== undefined && epoch < pinned.epoch)
    throw new BlindTrouble('epoch went back', `${pinned.epoch}, ${epoch}`)
  if (pinned?.epoch === epoch) {
    if (isSame(pinned.keys, keys)) return
    throw new BlindTrouble('key changed', `${fingerprintOf(pinned.keys)}, ${fingerprintOf(keys)}`)
  }
  if (Date.parse(ends) > nowMs + MOST_EPOCH_MS) throw new BlindTrouble('not understood', ends)
  const change = { epoch, public_keys: JSON.stringify(keys), ends, digest: null, list_taken: null }
  await records
    .updateTable('blind_hubs')
    .set({ ...change, reached_address: null, reached_other: null })
    .where('peer', '=', peer.name)
    .execute()
  const about = `${epoch}: ${fingerprintOf(keys)}`
  await logBlind(records, { peer: peer.name, act: 'keys pinned', about, by: MACHINE, nowMs })
}

function isSame(one: BlindKeys, other: BlindKeys): boolean {
  return BLIND_CLASSES.every((name) => one[name] === other[name])
}
