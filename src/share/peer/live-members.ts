// Members of a hub that are joined under an agreement that holds.

import type { Records } from '../../store/index.ts'
import { agreementsWith, listPeers } from './peers.ts'
import type { PeerRow } from './peers.ts'

export async function liveMembers(records: Records, nowMs: number): Promise<readonly PeerRow[]> {
  const live: PeerRow[] = []
  for (const row of await listPeers(records)) {
    if (row.role !== 'member' || row.state !== 'joined') continue
    if (await isAgreed(records, row.name, nowMs)) live.push(row)
  }
  return live
}

export async function isAgreed(records: Records, peer: string, nowMs: number): Promise<boolean> {
  const agreements = await agreementsWith(records, peer)
  return agreements.some(
    ({ agreement: { from, until }, revoked }) =>
      revoked === null && Date.parse(from) <= nowMs && nowMs < Date.parse(until),
  )
}
