// Members of a hub that are joined under an agreement that holds.

import type { Records } from '../../store/index.ts'
import { agreementsWith, listPeers } from './peers.ts'
import type { PeerRow } from './peers.ts'

export async function liveMembers(records: Records, nowMs: number): Promise<readonly PeerRow[]> {
  const live: PeerRow[] = []
  for (const row of await listPeers(records)) {
    if (row.role !== 'member' || row.state !== 'joined') continue
    const agreements = await agreementsWith(records, row.name)
    const isAgreed = agreements.some(
      ({ agreement, revoked }) => revoked === null && Date.parse(agreement.until) > nowMs,
    )
    if (isAgreed) live.push(row)
  }
  return live
}
